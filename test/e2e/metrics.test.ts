// What somebody who scrapes the bot learns of a day in its shop.
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { buy, confirm, openPriceCard } from './buy.ts';
import { tapWhenThere } from './buttons.ts';
import { scrape, scrapeText, sumOf } from './scrape.ts';
import { openShop } from './shop.ts';
import type { Shop } from './shop.ts';

let shop: Shop | null = null;
afterEach(async () => {
  await shop?.close();
  shop = null;
});

const open = async (settings: Readonly<Record<string, string>> = {}): Promise<Shop> => {
  shop = await openShop({ settings: { METRICS_PORT: '0', ...settings } });
  return shop;
};

describe('a scrape', () => {
  it('tells of a sale: what the customer did, what was called, where the money is', async () => {
    const { bot, telegram, evsb, journal } = await open();
    const ana = telegram.customer(1001);
    await buy(ana);
    await journal.heard('newsDelivered');
    const updates = journal.find('update').length;
    const sums = (name: string, labels: Record<string, string> = {}) => sumOf(samples, `voucher_bot_${name}`, labels);
    let samples = await scrape(bot.metricsPort);
    await eventually(async () => {
      samples = await scrape(bot.metricsPort);
      expect(sums('orders', { status: 'delivered' })).toBe(1);
    });

    expect(sums('updates_total', { outcome: 'handled' })).toBe(updates);
    expect(sums('updates_total', { kind: 'command' })).toBe(1);
    expect(sums('update_duration_seconds_count', { kind: 'tappedFlow' })).toBe(sums('updates_total', { kind: 'tappedFlow' }));
    expect(sums('time_to_first_call_seconds_count')).toBe(updates);
    expect(sums('time_to_first_call_seconds_sum')).toBeGreaterThan(0);
    for (const to of ['operators', 'products', 'amount', 'price', 'processing'])
      expect(sums('screens_total', { to }), to).toBe(1);
    expect(sums('screens_total', { from: 'price', to: 'processing' })).toBe(1);
    expect(sums('quotes_total', { direction: 'direct', outcome: 'ok' })).toBe(1);
    expect(sums('effects_total', { question: 'place', outcome: 'ok' })).toBe(1);

    const sent = evsb.books.honoured.length;
    expect(sums('supplier_calls_total', { endpoint: 'voucherPurchase', result: '10' })).toBe(sent);
    expect(sums('supplier_calls_total', { endpoint: 'portfolio', result: 'ok' })).toBe(1);
    expect(sums('supplier_call_duration_seconds_count', { endpoint: 'voucherPurchase' })).toBe(sent);
    expect(sums('telegram_calls_total', { method: 'sendMessage', result: 'ok' })).toBeGreaterThan(0);
    expect(sums('telegram_calls_total', { method: 'editMessageText', result: 'ok' })).toBeGreaterThan(0);
    expect(sums('database_phases_total', { phase: 'place', result: 'ok' })).toBe(1);
    expect(sums('jobs_total', { queue: 'orders', result: 'done' })).toBeGreaterThan(0);
    expect(sums('jobs_total', { queue: 'messages', result: 'done' })).toBe(1);

    const accounts = ['available', 'reserved', 'sales', 'funding'].map((account) =>
      sums('wallet_total', { account, currency: 'EUR' }),
    );
    expect(accounts).toEqual([95, 0, 25, -120]);
    for (const queue of ['orders', 'messages', 'alerts', 'announcements']) expect(sums('queue_due', { queue }), queue).toBe(0);
    for (const status of ['unknown', 'awaitingCode', 'revertUnknown', 'needsPerson'])
      expect(sums('stuck_orders', { status }), status).toBe(0);
    for (const part of ['process', 'sessions', 'database', 'supplier']) expect(sums('ready', { part }), part).toBe(1);
    expect(sums('ledger_scrape_failed')).toBe(0);
    expect(sums('supplier_clock_skew_seconds')).toBe(0);
    for (const name of ['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes', 'process_start_time_seconds']) {
      expect(sumOf(samples, name), name).toBeGreaterThan(0);
    }
  });

  it('tells how old an order is that waits for its code, and how the supplier answered one that was refused', async () => {
    const { bot, telegram, journal } = await open();
    const ana = telegram.customer(1001);
    for (const [name, amount, status] of [
      ['lagoa', '3000', 'rejected'],
      ['fonda', '15000', 'awaitingCode'],
    ] as const) {
      ana.sendText(name);
      await tapWhenThere(ana, `am:${amount}`);
      await confirm(ana);
      await journal.heard('orderSettled', { status });
    }
    const samples = await scrape(bot.metricsPort);
    expect(sumOf(samples, 'voucher_bot_orders', { status: 'rejected' })).toBe(1);
    expect(sumOf(samples, 'voucher_bot_order_oldest_age_seconds', { status: 'awaitingCode' })).toBeGreaterThan(0);
    expect(sumOf(samples, 'voucher_bot_order_oldest_age_seconds', { status: 'rejected' })).toBeUndefined();
    const refused = samples.filter(
      ({ name, labels }) =>
        name === 'voucher_bot_supplier_calls_total' && labels['endpoint'] === 'voucherPurchase' && labels['result'] !== '10',
    );
    expect(refused.map(({ value }) => value)).toEqual([1]);
  });

  it('counts what is ignored and what comes twice as what it is', async () => {
    const { bot, telegram } = await open();
    const ana = telegram.customer(1001);
    await openPriceCard(ana);
    await eventually(async () => {
      // An update that is still in hand is known to the polling, which does not hand it on a second time.
      telegram.control.redeliver();
      const samples = await scrape(bot.metricsPort);
      expect(sumOf(samples, 'voucher_bot_updates_total', { outcome: 'duplicate' })).toBeGreaterThan(0);
    });
  });

  it('is not to be had where nobody asked for it', async () => {
    shop = await openShop();
    expect(shop.bot.metricsPort).toBeNull();
  });

  it('describes every metric, and says of which type it is', async () => {
    const { bot } = await open();
    const text = await scrapeText(bot.metricsPort);
    const described = new Set([...text.matchAll(/^# TYPE (\S+) (?:counter|gauge|histogram)$/gm)].map(([, name]) => name));
    const helped = new Set([...text.matchAll(/^# HELP (\S+) \S/gm)].map(([, name]) => name));
    expect(described).toEqual(helped);
    const counters = [...text.matchAll(/^# TYPE (\S+) counter$/gm)].map(([, name]) => name ?? '');
    expect(counters.filter((name) => !name.endsWith('_total'))).toEqual([]);
  });
});
