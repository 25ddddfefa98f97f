// A rolling restart under load: two replicas are asked to end and started again, one after the other, twice around, while customers buy.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { startEvsbSimulator } from '../../src/sandbox/evsb/simulator.ts';
import type { EvsbSimulator } from '../../src/sandbox/evsb/simulator.ts';
import type { Customer } from '../../src/sandbox/telegram/customer.ts';
import { startTelegramServer } from '../../src/sandbox/telegram/server.ts';
import type { TelegramServer } from '../../src/sandbox/telegram/server.ts';
import { faultsIn } from '../../src/adapters/sql/audit.ts';
import { silentLog } from '../app/test-clock.ts';
import { launchFleet } from '../chaos/fleet.ts';
import type { Fleet } from '../chaos/fleet.ts';
import { openFrontDoor } from '../chaos/front-door.ts';
import type { FrontDoor } from '../chaos/front-door.ts';
import { createSchema, findPostgres } from '../contracts/find-postgres.ts';
import type { OwnSchema } from '../contracts/find-postgres.ts';
import { startRedis } from '../contracts/find-redis.ts';
import { freePort } from '../free-port.ts';
import { codeMessages } from './books.ts';
import { buy } from './buy.ts';
import { WEBHOOK_SECRET } from './by-webhook.ts';

/** How many buy at the same time, and how many there are at least. */
const AT_ONCE = 4;
const CUSTOMERS = 40;
/** How long a purchase takes at the supplier, in milliseconds: there is always one on its way. */
const SALE = 150;
const TERMINAL_ID = 100_001;
const BOT_TOKEN = '100001:rolling-token-of-the-local-server';
const REPLICAS = ['first', 'second'] as const;

const postgresUrl = await findPostgres();
const redis = await startRedis();
afterAll(() => redis?.stop());

describe.skipIf(postgresUrl === null || redis === null)('a rolling restart of two replicas under load', () => {
  const closing: (() => Promise<unknown>)[] = [];
  const key = newSealingKey();
  const lines: string[] = [];
  let telegram: TelegramServer;
  let evsb: EvsbSimulator;
  let books: OwnSchema;
  let door: FrontDoor;
  let fleet: Fleet;

  beforeAll(async () => {
    telegram = await startTelegramServer({ botToken: BOT_TOKEN, botUsername: 'rolling_bot', botName: 'Rolling' });
    closing.push(telegram.close);
    evsb = await startEvsbSimulator({
      terminalId: TERMINAL_ID,
      user: 'user',
      password: 'password',
      suffixRule: 'dummies',
      openingBalanceX100: 100_000_000,
    });
    closing.push(evsb.close);
    evsb.control.planFaults({ kind: 'serverGoesOn', ms: SALE, times: 100_000, match: { endpoint: 'voucherPurchase' } });
    books = await createSchema(postgresUrl ?? '');
    closing.push(books.drop);
    const ports = [await freePort(), await freePort()];
    door = await openFrontDoor({ ports, random: Math.random, troubled: () => false, asksNext: () => Math.random() < 0.5 });
    closing.push(door.close);
    const settings = {
      BOT_TOKEN,
      TELEGRAM_API_ROOT: telegram.url,
      HOST: '127.0.0.1',
      METRICS_PORT: 'off',
      EVSB_BASE_URL: evsb.url,
      EVSB_USER: 'user',
      EVSB_PASSWORD: 'password',
      EVSB_TERMINAL_ID: String(TERMINAL_ID),
      EVSB_ENVIRONMENT: 'sandbox',
      ENCRYPTION_KEY: key.reveal(),
      CATALOG_FILE: 'catalog.example.json',
      STARTING_BALANCE: 'EUR 100',
      DATABASE_URL: books.url(),
      REDIS_URL: redis?.url ?? '',
      REDIS_PREFIX: 'rolling:',
    };
    fleet = launchFleet({
      bots: REPLICAS.map((name, index) => ({ name, settings: { ...settings, PORT: String(ports[index]) } })),
      plan: (given) => ({
        settings: given,
        webhook: { publicUrl: door.url, secret: WEBHOOK_SECRET },
        pace: { startedAt: Date.now(), speed: 1 },
        ahead: 0,
      }),
      onLine: (bot, line) => lines.push(`${bot} ${line}`),
    });
    await fleet.allReady();
  }, 60_000);

  afterAll(async () => {
    await fleet.end();
    for (const close of closing.reverse()) await close();
  }, 60_000);

  it('loses no update and buys nothing twice', { timeout: 120_000 }, async () => {
    const customers: Customer[] = [];
    let rolling = true;
    const buyOneAfterTheOther = async (): Promise<void> => {
      while (rolling || customers.length < CUSTOMERS) {
        const customer = telegram.customer(500_001 + customers.length);
        customers.push(customer);
        await buy(customer);
      }
    };
    const restart = async (): Promise<void> => {
      for (const name of [...REPLICAS, ...REPLICAS]) await fleet.restart(name);
    };
    const rolled = restart().finally(() => (rolling = false));
    await Promise.all([rolled, ...Array.from({ length: AT_ONCE }, buyOneAfterTheOther)]);
    expect(await fleet.end()).toEqual([]);

    // Every dialogue has come to its code, and to no other.
    const sold = customers.length;
    const codes = customers.map((customer) => codeMessages(customer.messages()).map(({ code }) => code));
    expect(new Set(codes.flat())).toEqual(new Set(evsb.books.honoured.map(({ code }) => code)));
    expect(codes.filter((shown) => new Set(shown).size !== 1)).toEqual([]);

    const purchases = evsb.books.requests.filter(({ endpoint }) => endpoint === 'voucherPurchase');
    expect([purchases.length, evsb.books.honoured.length]).toEqual([sold, sold]);
    const ledger = await openLedger({ url: books.url(), sealer: createSealer(key), log: silentLog });
    const audit = await ledger.audit();
    await ledger.close();
    expect(audit.ordersByStatus).toEqual({ delivered: sold });
    expect(audit.charged).toHaveLength(sold);
    expect(faultsIn(audit)).toEqual([]);
    expect(await books.query('select key from alerts')).toEqual([]);
    expect(await books.query('select id from outbox where due_at is not null')).toEqual([]);

    // What one that ends does not take any more is taken by the other, or comes again; that is no error of anybody. On a busy machine
    // a start may have to tell Telegram twice where it is.
    const errors = lines.filter((line) => line.includes('"level":"error"') && !line.includes('"msg":"webhookNotSet"'));
    expect(errors).toEqual([]);
    expect(door.counts.passedOn).toBeGreaterThan(0);
    expect(door.counts.sentBack).toBeGreaterThan(0);
  });
});
