// A campaign: customers buy while everything fails and processes die; then all is healed, time passes, and the books are compared.
import { setTimeout as wait } from 'node:timers/promises';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/adapters/sql/database.ts';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { createRandom } from '../../src/sandbox/evsb/random.ts';
import { startEvsbSimulator } from '../../src/sandbox/evsb/simulator.ts';
import { startTelegramServer } from '../../src/sandbox/telegram/server.ts';
import { money, parseCurrency } from '../../src/domain/money.ts';
import { HOUR, MINUTE, SECOND } from '../../src/domain/time.ts';
import { silentLog } from '../app/test-clock.ts';
import { createSchema } from '../contracts/find-postgres.ts';
import { got } from '../contracts/orders.ts';
import { freePort } from '../free-port.ts';
import { campaignCatalog } from './catalog.ts';
import { createCrowd } from './crowd.ts';
import { launchFleet } from './fleet.ts';
import { openFrontDoor } from './front-door.ts';
import { createLinkOpeners } from './link-openers.ts';
import { createPacedClock } from './paced-clock.ts';
import { createPaymasters } from './paymasters.ts';
import { startCampaignRedis } from './redis-server.ts';
import { hireStaff } from './staff.ts';
import { SALES, createTroubles } from './troubles.ts';
import { judge } from './verdict.ts';
import { overdrafts } from './verdict-money.ts';
import type { Verdict } from './verdict.ts';

export type CampaignOptions = {
  readonly seed: number;
  /** How long there is trouble, in milliseconds of the wall's clock. */
  readonly milliseconds: number;
  /** It goes on until this many orders were placed, on a slow machine for up to `OVERTIME` longer. */
  readonly orders: number;
  readonly customers: number;
  /** The average pause between two deeds of one customer, in milliseconds. */
  readonly pause: number;
  /** The average time between two killed processes, in milliseconds. */
  readonly killEvery: number;
  /** Of a server; null plays with a SQLite file and one process. */
  readonly postgresUrl: string | null;
  readonly onLine?: (bot: string, line: string) => void;
};

export type CampaignReport = Verdict & {
  readonly seed: number;
  readonly engine: 'PostgreSQL' | 'SQLite';
  readonly sessions: 'Redis' | 'memory';
  readonly processes: number;
  readonly customers: number;
  readonly counts: Readonly<Record<string, number>>;
  /** What the bots logged as errors, by event. An outage is one. */
  readonly errors: Readonly<Record<string, number>>;
};

/** How much faster than the wall's clock the campaign's runs: signatures are still valid for three seconds of the wall's. */
const SPEED = 10;
const OVERTIME = 60_000;
const OPENING_BALANCE = 2_000_000_000;
const TIME_ZONE = 'UTC';
/** What every customer starts with. The floats of agents are smaller. */
const STARTING_BALANCE = [
  ['EUR', 200_000],
  ['USD', 200_000],
  ['MXN', 4_000_000],
].map(([currency, amount]) => money(Number(amount), got(parseCurrency(String(currency)))));
/** Longer than every schedule: questions about an unknown outcome end after 24 h, those for a late code some minutes later. */
const AFTERMATH = 30 * HOUR;
/** How far the time jumps at least when nobody has anything to do. */
const STEP = 15 * MINUTE;
const OPERATOR = 600_001;
const ADMINS = [600_002, 600_003];
const TERMINAL_ID = 100_001;
const BOT_TOKEN = '100001:campaign-token-of-the-local-server';
const CREDENTIALS = { user: 'campaign-user', password: 'campaign-password' };

