// Hears from the sentinels that the master has changed. A master that hangs, or that is not yet told that it is one no more, keeps its
// connections, and what is written there is lost.
import { Redis } from 'ioredis';
import type { RedisOptions } from 'ioredis';

export type SentinelWatch = { close(): void };

const SWITCH = '+switch-master';
/** How long the pauses between attempts to reach a sentinel become: the others tell as well. Milliseconds. */
const LONGEST_PAUSE = 30_000;

/** Calls `switched` for every change of this master, once for each sentinel that tells of it. */
export const watchSentinels = (
  sentinels: readonly Omit<RedisOptions, 'replyMapping'>[],
  masterName: string | undefined,
  on: { readonly switched: () => void; readonly failed: (error: Error) => void },
): SentinelWatch => {
  const watches = sentinels.map((sentinel) => {
    const watch = new Redis({
      ...sentinel,
      enableReadyCheck: false,
      maxRetriesPerRequest: null,
      retryStrategy: (times) => Math.min(2 ** times * 50, LONGEST_PAUSE),
    });
    watch.on('error', on.failed);
    // "<name> <old host> <old port> <new host> <new port>"
    watch.on('message', (_channel, text: string) => {
      if (text.split(' ')[0] === masterName) on.switched();
    });
    // Waits for the sentinel, and is asked again after every loss; it fails when everything is closed before.
    watch.subscribe(SWITCH).catch(() => undefined);
    return watch;
  });
  return {
    close: () => {
      for (const watch of watches) watch.disconnect();
    },
  };
};
