// Looks after the shop every minute, for as long as the process lives: what is wrong then is told to the operator.
import { MINUTE } from '../domain/time.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';

const LOOK_EVERY = MINUTE;

/** Until `signal` aborts. A look that fails is logged, and does not keep from the others. */
export const keepWatch = async (
  looks: readonly (() => Promise<void>)[],
  { clock, log }: { readonly clock: Clock; readonly log: Log },
  signal: AbortSignal,
): Promise<void> => {
  for (;;) {
    await clock.sleep(LOOK_EVERY, signal);
    if (signal.aborted) return;
    for (const look of looks) await look().catch((error: unknown) => log.error('notWatched', {}, error));
  }
};
