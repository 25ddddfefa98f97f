// The bot's HTTP server, asked by strangers: nobody gets in without the secret, and nothing breaks it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tapWhenThere } from './buttons.ts';
import { WEBHOOK_SECRET, byWebhook } from './by-webhook.ts';
import { openShop } from './shop.ts';
import type { Shop } from './shop.ts';

describe('the webhook of a running bot', () => {
  let shop: Shop;
  let url: string;

  beforeAll(async () => {
    const webhook = await byWebhook();
    url = webhook.url;
    shop = await openShop({ configure: webhook.configure });
  });

  afterAll(() => shop.close());

  const post = (body: string, headers: Record<string, string>) =>
    fetch(`${url}/telegram`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

  const update = JSON.stringify({
    update_id: 1,
    message: {
      message_id: 1,
      date: 1,
      text: '/start',
      chat: { id: 1001, type: 'private', first_name: 'Ana' },
      from: { id: 1001, is_bot: false, first_name: 'Ana' },
    },
  });

  it.each([
    ['without a secret', {}],
    ['with a wrong secret', { 'x-telegram-bot-api-secret-token': `${WEBHOOK_SECRET}x` }],
    ['with an empty secret', { 'x-telegram-bot-api-secret-token': '' }],
  ])('refuses an update %s', async (_name, headers) => {
    expect((await post(update, headers)).status).toBe(401);
    expect(shop.journal.find('update')).toEqual([]);
  });

  it('refuses what is not JSON', async () => {
    const known = { 'x-telegram-bot-api-secret-token': WEBHOOK_SECRET };
    expect((await post('{"update_id":', known)).status).toBe(400);
    expect((await post('', known)).status).toBe(400);
    expect((await post('hello', { ...known, 'content-type': 'text/plain' })).status).toBe(415);
  });

  it('takes an update with the secret, and ignores JSON that is none', async () => {
    const known = { 'x-telegram-bot-api-secret-token': WEBHOOK_SECRET };
    expect((await post(update, known)).status).toBe(200);
    expect(shop.journal.find('update', { updateId: 1, event: 'command' })).toHaveLength(1);
    expect((await post('[1, 2]', known)).status).toBe(200);
    expect(shop.journal.find('updateIgnored', { reason: 'notAnUpdate' })).toHaveLength(1);
  });

  it('says that it is healthy, and knows no other page', async () => {
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/telegram`)).status).toBe(404);
    expect((await fetch(url)).status).toBe(404);
  });
});

describe('a bot behind a webhook', () => {
  it('ends as soon as the update in hand is done, whatever connections Telegram keeps', async () => {
    const shop = await openShop({ configure: (await byWebhook()).configure });
    const ana = shop.telegram.customer(1001);
    ana.sendText('/start');
    for (const action of ['co:724', 'op:8201', 'pr:8201']) await tapWhenThere(ana, action);
    shop.evsb.control.planFaults({ kind: 'latency', ms: 100, match: { endpoint: 'pricesDirect' } });
    await tapWhenThere(ana, 'am:2500');
    await expect.poll(() => shop.evsb.books.requests.at(-1)?.endpoint).toBe('pricesDirect');
    const start = performance.now();
    await shop.close();
    // A connection is kept for over a minute.
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(ana.messages().at(-1)?.text).toContain('Your order');
    expect(shop.journal.find('update', { event: 'tappedFlow' })).toHaveLength(4);
  });
});
