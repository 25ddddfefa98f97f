// The wallet: double-entry postings between accounts. A transfer's postings sum to zero in each currency, always.
import type { CustomerId, OrderId } from './ids.ts';
import { hundredths } from './money.ts';
import type { Hundredths, Money } from './money.ts';

/**
 * Where money can be: what a customer may spend, what is set aside for their open orders, what was sold, and where balances come from.
 * Only `available` and `reserved` may never fall below zero.
 */
export type Account = `available:${number}` | `reserved:${number}` | 'sales' | 'funding';

export type Posting = { readonly account: Account; readonly amount: Money };

/** Postings that happen together. The id is unique for ever, so a transfer that is written twice is refused by the store. */
export type Transfer = { readonly id: string; readonly orderId: OrderId | null; readonly postings: readonly Posting[] };

export const availableOf = (customer: CustomerId): Account => `available:${customer}`;
export const reservedOf = (customer: CustomerId): Account => `reserved:${customer}`;

const opposite = (amount: Money): Money => ({ ...amount, hundredths: hundredths(0 - amount.hundredths) });

const move = (id: string, orderId: OrderId | null, from: Account, to: Account, amount: Money): Transfer => ({
  id,
  orderId,
  postings: [
    { account: from, amount: opposite(amount) },
    { account: to, amount },
  ],
});

export const reserve = (orderId: OrderId, customer: CustomerId, amount: Money): Transfer =>
  move(`${orderId}:reserve`, orderId, availableOf(customer), reservedOf(customer), amount);

/**
 * Capture and release share one id, so that the store itself refuses to do both for an order.
 */
export const capture = (orderId: OrderId, customer: CustomerId, amount: Money): Transfer =>
  move(`${orderId}:settle`, orderId, reservedOf(customer), 'sales', amount);

export const release = (orderId: OrderId, customer: CustomerId, amount: Money): Transfer =>
  move(`${orderId}:settle`, orderId, reservedOf(customer), availableOf(customer), amount);

/** Gives a captured amount back, for a sale that was undone. The id is one an order has once, so a second refund is refused by the store. */
export const refund = (orderId: OrderId, customer: CustomerId, amount: Money): Transfer =>
  move(`${orderId}:refund`, orderId, 'sales', availableOf(customer), amount);

/** What a new customer starts with: once per customer and currency. */
export const startingGrant = (customer: CustomerId, amount: Money): Transfer =>
  move(`start:${customer}:${amount.currency}`, null, 'funding', availableOf(customer), amount);

/** Money that a customer paid in; the reference, such as a receipt's number, makes it happen once. */
export const deposit = (reference: string, customer: CustomerId, amount: Money): Transfer =>
  move(`deposit:${reference}`, null, 'funding', availableOf(customer), amount);

/** Zero for every transfer that this file makes, per currency; what the store checks and the tests prove. */
export const imbalance = (postings: readonly Posting[]): ReadonlyMap<string, Hundredths> => {
  const sums = new Map<string, Hundredths>();
  for (const { amount } of postings) sums.set(amount.currency, hundredths((sums.get(amount.currency) ?? 0) + amount.hundredths));
  return new Map([...sums].filter(([, sum]) => sum !== 0));
};
