// How fast messages leave: in order, never faster than the pace, and not slower than needed.
import fc from 'fast-check';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createChannel } from '../../../src/adapters/telegram/channel.ts';
import { createTurns, paceAnswers, paceBulk } from '../../../src/adapters/telegram/pace.ts';
import type { Pace, TakeTurn } from '../../../src/adapters/telegram/pace.ts';
import { ok } from '../../../src/domain/result.ts';
import { SECOND } from '../../../src/domain/time.ts';
import type { ChatId } from '../../../src/domain/ids.ts';
import { createVirtualClock } from '../../e2e/virtual-clock.ts';
import { expectPace } from '../../contracts/turns.contract.ts';

const chat = (id: number): ChatId => id as ChatId;

describe('turns', () => {
  it('keep every pace in every span of time, and their order', () => {
    const pace = fc.record({ every: fc.integer({ min: 1, max: 3_000 }), burst: fc.integer({ min: 1, max: 12 }) });
    const gaps = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5_000 })), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(pace, gaps, (kept: Pace, waits) => {
        const clock = createVirtualClock({ passing: 0 });
        const turns = createTurns(clock);
        const departures = waits.map((gap) => {
          clock.advance(gap);
          const wait = turns.reserve('a', kept);
          // Others are none of its business.
          turns.reserve('b', { every: 60_000, burst: 1 });
          return clock.now() + wait;
        });
        expectPace(departures, kept);
        clock.advance(departures.length * kept.every);
        expect(Array.from({ length: kept.burst }, () => turns.reserve('a', kept)).every((wait) => wait === 0)).toBe(true);
      }),
    );
  });

  it('say how long the next one would have to wait, without taking it', () => {
    const clock = createVirtualClock({ passing: 0 });
    const turns = createTurns(clock);
    const pace = { every: SECOND, burst: 2 };
    const waits = Array.from({ length: 4 }, () => [turns.waitOf('a', pace), turns.reserve('a', pace)]);
    expect(waits).toEqual([
      [0, 0],
      [0, 0],
      [1000, 1000],
      [2000, 2000],
    ]);
    clock.advance(2_500);
    expect(turns.waitOf('a', pace)).toBe(500);
    expect(turns.waitOf('b', pace)).toBe(0);
  });

  it('forget what was taken in a time that is yet to come', () => {
    let now = 10_000_000;
    const turns = createTurns({ now: () => now as ReturnType<ReturnType<typeof createVirtualClock>['now']> });
    turns.reserve('a', { every: SECOND, burst: 1 });
    now -= 3_600_000;
    expect(turns.waitOf('a', { every: SECOND, burst: 1 })).toBe(0);
  });

  it('are not held up for long by a clock that is set back', () => {
    let now = 10_000_000;
    const turns = createTurns({ now: () => now as ReturnType<ReturnType<typeof createVirtualClock>['now']> });
    turns.reserve('a', { every: SECOND, burst: 1 });
    now -= 3_600_000;
    expect(turns.reserve('a', { every: SECOND, burst: 1 })).toBeLessThanOrEqual(60 * SECOND);
  });
});

/** Sends to these chats at once and lets time go by; who left when, in milliseconds since the beginning. */
const departuresOf = async (
  open: (clock: ReturnType<typeof createVirtualClock>) => TakeTurn,
  chats: readonly ChatId[],
): Promise<readonly { readonly chat: ChatId; readonly at: number }[]> => {
  const clock = createVirtualClock({ passing: 0 });
  const takeTurn = open(clock);
  const start = clock.now();
  const left: { chat: ChatId; at: number }[] = [];
  const all = Promise.all(chats.map((to) => takeTurn(to).then(() => left.push({ chat: to, at: clock.now() - start }))));
  const settled = { done: false };
  void all.then(() => (settled.done = true));
  for (let passed = 0; !settled.done && passed < 120_000; passed += 10) {
    // A turn takes a few promises one after the other.
    for (let tick = 0; tick < 10; tick += 1) await Promise.resolve();
    clock.advance(10);
  }
  await all;
  return left;
};

describe('answers', () => {
  it('leave at once up to ten for a chat, then one a second, in order; no chat waits for another', async () => {
    const left = await departuresOf(
      (clock) => paceAnswers(clock).takeTurn,
      [...Array.from({ length: 13 }, () => chat(1)), chat(2)],
    );
    const first = left.filter((one) => one.chat === 1).map(({ at }) => at);
    expect(first).toEqual([...Array.from({ length: 10 }, () => 0), 1_000, 2_000, 3_000]);
    expect(left.filter((one) => one.chat === 2)).toEqual([{ chat: 2, at: 0 }]);
  });
});

describe('news and announcements', () => {
  const bulk = (clock: ReturnType<typeof createVirtualClock>): TakeTurn => paceBulk(25, clock, null).takeTurn;

  it('leave 25 a second in all, evenly', async () => {
    const left = await departuresOf(
      bulk,
      Array.from({ length: 60 }, (_, index) => chat(index + 1)),
    );
    const moments = left.map(({ at }) => at);
    expectPace(moments, { every: 40, burst: 1 });
    expect(moments.at(-1)).toBe(59 * 40);
  });

  it('leave one a second for a chat, and one in three seconds for a group', async () => {
    const left = await departuresOf(bulk, [chat(1), chat(1), chat(1), chat(-5), chat(-5)]);
    const momentsOf = (id: number) => left.filter((one) => one.chat === id).map(({ at }) => at);
    expectPace(momentsOf(1), { every: SECOND - 200, burst: 1 });
    expectPace(momentsOf(-5), { every: 3 * SECOND - 200, burst: 1 });
    expect(left.at(-1)?.at).toBeLessThanOrEqual(3 * SECOND + 200);
  });

  it('go on at the pace of their own process while nobody shares turns', async () => {
    const left = await departuresOf(
      (clock) => paceBulk(10, clock, { reserve: () => Promise.resolve(null) }).takeTurn,
      [chat(1), chat(2), chat(3)],
    );
    expect(left.map(({ at }) => at)).toEqual([0, 100, 200]);
  });
});

describe('messages that nobody has asked for', () => {
  it('stand in line for one chat for a few seconds only, and for no other chat at all', async () => {
    const clock = createVirtualClock({ passing: 0 });
    const calls: number[] = [];
    const api = {
      call: (_method: string, { chat_id: to }: { chat_id: number }) => Promise.resolve((calls.push(to), ok({ message_id: 1 }))),
    };
    const renderer = { render: () => ({ html: 'x', keyboard: [], protect: false, qr: null }), renderNotice: () => '' };
    const channel = createChannel(api as never, renderer as never, paceBulk(25, clock, null));
    const screenful = { view: { type: 'notice' }, notice: null, language: 'en', revision: 0 } as const;
    const sends = Array.from({ length: 20 }, () => channel.send(chat(7), screenful));
    const other = channel.send(chat(8), screenful);
    for (let tenth = 0; tenth < 60; tenth += 1) {
      clock.advance(100);
      await nextTurn();
    }
    const outcomes = await Promise.all(sends);
    expect(outcomes.filter(({ ok: sent }) => sent)).toHaveLength(4);
    expect(outcomes.at(-1)).toEqual({ ok: false, error: { kind: 'tooMany', retryAfterSeconds: 4 } });
    expect((await other).ok).toBe(true);
    // The first to the one chat, then at once the one to the other.
    expect(calls.slice(0, 2)).toEqual([7, 8]);
    expect(calls).toHaveLength(5);
  });
});
