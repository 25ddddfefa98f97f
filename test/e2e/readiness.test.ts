// What whoever supervises the processes is told, on the webhook's port and on that of the metrics: alive, and able to sell.
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { startRedisProcess } from '../contracts/redis-process.ts';
import { eventually } from '../eventually.ts';
import { freePort } from '../free-port.ts';
import { codeMessages } from './books.ts';
import { confirm, openPriceCard } from './buy.ts';
import { byWebhook } from './by-webhook.ts';
import { scrape, sumOf } from './scrape.ts';
import { openShop } from './shop.ts';
import type { Shop, ShopOptions } from './shop.ts';

let shop: Shop | null = null;
afterEach(async () => {
  await shop?.close();
  shop = null;
});

const open = async (options: ShopOptions = {}): Promise<Shop> => {
  shop = await openShop({ ...options, settings: { METRICS_PORT: '0', ...options.settings } });
  return shop;
};

const ask = async (url: string) => {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  return { status: response.status, said: z.record(z.string(), z.unknown()).parse(await response.json()) };
};
const READY = { status: 200, said: { status: 'ready', parts: { sessions: 'ok', database: 'ok', supplier: 'ok' } } };

describe('the health of a process', () => {
  it('is told on both ports', async () => {
    const { configure, url } = await byWebhook();
    const { bot } = await open({ configure });
    for (const root of [url, `http://127.0.0.1:${bot.metricsPort}`]) {
      expect(await ask(`${root}/healthz`)).toEqual({ status: 200, said: { status: 'ok' } });
      expect(await ask(`${root}/readyz`)).toEqual(READY);
    }
    // Metrics are for the inside.
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
  });

  it('is told of a worker, which has no webhook', async () => {
    const { bot } = await open({ configure: (config) => ({ ...config, role: 'worker' }) });
    const root = `http://127.0.0.1:${bot.metricsPort}`;
    expect((await ask(`${root}/healthz`)).status).toBe(200);
    expect(await ask(`${root}/readyz`)).toEqual(READY);
  });

  it('is bad without a supplier, and the process is alive all the same', async () => {
    const baseUrl = `http://127.0.0.1:${await freePort()}`;
    const { bot } = await open({ configure: (config) => ({ ...config, evsb: { ...config.evsb, baseUrl } }) });
    const root = `http://127.0.0.1:${bot.metricsPort}`;
    expect(await ask(`${root}/readyz`)).toEqual({
      status: 503,
      said: { status: 'notReady', parts: { sessions: 'ok', database: 'ok', supplier: 'failing' } },
    });
    expect((await ask(`${root}/healthz`)).status).toBe(200);
  });

  it('is bad in bounded time while Redis hangs, and good again with it; a scrape tells the same', async ({ skip }) => {
    const redis = await startRedisProcess();
    if (redis === null) return skip('There is no redis-server on this machine');
    onTestFinished(() => redis.stop());
    const { bot } = await open({ settings: { REDIS_URL: redis.url } });
    onTestFinished(() => redis.resume());
    const root = `http://127.0.0.1:${bot.metricsPort}`;
    expect(await ask(`${root}/readyz`)).toEqual(READY);
    redis.pause();
    await eventually(async () =>
      expect(await ask(`${root}/readyz`)).toEqual({
        status: 503,
        said: { status: 'notReady', parts: { sessions: 'failing', database: 'ok', supplier: 'ok' } },
      }),
    );
    const samples = await scrape(bot.metricsPort);
    expect(sumOf(samples, 'voucher_bot_ready', { part: 'sessions' })).toBe(0);
    expect(sumOf(samples, 'voucher_bot_ready', { part: 'database' })).toBe(1);
    redis.resume();
    await eventually(async () => expect(await ask(`${root}/readyz`)).toEqual(READY));
  });

  it('says at once that the process ends, while it finishes the purchase in hand', async () => {
    const { bot, telegram, evsb } = await open();
    const root = `http://127.0.0.1:${bot.metricsPort}`;
    const ana = telegram.customer(1001);
    await openPriceCard(ana);
    expect(await ask(`${root}/readyz`)).toEqual(READY);
    evsb.control.planFaults({ kind: 'latency', ms: 1_000, match: { endpoint: 'voucherPurchase' } });
    await confirm(ana);
    await eventually(() => expect(evsb.books.requests.some(({ endpoint }) => endpoint === 'voucherPurchase')).toBe(true));
    const ended = bot.stop().then(() => 'ended');
    expect(await ask(`${root}/readyz`)).toEqual({ status: 503, said: { status: 'stopping' } });
    expect((await ask(`${root}/healthz`)).status).toBe(200);
    expect(codeMessages(ana.messages())).toEqual([]);
    expect(await ended).toBe('ended');
    await expect(ask(`${root}/healthz`)).rejects.toThrow();
  });
});
