// A day of sales, good and bad, after which nothing secret may stand in the logs, in the metrics, in the traces, in the database file or in the operator's chat.
import { readFile } from 'node:fs/promises';
import { afterEach, expect, it, onTestFinished } from 'vitest';
import { createLog } from '../../src/adapters/system/log.ts';
import { MINUTE, SECOND } from '../../src/domain/time.ts';
import { customer } from '../contracts/orders.ts';
import { tapWhenThere } from './buttons.ts';
import { confirm, openPriceCard, receiveCode } from './buy.ts';
import { scrapeText } from './scrape.ts';
import { openShop } from './shop.ts';
import type { Shop } from './shop.ts';
import { startCollector } from './trace-collector.ts';
import { createVirtualClock } from './virtual-clock.ts';

let shop: Shop;
afterEach(() => shop.close());

it('no code, token, phone number, e-mail address, key or password is left lying about', async () => {
  const lines: string[] = [];
  const log = createLog({ level: 'info', pretty: false }, { write: (line) => void lines.push(line) });
  const clock = createVirtualClock();
  const collector = await startCollector();
  onTestFinished(() => collector.close());
  const settings = { METRICS_PORT: '0', OPERATOR_CHAT_ID: '9001', OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
  shop = await openShop({ clock, log, settings });
  const { evsb, telegram, journal, config } = shop;
  const ana = telegram.customer(1001);
  const operator = telegram.customer(9001);
  operator.sendText('/start');

  await openPriceCard(ana);
  await confirm(ana);
  await receiveCode(ana);

  const typed = ['525512345000', 'player000@mail.example'];
  for (const [name, amount, account, asked] of [
    ['puente', '5000', '525512345000', 'Which phone number'],
    ['axolotl', '5000', 'player000@mail.example', 'Which e-mail'],
  ] as const) {
    ana.sendText(name);
    await tapWhenThere(ana, `am:${amount}`);
    await ana.waitFor((messages) => messages.some(({ text }) => text.includes(asked)));
    ana.sendText(account);
    const sold = evsb.books.honoured.length;
    await confirm(ana);
    await ana.waitFor(() => evsb.books.honoured.length > sold);
  }

  // One that the operator refuses, one whose code is late, one whose answer gets lost, one that can't even be read.
  for (const [name, amount, status] of [
    ['lagoa', '3000', 'rejected'],
    ['fonda', '15000', 'awaitingCode'],
  ] as const) {
    ana.sendText(name);
    await tapWhenThere(ana, `am:${amount}`);
    await confirm(ana);
    await journal.heard('orderSettled', { status });
  }
  clock.advance(2 * SECOND);
  clock.advance(5 * SECOND);
  for (const kind of ['dropAfter', 'truncatedJson'] as const) {
    evsb.control.planFaults({ kind, match: { endpoint: 'voucherPurchase' } });
    const count = journal.find('orderSettled', { outcome: 'unclear' }).length;
    await openPriceCard(ana);
    clock.advance(11 * MINUTE);
    await confirm(ana);
    await journal.heard('orderSettled', { outcome: 'unclear' }, count + 1);
  }

  await journal.heard('alertDelivered', { alert: 'personNeeded' });
  const issued = evsb.books.honoured.flatMap(({ code, suppliertoken }) => [code, suppliertoken]);
  const keys = [config.telegram.token, config.evsb.password, config.encryptionKey].map((secret) => secret.reveal());
  const secrets = [...new Set([...issued, ...typed, ...keys])].filter((secret) => secret !== '');
  expect(secrets.length).toBeGreaterThan(10);

  const files = await Promise.all(['', '-wal'].map((suffix) => readFile(config.databaseFile + suffix, 'latin1').catch(() => '')));
  const metrics = await scrapeText(shop.bot.metricsPort);
  expect(metrics).toContain('voucher_bot_supplier_calls_total{endpoint="voucherPurchase",result="noAnswer"}');
  const [order] = await shop.bot.ledger.ordersOf(customer(1001), 1);
  // The end sends the last traces.
  await shop.bot.stop();
  const places = { log: lines.join('\n'), traces: collector.text(), database: files.join('\n') };
  // The places are the right ones: what may stand there, does.
  for (const text of Object.values(places)) expect(text).toContain(order?.terms.id ?? 'no order');
  expect(places.log).not.toContain('"dropped"');
  for (const [place, text] of Object.entries({ ...places, metrics, alerts: operator.transcript() })) {
    expect(
      secrets.filter((secret) => text.includes(secret)),
      place,
    ).toEqual([]);
  }
});
