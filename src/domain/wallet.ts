// The wallet: double-entry postings between accounts. A transfer's postings sum to zero in each currency, always.
import type { CustomerId, OrderId } from './ids.ts';
import { hundredths } from './money.ts';
import type { Hundredths, Money } from './money.ts';
import type { OrderTerms } from './order.ts';

/** The shop's own accounts: what was sold, where balances come from, what agents earned, and what was put right by hand. They may owe. */
export const SHOP_ACCOUNTS = ['sales', 'funding', 'commissions', 'adjustments'] as const;
export type ShopAccount = (typeof SHOP_ACCOUNTS)[number];

/**
 * Where money can be: what a customer may spend, what is set aside for their open orders, and the shop's accounts. `reserved` never falls
 * below zero, and `available` not below what its owner may owe, which is nothing but for an agent with credit.
 */
export type Account = `available:${number}` | `reserved:${number}` | ShopAccount;

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

/** What an order moves: its price out of the payer's wallet, and into it the part of it that an agent earns. */
type Sale = Pick<OrderTerms, 'id' | 'payer' | 'pay' | 'commission'>;

/** What the id of a transfer that sets an order's price aside ends with; the order's own id stands before it. */
export const RESERVING = ':reserve';

export const reserve = ({ id, payer, pay }: Sale): Transfer =>
  move(`${id}${RESERVING}`, id, availableOf(payer), reservedOf(payer), pay);

/** The transfer with a commission in it, so that one never happens without the other; without one it stays as it is. */
const withCommission = (transfer: Transfer, from: Account, to: Account, commission: Money): Transfer =>
  commission.hundredths === 0
    ? transfer
    : { ...transfer, postings: [...transfer.postings, ...move(transfer.id, transfer.orderId, from, to, commission).postings] };

/**
 * Takes the price and pays the commission. Capture and release share one id, so that the store itself refuses to do both for an order.
 */
export const capture = ({ id, payer, pay, commission }: Sale): Transfer =>
  withCommission(move(`${id}:settle`, id, reservedOf(payer), 'sales', pay), 'commissions', availableOf(payer), commission);

export const release = ({ id, payer, pay }: Sale): Transfer =>
  move(`${id}:settle`, id, reservedOf(payer), availableOf(payer), pay);

/**
 * Undoes a capture, for a sale that was undone: gives the price back and takes the commission. The id is one an order has once, so a second
 * refund is refused by the store.
 */
export const refund = ({ id, payer, pay, commission }: Sale): Transfer =>
  withCommission(move(`${id}:refund`, id, 'sales', availableOf(payer), pay), availableOf(payer), 'commissions', commission);

/** What a new customer starts with: once per customer and currency. */
export const startingGrant = (customer: CustomerId, amount: Money): Transfer =>
  move(`start:${customer}:${amount.currency}`, null, 'funding', availableOf(customer), amount);

/** Money that a customer paid in; the reference, such as a receipt's number, makes it happen once. */
export const deposit = (reference: string, customer: CustomerId, amount: Money): Transfer =>
  move(`deposit:${reference}`, null, 'funding', availableOf(customer), amount);

/** Puts a balance right by hand: more to spend for a positive amount, less for a negative one. The reference makes it happen once. */
export const adjustment = (reference: string, customer: CustomerId, amount: Money): Transfer =>
  move(`adjust:${reference}`, null, 'adjustments', availableOf(customer), amount);

/** Zero for every transfer that this file makes, per currency; what the store checks and the tests prove. */
export const imbalance = (postings: readonly Posting[]): ReadonlyMap<string, Hundredths> => {
  const sums = new Map<string, Hundredths>();
  for (const { amount } of postings) sums.set(amount.currency, hundredths((sums.get(amount.currency) ?? 0) + amount.hundredths));
  return new Map([...sums].filter(([, sum]) => sum !== 0));
};
