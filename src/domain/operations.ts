// What those who run the shop look at: an order's history, a day's sales, and how much is waiting.
import type { Hundredths } from './money.ts';
import type { OrderEvent, OrderStatus } from './order.ts';
import type { Instant } from './time.ts';
import type { ShopAccount } from './wallet.ts';

/** One line of an order's history, without what only the machine needs. */
export type HistoryEntry = {
  readonly type: OrderEvent['type'];
  readonly at: Instant;
  readonly by: string | null;
  readonly why: string | null;
  readonly resultCode: string | null;
};

/** The orders of a span that have one status and are paid in one currency, added up in hundredths. */
export type Sales = {
  readonly status: OrderStatus;
  readonly currency: string;
  readonly count: number;
  readonly pay: Hundredths;
  readonly cost: Hundredths;
  readonly commission: Hundredths;
};

/** `due`: rows whose time has come. `oldest`: since when the first of them is due. */
export type QueueDepth = { readonly due: number; readonly oldest: Instant | null };
export type Queues = Readonly<Record<'orders' | 'messages' | 'alerts' | 'announcements', QueueDepth>>;

const HAS_ENDED: Readonly<Record<OrderStatus, boolean>> = {
  placed: false,
  sending: false,
  unknown: false,
  awaitingCode: false,
  charged: false,
  delivered: true,
  needsPerson: false,
  rejected: true,
  reverting: false,
  revertUnknown: false,
  reverted: true,
};

/** Orders of these have not come to their end. */
export const OPEN_STATUSES = (Object.keys(HAS_ENDED) as OrderStatus[]).filter((status) => !HAS_ENDED[status]);

/** What all accounts of one kind hold in one currency: of customers what they may spend and what is set aside, and the shop's own, which may owe. */
export type AccountTotal = {
  readonly kind: 'available' | 'reserved' | ShopAccount;
  readonly currency: string;
  readonly total: Hundredths;
};
