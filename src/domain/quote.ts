// Quotes: what they receive for what you pay (direct) and what you pay for what they receive (reverse).
import { checkAmount } from './catalog.ts';
import type { AmountRule, Product } from './catalog.ts';
import type { CustomerId, ProductId } from './ids.ts';
import type { RetailPrice } from './margin.ts';
import { convertBackUp, convertDown, money, sameMoney } from './money.ts';
import type { Hundredths, Money, Rate } from './money.ts';
import { fail, ok } from './result.ts';
import type { Result } from './result.ts';
import { later } from './time.ts';
import type { Instant } from './time.ts';

/** `direct`: the customer said what they pay. `reverse`: the customer said what should arrive. */
export type Direction = 'direct' | 'reverse';

/** The amount that the customer chose: of the sale currency when direct, of the destination currency when reverse. */
export type AmountChoice = { readonly direction: Direction; readonly amount: Hundredths };

/** What a price source says: what is sent, what arrives, and a fee of the sale currency (0 when there is none). */
export type Price = { readonly send: Money; readonly receive: Money; readonly fee: Hundredths };

/** A price that was shown to a customer, until it expires. `estimated` when it comes from the catalogue's rate, not from the supplier. */
export type Quote = {
  readonly productId: ProductId;
  readonly choice: AmountChoice;
  /** What the supplier takes, what the buyer is charged, and how much of that the buyer gets back: nothing but for an agent. */
  readonly cost: Money;
  readonly pay: Money;
  readonly commission: Money;
  /** Whose wallet was to pay when the price was shown. Quotes of a time without agents have none. */
  readonly payer?: CustomerId;
  readonly receive: Money;
  readonly fee: Hundredths;
  readonly estimated: boolean;
  readonly quotedAt: Instant;
  readonly expiresAt: Instant;
};

export type QuoteError =
  | { readonly kind: 'amountNotAllowed' }
  | { readonly kind: 'notAvailable' }
  | { readonly kind: 'aboveCeiling'; readonly most: Money }
  | { readonly kind: 'noPrices' }
  /** The chosen item is not on the supplier's list any more. */
  | { readonly kind: 'itemGone' }
  | { readonly kind: 'supplierDown' };

/** How long a shown price may be confirmed, in milliseconds. */
export const QUOTE_LIFETIME = 5 * 60_000;

export const quoteOf = (product: Product, choice: AmountChoice, price: Price, estimated: boolean, now: Instant): Quote => ({
  productId: product.id,
  choice,
  cost: price.send,
  pay: price.send,
  commission: money(0, price.send.currency),
  receive: price.receive,
  fee: price.fee,
  estimated,
  quotedAt: now,
  expiresAt: later(now, QUOTE_LIFETIME),
});

/** The same quote at what the shop sells it for. */
export const atRetail = (quote: Quote, { price, commission }: RetailPrice): Quote => ({ ...quote, pay: price, commission });

export const isExpired = (quote: Quote, now: Instant): boolean => now >= quote.expiresAt;

/** Whether a buyer sees the same on both: what they pay and what arrives, and as an agent what they earn. */
const samePayer = (a: Quote, b: Quote): boolean => a.payer === undefined || b.payer === undefined || a.payer === b.payer;

/** Whether a confirmation of one price is one of the other: the same amounts, out of the same wallet. */
export const samePrice = (a: Quote, b: Quote): boolean =>
  sameMoney(a.pay, b.pay) &&
  sameMoney(a.receive, b.receive) &&
  sameMoney(a.commission, b.commission) &&
  a.fee === b.fee &&
  samePayer(a, b);

/** A fee of unknown unit is shown, but such a quote is not sold until the owner has said what the fee means. */
export const isSellable = (quote: Quote): boolean => quote.fee === 0;

/** The least sendable amount from which at least `receive` arrives. Ranges clamp up to `from` and align up to `step`. */
const leastSend = (rule: AmountRule, receive: Hundredths, rate: Rate): Hundredths | null => {
  if (rule.kind === 'list') {
    const enough = rule.values.filter((value) => convertDown(value, rate) >= receive);
    return enough.length === 0 ? null : (Math.min(...enough) as Hundredths);
  }
  // Asked first: what a forged button wants may be beyond what numbers hold.
  if (convertDown(rule.to, rate) < receive) return null;
  const needed = Math.max(convertBackUp(receive, rate), rule.from);
  const aligned = rule.from + Math.ceil((needed - rule.from) / rule.step) * rule.step;
  return aligned > rule.to ? null : (aligned as Hundredths);
};

/** Prices a product by the catalogue's own rate, for terminals without price endpoints. */
export const priceFromCatalog = (product: Product, choice: AmountChoice): Result<Price, QuoteError> => {
  const { rate } = product;
  if (rate === null) return fail({ kind: 'noPrices' });
  const send = choice.direction === 'direct' ? choice.amount : leastSend(product.amount, choice.amount, rate);
  if (send === null || !checkAmount(product.amount, send).ok) return fail({ kind: 'amountNotAllowed' });
  return ok({
    send: { hundredths: send, currency: product.saleCurrency },
    receive: { hundredths: convertDown(send, rate), currency: product.destinationCurrency },
    // The list's fee has no confirmed unit; any fee keeps the product from being sold, so only its presence counts.
    fee: (product.fee === 0 ? 0 : Math.max(1, Math.round(product.fee))) as Hundredths,
  });
};
