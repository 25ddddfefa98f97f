// Two processes of one bot: what Telegram tells one of them to leave alone, the other leaves alone too.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBot } from '../../src/bot.ts';
import type { Bot } from '../../src/bot.ts';
import { SECOND } from '../../src/domain/time.ts';
import { startRedis } from '../contracts/find-redis.ts';
import { eventually } from '../eventually.ts';
import { skipLoudly } from '../skip-loudly.ts';
import { WEBHOOK_SECRET, byWebhook } from './by-webhook.ts';
import { createJournal } from './journal.ts';
import { openShop, readCatalogFile } from './shop.ts';
import type { Shop } from './shop.ts';
import { createVirtualClock } from './virtual-clock.ts';

const ANA = 1_001;
const LUIS = 1_002;

const redis = await startRedis();
if (redis === null) skipLoudly('a Redis of its own');

describe.skipIf(redis === null)('two processes of one bot', () => {
  const clock = createVirtualClock();
  const journal = createJournal();
  const otherLedger = join(tmpdir(), `pauses-${randomUUID()}.sqlite`);
  let shop: Shop;
  let other: Bot;
  let urls: readonly string[];
  let watcher: Redis;
  let lastUpdate = 0;

  beforeAll(async () => {
    const [one, another] = [await byWebhook(), await byWebhook()];
    urls = [one.url, another.url];
    watcher = new Redis(redis?.url ?? '');
    shop = await openShop({ clock, configure: one.configure, settings: { REDIS_URL: redis?.url ?? '' } });
    for (const id of [ANA, LUIS]) shop.telegram.customer(id);
    // Its ledger has no part in this.
    const config = another.configure({ ...shop.config, databaseFile: otherLedger });
    other = await startBot(config, { ...(await readCatalogFile(config.catalogFile)), clock, log: journal });
    await eventually(async () => expect((await watcher.pubsub('NUMSUB', await channelOfPauses()))[1]).toBe(2));
  });

  afterAll(async () => {
    await other.stop();
    await shop.close();
    watcher.disconnect();
    await redis?.stop();
    await rm(otherLedger, { force: true });
  });

  const channelOfPauses = async (): Promise<string> => {
    const [channel = ''] = (await watcher.pubsub('CHANNELS', '*pauses')) as string[];
    return channel;
  };

  /** Hands an update to one of the two, as a load balancer would. */
  const sendTo = async (process: number, userId: number): Promise<void> => {
    lastUpdate += 1;
    const from = { id: userId, is_bot: false, first_name: 'A' };
    const message = { message_id: lastUpdate, date: 1, text: '/help', chat: { ...from, type: 'private' }, from };
    const headers = { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': WEBHOOK_SECRET };
    const body = JSON.stringify({ update_id: lastUpdate, message });
    const answer = await fetch(`${urls[process]}/telegram`, { method: 'POST', headers, body });
    await answer.arrayBuffer();
  };
  const callsTo = (userId: number): number =>
    shop.telegram.calls.filter(({ params }) => Number(params['chat_id']) === userId).length;

  it('send nothing to a chat that one of them was refused, until the time is over', async () => {
    shop.telegram.control.fail('sendMessage', { kind: 'tooManyRequests', retryAfterSeconds: 20 });
    const told = watcher.duplicate();
    const telling = new Promise((resolve) => told.on('message', resolve));
    await told.subscribe(await channelOfPauses());
    await sendTo(0, ANA);
    expect(callsTo(ANA)).toBe(1);
    await telling;
    told.disconnect();
    await sendTo(1, ANA);
    await journal.heard('notSaid', { chat: ANA, error: 'tooMany' });
    await sendTo(0, ANA);
    expect(callsTo(ANA)).toBe(1);

    await sendTo(1, LUIS);
    expect(callsTo(LUIS)).toBe(1);

    // The last three seconds are waited for.
    clock.advance(17 * SECOND);
    const answered = sendTo(1, ANA);
    const [session = ''] = await watcher.keys(`*session:${ANA}`);
    await eventually(async () => expect(await watcher.hget(session, 'version')).toBe('4'));
    expect(callsTo(ANA)).toBe(1);
    clock.advance(3 * SECOND);
    await answered;
    expect(callsTo(ANA)).toBe(2);
    await sendTo(0, ANA);
    expect(callsTo(ANA)).toBe(3);
  });
});
