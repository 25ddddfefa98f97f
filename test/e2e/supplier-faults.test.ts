// A supplier that is down, or whose answer gets lost: the customer is told plainly, and one confirmation sends one purchase.
import { afterEach, describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/domain/time.ts';
import { tapWhenThere } from './buttons.ts';
import { expectBooksToAgree } from './books.ts';
import { buy, confirm, openPriceCard, receiveCode } from './buy.ts';
import { openShop } from './shop.ts';
import type { Shop } from './shop.ts';
import { createVirtualClock } from './virtual-clock.ts';

describe('a troubled supplier', () => {
  let shop: Shop | null = null;

  afterEach(async () => {
    await shop?.close();
    shop = null;
  });

  const purchasesSent = ({ evsb }: Shop) => evsb.books.requests.filter(({ endpoint }) => endpoint === 'voucherPurchase').length;

  it('is named as the reason for no price, and a retry works once it is back', async () => {
    shop = await openShop();
    const ana = shop.telegram.customer(1001);
    shop.evsb.control.mixFaults({ kind: 'dropBefore', match: { endpoint: 'pricesDirect' } });
    ana.sendText('/start');
    for (const action of ['co:724', 'op:8201', 'pr:8201', 'am:2500']) await tapWhenThere(ana, action);
    const sorry = await ana.waitFor((messages) => messages.find(({ text }) => text.includes('supplier is not answering')));
    expect(sorry.text).toContain('Nothing was bought');
    shop.evsb.control.clearFaults();
    await tapWhenThere(ana, 're');
    await confirm(ana);
    await receiveCode(ana);
    await expectBooksToAgree(shop, ana, 1);
  });

  it('sells on when its catalogue can not be fetched again', async () => {
    const clock = createVirtualClock();
    shop = await openShop({ clock });
    shop.evsb.control.planFaults({ kind: 'resultCode', code: '517', match: { endpoint: 'portfolio' } });
    clock.advance(15 * MINUTE);
    await shop.journal.heard('catalogNotFetched', { keepingOld: true });
    const ana = shop.telegram.customer(1001);
    await buy(ana);
    await expectBooksToAgree(shop, ana, 1);
  });

  it('is asked, not sent to again, after a lost answer: charged once, and a person finds the code', async () => {
    const clock = createVirtualClock();
    shop = await openShop({ clock, evsb: { infoDelayMs: 0 } });
    const { evsb, bot, journal } = shop;
    const ana = shop.telegram.customer(1001);
    await openPriceCard(ana);
    evsb.control.planFaults({ kind: 'dropAfter', match: { endpoint: 'voucherPurchase' } });
    await confirm(ana);
    await journal.heard('newsDelivered', { news: 'unknown' });
    expect((await bot.ledger.audit()).reservedTotal).toMatchObject({ EUR: 2_500 });
    clock.advance(30 * SECOND);
    await journal.heard('newsDelivered', { news: 'needsPerson' });
    const audit = await bot.ledger.audit();
    expect(purchasesSent(shop)).toBe(1);
    expect(evsb.books.honoured).toHaveLength(1);
    expect(audit.charged.map(({ reference }) => reference)).toEqual(evsb.books.honoured.map((sale) => sale.localReference));
    expect(audit).toMatchObject({ ordersByStatus: { needsPerson: 1 }, reservedTotal: { EUR: 0 }, wrongAccounts: [] });
  });

  it('may sell after our patience ended: found out by asking', async () => {
    const clock = createVirtualClock();
    shop = await openShop({ clock, evsb: { infoDelayMs: 0 }, evsbTimeouts: { voucherPurchase: 50 } });
    const { evsb, bot, journal } = shop;
    const ana = shop.telegram.customer(1001);
    await openPriceCard(ana);
    evsb.control.planFaults({ kind: 'serverGoesOn', ms: 100, match: { endpoint: 'voucherPurchase' } });
    await confirm(ana);
    await journal.heard('newsDelivered', { news: 'unknown' });
    await expect.poll(() => evsb.books.honoured.length).toBe(1);
    clock.advance(30 * SECOND);
    await journal.heard('newsDelivered', { news: 'needsPerson' });
    expect(purchasesSent(shop)).toBe(1);
    expect((await bot.ledger.audit()).charged).toHaveLength(1);
  });

  it('that never answers and never sold leaves the money reserved, and nothing is sent again', async () => {
    const clock = createVirtualClock();
    shop = await openShop({ clock, evsb: { infoDelayMs: 0 }, evsbTimeouts: { voucherPurchase: 50 } });
    const { evsb, bot, journal } = shop;
    const ana = shop.telegram.customer(1001);
    await openPriceCard(ana);
    evsb.control.planFaults({ kind: 'hang', match: { endpoint: 'voucherPurchase' } });
    await confirm(ana);
    await journal.heard('newsDelivered', { news: 'unknown' });
    for (const [asked, wait] of [30 * SECOND, 90 * SECOND, 3 * MINUTE].entries()) {
      clock.advance(wait);
      await journal.heard('orderAskedAbout', { learnt: 'learnNothing' }, asked + 1);
    }
    expect(purchasesSent(shop)).toBe(1);
    expect(await bot.ledger.audit()).toMatchObject({
      ordersByStatus: { unknown: 1 },
      charged: [],
      reservedTotal: { EUR: 2_500 },
    });
  });
});
