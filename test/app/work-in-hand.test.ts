// Work in hand: never more than there is room for, given back at the end, and a failure is nobody else's.
import { describe, expect, it } from 'vitest';
import { silent } from '../../src/app/telemetry.ts';
import { createHands } from '../../src/app/work-in-hand.ts';
import { createTestClock, silentLog } from './test-clock.ts';

const openHands = (queue: string[]) => {
  const ending = new Map<string, () => void>();
  const failing = new Map<string, () => void>();
  const givenBack: string[] = [];
  const asked: number[] = [];
  const worries: string[] = [];
  let done = 0;
  const hands = createHands<string>(
    {
      queue: 'orders',
      orderOf: () => null,
      most: 2,
      lease: 1_000,
      claim: (_now, _leaseUntil, limit) => {
        asked.push(limit);
        return Promise.resolve(queue.splice(0, limit));
      },
      work: (item) =>
        new Promise((resolve, reject) => {
          ending.set(item, resolve);
          failing.set(item, () => reject(new Error(`${item} failed`)));
        }),
      giveBack: (item) => {
        givenBack.push(item);
        return Promise.resolve();
      },
      fields: (item) => ({ order: item }),
      worry: (item) => {
        worries.push(item);
        return Promise.resolve();
      },
    },
    { telemetry: silent, clock: createTestClock(), log: silentLog, done: () => void (done += 1) },
  );
  const over = (map: ReadonlyMap<string, () => void>, item: string): Promise<void> => {
    map.get(item)?.();
    return new Promise((resolve) => void setImmediate(resolve));
  };
  return {
    hands,
    givenBack,
    asked,
    worries,
    done: () => done,
    end: (item: string) => over(ending, item),
    fail: (item: string) => over(failing, item),
  };
};

describe('work in hand', () => {
  it('takes only what it has room for', async () => {
    const { hands, asked, end } = openHands(['a', 'b', 'c', 'd']);
    await hands.take();
    await hands.take();
    expect(asked).toEqual([2]);
    await end('a');
    await hands.take();
    expect(asked).toEqual([2, 1]);
  });

  it('makes room again after a failure, and says that something ended', async () => {
    const { hands, asked, fail, done } = openHands(['a', 'b', 'c']);
    await hands.take();
    await fail('a');
    expect(done()).toBe(1);
    await hands.take();
    expect(asked).toEqual([2, 1]);
  });

  it('worries about work that fails again and again, and not about work that came right in between', async () => {
    const { hands, worries, fail, end } = openHands(['a', 'b', 'a', 'b', 'a', 'b', 'a', 'b', 'a', 'b']);
    for (let round = 1; round <= 5; round += 1) {
      await hands.take();
      await fail('a');
      await (round === 3 ? end('b') : fail('b'));
      expect(worries).toEqual(round === 5 ? ['a'] : []);
    }
  });

  it('gives nothing back when everything ends in time', async () => {
    const { hands, givenBack, end } = openHands(['a']);
    await hands.take();
    const finished = hands.finish(new Promise(() => undefined));
    await end('a');
    await finished;
    expect(givenBack).toEqual([]);
  });

  it('gives back what takes too long, and rests only when that has ended too', async () => {
    const { hands, givenBack, end } = openHands(['a', 'b']);
    await hands.take();
    await end('b');
    await hands.finish(Promise.resolve());
    expect(givenBack).toEqual(['a']);
    let resting = false;
    const rest = hands.rest().then(() => (resting = true));
    await new Promise((resolve) => void setImmediate(resolve));
    expect(resting).toBe(false);
    await end('a');
    await rest;
    expect(resting).toBe(true);
  });
});
