// Orders that take too long: one alert for all of them, at most hourly while there are new ones, and daily while they stay.
import { expect, it } from 'vitest';
import type { RaisedAlert } from '../../src/app/ports/alerts.ts';
import { createOrdersWatch } from '../../src/app/watch-orders.ts';
import type { OrderState } from '../../src/domain/order.ts';
import { DAY, HOUR, MINUTE, later } from '../../src/domain/time.ts';
import type { Instant } from '../../src/domain/time.ts';
import { attempt, orderId } from '../contracts/orders.ts';
import { createTestClock } from './test-clock.ts';

const openShop = () => {
  const clock = createTestClock();
  const raised: RaisedAlert[] = [];
  const orders = new Map<number, OrderState>();
  const sentAt = (at: Instant) => ({ ...attempt(1), at });
  const look = createOrdersWatch({
    operations: {
      ordersIn: (statuses) =>
        Promise.resolve(
          [...orders].map(([n, state]) => ({ id: orderId(n), state })).filter(({ state }) => statuses.includes(state.status)),
        ),
    },
    alerts: {
      lastAlert: () => Promise.resolve(raised.at(-1) ?? null),
      raiseAlert: (alert, raisedAt) => Promise.resolve(void raised.push({ alert, raisedAt })),
    },
    clock,
  });
  const unknown = (at: Instant): OrderState => {
    const open = { expectation: 'open', asked: 1, askAt: at, reportedRejected: false } as const;
    return { status: 'unknown', attempt: sentAt(at), ...open };
  };
  const awaitingCode = (at: Instant): OrderState => ({ status: 'awaitingCode', attempt: sentAt(at), polled: 1, pollAt: at });
  return { clock, raised, orders, look, unknown, awaitingCode };
};

it('are told when they have taken longer than is normal for what they wait for, and not before', async () => {
  const { clock, raised, orders, look, unknown, awaitingCode } = openShop();
  orders.set(1, unknown(clock.now()));
  orders.set(2, awaitingCode(clock.now()));
  clock.advance(15 * MINUTE - 1);
  await look();
  expect(raised).toEqual([]);
  clock.advance(1);
  await look();
  const first = { type: 'ordersStuck', orders: [orderId(1)], counts: { unknown: 1, awaitingCode: 0, revertUnknown: 0 } };
  expect(raised).toEqual([{ alert: { ...first, follows: null }, raisedAt: clock.now() }]);
  clock.advance(60 * MINUTE);
  await look();
  expect(raised.at(-1)?.alert).toMatchObject({
    orders: [orderId(1), orderId(2)],
    counts: { unknown: 1, awaitingCode: 1 },
    follows: raised[0]?.raisedAt,
  });
});

it('that have an end of another kind, or none to wait for, are none of them', async () => {
  const { clock, raised, orders, look } = openShop();
  orders.set(1, { status: 'needsPerson', attempt: attempt(1), why: 'paidWithoutCode' });
  orders.set(2, { status: 'charged', attempt: attempt(1) });
  clock.advance(DAY);
  await look();
  expect(raised).toEqual([]);
});

it('are told although a clock that was a day ahead has told of them', async () => {
  const { clock, raised, orders, look, unknown } = openShop();
  orders.set(1, unknown(clock.now()));
  clock.advance(DAY);
  await look();
  clock.advance(HOUR - DAY);
  await look();
  await look();
  expect(raised).toHaveLength(2);
});

it('are told together, the oldest ten by their numbers, and all of them counted', async () => {
  const { clock, raised, orders, look, unknown } = openShop();
  for (let n = 1; n <= 34; n += 1) orders.set(n, unknown(later(clock.now(), -n * MINUTE)));
  clock.advance(20 * MINUTE);
  await look();
  expect(raised.map(({ alert }) => alert)).toMatchObject([
    { orders: Array.from({ length: 10 }, (_, index) => orderId(34 - index)), counts: { unknown: 34 } },
  ]);
});

it('are told again after an hour when there are new ones, after a day when there are not', async () => {
  const { clock, raised, orders, look, unknown } = openShop();
  const start = clock.now();
  const hours = () => raised.map(({ raisedAt }) => (raisedAt - start) / HOUR);
  orders.set(1, unknown(later(start, -HOUR)));
  orders.set(2, unknown(later(start, -HOUR)));
  await look();
  orders.set(3, unknown(later(start, -HOUR)));
  for (let passed = 0; passed < HOUR; passed += MINUTE) {
    clock.advance(MINUTE);
    await look();
  }
  expect(hours()).toEqual([0, 1]);
  // One of them came to its end: that is no news.
  orders.delete(2);
  for (let passed = 0; passed < DAY; passed += MINUTE) {
    clock.advance(MINUTE);
    await look();
  }
  expect(hours()).toEqual([0, 1, 25]);
});
