// Which answers to taps travel in the webhook's answer, and which are calls after all.
import { describe, expect, it, vi } from 'vitest';
import { createTapReplies } from '../../../src/adapters/telegram/tap-replies.ts';
import { ok } from '../../../src/domain/result.ts';

const tap = (id: string) => ({ update_id: 1, callback_query: { id } });

/** `answers`: what the bot answers while it receives the update; `patience` ends when the test says so. */
const setUp = (handle: (carry: (id: string, text?: string) => boolean, endPatience: () => void) => void | Promise<void>) => {
  const call = vi.fn(() => Promise.resolve(ok(true as const)));
  const cancelled = vi.fn();
  let overdue = (): void => undefined;
  const taps = createTapReplies({
    api: { call: call as never },
    receive: async () => {
      await handle(
        (id, text) => taps.carry({ callback_query_id: id, ...(text !== undefined && { text }) }),
        () => overdue(),
      );
    },
    after: (_milliseconds, run) => {
      overdue = run;
      return cancelled;
    },
  });
  return { taps, call, cancelled };
};

describe('answers to taps', () => {
  it('travel in the reply, with their notice', async () => {
    const { taps, call, cancelled } = setUp((carry) => {
      expect(carry('a', 'Sold out')).toBe(true);
    });
    expect(await taps.receive(tap('a'))).toEqual({ method: 'answerCallbackQuery', callback_query_id: 'a', text: 'Sold out' });
    expect(call).not.toHaveBeenCalled();
    expect(cancelled).toHaveBeenCalledOnce();
  });

  it('are calls when the tap is not being received: by polling, or after its end', async () => {
    const { taps } = setUp(() => undefined);
    expect(taps.carry({ callback_query_id: 'a' })).toBe(false);
    expect(await taps.receive(tap('a'))).toBeNull();
    expect(taps.carry({ callback_query_id: 'a' })).toBe(false);
  });

  it('are made as a call when the update takes long, and not twice', async () => {
    const { taps, call } = setUp((carry, endPatience) => {
      carry('a', 'One moment');
      endPatience();
    });
    expect(await taps.receive(tap('a'))).toBeNull();
    expect(call).toHaveBeenCalledExactlyOnceWith('answerCallbackQuery', { callback_query_id: 'a', text: 'One moment' });
  });

  it('that come when the update has taken long already are calls of whoever answers', async () => {
    const { taps, call } = setUp((carry, endPatience) => {
      endPatience();
      expect(carry('a')).toBe(false);
    });
    expect(await taps.receive(tap('a'))).toBeNull();
    expect(call).not.toHaveBeenCalled();
  });

  it('are the first of several to one tap', async () => {
    const { taps } = setUp((carry) => {
      expect([carry('a', 'first'), carry('a', 'second')]).toEqual([true, true]);
    });
    expect(await taps.receive(tap('a'))).toMatchObject({ text: 'first' });
  });

  it('of an update that fails are forgotten with it: it comes again', async () => {
    const { taps } = setUp((carry) => {
      carry('a');
      throw new Error('no session');
    });
    await expect(taps.receive(tap('a'))).rejects.toThrow('no session');
    expect(taps.carry({ callback_query_id: 'a' })).toBe(false);
  });

  it.each([[{ update_id: 1, message: { text: 'hello' } }], [{ callback_query: { id: 7 } }], ['no update'], [null]])(
    "are nobody's business where there is no tap: %j",
    async (update) => {
      const { taps } = setUp(() => undefined);
      expect(await taps.receive(update)).toBeNull();
    },
  );
});
