// Sessions in Redis: one hash per chat, read with one command and written by one script that compares the version first.
import type { Result as Reply } from 'ioredis';
import { z } from 'zod';
import type { ChatId } from '../../domain/ids.ts';
import { fail, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import type { Log } from '../../app/ports/log.ts';
import { REMEMBERED_UPDATES } from '../../domain/dialog/state.ts';
import type { Sessions, SessionsError, StoredSession } from '../../app/ports/sessions.ts';
import type { RedisConnection } from './connection.ts';
import { SAVE_SCRIPT } from './save-script.ts';

export type RedisSessionsSettings = {
  /** How long a session outlives its last save: 30 days unless given. */
  readonly ttlSeconds?: number;
};

const THIRTY_DAYS = 30 * 24 * 60 * 60;

declare module 'ioredis' {
  // Declared the way the library asks for it: a command that `defineCommand` adds.
  interface RedisCommander<Context> {
    saveSession(key: string, ...values: readonly (string | number)[]): Reply<number, Context>;
  }
}

/** The hash's fields: no session has none of them. The version is as Redis counts it, or no save would ever match it. */
const storedHash = z
  .tuple([
    z
      .string()
      .regex(/^[1-9]\d{0,14}$/)
      .nullable(),
    z.string().nullable(),
    z.string().nullable(),
  ])
  .transform(([version, data, updates]): StoredSession => ({
    version: Number(version ?? 0),
    data,
    recentUpdates: updates === null ? [] : updates.split(' ').map(Number),
  }));

/** Text that no codec wrote: the conversation starts afresh, and the customer is told. */
const unreadable: StoredSession = { version: 0, data: '', recentUpdates: [] };

/** The server's words for a key that holds something other than a hash. Its other complaints pass, or are about the server. */
const isWrongType = (error: unknown): boolean => error instanceof Error && error.message.startsWith('WRONGTYPE');

const unavailable = (error: unknown): Result<never, SessionsError> =>
  fail({ kind: 'unavailable', reason: error instanceof Error ? error.message : String(error) });

export const createRedisSessions = (
  { client: redis, prefix }: Pick<RedisConnection, 'client' | 'prefix'>,
  { ttlSeconds = THIRTY_DAYS }: RedisSessionsSettings,
  log: Log,
): Sessions => {
  redis.defineCommand('saveSession', { numberOfKeys: 1, lua: SAVE_SCRIPT });

  const keyOf = (chat: ChatId): string => `${prefix}session:${chat}`;

  /** The stored fields; null when the key holds nothing that this store ever wrote. */
  const read = async (key: string): Promise<StoredSession | null> => {
    try {
      return storedHash.safeParse(await redis.hmget(key, 'version', 'data', 'updates')).data ?? null;
    } catch (error) {
      if (isWrongType(error)) return null;
      throw error;
    }
  };

  return {
    load: async (chat) => {
      try {
        const stored = await read(keyOf(chat));
        if (stored !== null) return ok(stored);
        // Kept, it would block the chat for ever: no save matches it.
        log.error('sessionCorrupt', { chat });
        await redis.del(keyOf(chat));
        return ok(unreadable);
      } catch (error) {
        return unavailable(error);
      }
    },

    save: async (chat, version, data, updateId) => {
      try {
        const ttl = Math.round(ttlSeconds * 1_000);
        const saved = await redis.saveSession(keyOf(chat), version, data, updateId, REMEMBERED_UPDATES, ttl);
        return ok(saved === 1 ? 'saved' : 'lost');
      } catch (error) {
        return unavailable(error);
      }
    },
  };
};
