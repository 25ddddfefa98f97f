// Long polling, neutral to the framework: at least once, in order within a chat, and no chat waits for another.
import { z } from 'zod';
import type { Log } from '../../app/ports/log.ts';
import { fail, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import { createChatLanes } from './chat-lanes.ts';

/** `offset` confirms everything below it. `timeoutSeconds` is how long Telegram waits for the first update. */
export type UpdatesQuery = { readonly offset: number; readonly limit: number; readonly timeoutSeconds: number };

/** `conflict`: another process polls with the same token, or a webhook is set. `failed`: anything that may pass. */
export type UpdatesError =
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'tooMany'; readonly retryAfterSeconds: number }
  | { readonly kind: 'failed'; readonly reason: string };

export type GetUpdates = (query: UpdatesQuery, signal: AbortSignal) => Promise<Result<readonly unknown[], UpdatesError>>;

export type PollOptions = {
  readonly getUpdates: GetUpdates;
  /** Resolves when the update's effect is durable. Rejects only when it must come again, as while the state can't be reached. */
  readonly handle: (update: unknown) => Promise<void>;
  readonly log: Log;
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
};

/** Telegram's most. It is also the back-pressure: no more than this many updates are known at a time. */
const WINDOW = 100;
const TIMEOUT_SECONDS = 30;
/** How long an end waits for what is being handled, and for the last confirmation, in milliseconds. */
const DRAIN_LIMIT = 10_000;
const CONFIRM_LIMIT = 3000;
/** The longest pause that Telegram may ask for, in seconds. A timer that overflows would end at once. */
const MOST_RETRY_AFTER = 3600;

const updateSchema = z.object({ update_id: z.int() });

/**
 * Polls until the signal aborts (a success) or the token turns out to be wrong.
 * Only what is handled is confirmed, so an update that was in flight when the process died comes again.
 */
export const pollUpdates = async ({
  getUpdates,
  handle,
  log,
  sleep,
  signal,
}: PollOptions): Promise<Result<null, { readonly kind: 'unauthorized' }>> => {
  const lanes = createChatLanes({ handle, log, sleep, signal });
  /** Behind the last update that came. Not behind the highest: after a quiet week Telegram begins anew at any number. */
  let next = 0;
  let failures = 0;
  let turnsWithoutNews = 0;
  let unauthorized = false;

  /** Starts what is new in a batch and tells how much that is. */
  const startNew = (batch: readonly unknown[]): number => {
    let started = 0;
    for (const update of batch) {
      const parsed = updateSchema.safeParse(update);
      if (!parsed.success) continue;
      const { update_id: updateId } = parsed.data;
      next = updateId + 1;
      if (lanes.start(updateId, update)) started++;
    }
    return started;
  };

  while (!signal.aborted && !unauthorized) {
    const offset = lanes.lowestHeld() ?? next;
    lanes.forgetBelow(offset);
    const batch = await getUpdates({ offset, limit: WINDOW, timeoutSeconds: TIMEOUT_SECONDS }, signal);
    if (isAborted(signal)) break;
    if (!batch.ok) {
      unauthorized = batch.error.kind === 'unauthorized';
      failures++;
      logFailure(log, batch.error);
      if (!unauthorized) await sleep(pauseAfterFailure(batch.error, failures), signal);
      continue;
    }
    failures = 0;
    const started = startNew(batch.value);
    turnsWithoutNews = started > 0 ? 0 : turnsWithoutNews + 1;
    // While something is in flight, Telegram answers at once with what is known: asking waits for the work, or for a growing pause.
    if (lanes.lowestHeld() !== null) await waitAtMost(lanes.settled(), pauseBetween(turnsWithoutNews), sleep, signal);
    else if (batch.value.length > 0 && started === 0) await sleep(pauseBetween(turnsWithoutNews), signal);
  }

  await waitAtMost(lanes.settled(), DRAIN_LIMIT, sleep);
  if (unauthorized) return fail({ kind: 'unauthorized' });
  const offset = lanes.lowestHeld() ?? next;
  // Best effort: without it the finished updates come again and are found to be handled.
  if (offset > 0) await getUpdates({ offset, limit: 1, timeoutSeconds: 0 }, AbortSignal.timeout(CONFIRM_LIMIT));
  return ok(null);
};

/** Looked up anew after every wait; the compiler would remember the answer from before it. */
const isAborted = (signal: AbortSignal): boolean => signal.aborted;

/** Milliseconds between questions while updates are in flight: 50, 100, 200 ... up to 1 s when nothing new comes. */
const pauseBetween = (turnsWithoutNews: number): number => Math.min(50 * 2 ** turnsWithoutNews, 1000);

/** Milliseconds after the n-th failure in a row: what Telegram asks for up to an hour, or 500, 1000, 2000 ... up to 10 s. */
const pauseAfterFailure = (error: UpdatesError, failures: number): number =>
  error.kind === 'tooMany' ? Math.min(error.retryAfterSeconds, MOST_RETRY_AFTER) * 1000 : Math.min(250 * 2 ** failures, 10_000);

const logFailure = (log: Log, error: UpdatesError): void => {
  switch (error.kind) {
    case 'unauthorized':
      log.error('telegram.tokenRefused');
      return;
    case 'conflict':
      log.error('telegram.pollingConflict', { hint: 'another process polls with this token, or a webhook is set' });
      return;
    case 'tooMany':
      log.warn('telegram.pollingTooOften', { seconds: error.retryAfterSeconds });
      return;
    case 'failed':
      log.warn('telegram.pollingFailed', { reason: error.reason });
  }
};

/** Waits for the work, but no longer than `milliseconds`, and not after the abort. */
const waitAtMost = async (
  work: Promise<void>,
  milliseconds: number,
  sleep: PollOptions['sleep'],
  signal?: AbortSignal,
): Promise<void> => {
  const over = new AbortController();
  const end = (): void => over.abort();
  signal?.addEventListener('abort', end);
  await Promise.race([work, sleep(milliseconds, over.signal)]);
  signal?.removeEventListener('abort', end);
  end();
};
