// Finds a real Redis for the tests: the one that is named, the one that runs on this machine, or one that is started for them.
import { Redis } from 'ioredis';
import { skipLoudly } from '../skip-loudly.ts';
import { startRedisProcess } from './redis-process.ts';
import type { RedisProcess } from './redis-process.ts';

export type FoundRedis = { readonly url: string; stop(): Promise<void> };

const answers = async (url: string): Promise<boolean> => {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 500, commandTimeout: 500 });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await redis.ping();
    return true;
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
};

/** In an empty folder, on a port of its own unless one is given; null when the machine has no `redis-server`. */
export const startRedis = (port?: number): Promise<RedisProcess | null> => startRedisProcess(port === undefined ? {} : { port });

/** `REDIS_URL`, else the local default port, else one of our own. Null is said out loud, because tests are skipped then. */
export const findRedis = async (): Promise<FoundRedis | null> => {
  for (const url of [process.env['REDIS_URL'], 'redis://127.0.0.1:6379']) {
    if (url !== undefined && (await answers(url))) return { url, stop: () => Promise.resolve() };
  }
  const own = await startRedis();
  if (own === null) skipLoudly('Redis');
  return own;
};
