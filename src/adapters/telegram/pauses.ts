// Pauses that Telegram has asked for with a 429: they hold for every call to the chat, in this process and in the others.
import type { Clock } from '../../app/ports/clock.ts';
import { isPrivate } from '../../domain/dialog/view.ts';
import { SECOND, later } from '../../domain/time.ts';
import type { Instant } from '../../domain/time.ts';

/** Null for `chat`: the whole bot. A length and no end, because the clocks of two machines differ. */
export type Pause = { readonly chat: number | null; readonly seconds: number };

/** Where processes tell each other of pauses. Whoever tells may hear it too. */
export type PauseBoard = { tell(pause: Pause): void; hear(listen: (pause: Pause) => void): void };

export type Pauses = {
  /** How long nothing may be sent to a chat, in milliseconds; 0 when it may. Costs no call of anything. */
  left(chat: number): number;
  /** Telegram has refused a message to the chat for so many seconds. */
  note(chat: number, seconds: number): void;
  /** A message to the chat has got through after its pause. */
  end(chat: number): void;
};

/**
 * Telegram does not say whom a 429 is about. A chat earns one by itself; when so many others have to wait already, it is the bot that sends
 * too much. Groups have a pace of their own, and say nothing of the bot's: whoever floods a few of them must not silence it for everybody.
 */
const SEVERAL = 3;
/** More than are ever paused at once; the oldest is forgotten first. */
const MOST = 1_000;

export const createPauses = (clock: Pick<Clock, 'now'>, board: PauseBoard | null): Pauses => {
  const chats = new Map<number, Instant>();
  let everybody = clock.now();

  const keep = ({ chat, seconds }: Pause): void => {
    const until = later(clock.now(), Math.ceil(seconds * SECOND));
    if (chat === null) {
      everybody = until;
      return;
    }
    chats.delete(chat);
    chats.set(chat, until);
    const [oldest] = chats.keys();
    if (chats.size > MOST && oldest !== undefined) chats.delete(oldest);
  };

  const forgetEnded = (): void => {
    for (const [chat, until] of chats) if (until <= clock.now()) chats.delete(chat);
  };

  board?.hear(keep);
  return {
    left: (chat) => {
      const until = Math.max(chats.get(chat) ?? 0, everybody);
      return Math.max(0, until - clock.now());
    },
    note: (chat, seconds) => {
      forgetEnded();
      const others = [...chats.keys()].filter((other) => isPrivate(other) && other !== chat).length;
      const pause = { chat: isPrivate(chat) && others >= SEVERAL ? null : chat, seconds };
      keep(pause);
      board?.tell(pause);
    },
    end: (chat) => void chats.delete(chat),
  };
};
