// Notices: short plain texts that answer what the customer just did, above a view or as the answer to a tap.
import type { AmountProblem } from '../../domain/catalog.ts';
import type { Notice } from '../../domain/dialog/view.ts';
import type { QuoteError } from '../../domain/quote.ts';
import { assertNever } from '../../domain/result.ts';
import { oneLine } from './render-html.ts';
import type { Speech } from './render-speech.ts';

/** How much of a customer's query is repeated. */
export const MOST_QUERY = 60;

export const quoteErrorText = (error: QuoteError, { say, money }: Speech): string =>
  error.kind === 'aboveCeiling' ? say('quoteFailed.aboveCeiling', { most: money(error.most) }) : say(`quoteFailed.${error.kind}`);

const amountProblemText = (problem: AmountProblem, currency: string, { say, money }: Speech): string => {
  switch (problem.kind) {
    case 'notListed':
      return say('notice.badAmount.notListed');
    case 'tooSmall':
      return say('notice.badAmount.tooSmall', { amount: money({ hundredths: problem.least, currency }) });
    case 'tooLarge':
      return say('notice.badAmount.tooLarge', { amount: money({ hundredths: problem.most, currency }) });
    case 'offStep':
      return say('notice.badAmount.offStep', {
        step: money({ hundredths: problem.step, currency }),
        nearest: money({ hundredths: problem.nearest, currency }),
      });
    default:
      return assertNever(problem);
  }
};

/** Plain text, not markup. */
export const noticeText = (notice: Notice, speech: Speech): string => {
  const { say, money } = speech;
  switch (notice.type) {
    case 'notFound':
      return say('notice.notFound', { query: oneLine(notice.query, MOST_QUERY) });
    case 'badAmount':
      return amountProblemText(notice.problem, notice.currency, speech);
    case 'quoteFailed':
      return quoteErrorText(notice.error, speech);
    case 'badField':
      return say(`notice.badField.${notice.field.kind}`);
    case 'itemPriceMoved':
      return say('notice.itemPriceMoved', { listed: money(notice.listed) });
    case 'priceMoved':
      return say('notice.priceMoved', { pay: money(notice.pay), receive: money(notice.receive) });
    case 'boughtJustNow':
      return say('notice.boughtJustNow', { time: speech.time(notice.twin.placedAt) });
    case 'outOfFunds':
      return say('notice.outOfFunds', { available: money(notice.available) });
    case 'useButtons':
    case 'buttonExpired':
    case 'alreadyOrdered':
    case 'textOnly':
    case 'productGone':
    case 'notAnAmount':
    case 'contactNotYours':
    case 'contactNotAsked':
    case 'cancelled':
    case 'languageSet':
    case 'orderNotFound':
    case 'unknownCommand':
    case 'freshStart':
    case 'trouble':
      return say(`notice.${notice.type}`);
    default:
      return assertNever(notice);
  }
};
