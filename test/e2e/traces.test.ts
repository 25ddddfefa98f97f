// A purchase through a whole shop, traced: what started what, by which order; and a collector that is away costs nobody anything.
import { afterEach, expect, it } from 'vitest';
import { customer } from '../contracts/orders.ts';
import { buy } from './buy.ts';
import { openShop } from './shop.ts';
import type { Shop } from './shop.ts';
import { startCollector } from './trace-collector.ts';
import type { CollectedSpan } from './trace-collector.ts';

let shop: Shop | null = null;
const closing: (() => Promise<void>)[] = [];
const end = async (): Promise<void> => {
  await shop?.close();
  shop = null;
};
afterEach(async () => {
  await end();
  for (const close of closing.splice(0)) await close();
});

const open = async (collector: { readonly url: string; close(): Promise<void> }): Promise<Shop> => {
  closing.push(() => collector.close());
  shop = await openShop({ settings: { OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/` } });
  return shop;
};

it('shows what an update and a job consist of, each span under the one that started it', async () => {
  const collector = await startCollector();
  const { telegram, bot } = await open(collector);
  await buy(telegram.customer(1001));
  const [order] = await bot.ledger.ordersOf(customer(1001), 1);
  const id = order?.terms.id ?? 'no order';
  await end();

  const spans = collector.spans();
  const inTrace = (root: CollectedSpan | undefined): readonly CollectedSpan[] =>
    spans.filter(({ traceId }) => root !== undefined && traceId === root.traceId);
  const parentName = (span: CollectedSpan | undefined): string | undefined =>
    span === undefined ? undefined : collector.parentOf(span)?.name;
  const under = (root: CollectedSpan | undefined, name: string): CollectedSpan | undefined =>
    inTrace(root).find((span) => span.name === name);

  // The tap that confirmed: update, effect, one phase in the ledger, and what the chat was told.
  const placing = spans.find(({ name }) => name === 'effect place');
  expect(placing?.attributes).toMatchObject({ 'effect.question': 'place', 'order.id': id });
  const update = placing === undefined ? undefined : collector.parentOf(placing);
  expect(update).toMatchObject({ name: 'update tappedFlow', attributes: { 'update.event': 'tappedFlow', outcome: 'handled' } });
  expect(update?.parentSpanId).toBeUndefined();
  expect(update?.attributes['update.id']).toEqual(expect.any(Number));
  expect(parentName(under(update, 'database place'))).toBe('effect place');
  expect(parentName(under(update, 'telegram editMessageText'))).toBe('update tappedFlow');

  // A price is asked of the supplier by the effect that needs it.
  const price = spans.find(({ name }) => name === 'supplier prices');
  expect(price?.attributes).toMatchObject({ 'supplier.endpoint': 'prices', outcome: expect.any(String) as string });
  expect(parentName(price)).toBe('effect quote');

  // The job is a trace of its own, found by the order.
  const job = spans.find(({ name, attributes }) => name === 'job orders' && attributes['order.id'] === id);
  expect(job?.parentSpanId).toBeUndefined();
  expect(job?.traceId).not.toBe(update?.traceId);
  const purchase = under(job, 'supplier voucherPurchase');
  expect(parentName(purchase)).toBe('job orders');
  expect(purchase?.attributes).toMatchObject({ outcome: '10', 'supplier.uid': expect.stringMatching(/\S/) as string });
  expect(parentName(under(job, 'database append'))).toBe('job orders');
  const news = spans.find(({ name, attributes }) => name === 'job messages' && attributes['order.id'] === id);
  expect(parentName(under(news, 'telegram sendMessage'))).toBe('job messages');

  // Looking for work is no work, and names are few.
  expect(spans.filter(({ name, parentSpanId }) => name.startsWith('database') && parentSpanId === undefined)).toEqual([]);
  expect(new Set(spans.map(({ name }) => name)).size).toBeLessThan(40);
  expect(spans.filter(({ name }) => /\d{3}/.test(name))).toEqual([]);
  expect(collector.requests.map(({ url }) => url)).toEqual(collector.requests.map(() => '/v1/traces'));
  expect(collector.text()).toContain('voucher-shop');
});

it.each([
  ['is not there', 'close'],
  ['refuses', 'refuse'],
  ['never answers', 'hang'],
] as const)('disturbs no sale when the collector %s: one warning, and an end without delay', async (_name, trouble) => {
  const collector = await startCollector((_request, response) => {
    if (trouble === 'refuse') response.writeHead(400).end();
  });
  if (trouble === 'close') await collector.close();
  const { telegram, evsb, journal } = await open(
    trouble === 'close' ? { ...collector, close: () => Promise.resolve() } : collector,
  );
  await buy(telegram.customer(1001));
  expect(evsb.books.honoured).toHaveLength(1);
  const before = performance.now();
  await end();
  expect(performance.now() - before).toBeLessThan(8_000);
  expect(journal.find('tracesNotExported').length).toBeLessThanOrEqual(1);
  if (trouble === 'refuse') expect(journal.find('tracesNotExported')).toHaveLength(1);
});
