// Reads from the ledger how the shop stands: how many orders, how old, how many of them stuck, what is due, and where the money is.
import type { QueueDepth, Queues } from '../domain/operations.ts';
import type { OrderStatus } from '../domain/order.ts';
import { STUCK_STATUSES, stuckSince } from '../domain/stuck-order.ts';
import { later } from '../domain/time.ts';
import type { Instant } from '../domain/time.ts';
import type { Clock } from './ports/clock.ts';
import type { Figures, ReadFigures } from './ports/figures.ts';
import type { Operations } from './ports/operations.ts';

type Readable = Pick<Operations, 'queues' | 'ordersByStatus' | 'oldestByStatus' | 'ordersIn' | 'accountTotals'>;

/** After totals that took some time, a hundred times as long is told what they were: a large ledger is walked through rarely. */
const REST = 100;

type Totals = Pick<Figures, 'orders' | 'wallets'>;

export const createReadFigures = ({
  operations,
  clock,
}: {
  readonly operations: Readable;
  readonly clock: Pick<Clock, 'now'>;
}): ReadFigures => {
  let last: { readonly totals: Totals; readonly goodUntil: Instant } | null = null;

  const totals = async (): Promise<Totals> => {
    const startedAt = clock.now();
    if (last !== null && startedAt < last.goodUntil) return last.totals;
    const read = { orders: await operations.ordersByStatus(), wallets: await operations.accountTotals() };
    const now = clock.now();
    last = { totals: read, goodUntil: later(now, (now - startedAt) * REST) };
    return read;
  };

  return async () => {
    const now = clock.now();
    const { orders, wallets } = await totals();
    const oldest = await operations.oldestByStatus();
    const waiting = await operations.ordersIn(STUCK_STATUSES);
    const queues = await operations.queues(now);

    const ages: Partial<Record<OrderStatus, number>> = {};
    for (const { status, placedAt } of oldest) ages[status] = now - placedAt;

    const stuck: Partial<Record<OrderStatus, number>> = { needsPerson: orders.needsPerson ?? 0 };
    for (const status of STUCK_STATUSES) stuck[status] = 0;
    for (const { state } of waiting) {
      const found = stuckSince(state, now);
      if (found !== null) stuck[found.status] = (stuck[found.status] ?? 0) + 1;
    }
    const ageOf = ({ due, oldest: since }: QueueDepth) => ({ due, age: since === null ? 0 : now - since });
    const { orders: work, messages, alerts, announcements }: Queues = queues;
    return {
      orders,
      ages,
      stuck,
      queues: { orders: ageOf(work), messages: ageOf(messages), alerts: ageOf(alerts), announcements: ageOf(announcements) },
      wallets,
    };
  };
};
