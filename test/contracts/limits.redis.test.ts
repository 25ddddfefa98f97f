import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createRedisLimits } from '../../src/adapters/limits/redis-limits.ts';
import { openRedis } from '../../src/adapters/redis/connection.ts';
import { createClock } from '../../src/adapters/system/clock.ts';
import type { Limit, LimitName, RateLimit } from '../../src/app/ports/limits.ts';
import type { Log } from '../../src/app/ports/log.ts';
import { silentLog } from '../app/test-clock.ts';
import { findRedis, startRedis } from './find-redis.ts';
import { describeLimits } from './limits.contract.ts';

const clock = createClock();
const connect = (url: string) => openRedis({ mode: 'single', url, prefix: `test:${randomUUID()}:` }, silentLog);
type Connection = Awaited<ReturnType<typeof connect>>;

const limitOn = (redis: Connection, name: LimitName, limit: RateLimit, log: Log = silentLog): Limit => {
  const opened = createRedisLimits({ user: null, chat: null, bot: null, [name]: limit }, { redis, clock, log })[name];
  if (opened === null) throw new Error('No limit');
  return opened;
};

const found = await findRedis();
const shared = found === null ? null : await connect(found.url);
afterAll(async () => {
  await shared?.close();
  await found?.stop();
});

describe.skipIf(shared === null)('with a Redis', () => {
  let opened = 0;
  const connection = (): Connection => {
    if (shared === null) throw new Error('Skipped without one');
    opened += 1;
    return { ...shared, prefix: `${shared.prefix}${opened}:` };
  };

  describeLimits('Redis', {
    open: (name, limit) => limitOn(connection(), name, limit),
    pass: (milliseconds) => wait(milliseconds),
    runs: 3,
  });

  const flood = async (limits: readonly Limit[], each: number) =>
    (await Promise.all(limits.flatMap((limit) => Array.from({ length: each }, () => limit.countUpdate(1))))).reduce(
      ({ through, firsts }, excess) => ({
        through: through + (excess === null ? 1 : 0),
        firsts: firsts + (excess?.first === true ? 1 : 0),
      }),
      { through: 0, firsts: 0 },
    );

  it('is one limit for two processes, but for the quarter that each counts alone; one of them tells', async () => {
    const redis = connection();
    const processes = [1, 2].map(() => limitOn(redis, 'user', { points: 40, seconds: 10 }));
    expect(await flood(processes, 60)).toEqual({ through: 50, firsts: 1 });
  });

  it('of the whole bot is exact for any number of processes', async () => {
    const redis = connection();
    const processes = [1, 2, 3].map(() => limitOn(redis, 'bot', { points: 100, seconds: 10 }));
    expect((await flood(processes, 60)).through).toBe(100);
  });

  it('gives up the rest of a block when its window ends', async () => {
    const redis = connection();
    const [first, second] = [1, 2].map(() => limitOn(redis, 'bot', { points: 40, seconds: 1 }));
    if (first === undefined || second === undefined) throw new Error('Two processes');
    await first.countUpdate(1);
    await wait(1_050);
    expect((await flood([second], 60)).through).toBe(40);
    expect(await first.countUpdate(1)).not.toBeNull();
  });
});

const own = await startRedis();
afterAll(() => own?.stop());

describe.skipIf(own === null)('with a Redis of its own', () => {
  it('costs no command for who sends little, one a block for everybody, and one for each update in between', async () => {
    const redis = await connect(own?.url ?? '');
    const calls = async (): Promise<number> =>
      [...(await redis.client.info('commandstats')).matchAll(/cmdstat_eval(?:sha)?:calls=(\d+)/g)].reduce(
        (total, [, count]) => total + Number(count),
        0,
      );
    const user = limitOn(redis, 'user', { points: 40, seconds: 10 });
    const bot = limitOn(redis, 'bot', { points: 1_000, seconds: 10 });
    for (let count = 0; count < 10; count += 1) await user.countUpdate(1);
    expect(await calls()).toBe(0);
    for (let count = 0; count < 5; count += 1) await user.countUpdate(1);
    expect(await calls()).toBe(5);
    for (let count = 0; count < 100; count += 1) await bot.countUpdate(0);
    expect(await calls()).toBe(7);
    await redis.close();
  });

  it('refuses nobody while Redis is gone, and says so', async () => {
    const gone = await startRedis();
    if (gone === null) throw new Error('A second Redis');
    const redis = await connect(gone.url);
    const warn = vi.fn();
    const user = limitOn(redis, 'user', { points: 2, seconds: 10 }, { ...silentLog, warn });
    const bot = limitOn(redis, 'bot', { points: 2, seconds: 10 }, { ...silentLog, warn });
    await gone.stop();
    for (let count = 0; count < 5; count += 1)
      expect([await user.countUpdate(1), await bot.countUpdate(0)]).toEqual([null, null]);
    expect(warn).toHaveBeenCalledWith('limitNotCounted', expect.anything());
    await redis.close();
  });
});
