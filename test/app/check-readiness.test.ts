// Whether a process may be sent work: what it looks at, how often, and what it says when it starts and ends.
import { describe, expect, it } from 'vitest';
import { createReadinessCheck } from '../../src/app/check-readiness.ts';
import { fail, ok } from '../../src/domain/result.ts';
import { MINUTE, SECOND } from '../../src/domain/time.ts';
import { createTestClock } from './test-clock.ts';

const down = { kind: 'unavailable', reason: 'down' } as const;
const unreachable = { kind: 'notSent', reason: 'ECONNREFUSED' } as const;
const never = () => new Promise<never>(() => undefined);
const works = { trouble: null, alarmingSkew: null } as const;

const open = () => {
  const clock = createTestClock();
  const ending = new AbortController();
  const asked = { sessions: 0, database: 0, supplier: 0 };
  const parts = {
    sessions: (): Promise<boolean> => Promise.resolve(true),
    database: (): Promise<readonly never[]> => Promise.resolve([]),
    supplier: true,
  };
  let started = true;
  const { check, hear } = createReadinessCheck({
    sessions: {
      load: async () => {
        asked.sessions += 1;
        return (await parts.sessions()) ? ok({ version: 0, data: null, recentUpdates: [] }) : fail(down);
      },
    },
    stops: {
      stops: () => {
        asked.database += 1;
        return parts.database();
      },
    },
    supplier: {
      ping: () => {
        asked.supplier += 1;
        if (parts.supplier) hear(works);
        return Promise.resolve(parts.supplier ? ok({ skew: 0 }) : fail(unreachable));
      },
    },
    started: () => started,
    ending: ending.signal,
    clock,
  });
  return { check, hear, clock, ending, asked, parts, start: (is: boolean) => (started = is) };
};

describe('readiness', () => {
  it('is there when everything answers', async () => {
    const { check } = open();
    expect(await check()).toEqual({ status: 'ready', parts: { sessions: 'ok', database: 'ok', supplier: 'ok' } });
  });

  it.each<[string, 'sessions' | 'database' | 'supplier', (shop: ReturnType<typeof open>) => void]>([
    ['sessions can not be reached', 'sessions', ({ parts }) => (parts.sessions = () => Promise.resolve(false))],
    ['sessions hang', 'sessions', ({ parts }) => (parts.sessions = never)],
    ['the database is down', 'database', ({ parts }) => (parts.database = () => Promise.reject(new Error('down')))],
    ['the database hangs', 'database', ({ parts }) => (parts.database = never)],
    ['the supplier can not be reached', 'supplier', ({ parts }) => (parts.supplier = false)],
  ])('is not, and names the part, when %s', async (_what, part, breakIt) => {
    const shop = open();
    breakIt(shop);
    const parts = { sessions: 'ok', database: 'ok', supplier: 'ok', [part]: 'failing' };
    expect(await shop.check()).toEqual({ status: 'notReady', parts });
  });

  it('comes back with the part', async () => {
    const { check, clock, parts } = open();
    parts.database = () => Promise.reject(new Error('down'));
    expect(await check()).toMatchObject({ status: 'notReady' });
    parts.database = () => Promise.resolve([]);
    clock.advance(SECOND);
    expect(await check()).toMatchObject({ status: 'ready' });
  });

  it('comes back also when the clock was set back meanwhile', async () => {
    const { check, clock, parts } = open();
    parts.database = () => Promise.reject(new Error('down'));
    parts.supplier = false;
    expect(await check()).toMatchObject({ status: 'notReady' });
    parts.database = () => Promise.resolve([]);
    parts.supplier = true;
    clock.advance(-60 * MINUTE);
    expect(await check()).toMatchObject({ status: 'ready' });
  });

  it('asks the supplier nothing for five minutes after a call that worked, and then once', async () => {
    const { check, hear, clock, asked } = open();
    hear(works);
    for (let seconds = 0; seconds < 299; seconds++) {
      clock.advance(SECOND);
      await check();
    }
    expect(asked.supplier).toBe(0);
    clock.advance(SECOND);
    for (let seconds = 0; seconds < 120; seconds++) {
      expect(await check()).toMatchObject({ status: 'ready' });
      clock.advance(SECOND);
    }
    expect(asked.supplier).toBe(1);
  });

  it('does not take a failing call for one that worked', async () => {
    const { check, hear, parts } = open();
    parts.supplier = false;
    hear({ trouble: 'refused', alarmingSkew: null });
    expect(await check()).toMatchObject({ status: 'notReady', parts: { supplier: 'failing' } });
  });

  it('asks a supplier that fails four times a minute, however often somebody probes', async () => {
    const { check, clock, asked, parts } = open();
    parts.supplier = false;
    for (let ms = 0; ms < MINUTE; ms += 200) {
      expect(await check()).toMatchObject({ status: 'notReady' });
      clock.advance(200);
    }
    expect(asked.supplier).toBe(4);
    expect(asked.database).toBe(60);
  });

  it('looks once for all who ask at the same time', async () => {
    const { check, asked } = open();
    const answers = await Promise.all(Array.from({ length: 50 }, check));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['ready']));
    expect(asked).toEqual({ sessions: 1, database: 1, supplier: 1 });
  });

  it('is neither before the process takes work nor from the moment that it ends, and nothing is looked at', async () => {
    const { check, ending, asked, start } = open();
    start(false);
    expect(await check()).toEqual({ status: 'starting' });
    expect(asked).toEqual({ sessions: 0, database: 0, supplier: 0 });
    start(true);
    expect(await check()).toMatchObject({ status: 'ready' });
    ending.abort();
    expect(await check()).toEqual({ status: 'stopping' });
    expect(asked.database).toBe(1);
  });
});
