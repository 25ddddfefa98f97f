// Day after day: readings at each midnight of the supplier's zone, a reconciliation at three, and what was missed is made up for.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DailyReconciliation } from '../../src/app/reconcile-daily.ts';
import type { Day } from '../../src/domain/day.ts';
import { dayLater, spanOf } from '../../src/domain/day.ts';
import { fail } from '../../src/domain/result.ts';
import { HOUR, MINUTE } from '../../src/domain/time.ts';
import { TERMINAL, TODAY, ZONE, day, openReconcileShop } from './reconcile-shop.ts';
import type { ReconcileShop } from './reconcile-shop.ts';

let shop: ReconcileShop;
const ends: (() => Promise<void>)[] = [];

beforeEach(async () => {
  shop = await openReconcileShop();
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  await shop.close();
});

/** Starts a loop, as a process does; the result ends it. */
const start = (daily: DailyReconciliation): (() => Promise<void>) => {
  const ending = new AbortController();
  const running = daily.run(ending.signal);
  const end = async (): Promise<void> => {
    ending.abort();
    await running;
  };
  ends.push(end);
  return end;
};

const goTo = (local: string): void => shop.clock.advance(Date.parse(`${local}+01:00`) - shop.clock.now());
const resultOf = (which: Day) => shop.ledger.reconciliationOf(TERMINAL, which);
const balanceRequests = () => shop.simulator.books.requests.filter(({ endpoint }) => endpoint === 'balances').length;
const infoRequests = () => shop.simulator.books.requests.filter(({ endpoint }) => endpoint === 'transactionInfo').length;
const openingOf = async (which: Day) => {
  const { from } = spanOf(which, ZONE);
  return (await shop.ledger.balancesAround(TERMINAL, { from, to: from })).opening;
};

/** Resolves when the loop has looked several times at the clock that stands still. */
const someRounds = async (): Promise<void> => {
  const before = shop.rounds();
  await expect.poll(() => shop.rounds()).toBeGreaterThan(before + 4);
};

describe('the daily reconciliation', () => {
  it('reads the balance once a day, at the first look after midnight', async () => {
    start(shop.daily());
    await someRounds();
    const before = balanceRequests();
    expect(before).toBe(1);
    goTo('2026-03-10T23:59:59');
    await someRounds();
    expect(balanceRequests()).toBe(before);
    goTo('2026-03-11T00:04:00');
    await expect.poll(() => openingOf(day('2026-03-11'))).toMatchObject({ at: shop.clock.now() });
    await someRounds();
    expect(balanceRequests()).toBe(before + 1);
  });

  it('does a day at three, not before, and once', async () => {
    await shop.sell();
    goTo('2026-03-11T00:01:00');
    start(shop.daily());
    await someRounds();
    goTo('2026-03-11T02:59:59');
    await someRounds();
    expect(await resultOf(TODAY)).toBeNull();
    goTo('2026-03-11T03:00:00');
    await expect
      .poll(() => resultOf(TODAY))
      .toMatchObject({ agreed: 1, balance: { kind: 'computed', expected: 2_500, drift: 0 } });
    const asked = infoRequests();
    goTo('2026-03-11T20:00:00');
    await someRounds();
    expect(infoRequests()).toBe(asked);
  });

  it('makes up for the last seven days, where they had orders', async () => {
    const sold: Day[] = [];
    for (const [skip, today] of [0, 1, 3, 6].map((days) => [days, dayLater(TODAY, days)] as const)) {
      goTo(`${today}T12:00:00`);
      if (skip !== 3) {
        await shop.sell();
        sold.push(today);
      }
    }
    // The first day is more than a week ago by then, the fourth had no orders.
    goTo('2026-03-18T05:00:00');
    start(shop.daily());
    await expect.poll(() => resultOf(day('2026-03-17'))).not.toBeNull();
    expect(sold).toEqual(['2026-03-10', '2026-03-11', '2026-03-16']);
    expect(await resultOf(day('2026-03-10'))).toBeNull();
    expect(await resultOf(day('2026-03-11'))).toMatchObject({ agreed: 1 });
    expect(await resultOf(day('2026-03-13'))).toBeNull();
    expect(await resultOf(day('2026-03-16'))).toMatchObject({ agreed: 1 });
  });

  it('puts a day off while the supplier is down, every hour, and closes it at noon', async () => {
    await shop.sell();
    let asked = 0;
    const transactionInfo = () => ((asked += 1), Promise.resolve(fail({ kind: 'noAnswer', reason: 'reset' } as const)));
    goTo('2026-03-11T03:00:00');
    start(shop.daily({ supplier: { transactionInfo } }));
    await expect.poll(() => asked).toBe(1);
    goTo('2026-03-11T03:59:59');
    await someRounds();
    expect(asked).toBe(1);
    goTo('2026-03-11T04:00:00');
    await expect.poll(() => asked).toBe(2);
    await someRounds();
    expect(await resultOf(TODAY)).toBeNull();
    goTo('2026-03-11T12:00:00');
    await expect.poll(() => resultOf(TODAY)).toMatchObject({ differences: [{ outcome: 'couldNotAsk' }] });
    expect(await shop.alerts()).toHaveLength(1);
  });

  it('survives a ledger that fails, and comes back to it', async () => {
    await shop.sell();
    goTo('2026-03-11T03:00:00');
    let failures = 0;
    const broken = (): Promise<never> => {
      failures += 1;
      return Promise.reject(new Error('the disk is full'));
    };
    let heals = false;
    const beginReconciliation: typeof shop.ledger.beginReconciliation = (...asked) =>
      heals ? shop.ledger.beginReconciliation(...asked) : broken();
    const balancesAround: typeof shop.ledger.balancesAround = (...asked) =>
      heals ? shop.ledger.balancesAround(...asked) : broken();
    start(shop.daily({ books: { beginReconciliation, balancesAround } }));
    await expect.poll(() => failures).toBeGreaterThan(1);
    heals = true;
    shop.clock.advance(HOUR + MINUTE);
    await expect.poll(() => resultOf(TODAY)).toMatchObject({ agreed: 1 });
  });

  it('is done by one of two processes', async () => {
    for (let sold = 0; sold < 5; sold += 1) await shop.sell({ amount: 1_000 });
    goTo('2026-03-11T03:00:00');
    start(shop.daily());
    start(shop.daily({}, shop.other));
    await expect.poll(() => resultOf(TODAY)).toMatchObject({ agreed: 5 });
    await someRounds();
    expect(infoRequests()).toBe(5);
  });

  it('ends at once when it is told to, also in the middle of a day', async () => {
    await shop.sell();
    goTo('2026-03-11T03:00:00');
    const end = start(shop.daily());
    await end();
    goTo('2026-03-11T05:00:00');
    start(shop.daily({}, shop.other));
    await expect.poll(() => resultOf(TODAY)).toMatchObject({ agreed: 1 });
  });
});
