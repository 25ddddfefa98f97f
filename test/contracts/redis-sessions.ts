// Sessions on a connection to Redis of their own, with keys that nobody else's start like.
import { randomUUID } from 'node:crypto';
import { openRedis } from '../../src/adapters/redis/connection.ts';
import { createRedisSessions } from '../../src/adapters/redis/sessions.ts';
import type { RedisSettings } from '../../src/adapters/redis/settings.ts';
import type { Log } from '../../src/app/ports/log.ts';
import type { OpenedSessions } from './sessions.contract.ts';

export const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

export type OwnSessionsOptions = Pick<RedisSettings, 'url'> &
  Partial<RedisSettings> & { readonly ttlSeconds?: number; readonly log?: Log };

export const openSessions = async ({ ttlSeconds, log = silent, ...place }: OwnSessionsOptions): Promise<OpenedSessions> => {
  const redis = await openRedis({ mode: 'single', prefix: `test:${randomUUID()}:`, ...place }, log);
  return { ...createRedisSessions(redis, ttlSeconds === undefined ? {} : { ttlSeconds }, log), close: redis.close };
};
