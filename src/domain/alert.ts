// What the operator is told without having asked: what the bot can't settle by itself, and what its books can't explain.
import type { OrderId } from './ids.ts';
import type { PersonReason } from './order.ts';
import { assertNever } from './result.ts';
import { DAY } from './time.ts';
import type { Instant } from './time.ts';

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
    };

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
    default:
      return assertNever(alert);
  }
};
