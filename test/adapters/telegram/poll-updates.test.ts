// Polling against a scripted Telegram: nothing is lost, nothing is handled twice in one run, order holds within a chat.
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { GetUpdates, PollOptions, UpdatesError, UpdatesQuery } from '../../../src/adapters/telegram/poll-updates.ts';
import { pollUpdates } from '../../../src/adapters/telegram/poll-updates.ts';
import { fail, ok } from '../../../src/domain/result.ts';
import { eventually } from '../../eventually.ts';

type Update = { readonly update_id: number; readonly message: { readonly chat: { readonly id: number } } };

/** Telegram's queue: an offset confirms, a question waits until there is something to answer. */
const createSource = () => {
  let queue: Update[] = [];
  let failures: UpdatesError[] = [];
  let wake = (): void => undefined;
  const questions: UpdatesQuery[] = [];
  const getUpdates: GetUpdates = async (query, signal) => {
    questions.push(query);
    const failure = failures.shift();
    if (failure !== undefined) return fail(failure);
    queue = queue.filter((update) => update.update_id >= query.offset);
    if (queue.length === 0 && query.timeoutSeconds > 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    if (signal.aborted) return fail({ kind: 'failed', reason: 'aborted' });
    return ok(queue.slice(0, query.limit));
  };
  return {
    getUpdates,
    questions,
    pending: () => queue.map((update) => update.update_id),
    failWith: (...errors: UpdatesError[]) => (failures = errors),
    push: (updateId: number, chat: number) => {
      queue.push({ update_id: updateId, message: { chat: { id: chat } } });
      wake();
    },
  };
};

type Source = ReturnType<typeof createSource>;

const idOf = (update: unknown): number => (update as Update).update_id;
const chatOf = (update: unknown): number => (update as Update).message.chat.id;

const recordIn =
  (handled: number[]) =>
  (update: unknown): Promise<void> => {
    handled.push(idOf(update));
    return Promise.resolve();
  };

/** The real timer, a hundred times as fast; `slept` are the milliseconds that were asked for. */
const createSleep = () => {
  const slept: number[] = [];
  return {
    slept,
    sleep: async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
      slept.push(milliseconds);
      await wait(milliseconds / 100, undefined, signal && { signal }).catch(() => undefined);
    },
  };
};

const start = (source: Source, handle: PollOptions['handle']) => {
  const end = new AbortController();
  const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const { sleep, slept } = createSleep();
  const result = pollUpdates({ getUpdates: source.getUpdates, handle, log, sleep, signal: end.signal });
  return { log, slept, result, stop: async () => (end.abort(), await result) };
};

/** A promise that is resolved from outside. */
const createGate = () => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
};

