// What the operator is told without having asked: what the bot can't settle by itself, and what its books can't explain.
import type { OrderId } from './ids.ts';
import type { PersonReason } from './order.ts';
import { assertNever } from './result.ts';
import type { Instant } from './time.ts';

export type Alert =
  /** An order that only a person can settle now. Its money stays set aside, or it was paid and has no code. */
  | { readonly type: 'personNeeded'; readonly order: OrderId; readonly why: PersonReason }
  /** A row that this version can't read. The order stands still until somebody looks at it; `order` may be no order id. */
  | { readonly type: 'orderUnreadable'; readonly order: string }
  /** A day's books and the supplier's disagree. `day` as `2026-01-31`; `drift` in hundredths, null where it could not be computed. */
  | { readonly type: 'booksDiffer'; readonly day: string; readonly differences: number; readonly drift: number | null };

/** The same key is told once. An order can come to need a person again, for the same reason, at another time. */
export const alertKey = (alert: Alert, raisedAt: Instant): string => {
  switch (alert.type) {
    case 'personNeeded':
      return `${alert.type}:${alert.order}:${alert.why}:${raisedAt}`;
    case 'orderUnreadable':
      return `${alert.type}:${alert.order}`;
    case 'booksDiffer':
      return `${alert.type}:${alert.day}`;
    default:
      return assertNever(alert);
  }
};
