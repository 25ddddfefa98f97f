// What a transfer did to an agent's float, in a statement's words: a sale, its commission, money paid in, and so on.
import type { CustomerId, OrderId } from './ids.ts';
import { hundredths } from './money.ts';
import type { Currency, Hundredths, Money } from './money.ts';
import type { Instant } from './time.ts';
import { availableOf, reservedOf } from './wallet.ts';

/** Why a float changed. `adjustment` is also whatever has no word of its own, so that a statement always adds up. */
export const ENTRY_KINDS = ['grant', 'topUp', 'sale', 'commission', 'refund', 'commissionTakenBack', 'adjustment'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** A transfer as the books have it, with all its postings, also those of other accounts. `description` is the product of its order. */
export type FloatMovement = {
  readonly id: string;
  readonly at: Instant;
  readonly orderId: OrderId | null;
  readonly postings: readonly { readonly account: string; readonly amount: Money }[];
  readonly description: string | null;
};

/** One change of the float. `money` is negative when it went out. `reference` is what a payment or an adjustment was called. */
export type StatementEntry = {
  readonly at: Instant;
  readonly kind: EntryKind;
  readonly money: Money;
  readonly orderId: OrderId | null;
  readonly reference: string | null;
  readonly description: string | null;
};

/** Where commissions come from, and go back to. */
const COMMISSIONS = 'commissions';

type Reading = Pick<StatementEntry, 'kind' | 'reference'>;

const NAMED: readonly (readonly [prefix: string, kind: EntryKind])[] = [
  ['deposit:', 'topUp'],
  ['adjust:', 'adjustment'],
];

/** What a transfer's id says of the money in it that is no commission. */
const readId = (id: string): Reading => {
  if (id.startsWith('start:')) return { kind: 'grant', reference: null };
  const named = NAMED.find(([prefix]) => id.startsWith(prefix));
  if (named !== undefined) return { kind: named[1], reference: id.slice(named[0].length) };
  if (id.endsWith(':settle')) return { kind: 'sale', reference: null };
  if (id.endsWith(':refund')) return { kind: 'refund', reference: null };
  return { kind: 'adjustment', reference: id };
};

/**
 * The entries of one transfer, per currency at most one and its commission; together they are exactly what the float changed by. What nets
 * to zero is left out: money that is set aside or comes back from there never left the float. A commission that is as high as the price
 * is listed with its sale all the same.
 */
export const entriesOf = (customer: CustomerId, movement: FloatMovement): readonly StatementEntry[] => {
  const { id, at, orderId, postings, description } = movement;
  const own: readonly string[] = [availableOf(customer), reservedOf(customer)];
  const sumOf = (currency: Currency, accounts: readonly string[]): Hundredths =>
    postings
      .filter(({ account, amount }) => amount.currency === currency && accounts.includes(account))
      .reduce((sum, { amount }) => hundredths(sum + amount.hundredths), hundredths(0));
  const currencies = [...new Set(postings.filter(({ account }) => own.includes(account)).map(({ amount }) => amount.currency))];
  return currencies.sort().flatMap((currency) => {
    const change = sumOf(currency, own);
    // A transfer pays the commission of one wallet: what left that account came into this float.
    const commission = hundredths(0 - sumOf(currency, [COMMISSIONS]));
    const entry = (reading: Reading, value: number): readonly StatementEntry[] =>
      value === 0 ? [] : [{ at, ...reading, money: { hundredths: hundredths(value), currency }, orderId, description }];
    return [
      ...entry(readId(id), change - commission),
      ...entry({ kind: commission > 0 ? 'commission' : 'commissionTakenBack', reference: null }, commission),
    ];
  });
};
