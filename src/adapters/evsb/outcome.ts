// What an answer means for a sale or a revert: the tables of result codes and the decisions over them. Money follows from this file.
import type { InfoOutcome, RevertInfo } from '../../app/ports/supplier.ts';
import type { Expectation, RejectionReason } from '../../domain/order.ts';
import { assertNever } from '../../domain/result.ts';
import { codeOf, envelope, receipt, validationRefusal } from './wire.ts';
import type { Receipt } from './wire.ts';

/** Who has to see it. The sandbox answers 991 to every ordinary account, so there it is no news. */
export type Alert = 'never' | 'inProduction' | 'always';

/**
 * `done`: sold and charged, or reverted. `final`: not done, and it never will be. `indeterminate`: the supplier says not done, but it, an
 * earlier order, or the telecom operator may have gone through. `foreign`: belongs to other answers; says nothing of this one.
 */
export type CodeRule =
  | { readonly class: 'done' }
  | { readonly class: 'final'; readonly reason: RejectionReason; readonly alert: Alert }
  | { readonly class: 'indeterminate'; readonly alert: Alert }
  | { readonly class: 'foreign' };

const final = (reason: RejectionReason, alert: Alert = 'never'): CodeRule => ({ class: 'final', reason, alert });
const indeterminate = (alert: Alert = 'never'): CodeRule => ({ class: 'indeterminate', alert });
const foreign: CodeRule = { class: 'foreign' };

export const RESULT_CODES: ReadonlyMap<number, CodeRule> = new Map([
  [-1, final('unavailable', 'always')], // listed, but not routed for this terminal
  [0, foreign], // success of bill payments
  [10, { class: 'done' }],
  [11, final('operatorRefused')], // no reason given
  [12, indeterminate()], // same order placed recently: the earlier one may have worked
  [13, final('shopProblem', 'always')], // our balance is too low
  [14, final('accountRefused')], // accepts no more refills
  [15, indeterminate()], // an earlier refill is still being applied
  [16, final('unavailable')], // operator temporarily unavailable
  [17, indeterminate()], // same refill recently done: the earlier one may have worked
  [18, final('accountRefused')], // line deactivated
  [20, foreign], // a revert was done
  [516, final('shopProblem', 'always')], // invalid hash
  [517, final('shopProblem', 'always')], // invalid parameters
  [900, foreign], // Transaction Info: unknown, or not indexed yet
  [911, final('shopProblem', 'always')], // credit limit reached
  [923, final('shopProblem', 'always')], // operation not allowed
  [925, final('shopProblem', 'always')], // incorrect date
  [927, final('amountRefused', 'always')], // amount not allowed: perhaps a mistaken unit
  [931, final('accountRefused')], // invalid account
  [933, final('unavailable')], // operator not available
  [934, final('accountRefused')], // destination banned
  [970, indeterminate()], // duplicate reference: the earlier sale may have worked
  [971, final('operatorRefused')], // banned by the operator
  [977, final('unavailable', 'always')], // product disabled, or our balance: sources disagree
  [980, final('unavailable', 'always')], // as 977
  [990, indeterminate('inProduction')], // timeout between supplier and operator
  [991, indeterminate('inProduction')], // general system error
  [992, indeterminate('inProduction')], // the operator's internal error
  [993, indeterminate('inProduction')], // operator timeout
  [998, indeterminate('inProduction')], // unknown error
]);

/** What the codes say of a revert: as of a purchase, except for these. */
export const REVERT_CODES: ReadonlyMap<number, CodeRule> = new Map([
  ...RESULT_CODES,
  [10, foreign], // a sale was charged
  [20, { class: 'done' }],
  [900, final('shopProblem', 'always')], // no such sale, or not one with exactly these values
  [923, final('operatorRefused')], // the product does not allow it, or not any more
]);

/** What the codes say of a bill: as of a purchase, except that 0 is documented as a success beside 10. */
export const BILL_CODES: typeof RESULT_CODES = new Map([...RESULT_CODES, [0, { class: 'done' }]]);

/** What an answer comes to. The `reason` of an unclear one is for the log and for support, in our own words. */
export type Meaning =
  | { readonly kind: 'done'; readonly receipt: Receipt }
  | { readonly kind: 'rejected'; readonly reason: RejectionReason; readonly resultCode: string | null }
  | {
      readonly kind: 'unclear';
      readonly expectation: Expectation;
      readonly reason: string;
      readonly resultCode: string | null;
      /** What the answer carries in spite of itself. */
      readonly receipt: Receipt | null;
    };

/** The meaning of an answer, and who has to see it. */
export type Verdict = Meaning & { readonly alert: Alert };

/** HTTP statuses that are decided before the handler runs: no money moved. 406 is not one of them, it may come after the deed. */
const REFUSING_STATUSES: ReadonlySet<number> = new Set([400, 401, 403, 404, 405, 415]);

