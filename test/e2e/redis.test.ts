// Sessions in a real Redis: the same purchase, and two round trips an update.
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRedis } from '../contracts/find-redis.ts';
import { expectBooksToAgree } from './books.ts';
import { askForOrders, buy } from './buy.ts';
import { openShop } from './shop.ts';
import type { Shop } from './shop.ts';

/** A purchase, and a look at the orders. */
const UPDATES = 7;

/** A Redis of our own: others that use the same one would be counted too. */
const redis = await startRedis();
if (redis === null) process.stderr.write('\n!!! No redis-server on this machine: A SHOP ON REDIS IS NOT TESTED !!!\n\n');

describe.skipIf(redis === null)('a shop on Redis', () => {
  let shop: Shop;
  let watcher: Redis;

  beforeAll(async () => {
    watcher = new Redis(redis?.url ?? '');
    shop = await openShop({ settings: { REDIS_URL: redis?.url ?? '' } });
  });

  afterAll(async () => {
    await shop.close();
    watcher.disconnect();
    await redis?.stop();
  });

  /** What clients send while `work` runs; what scripts do inside Redis is no round trip. */
  const commandsDuring = async (work: () => Promise<unknown>): Promise<readonly string[]> => {
    const commands: string[] = [];
    const monitor = await watcher.monitor();
    const ended = new Promise<void>((resolve) => {
      monitor.on('monitor', (_time: string, [name = '', ...args]: string[], source: string) => {
        if (args[0] === 'end of the count') resolve();
        else if (source !== 'lua') commands.push(name.toLowerCase());
      });
    });
    await work();
    await watcher.echo('end of the count');
    await ended;
    monitor.disconnect();
    return commands;
  };

  it('sells as without, asking Redis twice an update', async () => {
    const ana = shop.telegram.customer(1001);
    ana.sendText('/help');
    await shop.journal.heard('update');
    const before = shop.journal.find('update').length;
    const commands = await commandsDuring(async () => {
      await buy(ana);
      await askForOrders(ana);
      await shop.journal.heard('update', {}, before + UPDATES);
    });
    expect(commands).toEqual(Array.from({ length: UPDATES }, () => ['hmget', 'evalsha']).flat());
    await expectBooksToAgree(shop, ana, 1);
  });

  it('keeps the conversation there for a month', async () => {
    const luis = shop.telegram.customer(1002);
    luis.sendText('/start');
    await luis.waitFor((messages) => messages.length === 2);
    const [key = ''] = await watcher.keys('*:1002');
    const days = (await watcher.pttl(key)) / 86_400_000;
    expect(days).toBeGreaterThan(29);
    expect(days).toBeLessThanOrEqual(30);
  });
});
