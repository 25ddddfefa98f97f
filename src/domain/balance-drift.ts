// The balance at the supplier against the books: what it lost between two readings, against what should have been charged.
import type { Standing } from './attempt-standing.ts';
import type { ProductId } from './ids.ts';
import { hundredths } from './money.ts';
import type { Currency, Hundredths, Money } from './money.ts';
import type { OrderTerms } from './order.ts';
import { assertNever } from './result.ts';
import { MINUTE, later } from './time.ts';
import type { Instant } from './time.ts';

/** A balance as it was read. The answer names no currency. */
export type Reading = { readonly at: Instant; readonly hundredths: Hundredths };

/**
 * What the supplier takes for an order, in its sale currency: the amount that the purchase named when it named the one to be sent, else the
 * price that was agreed on. Nothing is sold with a fee, so none is added. How a cost follows from a sale in another currency than the
 * balance's, or with a discount, the supplier has not said.
 */
export const costOf = ({ sent, cost }: Pick<OrderTerms, 'sent' | 'cost'>): Money => (sent.as === 'send' ? sent.amount : cost);

/** What an attempt did, or may have done, to the balance. */
export type Movement = {
  readonly order: string;
  readonly product: ProductId;
  readonly cost: Money;
  readonly direction: 'taken' | 'returned';
  readonly sentAt: Instant;
  /** When it was learnt that the money had moved; null while nobody knows. */
  readonly settledAt: Instant | null;
};

/** Why the readings were not compared with the books. */
export type Skipped =
  | { readonly why: 'noBalanceCurrency' }
  | { readonly why: 'noReadings' }
  | { readonly why: 'otherCurrency'; readonly order: string; readonly currency: Currency }
  | { readonly why: 'feeOfUnknownUnit'; readonly order: string; readonly product: ProductId }
  /** The list of products, which names the fees, could not be fetched. */
  | { readonly why: 'feesNotKnown' }
  | { readonly why: 'ledgerUnclear'; readonly order: string };

/** What may explain a drift of up to its amount. */
export type Perhaps = { readonly order: string; readonly amount: Hundredths };

export type Balance =
  | ({ readonly kind: 'skipped' } & Skipped)
  | {
      readonly kind: 'computed';
      readonly currency: Currency;
      readonly opening: Reading;
      readonly closing: Reading;
      /** What should have been charged between the readings, less what was given back. */
      readonly expected: Hundredths;
      /** What the balance lost beyond that; negative when it gained, as by a top-up. */
      readonly drift: Hundredths;
      /** Orders that were in flight or unknown at a reading; none where there is nothing to explain. */
      readonly perhaps: readonly Perhaps[];
    };

/** The movement behind an attempt; null when it moved nothing, or nobody can tell. */
export const movementOf = (
  standing: Standing,
  sale: Pick<Movement, 'order' | 'product' | 'cost' | 'sentAt'>,
): Movement | null => {
  if (standing.of === 'revert') {
    return standing.says === 'refused' ? null : { ...sale, direction: 'returned', settledAt: standing.settledAt };
  }
  const { says, settledAt } = standing;
  switch (says.kind) {
    case 'charged':
    case 'reverted':
    case 'open':
      return { ...sale, direction: 'taken', settledAt };
    case 'rejected':
    case 'unclear':
      return null;
    default:
      return assertNever(says);
  }
};

/** How long a reading may take, its repetitions included. Milliseconds. */
const READING_TAKES = 2 * MINUTE;

/** Whether the money may have moved on either side of a reading: the purchase was on its way while the balance was read. */
const straddles = ({ sentAt, settledAt }: Movement, { at }: Reading): boolean =>
  sentAt < later(at, READING_TAKES) && (settledAt === null || settledAt > at);

const sum = (amounts: readonly number[]): Hundredths => hundredths(amounts.reduce((total, amount) => total + amount, 0));

/**
 * Compares two readings with the movements that were sent between them. `fees` are those that the supplier lists today, by product, of a
 * unit that nobody has confirmed; a product that is listed no more counts as one without.
 */
export const driftBetween = (
  { opening, closing }: { readonly opening: Reading; readonly closing: Reading },
  currency: Currency,
  movements: readonly Movement[],
  fees: ReadonlyMap<ProductId, number>,
): Balance => {
  const skip = (skipped: Skipped): Balance => ({ kind: 'skipped', ...skipped });
  const counted = movements.filter(({ sentAt, settledAt }) => settledAt !== null && sentAt >= opening.at && sentAt < closing.at);
  const doubtful = movements.filter(
    (movement) =>
      (movement.settledAt === null && movement.sentAt < closing.at) ||
      straddles(movement, opening) ||
      straddles(movement, closing),
  );
  for (const { order, product, cost } of [...counted, ...doubtful]) {
    if (cost.currency !== currency) return skip({ why: 'otherCurrency', order, currency: cost.currency });
    if ((fees.get(product) ?? 0) !== 0) return skip({ why: 'feeOfUnknownUnit', order, product });
  }
  const expected = sum(counted.map(({ cost, direction }) => (direction === 'taken' ? cost.hundredths : 0 - cost.hundredths)));
  const drift = sum([opening.hundredths, 0 - closing.hundredths, 0 - expected]);
  return {
    kind: 'computed',
    currency,
    opening,
    closing,
    expected,
    drift,
    perhaps: drift === 0 ? [] : doubtful.map(({ order, cost }) => ({ order, amount: cost.hundredths })),
  };
};

/** More sums than this are not told apart. */
const MOST_SUMS = 10_000;

/** Whether a drift is made of what was on its way at a reading, or is not known yet: each may have been counted too early, too late or not at all. */
export const isExplained = ({ drift, perhaps }: Pick<Extract<Balance, { kind: 'computed' }>, 'drift' | 'perhaps'>): boolean => {
  let sums = new Set<number>([0]);
  for (const { amount } of perhaps) {
    sums = new Set([...sums].flatMap((sum) => [sum - amount, sum, sum + amount]));
    if (sums.size > MOST_SUMS) return Math.abs(drift) <= perhaps.reduce((sum, one) => sum + one.amount, 0);
  }
  return sums.has(drift);
};
