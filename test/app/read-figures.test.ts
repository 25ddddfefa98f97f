// How the shop stands, in figures: ages at the moment of the question, what is stuck, and a large ledger that is spared.
import { describe, expect, it } from 'vitest';
import { createReadFigures } from '../../src/app/read-figures.ts';
import type { Operations } from '../../src/app/ports/operations.ts';
import { hundredths } from '../../src/domain/money.ts';
import type { OrderState } from '../../src/domain/order.ts';
import { MINUTE, SECOND, later } from '../../src/domain/time.ts';
import { attempt, orderId } from '../contracts/orders.ts';
import { createTestClock } from './test-clock.ts';

/** `took`: how long the ledger takes to count all orders, in milliseconds. */
const open = (took: number) => {
  const clock = createTestClock();
  const start = clock.now();
  let counted = 0;
  const unknownSince = (at: number): OrderState => ({
    status: 'unknown',
    attempt: { ...attempt(1), at: later(start, at) },
    expectation: 'open',
    asked: 0,
    askAt: start,
    reportedRejected: false,
  });
  const nothing = { due: 0, oldest: null };
  const operations: Pick<Operations, 'queues' | 'ordersByStatus' | 'oldestByStatus' | 'ordersIn' | 'accountTotals'> = {
    ordersByStatus: () => {
      counted += 1;
      clock.advance(took);
      return Promise.resolve({ delivered: counted, needsPerson: 2 });
    },
    oldestByStatus: () => Promise.resolve([{ status: 'placed', placedAt: later(start, -90 * SECOND) }]),
    ordersIn: () =>
      Promise.resolve([
        { id: orderId(1), state: unknownSince(-16 * MINUTE) },
        { id: orderId(2), state: unknownSince(-14 * MINUTE) },
      ]),
    queues: () =>
      Promise.resolve({
        orders: { due: 4, oldest: later(start, -3 * SECOND) },
        messages: nothing,
        alerts: nothing,
        announcements: nothing,
      }),
    accountTotals: () => Promise.resolve([{ kind: 'sales', currency: 'EUR', total: hundredths(5) }]),
  };
  return { clock, read: createReadFigures({ operations, clock }), counted: () => counted };
};

describe('figures', () => {
  it('have ages of this moment, and as stuck what waits for longer than is normal or for a person', async () => {
    const { clock, read } = open(0);
    const first = await read();
    expect(first.ages).toEqual({ placed: 90 * SECOND });
    expect(first.stuck).toEqual({ needsPerson: 2, unknown: 1, awaitingCode: 0, revertUnknown: 0 });
    expect(first.queues.orders).toEqual({ due: 4, age: 3 * SECOND });
    expect(first.queues.messages).toEqual({ due: 0, age: 0 });
    clock.advance(2 * MINUTE);
    const second = await read();
    expect(second.ages).toEqual({ placed: 210 * SECOND });
    expect(second.stuck.unknown).toBe(2);
  });

  it('are counted anew each time where that costs nothing', async () => {
    const { read } = open(0);
    expect([(await read()).orders.delivered, (await read()).orders.delivered]).toEqual([1, 2]);
  });

  it('spare a ledger that takes long to count: at most a hundredth of the time goes into it', async () => {
    const { clock, read, counted } = open(300);
    const began = clock.now();
    while (clock.now() < later(began, 10 * MINUTE)) {
      await read();
      clock.advance(SECOND);
    }
    expect(counted() * 300).toBeLessThanOrEqual((10 * MINUTE) / 100 + 300);
    expect(counted()).toBeGreaterThan(15);
  });
});
