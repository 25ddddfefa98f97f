// Notices: short plain texts that answer what the customer just did, above a view or as the answer to a tap.
import type { AmountProblem } from '../../domain/catalog.ts';
import type { LimitProblem } from '../../domain/daily-limit.ts';
import type { Notice } from '../../domain/dialog/view.ts';
import { sameMoney } from '../../domain/money.ts';
import type { QuoteError } from '../../domain/quote.ts';
import { assertNever } from '../../domain/result.ts';
import { agentNoticeText } from './render-agent-notice.ts';
import { adminNoticeText } from './render-admin-notice.ts';
import { oneLine } from './render-html.ts';
import { keepsakeNoticeText } from './render-keepsakes.ts';
import type { Speech } from './render-speech.ts';
import { periodOf } from './render-statement.ts';

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

export const limitText = (problem: LimitProblem, time: string, { say, money }: Speech): string =>
  problem.kind === 'tooMany'
    ? say('notice.limitReached.tooMany', { most: problem.most, time })
    : say('notice.limitReached.tooMuch', { most: money(problem.most), left: money(problem.left), time });

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
      // The field is asked for again below, with its example.
      return say(notice.problem === 'doesNotFit' ? `notice.badField.${notice.field.kind}` : `notice.badField.${notice.problem}`);
    case 'itemPriceMoved':
      return say('notice.itemPriceMoved', { listed: money(notice.listed) });
    case 'priceMoved':
      return sameMoney(notice.pay, notice.receive)
        ? say('notice.priceMovedPlain', { pay: money(notice.pay) })
        : say('notice.priceMoved', { pay: money(notice.pay), receive: money(notice.receive) });
    case 'boughtJustNow':
      return say(notice.twin.family === 'bill' ? 'notice.paidJustNow' : 'notice.boughtJustNow', {
        time: speech.time(notice.twin.placedAt),
      });
    case 'admin':
      return adminNoticeText(notice.notice, speech);
    case 'agent':
      return agentNoticeText(notice.notice, speech);
    case 'keepsake':
      return keepsakeNoticeText(notice.notice, speech);
    case 'tooManyLines':
      return say('batch.tooMany', { most: notice.most });
    case 'batchMoved':
      return say('batch.moved');
    case 'statement':
      return say('notice.statement', { period: periodOf(notice) });
    case 'outOfFunds':
      return say('notice.outOfFunds', { available: money(notice.available) });
    case 'limitReached':
      return limitText(notice.problem, speech.time(notice.opensAt), speech);
    case 'blocked':
    case 'billRefused':
    case 'debtChanged':
    case 'invoiceNotPayable':
    case 'chooseInvoices':
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
    case 'tooFast':
    case 'trouble':
      return say(`notice.${notice.type}`);
    default:
      return assertNever(notice);
  }
};
