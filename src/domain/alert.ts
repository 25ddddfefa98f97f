// What the operator is told without having asked: what the bot can't settle by itself, and what its books can't explain.
import type { CatalogDifference } from './catalog-difference.ts';
import type { OrderId, ProductId } from './ids.ts';
import type { PersonReason } from './order.ts';
import { assertNever } from './result.ts';
import type { StuckStatus } from './stuck-order.ts';
import { DAY, HOUR } from './time.ts';
import type { Instant } from './time.ts';

/**
 * What makes the supplier useless: it can't be reached, it does not answer, it refuses our credentials, or it answers with an error of its own
 * whatever it is asked.
 */
export type SupplierTrouble = 'notReached' | 'noAnswer' | 'refused' | 'systemError';

/** Of alerts that follow each other: when the one before was raised, null for the first. Whoever saw the same one before raises the same one next. */
type Following = { readonly follows: Instant | null };

export type Alert =
  /** An order that only a person can settle now. Its money stays set aside, or it was paid and has no code. */
  | { readonly type: 'personNeeded'; readonly order: OrderId; readonly why: PersonReason }
  /** A row that this version can't read. The order stands still until somebody looks at it; `order` may be no order id. */
  | { readonly type: 'orderUnreadable'; readonly order: string }
  /** Work on an order fails again and again: a bug, or something sealed that can't be opened. */
  | { readonly type: 'workFails'; readonly order: string }
  /** The supplier charged an order that had been given up as not charged: the customer has the money back, and what was bought lies sealed. */
  | { readonly type: 'chargedAfterAll'; readonly order: OrderId }
  /** A day's books and the supplier's disagree. `day` as `2026-01-31`; `drift` in hundredths, null where it could not be computed. */
  | {
      readonly type: 'booksDiffer';
      readonly terminalId: number;
      readonly day: string;
      readonly differences: number;
      readonly drift: number | null;
    }
  /** The supplier's list is not what it was, for products that the shop sells. `differences`: the first of `total`, see `MOST_LISTED`. */
  | { readonly type: 'catalogChanged'; readonly differences: readonly CatalogDifference[]; readonly total: number }
  /** The supplier does not sell a product to this terminal although it is listed: the bot took it off sale until somebody lifts the stop. */
  | { readonly type: 'productStopped'; readonly product: ProductId; readonly name: string; readonly order: OrderId }
  /** The balance at the supplier is nearly used up. Both in hundredths, of a currency that the supplier does not name. */
  | { readonly type: 'lowBalance'; readonly balance: number; readonly limit: number; readonly day: string }
  /** Products that the shop means to sell are not on the supplier's list, or can't be read there. `products`: the first of `total`. */
  | { readonly type: 'productsMissing'; readonly products: readonly ProductId[]; readonly total: number }
  /** No call to the supplier has worked for some time. */
  | ({ readonly type: 'supplierFailing'; readonly since: Instant; readonly trouble: SupplierTrouble } & Following)
  /** Calls work again, after an outage that had been raised. */
  | ({ readonly type: 'supplierBack'; readonly since: Instant } & Following)
  /** The supplier's clock minus ours, in milliseconds: so much that signatures are refused. */
  | { readonly type: 'clockSkew'; readonly skew: number }
  /** Orders that have been under way for longer than is normal. `orders`: the first of them, the oldest first; `counts`: all. */
  | ({
      readonly type: 'ordersStuck';
      readonly orders: readonly OrderId[];
      readonly counts: Readonly<Record<StuckStatus, number>>;
    } & Following);

/** How many products or orders an alert names at most. */
export const MOST_LISTED = 10;

const differenceText = (difference: CatalogDifference): string =>
  `${difference.product}-${difference.kind === 'changed' ? difference.parts.join('-') : difference.kind}`;

/** The same key is told once: what stays wrong, once a day; and an order can come to need a person again, for the same reason. */
export const alertKey = (alert: Alert, raisedAt: Instant): string => {
  switch (alert.type) {
    case 'personNeeded':
      return `${alert.type}:${alert.order}:${alert.why}:${raisedAt}`;
    case 'orderUnreadable':
    case 'workFails':
      return `${alert.type}:${alert.order}:${Math.floor(raisedAt / DAY)}`;
    case 'chargedAfterAll':
      return `${alert.type}:${alert.order}`;
    case 'booksDiffer':
      return `${alert.type}:${alert.terminalId}:${alert.day}`;
    case 'productStopped':
      // Several orders may have been on their way when it went; once it is sold again, it may go again.
      return `${alert.type}:${alert.product}:${Math.floor(raisedAt / HOUR)}`;
    case 'lowBalance':
      return `${alert.type}:${alert.day}`;
    case 'catalogChanged':
      // Several bots may see the same change, each at its own time; and what changes to and fro is told once an hour.
      return `${alert.type}:${alert.total}:${alert.differences.map(differenceText).join(',')}:${Math.floor(raisedAt / HOUR)}`;
    case 'productsMissing':
      return `${alert.type}:${alert.total}:${alert.products.join(',')}:${Math.floor(raisedAt / DAY)}`;
    case 'supplierFailing':
    case 'supplierBack':
    case 'ordersStuck':
      return `${alert.type}:${alert.follows ?? 'first'}`;
    case 'clockSkew':
      return `${alert.type}:${Math.floor(raisedAt / DAY)}`;
    default:
      return assertNever(alert);
  }
};

/** Alerts of one kind say the same of different things, and can be told in one message. */
export const alertKind = (alert: Alert): string => (alert.type === 'personNeeded' ? `${alert.type}:${alert.why}` : alert.type);

/** Whether nothing is lost when several of a kind are told together, each by its number alone. */
export const isGrouped = ({ type }: Alert): boolean =>
  type === 'personNeeded' || type === 'orderUnreadable' || type === 'workFails' || type === 'chargedAfterAll';

/** The numbers of what an alert is about: orders, products or days. */
export const subjectsOf = (alert: Alert): readonly string[] => {
  switch (alert.type) {
    case 'personNeeded':
    case 'orderUnreadable':
    case 'workFails':
    case 'chargedAfterAll':
      return [alert.order];
    case 'ordersStuck':
      return alert.orders;
    case 'booksDiffer':
    case 'lowBalance':
      return [alert.day];
    case 'catalogChanged':
      return alert.differences.map(({ product }) => String(product));
    case 'productStopped':
      return [String(alert.product)];
    case 'productsMissing':
      return alert.products.map(String);
    case 'supplierFailing':
    case 'supplierBack':
    case 'clockSkew':
      return [];
    default:
      return assertNever(alert);
  }
};
