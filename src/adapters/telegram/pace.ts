// How fast messages leave, so that Telegram has no reason to refuse them: whoever is too early waits for their turn, in order.
import type { Clock } from '../../app/ports/clock.ts';
import { isPrivate } from '../../domain/dialog/view.ts';
import type { ChatId } from '../../domain/ids.ts';
import { SECOND, later } from '../../domain/time.ts';
import type { Instant } from '../../domain/time.ts';

/** One turn every so many milliseconds; after a quiet time `burst` of them at once. */
export type Pace = { readonly every: number; readonly burst: number };

/** Resolves when a message to the chat may leave. */
export type TakeTurn = (chat: ChatId) => Promise<void>;

/** Turns that several processes share: reserves the next one and gives the milliseconds until then; null when nobody can tell. */
export type SharedTurns = { reserve(name: string, pace: Pace): Promise<number | null> };

/** Telegram's pace for one chat: about one a second, 20 a minute in groups. */
const everyOf = (chat: ChatId): number => (isPrivate(chat) ? SECOND : 3 * SECOND);
/** What a customer who taps fast may be answered without a wait. */
const ANSWERS_AT_ONCE = 10;
/** A clock that is set back must not silence anybody for longer than this. */
const FURTHEST = 60 * SECOND;

/**
 * Reserves turns in this process. Where `free` is when all turns so far are used up, the next one is the burst before it: no span of time
 * holds more turns than the burst and one for each `every` of it.
 */
export const createTurns = (clock: Pick<Clock, 'now'>) => {
  const frees = new Map<string, Instant>();

  const freeOf = (name: string, now: Instant): number => {
    const free = frees.get(name) ?? now;
    // No turn lies so far ahead: the clock was set back.
    return free > now + 2 * FURTHEST ? now : Math.min(Math.max(now, free), now + FURTHEST);
  };
  const waitUntil = (free: number, { every, burst }: Pace, now: Instant): number => Math.max(0, free - (burst - 1) * every - now);

  return {
    /** Milliseconds until the turn that would be next. */
    waitOf: (name: string, pace: Pace): number => {
      const now = clock.now();
      return waitUntil(freeOf(name, now), pace, now);
    },
    /** Milliseconds until the turn. */
    reserve: (name: string, pace: Pace): number => {
      const now = clock.now();
      // Names stand in the order of their last turn; those whose turns are long over say nothing.
      for (const [known, free] of frees) {
        if (free > now) break;
        frees.delete(known);
      }
      const free = freeOf(name, now);
      frees.delete(name);
      frees.set(name, later(now, free - now + pace.every));
      return waitUntil(free, pace, now);
    },
  };
};

/** `waitOf`: milliseconds until a message to the chat could leave, as far as this process knows, without taking the turn. */
export type ChatPace = { readonly takeTurn: TakeTurn; readonly waitOf: (chat: ChatId) => number };

/** Answers leave at once, up to a burst that a chat earns anew with the time. */
export const paceAnswers = (clock: Pick<Clock, 'now' | 'sleep'>): ChatPace => {
  const turns = createTurns(clock);
  const paceOf = (chat: ChatId): Pace => ({ every: everyOf(chat), burst: ANSWERS_AT_ONCE });
  return {
    takeTurn: async (chat) => {
      const wait = turns.reserve(String(chat), paceOf(chat));
      if (wait > 0) await clock.sleep(wait);
    },
    waitOf: (chat) => turns.waitOf(String(chat), paceOf(chat)),
  };
};

/** News and announcements: one at a time for each chat, and so many a second in all, over all processes that share turns. */
export const paceBulk = (perSecond: number, clock: Pick<Clock, 'now' | 'sleep'>, shared: SharedTurns | null): ChatPace => {
  const own = createTurns(clock);
  const everybody = { every: Math.ceil(SECOND / perSecond), burst: 1 };
  const paceOf = (chat: ChatId): Pace => ({ every: everyOf(chat), burst: 1 });

  const takeTurn = async (name: string, pace: Pace): Promise<void> => {
    // Counted here at once, whoever else counts: several messages to a chat may be about to ask.
    const ownWait = own.reserve(name, pace);
    const wait = (await shared?.reserve(name, pace)) ?? ownWait;
    if (wait > 0) await clock.sleep(wait);
  };

  return {
    takeTurn: async (chat) => {
      await takeTurn(String(chat), paceOf(chat));
      // Last, so that everybody's pace holds exactly; a chat's own may be off by this wait.
      await takeTurn('bot', everybody);
    },
    waitOf: (chat) => own.waitOf(String(chat), paceOf(chat)),
  };
};
