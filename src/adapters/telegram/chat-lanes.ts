// Updates in flight: one lane a chat, so that a chat's updates stay in order and no chat waits for another.
import pLimit from 'p-limit';
import { z } from 'zod';
import type { Log } from '../../app/ports/log.ts';
import { createLanes } from './lanes.ts';

export type ChatLanes = {
  /** Queues an update behind the earlier ones of its chat. False when it is in flight or finished already. */
  start(updateId: number, update: unknown): boolean;
  /** The lowest id that must not be confirmed yet; null when there is none. */
  lowestHeld(): number | null;
  /** Forgets finished updates below this id: they are confirmed and don't come again. */
  forgetBelow(updateId: number): void;
  /** Resolves when all that was started is finished, or given up because of the abort. */
  settled(): Promise<void>;
};

export type ChatLanesOptions = {
  /** Rejects when the update could not be handled for now; it is tried again until it resolves. */
  readonly handle: (update: unknown) => Promise<void>;
  readonly log: Log;
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** Ends the retries and starts nothing that waits; what runs is finished. */
  readonly signal: AbortSignal;
};

const MOST_AT_ONCE = 50;
/** How long an update may fail before its chat stops holding up the others, in milliseconds of pauses. */
const PATIENCE = 5 * 60_000;
/** The pause after the n-th failure, in milliseconds: 100, 200, 400 ... up to 5 s. */
const pauseAfter = (failures: number): number => Math.min(100 * 2 ** (failures - 1), 5000);

export const createChatLanes = ({ handle, log, sleep, signal }: ChatLanesOptions): ChatLanes => {
  const limit = pLimit(MOST_AT_ONCE);
  const lanes = createLanes();
  /** Each with its lane. */
  const unfinished = new Map<number, string>();
  const finished = new Set<number>();
  /** The lanes that don't hold the offset. */
  const stuck = new Set<string>();
  let handled = 0;

  const tryOnce = async (updateId: number, update: unknown, tries: number): Promise<void> => {
    if (signal.aborted) return;
    try {
      await handle(update);
      unfinished.delete(updateId);
      finished.add(updateId);
      handled++;
    } catch (error) {
      log.error('telegram.updateFailed', { updateId, tries }, error);
    }
  };

  /**
   * The pauses are outside of the limit, so that updates that fail don't keep the others from running. An update that fails for long
   * while others succeed is its chat's own trouble: the chat no longer holds the offset, or Telegram would soon have no news for
   * anybody, as it hands out a hundred updates beyond the offset and no more. It is tried on here, and is lost only if the process
   * ends before it succeeds. While nothing at all succeeds it is an outage, and everything stays safe at Telegram.
   */
  const tryUntilFinished = async (updateId: number, update: unknown, lane: string): Promise<void> => {
    const handledBefore = handled;
    for (let tries = 1, paused = 0; !signal.aborted; tries++) {
      await limit(tryOnce, updateId, update, tries);
      if (finished.has(updateId)) break;
      if (paused >= PATIENCE && handled > handledBefore && !stuck.has(lane)) {
        stuck.add(lane);
        log.error('telegram.updateNotHeld', { updateId, tries, seconds: Math.round(paused / 1000) });
      }
      await sleep(pauseAfter(tries), signal);
      paused += pauseAfter(tries);
    }
    stuck.delete(lane);
  };

  return {
    start: (updateId, update) => {
      if (unfinished.has(updateId) || finished.has(updateId)) return false;
      const lane = laneOf(update) ?? `update ${updateId}`;
      unfinished.set(updateId, lane);
      void lanes.run(lane, () => tryUntilFinished(updateId, update, lane));
      return true;
    },
    lowestHeld: () => {
      const held = [...unfinished].flatMap(([updateId, lane]) => (stuck.has(lane) ? [] : [updateId]));
      return held.length === 0 ? null : Math.min(...held);
    },
    forgetBelow: (updateId) => {
      for (const known of finished) if (known < updateId) finished.delete(known);
    },
    settled: lanes.settled,
  };
};

const withId = z.object({ id: z.number() });
const placeSchema = z.object({
  chat: withId.optional().catch(undefined),
  message: z.object({ chat: withId }).optional().catch(undefined),
  from: withId.optional().catch(undefined),
  user: withId.optional().catch(undefined),
});

/** The chat of an update, or its user where there is no chat: every kind of update names one of them in the same few places. */
const laneOf = (update: unknown): string | null => {
  const body = z.record(z.string(), z.unknown()).safeParse(update);
  if (!body.success) return null;
  const place = placeSchema.safeParse(Object.values(body.data).find((value) => typeof value === 'object'));
  if (!place.success) return null;
  const { chat, message, from, user } = place.data;
  const found = chat ?? message?.chat ?? from ?? user;
  return found === undefined ? null : String(found.id);
};
