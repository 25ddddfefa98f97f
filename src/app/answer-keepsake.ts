// Carries out the questions about what customers keep and hand over.
import type { KeepsakeAnswer } from '../domain/dialog/keepsake-answer.ts';
import type { KeepsakeQuestion } from '../domain/dialog/keepsake-words.ts';
import { assertNever } from '../domain/result.ts';
import type { HandOverOrder } from './hand-over-order.ts';
import type { KeepDetails } from './keep-details.ts';
import type { Buyer } from './place-order.ts';

export type AnswerKeepsake = (question: KeepsakeQuestion, asker: Buyer) => Promise<KeepsakeAnswer>;

export const createAnswerKeepsake =
  ({ handOver, details }: { readonly handOver: HandOverOrder; readonly details: KeepDetails }): AnswerKeepsake =>
  (question, asker) => {
    const { customer } = asker;
    switch (question.type) {
      case 'makeLink':
        return handOver.make(question.order, asker);
      case 'openLink':
        return handOver.open(question.argument, asker);
      case 'takeLinkBack':
        return handOver.takeBack(question.order, asker);
      case 'listNumbers':
        return details.list(customer);
      case 'findNumber':
        return details.find(customer, question.number);
      case 'nameNumber':
        return details.name(customer, question.naming, question.name);
      case 'deleteNumber':
        return details.delete(customer, question.number);
      case 'noteSale':
        return details.noteSale(customer, question);
      case 'consent':
        return details.consent(customer, question.remember);
      case 'readKept':
        return details.read(customer);
      case 'forget':
        return details.forget(customer);
      default:
        return assertNever(question);
    }
  };
