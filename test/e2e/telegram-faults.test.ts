// Telegram at its worst while a code is on its way: the code arrives, the order knows, and nothing is bought twice.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SECOND } from '../../src/domain/time.ts';
import { codeMessages, expectBooksToAgree } from './books.ts';
import { askForOrders, confirm, openPriceCard, receiveCode } from './buy.ts';
import { openShop } from './shop.ts';
import type { Shop } from './shop.ts';
import { createVirtualClock } from './virtual-clock.ts';
import type { VirtualClock } from './virtual-clock.ts';

describe('a code on its way through a troubled Telegram', () => {
  let shop: Shop;
  let clock: VirtualClock;

  beforeEach(async () => {
    clock = createVirtualClock();
    shop = await openShop({ clock });
  });

  afterEach(() => shop.close());

  const statuses = async () => (await shop.bot.ledger.audit()).ordersByStatus;

  it('is held up for a second by a 429', async () => {
    const ana = shop.telegram.customer(1001);
    await openPriceCard(ana);
    shop.telegram.control.fail('sendMessage', { kind: 'tooManyRequests', retryAfterSeconds: 1 });
    await confirm(ana);
    await receiveCode(ana);
    await shop.journal.heard('newsDelivered', { news: 'code' });
    expect(shop.telegram.calls.filter(({ method, ok }) => method === 'sendMessage' && !ok)).toHaveLength(1);
    await expectBooksToAgree(shop, ana, 1);
    expect(await statuses()).toEqual({ delivered: 1 });
  });

  it('waits as long as a longer 429 says', async () => {
    const ana = shop.telegram.customer(1001);
    await openPriceCard(ana);
    shop.telegram.control.fail('sendMessage', { kind: 'tooManyRequests', retryAfterSeconds: 30 });
    await confirm(ana);
    await shop.journal.heard('newsNotDelivered', { error: 'tooMany' });
    clock.advance(29 * SECOND);
    expect(await askForOrders(ana)).toHaveLength(1);
    expect(codeMessages(ana.messages())).toEqual([]);
    clock.advance(SECOND);
    await receiveCode(ana);
    await expectBooksToAgree(shop, ana, 1);
  });

  it('is shown twice at most when the answer to its sending is lost', async () => {
    const ana = shop.telegram.customer(1001);
    await openPriceCard(ana);
    shop.telegram.control.fail('sendMessage', { kind: 'drop', when: 'after' });
    await confirm(ana);
    await shop.journal.heard('newsNotDelivered', { error: 'noAnswer' });
    clock.advance(SECOND);
    await shop.journal.heard('newsDelivered', { news: 'code' });
    expect(codeMessages(ana.messages())).toHaveLength(2);
    await expectBooksToAgree(shop, ana, 1);
    expect(await statuses()).toEqual({ delivered: 1 });
  });

  it('waits while the customer has blocked the bot, and comes by itself afterwards', async () => {
    const ana = shop.telegram.customer(1001);
    await openPriceCard(ana);
    shop.evsb.control.planFaults({ kind: 'latency', ms: 50, match: { endpoint: 'voucherPurchase' } });
    await confirm(ana);
    await shop.journal.heard('update', { event: 'tappedFlow' }, 5);
    ana.block();
    await shop.journal.heard('newsNotDelivered', { error: 'blocked' });
    expect(codeMessages(ana.messages())).toEqual([]);
    ana.unblock();
    await receiveCode(ana);
    expect(await askForOrders(ana)).toHaveLength(1);
    await expectBooksToAgree(shop, ana, 1);
  });
});
