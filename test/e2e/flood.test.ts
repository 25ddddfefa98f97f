// A flood against a running bot, with a real webhook and a real Redis: it costs its sender, and nobody else.
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { startRedis } from '../contracts/find-redis.ts';
import { skipLoudly } from '../skip-loudly.ts';
import { eventually } from '../eventually.ts';
import { WEBHOOK_SECRET, byWebhook } from './by-webhook.ts';
import { openShop } from './shop.ts';
import type { Shop } from './shop.ts';

const MALLORY = 6_666;
const OTHERS = Array.from({ length: 10 }, (_, index) => 2_001 + index);

const redis = await startRedis();
if (redis === null) skipLoudly('a Redis of its own');
afterAll(() => redis?.stop());

describe.skipIf(redis === null)('a flood', () => {
  let shop: Shop;
  let watcher: Redis;
  let lastUpdate = 0;
  let send: (userId: number, text: string) => Promise<number>;

  const start = async (settings: Record<string, string>): Promise<void> => {
    const webhook = await byWebhook();
    watcher = new Redis(redis?.url ?? '');
    await watcher.flushall();
    shop = await openShop({ configure: webhook.configure, settings: { REDIS_URL: redis?.url ?? '', ...settings } });
    for (const id of [MALLORY, ...OTHERS]) shop.telegram.customer(id);
    /** As Telegram would: the status says whether it comes again. */
    send = async (userId, text) => {
      lastUpdate += 1;
      const from = { id: userId, is_bot: false, first_name: 'A' };
      const message = { message_id: lastUpdate, date: 1, text, chat: { ...from, type: 'private' }, from };
      const answer = await fetch(`${webhook.url}/telegram`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': WEBHOOK_SECRET },
        body: JSON.stringify({ update_id: lastUpdate, message }),
      });
      await answer.arrayBuffer();
      return answer.status;
    };
  };

  afterEach(async () => {
    await shop.close();
    watcher.disconnect();
  });

  const handledOf = (chat: number) => shop.journal.find('update', { chat, outcome: 'handled' }).length;
  const sentTo = (chat: number): readonly string[] =>
    shop.telegram.calls.filter(({ params }) => Number(params['chat_id']) === chat).map(({ params }) => String(params['text']));

  it('of a hundred updates a second is handled up to the limit, answered once, and holds up nobody', async () => {
    await start({ RATE_LIMIT_USER: '20/10', RATE_LIMIT_BOT: '1000/1' });
    const keysRead: string[] = [];
    const monitor = await watcher.monitor();
    monitor.on('monitor', (_time: string, [name, key]: string[]) => {
      if (name?.toLowerCase() === 'hmget' && key !== undefined) keysRead.push(key);
    });
    const flood = async (): Promise<number[]> => {
      const sent: Promise<number>[] = [];
      for (let number = 0; number < 200; number += 1) {
        if (number === 100) {
          await Promise.all(sent);
          keysRead.length = 0;
        }
        sent.push(send(MALLORY, 'hello'));
        await wait(10);
      }
      return Promise.all(sent);
    };
    const walk = async (id: number): Promise<number[]> => {
      const statuses: number[] = [];
      for (const text of ['/start', '/help', '/orders', '/balance', '/language']) {
        statuses.push(await send(id, text));
        await wait(400);
      }
      return statuses;
    };
    const [mallorys, ...others] = await Promise.all([flood(), ...OTHERS.map(walk)]);
    monitor.disconnect();
    expect(mallorys.every((status) => status === 200)).toBe(true);
    expect(others.flat().every((status) => status === 200)).toBe(true);
    expect(OTHERS.map(handledOf)).toEqual(OTHERS.map(() => 5));
    expect(handledOf(MALLORY)).toBe(20);
    const told = sentTo(MALLORY).filter((text) => text.includes('Too fast'));
    expect(told).toHaveLength(1);
    expect(sentTo(MALLORY)).toHaveLength(21);
    // Whoever is known to be over the limit costs Redis nothing: half of the flood came after that.
    expect(keysRead.filter((key) => key.endsWith(`:${MALLORY}`))).toEqual([]);
    expect(keysRead.length).toBeGreaterThan(0);
  });

  it('faster than its answers may leave is refused, instead of waiting with the connections that all share', async () => {
    await start({ SEND_PER_SECOND: '25' });
    const sent: Promise<number>[] = [];
    for (let number = 0; number < 60; number += 1) {
      sent.push(send(MALLORY, '/help'));
      await wait(10);
    }
    expect(await send(OTHERS[0] ?? 0, '/help')).toBe(200);
    expect((await Promise.all(sent)).every((status) => status === 200)).toBe(true);
    // A burst of ten, and those that were under way before the first of them had left.
    expect(handledOf(MALLORY)).toBeGreaterThanOrEqual(10);
    expect(handledOf(MALLORY)).toBeLessThan(30);
    expect(handledOf(OTHERS[0] ?? 0)).toBe(1);
  });

  it('of everybody comes again later, and none of it is lost', async () => {
    await start({ RATE_LIMIT_BOT: '20/1' });
    let refused = 0;
    const untilTaken = async (id: number): Promise<void> => {
      // Each try is a new update here; a refused one was not handled.
      while ((await send(id, '/help')) !== 200) {
        refused += 1;
        await wait(100);
      }
    };
    await Promise.all(Array.from({ length: 50 }, (_, index) => untilTaken(2_001 + (index % OTHERS.length))));
    expect(refused).toBeGreaterThan(0);
    await eventually(() => expect(shop.journal.find('update', { outcome: 'handled' })).toHaveLength(50));
  });
});

describe('a bot that fetches its updates', () => {
  it('takes no more than everybody’s limit allows, and the rest as soon as it may', async () => {
    const shop = await openShop({ settings: { RATE_LIMIT_BOT: '5/1' } });
    for (const id of OTHERS) for (const text of ['/help', '/orders']) shop.telegram.customer(id).sendText(text);
    await shop.journal.heard('update', { outcome: 'handled' }, 2 * OTHERS.length);
    expect(shop.journal.find('telegram.updateFailed').length).toBeGreaterThan(0);
    for (const id of OTHERS) expect(shop.journal.find('update', { chat: id })).toHaveLength(2);
    await shop.close();
  });
});
