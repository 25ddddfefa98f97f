// Limits that all processes count together in Redis, at next to no cost for those who are far from them.
import type { Cluster, Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import type { Clock } from '../../app/ports/clock.ts';
import type { Limit, LimitName, Limits, RateLimit, RateLimits } from '../../app/ports/limits.ts';
import type { Log } from '../../app/ports/log.ts';
import { later } from '../../domain/time.ts';
import { countIn } from './count.ts';
import type { Counted } from './count.ts';

/** A command of Redis costs ten times what counting here does, so that this part of a person's limit is counted in each process alone. */
const COUNTED_HERE = 1 / 4;
/** How many blocks the limit of the whole bot has. A process takes one with a single command and counts it down by itself. */
const BLOCKS = 20;

type Deps = {
  /** The connection that sessions use: what is counted while a session is being read travels with that command. */
  readonly redis: { readonly client: Redis | Cluster; readonly prefix: string };
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
};

/**
 * The first part of a window is counted in the process that has the update, everything after it in Redis. Who writes now and then costs Redis
 * nothing. One process lets no more than the limit through in a window; each further one that has the same sender, a quarter of it more.
 */
const createSharedLimit = (name: LimitName, { points, seconds }: RateLimit, deps: Deps): Limit => {
  const here = Math.floor(points * COUNTED_HERE);
  const own = new RateLimiterMemory({ points: here, duration: seconds, keyPrefix: '' });
  const countInRedis = createCounter(name, { points: points - here, seconds }, deps);
  return {
    countUpdate: async (id) => {
      if (here > 0 && (await countIn(own, id)).excess === null) return null;
      return (await countInRedis(id, 1))?.excess ?? null;
    },
  };
};

/** Blocks are good until the window ends that they were taken in, so that no window lets more through than the limit. */
const createBlockLimit = (name: LimitName, limit: RateLimit, deps: Deps): Limit => {
  const { clock } = deps;
  const size = Math.max(1, Math.floor(limit.points / BLOCKS));
  const countInRedis = createCounter(name, limit, deps);
  let left = 0;
  let goodUntil = clock.now();
  let taking: ReturnType<typeof countInRedis> | null = null;

  const takeBlock = async (id: number): ReturnType<typeof countInRedis> => {
    const askedAt = clock.now();
    const counted = await countInRedis(id, size);
    taking = null;
    if (counted?.excess === null) {
      left = size;
      goodUntil = later(askedAt, counted.endsIn);
    }
    return counted;
  };

  return {
    countUpdate: async (id) => {
      while (left === 0 || clock.now() >= goodUntil) {
        const isTaker = taking === null;
        // Those who find no block left wait for the same one.
        const counted = await (taking ??= takeBlock(id));
        if (counted === null || counted.excess !== null) return counted?.excess ?? null;
        // Whoever took it uses a point of it even if it came late: with a slow Redis every block might be over when it arrives.
        if (isTaker) break;
      }
      left -= 1;
      return null;
    },
  };
};

/** Null: Redis could not be asked, and nobody is refused. The session, which is read at the same time, tells that it is down. */
const createCounter = (name: LimitName, { points, seconds }: RateLimit, { redis, log }: Deps) => {
  const limiter = new RateLimiterRedis({
    storeClient: redis.client,
    points,
    duration: seconds,
    keyPrefix: `${redis.prefix}limit:${name}`,
  });
  return async (id: number, taken: number): Promise<Counted | null> => {
    try {
      return await countIn(limiter, id, taken);
    } catch (error) {
      log.warn('limitNotCounted', { reason: error instanceof Error ? error.message : String(error) });
      return null;
    }
  };
};

export const createRedisLimits = ({ user, chat, bot }: RateLimits, deps: Deps): Limits => ({
  user: user && createSharedLimit('user', user, deps),
  chat: chat && createSharedLimit('chat', chat, deps),
  bot: bot && createBlockLimit('bot', bot, deps),
});