export const runCampaign = async (options: CampaignOptions): Promise<CampaignReport> => {
  const { seed, milliseconds, postgresUrl } = options;
  const random = createRandom(seed);
  const pace = { startedAt: Date.now(), speed: SPEED };
  const clock = createPacedClock(pace);
  const closing: (() => Promise<unknown>)[] = [];
  try {
    const telegram = await startTelegramServer({ botToken: BOT_TOKEN, botUsername: 'campaign_bot', botName: 'Campaign' });
    closing.push(telegram.close);
    const evsb = await startEvsbSimulator({
      ...CREDENTIALS,
      terminalId: TERMINAL_ID,
      openingBalanceX100: OPENING_BALANCE,
      seed,
      now: clock.now,
      suffixRule: 'dummies',
    });
    closing.push(evsb.close);
    const folder = await mkdtemp(join(tmpdir(), 'campaign-'));
    closing.push(() => rm(folder, { recursive: true, force: true }));
    const schema = postgresUrl === null ? null : await createSchema(postgresUrl);
    if (schema !== null) closing.push(schema.drop);
    const redis = schema === null ? null : await startCampaignRedis();
    if (redis !== null) closing.push(redis.stop);

    const catalogFile = join(folder, 'catalog.json');
    const catalog = await campaignCatalog();
    await writeFile(catalogFile, catalog.text);
    const key = newSealingKey();
    const file = join(folder, 'ledger.sqlite');
    const place = schema === null ? { file } : { url: schema.url() };
    const shared = {
      BOT_TOKEN,
      TELEGRAM_API_ROOT: telegram.url,
      HOST: '127.0.0.1',
      METRICS_PORT: 'off',
      EVSB_BASE_URL: evsb.url,
      EVSB_USER: CREDENTIALS.user,
      EVSB_PASSWORD: CREDENTIALS.password,
      EVSB_TERMINAL_ID: String(TERMINAL_ID),
      EVSB_ENVIRONMENT: 'sandbox',
      ENCRYPTION_KEY: key.reveal(),
      CATALOG_FILE: catalogFile,
      STARTING_BALANCE: STARTING_BALANCE.map(({ currency, hundredths }) => `${currency} ${hundredths / 100}`).join(', '),
      ADMIN_IDS: ADMINS.join(','),
      ADMIN_TOP_UP_LIMIT: 'USD 100',
      TIME_ZONE,
      OPERATOR_CHAT_ID: String(OPERATOR),
      LOG_LEVEL: 'info',
      ...(schema === null ? { DATABASE_FILE: file } : { DATABASE_URL: schema.url() }),
      ...(redis === null ? {} : { REDIS_URL: redis.url }),
    };
    const ports = redis === null ? [await freePort()] : [await freePort(), await freePort()];
    const webs = ports.map((port, index) => ({
      name: `web ${index + 1}`,
      settings: { ...shared, PORT: String(port), ROLE: redis === null ? 'all' : 'web' },
    }));
    const workers =
      redis === null ? [] : [1, 2].map((each) => ({ name: `worker ${each}`, settings: { ...shared, ROLE: 'worker' } }));
    const buyers = (workers.length > 0 ? workers : webs).map(({ name }) => name);
    let troubled = false;
    const door = await openFrontDoor({ ports, random, troubled: () => troubled });
    closing.push(door.close);
    const fleet = launchFleet({
      bots: [...webs, ...workers],
      plan: (settings) => ({
        settings,
        webhook: { publicUrl: door.url, secret: 'secret-of-the-campaign' },
        pace,
        ahead: clock.ahead,
      }),
      ...(options.onLine === undefined ? {} : { onLine: options.onLine }),
    });
    closing.push(fleet.end);
    await fleet.allReady();

    const troubles = createTroubles(evsb, telegram, random);
    const operator = telegram.customer(OPERATOR, { firstName: 'Operator' });
    operator.sendText('/start');
    const ledger = await openLedger({ ...place, sealer: createSealer(key), log: silentLog });
    closing.push(ledger.close);
    const crowd = createCrowd({ telegram, size: options.customers, random, pause: options.pause });
    const { agents, members } = await hireStaff(ledger, crowd.customers, STARTING_BALANCE, clock.now);
    const openers = createLinkOpeners(crowd.customers, random);
    const admins = ADMINS.map((id) => telegram.customer(id, { firstName: `Admin ${id}` }));
    const paymasters = createPaymasters(admins, agents, random);
    const counts = { redisEmptied: 0, redisKilled: 0 };
    const over = new AbortController();
    const { signal } = over;
    /** Does something again and again, at random times around `average` milliseconds, until the trouble is over. */
    const every = async (average: number, deed: () => unknown): Promise<void> => {
      for (;;) {
        await wait(average * (0.5 + random()), undefined, { signal }).catch(() => undefined);
        if (signal.aborted) return;
        await deed();
      }
    };
    const loseSessions = async (): Promise<void> => {
      if (redis === null) return;
      if (random() < 0.5) {
        await redis.empty();
        counts.redisEmptied += 1;
      } else {
        await redis.restart(1_000 * random());
        counts.redisKilled += 1;
      }
    };

    /** Whether the supplier works on a purchase: a process that dies now may leave an outcome that nobody knows. */
    const isBuying = (): boolean =>
      evsb.books.requests
        .slice(-20)
        .some(
          ({ endpoint, status, at }) =>
            SALES.some((sale) => sale === endpoint) && status === null && clock.now() - at < 5 * SECOND,
        );
    const killSomebody = async (): Promise<void> => {
      const aimed = random() < 0.6;
      for (let waited = 0; aimed && !isBuying() && waited < 2_000; waited += 10) await wait(10);
      await fleet.killOne((name) => !aimed || buyers.includes(name), random, 1_000 * random());
    };

    const db = await openDatabase(place, silentLog);
    closing.push(() => db.destroy());
    const overdrawn: string[] = [];
    troubled = true;
    troubles.begin();
    const trouble = Promise.all([
      crowd.run(
        members.map(({ id }) => id),
        signal,
      ),
      every(150, troubles.stir),
      every(1_500, paymasters.topUp),
      every(1_000, openers.openNew),
      every(250, async () => void overdrawn.push(...(await overdrafts(db)))),
      every(options.killEvery, killSomebody),
      every(Math.max(6 * options.killEvery, milliseconds / 8), loseSessions),
    ]);
    await wait(milliseconds);
    const placed = async (): Promise<number> => (await db.selectFrom('orders').select('id').execute()).length;
    for (let waited = 0; waited < OVERTIME && (await placed()) < options.orders; waited += 500) await wait(500);
    over.abort();
    await trouble;
    troubled = false;
    troubles.end();
    await fleet.allReady();

    /** When somebody has to look next; infinity when nobody ever has to. */
    const nextDue = async (): Promise<number> => {
      const found = await Promise.all(
        (['orders', 'outbox', 'alerts'] as const).map((table) =>
          db.selectFrom(table).select('due_at').where('due_at', 'is not', null).orderBy('due_at').limit(1).execute(),
        ),
      );
      return Math.min(...found.flat().map(({ due_at: at }) => at ?? Infinity));
    };
    const settle = async (): Promise<void> => {
      for (let waited = 0; waited < 600 && (await nextDue()) <= clock.now(); waited += 1) await wait(50);
    };

    // Everybody comes back, which also sets free what was held up to be reordered.
    for (const customer of crowd.customers) customer.sendText('/orders');
    openers.openNew();
    openers.openAgain();
    await settle();
    for (const end = clock.now() + AFTERMATH; clock.now() < end;) {
      const next = await nextDue();
      if (next > end) break;
      const step = Math.max(STEP, next - clock.now());
      clock.jump(step);
      fleet.jump(step);
      await settle();
    }
    const verdict = await judge({
      db,
      ledger,
      books: evsb.books,
      customers: crowd.customers,
      members,
      references: paymasters.references,
      limits: catalog.limits,
      commission: catalog.commission,
      timeZone: TIME_ZONE,
      operator,
      openingBalance: OPENING_BALANCE,
    });
    const complaints = await fleet.end();
    return {
      ...verdict,
      differences: [...verdict.differences, ...new Set(overdrawn), ...complaints],
      seed,
      engine: schema === null ? 'SQLite' : 'PostgreSQL',
      sessions: redis === null ? 'memory' : 'Redis',
      processes: webs.length + workers.length,
      customers: options.customers,
      counts: {
        ...crowd.counts,
        ...openers.counts,
        topUpsAsked: paymasters.references.size,
        members: members.length,
        ...door.counts,
        ...troubles.counts,
        ...counts,
        processesKilled: fleet.counts.kills,
        purchasesCutOff: fleet.counts.purchasesCutOff,
        requestsToSupplier: evsb.books.requestCount,
        supplierFaults: evsb.books.requests.filter(({ fault }) => fault !== null).length,
      },
      errors: fleet.counts.errors,
    };
  } finally {
    for (const close of closing.reverse()) await close();
  }
};
