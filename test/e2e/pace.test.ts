// What the bot says without having been asked leaves at its pace; answers don't wait for it.
import { Redis } from 'ioredis';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { SECOND, instant } from '../../src/domain/time.ts';
import { parseChatId } from '../../src/domain/ids.ts';
import { startRedis } from '../contracts/find-redis.ts';
import { customer, got, grant, orderId, placed, termsOf } from '../contracts/orders.ts';
import { expectPace } from '../contracts/turns.contract.ts';
import { skipLoudly } from '../skip-loudly.ts';
import { openShop } from './shop.ts';
import type { Shop } from './shop.ts';

const ADMIN = 501;
const PEOPLE = Array.from({ length: 12 }, (_, index) => 7_001 + index);

const redis = await startRedis();
if (redis === null) skipLoudly('a Redis of its own');
afterAll(() => redis?.stop());

describe.skipIf(redis === null)('an announcement of a running bot', () => {
  let shop: Shop;
  afterEach(() => shop.close());

  it('takes its turns, ten a second here, which all processes share, while an answer goes out at once', async () => {
    shop = await openShop({
      settings: { SEND_PER_SECOND: '10', ADMIN_IDS: String(ADMIN), REDIS_URL: redis?.url ?? '' },
    });
    const turns: string[] = [];
    const watcher = new Redis(redis?.url ?? '');
    const monitor = await watcher.monitor();
    monitor.on('monitor', (_time: string, args: string[], source: string) => {
      const key = args.find((text) => text.endsWith('turn:bot'));
      if (key !== undefined && source !== 'lua') turns.push(key);
    });
    const { ledger } = shop.bot;
    const people = PEOPLE.map((id) => shop.telegram.customer(id));
    for (const person of [shop.telegram.customer(ADMIN), ...people]) person.sendText('/help');
    await shop.journal.heard('update', {}, people.length + 1);
    for (const [index, id] of PEOPLE.entries()) {
      const buyer = customer(id);
      await grant(ledger, buyer, 5_000);
      await placed(ledger, termsOf(orderId(index), { customer: buyer, payer: buyer, chat: got(parseChatId(id)) }));
    }
    const now = instant(Date.now());
    const draft = { text: 'We are back.', audience: { language: null }, chat: got(parseChatId(ADMIN)), language: 'en' } as const;
    const { id } = await ledger.announce(draft, { key: 'k1', by: String(ADMIN), at: now }, now);
    await people[0]?.waitFor((messages) => messages.some(({ text }) => text.includes('We are back.')));
    const asked = performance.now();
    people.at(-1)?.sendText('/help');
    await people.at(-1)?.waitFor((messages) => messages.filter(({ text }) => text.includes('How it works')).length === 2);
    expect(performance.now() - asked).toBeLessThan(SECOND);
    await expect.poll(async () => (await ledger.announcement(id))?.progress.left).toBe(0);
    expect(turns.length).toBeGreaterThanOrEqual(PEOPLE.length);
    monitor.disconnect();
    watcher.disconnect();
    const arrivals = shop.telegram.calls.filter(({ params }) => String(params['text']).includes('We are back.'));
    const toPeople = arrivals.filter(({ params }) => PEOPLE.includes(Number(params['chat_id'])));
    expect(toPeople).toHaveLength(PEOPLE.length);
    // They are noted as they arrive, which is not quite when they left.
    expectPace(
      toPeople.map(({ at }) => at),
      { every: 100, burst: 1 },
      60,
    );
  });
});
