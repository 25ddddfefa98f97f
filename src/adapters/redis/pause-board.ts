// Where processes tell each other of pauses that Telegram asked for: a channel of Redis, with a connection of its own to listen on.
import { z } from 'zod';
import type { Log } from '../../app/ports/log.ts';
import type { RedisConnection } from './connection.ts';

type Pause = { readonly chat: number | null; readonly seconds: number };

export type RedisPauseBoard = {
  tell(pause: Pause): void;
  /** Whoever tells hears it too. */
  hear(listen: (pause: Pause) => void): void;
};

const pauseSchema = z.object({ chat: z.number().nullable(), seconds: z.number().nonnegative() });

const parse = (text: string): Pause | null => {
  try {
    return pauseSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
};

/** Both ends are best effort and never in the way: while Redis is away every process keeps to the pauses that it was asked for itself. */
export const createRedisPauseBoard = (
  { client, prefix, subscriber }: Pick<RedisConnection, 'client' | 'prefix' | 'subscriber'>,
  log: Log,
): RedisPauseBoard => {
  const channel = `${prefix}pauses`;
  const failed = (error: unknown): void =>
    log.warn('pausesNotShared', { reason: error instanceof Error ? error.message : String(error) });
  return {
    tell: (pause) => void client.publish(channel, JSON.stringify(pause)).catch(failed),
    hear: (listen) => {
      const heard = subscriber();
      heard.on('message', (_channel: string, text: string) => {
        const pause = parse(text);
        if (pause !== null) listen(pause);
      });
      heard.subscribe(channel).catch(failed);
    },
  };
};