const open = (reason: string, resultCode: string | null = null, carried: Receipt | null = null): Verdict => ({
  kind: 'unclear',
  expectation: 'open',
  reason,
  resultCode,
  receipt: carried,
  alert: 'always',
});

/** Judges what would move money by an HTTP status other than 200. */
export const judgeStatus = (status: number): Verdict =>
  REFUSING_STATUSES.has(status)
    ? { kind: 'rejected', reason: 'shopProblem', resultCode: null, alert: 'always' }
    : open(`HTTP ${status}`);

/**
 * Judges a body answered with 200. Done takes `rc` 0 and a code of success together; rejected takes a refusing `rc`, one receipt,
 * a final code and no sign of a voucher. Whatever contradicts itself is open. `finalstatus` decides nothing.
 */
const judge = (json: unknown, rules: typeof RESULT_CODES): Verdict => {
  const answer = envelope.safeParse(json).data;
  const first = receipt.safeParse(answer?.items[0]).data;
  if (answer === undefined || first === undefined) return open('no receipt');
  const code = codeOf(first.resultcode);
  const resultCode = typeof code === 'number' ? String(code) : null;

  const rule = typeof code === 'number' ? rules.get(code) : undefined;

  if (answer.rc === null) return open('unreadable rc', resultCode, first);
  if (answer.rc === 0) {
    if (rule?.class !== 'done') return open('rc 0 without a code of success', resultCode, first);
    return { kind: 'done', receipt: first, alert: 'never' };
  }
  if (answer.items.length > 1) return open('several receipts', resultCode, first);
  if (first.suppliertoken !== null || (first.extraInfo?.redeemCode ?? null) !== null)
    return open('a refusal with a voucher', resultCode, first);
  if (code === 'unreadable') return open('unreadable code');
  if (code === 'none') {
    return validationRefusal.safeParse(answer.items[0]).success
      ? { kind: 'rejected', reason: 'shopProblem', resultCode: null, alert: 'always' }
      : open('a refusal without a code');
  }

  const unconfirmed = (reason: string, alert: Alert): Verdict => ({
    kind: 'unclear',
    expectation: 'unconfirmed',
    reason,
    resultCode,
    receipt: null,
    alert,
  });
  if (rule === undefined) return unconfirmed('unlisted code', 'always');
  switch (rule.class) {
    case 'final':
      return { kind: 'rejected', reason: rule.reason, resultCode, alert: rule.alert };
    case 'indeterminate':
      return unconfirmed('indeterminate code', rule.alert);
    case 'done':
      return open(`a refusal with code ${code}`, resultCode);
    case 'foreign':
      return open('a code of other answers', resultCode);
    default:
      return assertNever(rule);
  }
};

export const judgeSale = (json: unknown): Verdict => judge(json, RESULT_CODES);

export const judgeBill = (json: unknown): Verdict => judge(json, BILL_CODES);

/** As a sale, except that nothing may stand beside the receipt: money that is said to be back is handed on. */
export const judgeRevert = (json: unknown): Verdict => {
  const verdict = judge(json, REVERT_CODES);
  const several = (envelope.safeParse(json).data?.items.length ?? 0) > 1;
  return verdict.kind === 'done' && several ? open('several receipts', '20') : verdict;
};

const inform = (json: unknown, rules: typeof RESULT_CODES): InfoOutcome => {
  const answer = envelope.safeParse(json).data;
  const sale = receipt.safeParse(answer?.items[0]).data;
  if (answer?.rc !== 0 || sale === undefined) return { kind: 'stillUnknown' };
  const code = codeOf(sale.resultcode);
  const rule = typeof code === 'number' ? rules.get(code) : undefined;
  if (rule?.class === 'done') return { kind: 'charged', supplierReference: sale.supplierreference };
  const contradicts = answer.items.length > 1 || sale.suppliertoken !== null;
  if (rule?.class !== 'final' || contradicts) return { kind: 'stillUnknown' };
  return { kind: 'rejected', reason: rule.reason, resultCode: String(code) };
};

/**
 * Judges an answer of Transaction Info, where `rc` 0 means that the sale was found and the code is the sale's own.
 * 900 can't be told apart from "never existed", so anything but a success or one final code leaves the sale unknown.
 */
export const judgeInfo = (json: unknown): InfoOutcome => inform(json, RESULT_CODES);

/** As `judgeInfo`, for a bill: only there 0 proves anything. */
export const judgeBillInfo = (json: unknown): InfoOutcome => inform(json, BILL_CODES);

/**
 * Judges an answer of Transaction Info that was asked for under a revert's own reference. Only what would prove the revert as its own
 * answer proves it here: 900 is what suppliers say that do not show reverts, and a failure that is reported proves too little.
 */
export const judgeRevertInfo = (json: unknown): RevertInfo => {
  const verdict = judgeRevert(json);
  return verdict.kind === 'done'
    ? { kind: 'reverted', supplierReference: verdict.receipt.supplierreference }
    : { kind: 'stillUnknown' };
};
