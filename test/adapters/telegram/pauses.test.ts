// Pauses after a 429: who keeps them, for how long, and who is told.
import { describe, expect, it, vi } from 'vitest';
import { createPauses } from '../../../src/adapters/telegram/pauses.ts';
import type { Pause } from '../../../src/adapters/telegram/pauses.ts';
import { SECOND } from '../../../src/domain/time.ts';
import { createVirtualClock } from '../../e2e/virtual-clock.ts';
import { accepted, connect, refused, send, serve } from './scripted-bot-api.ts';

const ANA = 7;
const LUIS = 8;

/** What connects the processes of a test, without a delay. */
const createBoard = () => {
  const listeners: ((pause: Pause) => void)[] = [];
  return {
    tell: (pause: Pause) => listeners.forEach((listen) => listen(pause)),
    hear: (listen: (pause: Pause) => void) => void listeners.push(listen),
  };
};

describe('a pause', () => {
  it('holds for its chat until it is over', () => {
    const clock = createVirtualClock();
    const pauses = createPauses(clock, null);
    pauses.note(ANA, 5);
    expect([pauses.left(ANA), pauses.left(LUIS)]).toEqual([5_000, 0]);
    clock.advance(4_999);
    expect(pauses.left(ANA)).toBe(1);
    clock.advance(1);
    expect(pauses.left(ANA)).toBe(0);
  });

  it('ends when a message gets through', () => {
    const pauses = createPauses(createVirtualClock(), null);
    pauses.note(ANA, 5);
    pauses.end(ANA);
    expect(pauses.left(ANA)).toBe(0);
  });

  it('of one process is kept by all', () => {
    const clock = createVirtualClock();
    const board = createBoard();
    const [one, another] = [createPauses(clock, board), createPauses(clock, board)];
    one.note(ANA, 5);
    expect([another.left(ANA), another.left(LUIS)]).toEqual([5_000, 0]);
  });

  it('is for everybody when several chats have one at the same time', () => {
    const clock = createVirtualClock();
    const board = createBoard();
    const [one, another] = [createPauses(clock, board), createPauses(clock, board)];
    for (const chat of [1, 2, 3, 3]) one.note(chat, 5);
    expect(another.left(99)).toBe(0);
    one.note(4, 6);
    expect([one.left(99), another.left(99)]).toEqual([6_000, 6_000]);
    clock.advance(6_000);
    expect([one.left(99), another.left(99)]).toEqual([0, 0]);
    // Those are over: one more is about its chat again.
    one.note(5, 5);
    expect(another.left(99)).toBe(0);
  });

  it('of groups is for them alone, however many have one: their people could silence the bot for everybody', () => {
    const pauses = createPauses(createVirtualClock(), null);
    for (const group of [-1, -2, -3, -4, -5]) pauses.note(group, 5);
    pauses.note(ANA, 5);
    expect([pauses.left(-5), pauses.left(ANA), pauses.left(LUIS)]).toEqual([5_000, 5_000, 0]);
  });

  it('is remembered for a thousand chats at most', () => {
    const board = createBoard();
    const hearing = createPauses(createVirtualClock(), board);
    for (let chat = 1; chat <= 1_001; chat += 1) board.tell({ chat, seconds: 5 });
    expect([hearing.left(1), hearing.left(2), hearing.left(1_001)]).toEqual([0, 5_000, 5_000]);
  });
});

describe('a call to a chat with a pause', () => {
  const open = async (...answers: Parameters<typeof serve>) => {
    const clock = createVirtualClock();
    const pauses = createPauses(clock, null);
    const { apiRoot, calls } = await serve(...answers);
    const slept: number[] = [];
    const sleep = (milliseconds: number) => {
      slept.push(milliseconds);
      clock.advance(milliseconds);
      return Promise.resolve();
    };
    return { ...connect({ apiRoot, pauses, sleep }), clock, pauses, calls, slept };
  };

  it('is not made while more than three seconds are left', async () => {
    const { api, calls, clock } = await open(refused(429, 'Too Many Requests', { retry_after: 17 }), accepted({ message_id: 6 }));
    expect(await send(api)).toEqual({ ok: false, error: { kind: 'tooMany', retryAfterSeconds: 17 } });
    clock.advance(3_500);
    expect(await send(api)).toEqual({ ok: false, error: { kind: 'tooMany', retryAfterSeconds: 14 } });
    expect(calls).toHaveLength(1);
    expect((await api.call('sendMessage', { chat_id: LUIS, text: 'x' })).ok).toBe(true);
    expect(calls).toHaveLength(2);
  });

  it('waits where it is at most three, and is made then', async () => {
    const { api, calls, clock, slept } = await open(
      refused(429, 'Too Many Requests', { retry_after: 17 }),
      accepted({ message_id: 6 }),
    );
    await send(api);
    clock.advance(14 * SECOND);
    expect((await send(api)).ok).toBe(true);
    expect(slept).toEqual([3_000]);
    expect((await send(api)).ok).toBe(true);
    expect(slept).toEqual([3_000]);
    expect(calls).toHaveLength(3);
  });

  it('notes a 429 before it waits for it', async () => {
    const clock = createVirtualClock();
    const pauses = createPauses(clock, null);
    const { apiRoot } = await serve(refused(429, 'Too Many Requests', { retry_after: 2 }), accepted({ message_id: 6 }));
    const left = vi.fn();
    const sleep = () => Promise.resolve(left(pauses.left(ANA)));
    const { api } = connect({ apiRoot, pauses, sleep });
    expect((await send(api)).ok).toBe(true);
    expect(left).toHaveBeenCalledExactlyOnceWith(2_000);
    expect(pauses.left(ANA)).toBe(0);
  });

  it('about no chat pauses nobody', async () => {
    const { api, pauses } = await open(refused(429, 'Too Many Requests', { retry_after: 600 }));
    await api.call('setMyCommands', { commands: [] });
    expect([pauses.left(ANA), pauses.left(LUIS)]).toEqual([0, 0]);
  });
});