describe('polling', () => {
  it('confirms what is handled, and once more at the end', async () => {
    const source = createSource();
    const handled: number[] = [];
    const run = start(source, recordIn(handled));
    source.push(10, 1);
    await eventually(() => expect(handled).toEqual([10]));
    source.push(11, 2);
    source.push(12, 1);
    await eventually(() => expect(handled).toEqual([10, 11, 12]));
    expect(await run.stop()).toEqual(ok(null));
    expect(source.questions.at(-1)).toEqual({ offset: 13, limit: 1, timeoutSeconds: 0 });
    expect(source.pending()).toEqual([]);
  });

  it('asks nothing at the end when nothing ever came', async () => {
    const source = createSource();
    const run = start(source, () => Promise.resolve());
    await run.stop();
    expect(source.questions.length).toBe(1);
  });

  it('lets no chat wait for another, also for updates that come later', async () => {
    const source = createSource();
    const gate = createGate();
    const handled: number[] = [];
    const run = start(source, async (update) => {
      if (chatOf(update) === 1) await gate.opened;
      handled.push(idOf(update));
    });
    source.push(1, 1);
    source.push(2, 2);
    await eventually(() => expect(handled).toEqual([2]));
    source.push(3, 3);
    source.push(4, 1);
    await eventually(() => expect(handled).toEqual([2, 3]));
    expect(Math.max(...source.questions.map((query) => query.offset))).toBe(1);
    gate.open();
    await eventually(() => expect(handled).toEqual([2, 3, 1, 4]));
    await run.stop();
    expect(source.pending()).toEqual([]);
  });

  it('does not ask in a busy loop while an update takes its time', async () => {
    const source = createSource();
    const gate = createGate();
    const run = start(source, () => gate.opened);
    source.push(1, 1);
    await eventually(() => expect(run.slept.filter((pause) => pause === 1000).length).toBeGreaterThan(3));
    expect(source.questions.length).toBeLessThanOrEqual(run.slept.length + 2);
    gate.open();
    await run.stop();
  });

  it('tries an update again until it is handled, with growing pauses, and lets the chat wait', async () => {
    const source = createSource();
    let refusals = 8;
    const handled: number[] = [];
    const run = start(source, async (update) => {
      if (idOf(update) === 1 && refusals-- > 0) throw new Error('no state');
      await recordIn(handled)(update);
    });
    source.push(1, 1);
    source.push(2, 1);
    source.push(3, 2);
    await eventually(() => expect(handled).toEqual([3, 1, 2]));
    expect(run.slept).toEqual(expect.arrayContaining([100, 200, 400, 800, 1600, 3200, 5000, 5000]));
    expect(run.log.error).toHaveBeenCalledTimes(8);
    await run.stop();
    expect(source.pending()).toEqual([]);
  });

  /** A run whose pauses take no time; chat 1 fails until it is mended. `paused` is how long its update has waited, in milliseconds. */
  const startWithTrouble = (source: Source, isTrouble: (chat: number) => boolean) => {
    const end = new AbortController();
    const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
    const handled: number[] = [];
    let mended = false;
    const result = pollUpdates({
      getUpdates: source.getUpdates,
      handle: async (update) => {
        if (!mended && isTrouble(chatOf(update))) throw new Error('no state');
        await recordIn(handled)(update);
      },
      log,
      sleep: () => wait(0),
      signal: end.signal,
    });
    const notHeld = () => log.error.mock.calls.filter(([event]) => event === 'telegram.updateNotHeld');
    const triesOf = (id: number) =>
      log.error.mock.calls.filter(([, fields]) => (fields as { updateId?: number } | undefined)?.updateId === id).length;
    return { handled, notHeld, triesOf, mend: (works = true) => (mended = works), stop: async () => (end.abort(), await result) };
  };

  it('lets go of a chat that fails for five minutes while others succeed, and tries on', async () => {
    const source = createSource();
    const run = startWithTrouble(source, (chat) => chat === 1);
    source.push(1, 1);
    source.push(2, 1);
    for (let id = 3; id <= 150; id++) source.push(id, id);
    await eventually(() => expect(run.handled).toContain(150));
    expect(source.questions.find(({ offset }) => offset > 1)).toBeDefined();
    expect(run.notHeld()).toEqual([
      ['telegram.updateNotHeld', { updateId: 1, tries: expect.any(Number) as number, seconds: expect.any(Number) as number }],
    ]);
    const [, { seconds }] = run.notHeld()[0] as [string, { seconds: number }];
    expect(seconds).toBeGreaterThanOrEqual(300);
    expect(seconds).toBeLessThan(310);

    run.mend();
    await eventually(() => expect(run.handled.slice(-2)).toEqual([1, 2]));
    source.push(151, 1);
    await eventually(() => expect(run.handled.at(-1)).toBe(151));
    run.mend(false);
    source.push(152, 1);
    source.push(153, 2);
    await eventually(() => expect(run.notHeld()).toHaveLength(2));
    run.mend();
    await eventually(() => expect(run.handled.at(-1)).toBe(152));
    await run.stop();
    expect(source.pending()).toEqual([]);
  });

  it('holds everything while nothing at all succeeds: that is an outage', async () => {
    const source = createSource();
    const run = startWithTrouble(source, () => true);
    for (let id = 1; id <= 120; id++) source.push(id, id);
    await eventually(() => expect(run.triesOf(1)).toBeGreaterThan(100));
    expect(source.pending()).toHaveLength(120);
    expect(run.notHeld()).toEqual([]);
    run.mend();
    await eventually(() => expect(run.handled).toHaveLength(120));
    await run.stop();
    expect(source.pending()).toEqual([]);
  });

  it('leaves what was in flight to the next run', async () => {
    const source = createSource();
    const never = createGate();
    const first = start(source, (update) => (chatOf(update) === 2 ? never.opened : Promise.resolve()));
    for (const [id, chat] of [
      [1, 1],
      [2, 2],
      [3, 2],
      [4, 3],
    ] as const)
      source.push(id, chat);
    await eventually(() => expect(source.questions.at(-1)?.offset).toBe(2));
    await first.stop();
    expect(source.pending()).toEqual([2, 3, 4]);

    const handled: number[] = [];
    const second = start(source, recordIn(handled));
    await eventually(() => expect(handled.toSorted()).toEqual([2, 3, 4]));
    await second.stop();
    expect(source.pending()).toEqual([]);
  });

  /** A run in which everything that is started waits at one gate. */
  const startGated = (source: Source) => {
    const gate = createGate();
    const started: number[] = [];
    const run = start(source, async (update) => {
      started.push(idOf(update));
      await gate.opened;
    });
    return { run, gate, started };
  };

  it('waits at the end for what is being handled, and starts nothing that was waiting', async () => {
    const source = createSource();
    const { run, gate, started } = startGated(source);
    source.push(1, 1);
    source.push(2, 1);
    await eventually(() => expect(started).toEqual([1]));
    const stopped = run.stop();
    gate.open();
    await stopped;
    expect(started).toEqual([1]);
    expect(source.pending()).toEqual([2]);
  });

  it('handles at most 50 updates at once, and at the end none of those that wait for a place', async () => {
    const source = createSource();
    const { run, gate, started } = startGated(source);
    for (let id = 1; id <= 60; id++) source.push(id, id);
    await eventually(() => expect(started.length).toBe(50));
    const stopped = run.stop();
    gate.open();
    await stopped;
    expect(started.length).toBe(50);
    expect(source.pending()).toEqual([51, 52, 53, 54, 55, 56, 57, 58, 59, 60]);
  });

  it('does not ask in a busy loop when nothing of the answer is an update', async () => {
    const end = new AbortController();
    const getUpdates = vi.fn<GetUpdates>(() => Promise.resolve(ok([{}])));
    const sleep = vi.fn<PollOptions['sleep']>(() => {
      if (sleep.mock.calls.length === 5) end.abort();
      return Promise.resolve();
    });
    const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
    await pollUpdates({ getUpdates, handle: () => Promise.resolve(), log, sleep, signal: end.signal });
    expect(getUpdates).toHaveBeenCalledTimes(5);
    expect(sleep.mock.calls.map(([milliseconds]) => milliseconds).slice(0, 5)).toEqual([100, 200, 400, 800, 1000]);
  });

  it('follows Telegram when the ids begin anew at a lower number', async () => {
    const handled: number[] = [];
    const offsets: number[] = [];
    const batches = [[900], [5], [900], []];
    const end = new AbortController();
    await pollUpdates({
      getUpdates: ({ offset }) => {
        offsets.push(offset);
        const ids = batches.shift();
        if (ids === undefined || ids.length === 0) end.abort();
        return Promise.resolve(ok((ids ?? []).map((id) => ({ update_id: id, message: { chat: { id: 1 } } }))));
      },
      handle: recordIn(handled),
      log: { info: vi.fn(), warn: vi.fn(), error: vi.fn() },
      sleep: createSleep().sleep,
      signal: end.signal,
    });
    expect(handled).toEqual([900, 5, 900]);
    expect(offsets).toEqual([0, 901, 6, 901, 901]);
  });

  it('goes on after failures of Telegram, with the pause that it asks for', async () => {
    const source = createSource();
    source.failWith({ kind: 'failed', reason: '502' }, { kind: 'conflict' }, { kind: 'tooMany', retryAfterSeconds: 7 });
    const handled: number[] = [];
    const run = start(source, recordIn(handled));
    source.push(1, 1);
    await eventually(() => expect(handled).toEqual([1]));
    expect(run.slept.slice(0, 3)).toEqual([500, 1000, 7000]);
    expect(run.log.error).toHaveBeenCalledWith('telegram.pollingConflict', expect.anything());
    await run.stop();
  });

  it('pauses for an hour at the most, whatever Telegram asks for', async () => {
    const source = createSource();
    source.failWith({ kind: 'tooMany', retryAfterSeconds: Number.MAX_SAFE_INTEGER });
    const run = start(source, () => Promise.resolve());
    await eventually(() => expect(run.slept[0]).toBe(3_600_000));
    await run.stop();
  });

  it('ends with a value when the token is refused, after what was in flight', async () => {
    const source = createSource();
    const handled: number[] = [];
    const run = start(source, async (update) => {
      source.failWith({ kind: 'unauthorized' });
      await wait(5);
      handled.push(idOf(update));
    });
    source.push(1, 1);
    expect(await run.result).toEqual(fail({ kind: 'unauthorized' }));
    expect(handled).toEqual([1]);
  });

  it('handles each update once, in order within its chat, under any schedule of work and failures', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ chat: fc.integer({ min: 1, max: 4 }), work: fc.nat(3), refusals: fc.nat(2) }), { maxLength: 150 }),
        async (plan) => {
          const source = createSource();
          const handled: number[] = [];
          const refusals = new Map(plan.map((step, id) => [id + 1, step.refusals]));
          const run = start(source, async (update) => {
            const id = idOf(update);
            const left = refusals.get(id) ?? 0;
            refusals.set(id, left - 1);
            await wait(plan[id - 1]?.work);
            if (left > 0) throw new Error('no state');
            handled.push(id);
          });
          for (const [index, { chat }] of plan.entries()) source.push(index + 1, chat);
          await eventually(() => expect(handled.length).toBe(plan.length));
          await run.stop();
          expect(source.pending()).toEqual([]);
          expect(handled.toSorted((a, b) => a - b)).toEqual(plan.map((_, index) => index + 1));
          for (const chat of [1, 2, 3, 4]) {
            const ofChat = handled.filter((id) => plan[id - 1]?.chat === chat);
            expect(ofChat).toEqual(ofChat.toSorted((a, b) => a - b));
          }
        },
      ),
      { numRuns: 20 },
    );
  });
});
