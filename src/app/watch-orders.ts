// Orders that have been under way for too long, told to the operator together: when there are new ones, at most once an hour, and daily while they stay.
import { MOST_LISTED } from '../domain/alert.ts';
import type { Alert } from '../domain/alert.ts';
import { STUCK_STATUSES, stuckSince } from '../domain/stuck-order.ts';
import type { StuckStatus } from '../domain/stuck-order.ts';
import { DAY, HOUR, later } from '../domain/time.ts';
import type { Alerts } from './ports/alerts.ts';
import type { Clock } from './ports/clock.ts';
import type { Operations } from './ports/operations.ts';

type Stuck = Extract<Alert, { type: 'ordersStuck' }>;

const PAUSE = HOUR;
const REMIND_AFTER = DAY;

const sum = (counts: Stuck['counts']): number => STUCK_STATUSES.reduce((total, status) => total + counts[status], 0);

/** Whether there is an order that the earlier alert did not know of. */
const hasNew = (now: Pick<Stuck, 'orders' | 'counts'>, before: Stuck): boolean =>
  sum(now.counts) > sum(before.counts) || now.orders.some((order) => !before.orders.includes(order));

/** Raises what has to be told by now. Throws when the ledger does. */
export const createOrdersWatch =
  (deps: {
    readonly operations: Pick<Operations, 'ordersIn'>;
    readonly alerts: Pick<Alerts, 'raiseAlert' | 'lastAlert'>;
    readonly clock: Clock;
  }): (() => Promise<void>) =>
  async () => {
    const { operations, alerts, clock } = deps;
    const now = clock.now();
    const stuck = (await operations.ordersIn(STUCK_STATUSES))
      .flatMap(({ id, state }) => {
        const found = stuckSince(state, now);
        return found === null ? [] : [{ id, ...found }];
      })
      .sort((a, b) => a.since - b.since);
    if (stuck.length === 0) return;
    const countOf = (status: StuckStatus): number => stuck.filter((order) => order.status === status).length;
    const found = {
      orders: stuck.slice(0, MOST_LISTED).map(({ id }) => id),
      counts: { unknown: countOf('unknown'), awaitingCode: countOf('awaitingCode'), revertUnknown: countOf('revertUnknown') },
    };
    const last = await alerts.lastAlert(['ordersStuck']);
    if (last?.alert.type === 'ordersStuck') {
      const pause = hasNew(found, last.alert) ? PAUSE : REMIND_AFTER;
      // What a clock raised that was ahead silences nobody until that time comes.
      if (last.raisedAt <= now && later(last.raisedAt, pause) > now) return;
    }
    await alerts.raiseAlert({ type: 'ordersStuck', ...found, follows: last?.raisedAt ?? null }, now);
  };
