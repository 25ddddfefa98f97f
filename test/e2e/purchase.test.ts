// One voucher from /start to the code, through the whole bot and both stand-ins, by polling and by webhook.
import { afterEach, describe, expect, it } from 'vitest';
import { expectBooksToAgree } from './books.ts';
import { askForOrders, buy, confirm, openPriceCard, receiveCode } from './buy.ts';
import { byWebhook } from './by-webhook.ts';
import { openShop } from './shop.ts';
import type { Shop } from './shop.ts';

describe.each(['polling', 'webhook'] as const)('a purchase by %s', (mode) => {
  let shop: Shop | null = null;

  const open = async (): Promise<Shop> => {
    shop = await openShop(mode === 'polling' ? {} : { configure: (await byWebhook()).configure });
    return shop;
  };

  afterEach(async () => {
    await shop?.close();
    shop = null;
  });

  it('leads to a code that all books agree on', async () => {
    const opened = await open();
    const ana = opened.telegram.customer(1001);
    expect(await buy(ana)).toBe(opened.evsb.books.honoured[0]?.code);
    await expectBooksToAgree(opened, ana, 1);
    expect(opened.journal.find('takingUpdates', { mode })).toHaveLength(1);
  });

  it('happens once, however often its confirmation arrives', async () => {
    const opened = await open();
    const { telegram, journal } = opened;
    const ana = telegram.customer(1001);
    await openPriceCard(ana);
    await confirm(ana);
    telegram.control.redeliver();
    telegram.control.resendTap();
    telegram.control.resendTap();
    await receiveCode(ana);
    telegram.control.resendTap();
    expect(await askForOrders(ana)).toHaveLength(1);
    telegram.control.redeliver();
    expect(await askForOrders(ana)).toHaveLength(1);
    await expectBooksToAgree(opened, ana, 1);
    expect(journal.find('update', { event: 'tappedFlow', outcome: 'handled' })).toHaveLength(8);
    expect(journal.entries.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('is two purchases for two customers at once', async () => {
    const opened = await open();
    const [ana, luis] = [opened.telegram.customer(1001), opened.telegram.customer(1002, { languageCode: 'es' })];
    const codes = await Promise.all([buy(ana), buy(luis)]);
    expect(new Set(codes)).toEqual(new Set(opened.evsb.books.honoured.map(({ code }) => code)));
    expect(codes[0]).not.toBe(codes[1]);
  });
});
