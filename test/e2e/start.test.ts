// A start that comes to nothing, or is told to end, while the worker has a purchase on its way: its outcome is stored all the same.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import { createClock } from '../../src/adapters/system/clock.ts';
import { createSealer } from '../../src/adapters/system/sealing.ts';
import type { Clock } from '../../src/app/ports/clock.ts';
import { startBot } from '../../src/bot.ts';
import type { Observe } from '../../src/bot.ts';
import type { Config } from '../../src/config.ts';
import { parseProductId } from '../../src/domain/ids.ts';
import { money } from '../../src/domain/money.ts';
import { instant } from '../../src/domain/time.ts';
import { startSandbox } from '../../src/sandbox.ts';
import type { Sandbox } from '../../src/sandbox.ts';
import { ALICE, USD, got, grant, orderId, placed, termsOf } from '../contracts/orders.ts';
import { silentLog } from '../app/test-clock.ts';
import { eventuallyTrue } from '../eventually.ts';
import { WEBHOOK_SECRET, byWebhook } from './by-webhook.ts';
import { createJournal } from './journal.ts';
import { readCatalogFile, readSettings } from './shop.ts';

/** How long the purchase takes, in milliseconds: longer than the rest of a start that fails. */
const SLOW = 700;
const MINUTES = got(parseProductId(8403));
const order = orderId(1);

let sandbox: Sandbox;
let config: Config;
let taken: Server | null;
let child: ChildProcess | null;

const openBooks = () => openLedger({ file: config.databaseFile, sealer: createSealer(config.encryptionKey), log: silentLog });

/** An order is placed before the start, so that the worker's first look finds it. */
beforeEach(async () => {
  taken = null;
  child = null;
  sandbox = await startSandbox(readSettings({}), { evsb: { infoDelayMs: 0 } });
  config = (await byWebhook()).configure(sandbox.config);
  const ledger = await openBooks();
  await grant(ledger, ALICE, 100_000, USD);
  const pay = money(1_000, USD);
  const terms = { productId: MINUTES, sent: { as: 'send', amount: pay }, pay, fields: { account: '5350000001' } } as const;
  await placed(ledger, termsOf(order, { ...terms, placedAt: instant(Date.now()) }));
  await ledger.close();
  sandbox.evsb.control.planFaults({ kind: 'serverGoesOn', ms: SLOW, match: { endpoint: 'voucherPurchase' } });
});

afterEach(async () => {
  taken?.close();
  child?.kill('SIGKILL');
  await sandbox.close();
});

const takePort = async (): Promise<void> => {
  taken = createServer().listen(config.http.port, config.http.host);
  await once(taken, 'listening');
};

const statusInBooks = async (): Promise<string | undefined> => {
  const ledger = await openBooks();
  const status = (await ledger.order(order))?.state.status;
  await ledger.close();
  return status;
};

const purchases = (): number => sandbox.evsb.books.requests.filter(({ endpoint }) => endpoint === 'voucherPurchase').length;

const isSent = (): Promise<void> => eventuallyTrue(() => purchases() === 1);

/** Holds the start up until the purchase is on its way; so does `patient`, whose pauses would end the wait for the catalogue. */
const afterTheSending: Observe = (name, port) =>
  name === 'supplier' && 'portfolio' in port && typeof port.portfolio === 'function'
    ? { ...port, portfolio: () => isSent().then(port.portfolio as () => Promise<unknown>) }
    : port;

const system = createClock();
const patient: Clock = { ...system, sleep: (...pause) => isSent().then(() => system.sleep(...pause)) };

describe('a bot that has sent a purchase', () => {
  const start = async (signal?: AbortSignal) => {
    const journal = createJournal();
    const catalogFile = await readCatalogFile(config.catalogFile);
    const options = {
      ...catalogFile,
      log: journal,
      observe: afterTheSending,
      clock: patient,
      ...(signal !== undefined && { signal }),
    };
    return { journal, starting: startBot(config, options) };
  };

  it('stores what came of it before its start fails on a port that is taken', async () => {
    await takePort();
    const { starting } = await start();
    await expect(starting).rejects.toThrow('EADDRINUSE');
    expect(['charged', 'delivered']).toContain(await statusInBooks());
    expect(purchases()).toBe(1);
  });

  it('ends when it is told to while Telegram takes no webhook, and stores what came of it', async () => {
    sandbox.telegram.control.fail('setWebhook', { kind: 'serverError', when: 'before' }, 1_000);
    const telling = new AbortController();
    const { journal, starting } = await start(telling.signal);
    await journal.heard('webhookNotSet');
    telling.abort();
    const bot = await starting.catch(() => null);
    await bot?.stop();
    expect(['charged', 'delivered']).toContain(await statusInBooks());
    expect(purchases()).toBe(1);
  });
});

describe('npm start', () => {
  const startProcess = () => {
    const { telegram, evsb, http } = config;
    const env: NodeJS.ProcessEnv = {
      PATH: process.env['PATH'],
      BOT_TOKEN: telegram.token.reveal(),
      TELEGRAM_API_ROOT: telegram.apiRoot,
      TELEGRAM_FRAMEWORK: telegram.framework,
      EVSB_BASE_URL: evsb.baseUrl,
      EVSB_USER: evsb.user,
      EVSB_PASSWORD: evsb.password.reveal(),
      EVSB_TERMINAL_ID: String(evsb.terminalId),
      EVSB_ENVIRONMENT: evsb.environment,
      ENCRYPTION_KEY: config.encryptionKey.reveal(),
      DATABASE_FILE: config.databaseFile,
      CATALOG_FILE: config.catalogFile,
      PUBLIC_URL: 'https://bot.example.org',
      WEBHOOK_SECRET,
      HOST: http.host,
      PORT: String(http.port),
      LOG_FORMAT: 'json',
    };
    const started = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/main.ts'], { env });
    child = started;
    let said = '';
    for (const stream of [started.stdout, started.stderr]) stream.on('data', (data: Buffer) => (said += data.toString()));
    const exit = once(started, 'exit');
    return {
      kill: () => started.kill('SIGTERM'),
      said: () => said,
      ended: async (): Promise<unknown> => ((await exit) as unknown[])[0],
    };
  };

  it('on a port that is taken says so and ends with 1', async () => {
    await takePort();
    const { ended, said } = startProcess();
    expect(await ended()).toBe(1);
    expect(said()).toContain(`The bot can't start: port ${config.http.port} is in use.`);
    expect(await statusInBooks()).not.toBe('sending');
  });

  it('that is told to end while Telegram takes no webhook ends with 0', async () => {
    sandbox.telegram.control.fail('setWebhook', { kind: 'serverError', when: 'before' }, 1_000);
    const { kill, ended, said } = startProcess();
    await eventuallyTrue(() => said().includes('webhookNotSet') && purchases() === 1);
    kill();
    expect(await ended()).toBe(0);
    expect(['charged', 'delivered']).toContain(await statusInBooks());
  });
});
