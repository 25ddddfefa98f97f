// npm run doctor, as a process of its own on real stand-ins: green when all is well, and each fault named by its own line.
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import { openLedger } from '../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../src/adapters/system/sealing.ts';
import { silentLog } from './app/test-clock.ts';
import { createSchema, findPostgres } from './contracts/find-postgres.ts';
import { startRedis } from './contracts/find-redis.ts';
import { OPERATOR, environmentOf, examined, examinedApart, openInstallation, runDoctor } from './doctor-installation.ts';
import type { Environment, Installation, Line } from './doctor-installation.ts';
import { openShop } from './e2e/shop.ts';
import { eventuallyTrue } from './eventually.ts';
import { skipLoudly } from './skip-loudly.ts';

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const install = async (evsb: Parameters<typeof openInstallation>[0] = {}): Promise<Installation> => {
  const installation = await openInstallation(evsb);
  cleanUps.push(installation.close);
  return installation;
};

/** An address of loopback where nobody listens. */
const nowhere = async (): Promise<string> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('A TCP server without a port');
  return `127.0.0.1:${address.port}`;
};

const changeLedger = ({ env }: Installation, sql: string): void => {
  const database = new DatabaseSync(env['DATABASE_FILE'] ?? '');
  database.exec(sql);
  database.close();
};

const writeCatalog = async ({ config }: Installation, text: string): Promise<Environment> => {
  const file = join(dirname(config.databaseFile), 'catalog.json');
  await writeFile(file, text);
  return { CATALOG_FILE: file };
};
const entries = (...ids: readonly number[]): string =>
  JSON.stringify({ products: Object.fromEntries(ids.map((id) => [id, { brand: 'A brand', family: 'voucher' }])) });

const askTelegram = async ({ config }: Installation, call: string): Promise<string> => {
  const { apiRoot, token } = config.telegram;
  return (await fetch(`${apiRoot}/bot${token.reveal()}/${call}`)).text();
};
const setWebhook = (installation: Installation, url: string): Promise<string> =>
  askTelegram(installation, `setWebhook?url=${encodeURIComponent(url)}`);
const webhookOf = (installation: Installation): Promise<string> => askTelegram(installation, 'getWebhookInfo');

/** What is to be seen besides green lines; a sandbox without Redis is warned of that. */
const remarkable = (lines: readonly Line[]): readonly Line[] =>
  lines.filter(({ check, verdict }) => verdict !== 'ok' && !(check === 'redis' && verdict === 'warning'));

/** A fault that takes no settings. */
const only = async (deed: () => unknown): Promise<Environment> => {
  await deed();
  return {};
};

type Fault = {
  readonly fault: string;
  /** Puts it in place, and gives the settings that go with it. */
  readonly inject: (installation: Installation) => Environment | Promise<Environment>;
  readonly check: string;
  readonly says: RegExp;
  readonly evsb?: Parameters<typeof openInstallation>[0];
};

const faults: readonly Fault[] = [
  {
    fault: 'a wrong bot token',
    inject: () => ({ BOT_TOKEN: '100001:another-token-that-nobody-knows' }),
    check: 'bot token',
    says: /^Telegram does not know BOT_TOKEN; take the token from @BotFather$/,
  },
  {
    fault: 'a Telegram that is not reached',
    inject: async () => ({ TELEGRAM_API_ROOT: `http://${await nowhere()}` }),
    check: 'bot token',
    says: /^127\.0\.0\.1:\d+ did not answer \(not sent: ECONNREFUSED\); check .*TELEGRAM_API_ROOT$/,
  },
  {
    fault: 'a wrong password',
    inject: () => ({ EVSB_PASSWORD: 'wrong' }),
    check: 'credentials',
    says: /EVSB_USER or EVSB_PASSWORD is wrong \(HTTP 401\)/,
  },
  {
    fault: 'a wrong password, answered with 500',
    evsb: { authFailureStatus: 500 },
    inject: () => ({ EVSB_PASSWORD: 'wrong' }),
    check: 'credentials',
    says: /HTTP 500, which may mean a wrong EVSB_USER or EVSB_PASSWORD/,
  },
  {
    fault: 'a wrong terminal',
    inject: () => ({ EVSB_TERMINAL_ID: '100002' }),
    check: 'credentials',
    says: /no terminal 100002; correct EVSB_TERMINAL_ID/,
  },
  {
    fault: 'an empty balance',
    evsb: { openingBalanceX100: 0 },
    inject: () => ({}),
    check: 'credentials',
    says: /has 0\.00 USD; top the balance up at CSQ/,
  },
  {
    fault: 'a clock that is behind',
    evsb: { clockSkewMs: 45_000 },
    inject: () => ({}),
    check: 'clock',
    says: /^4[3-5] s behind the supplier, and a signature lives 30 s; set this machine's clock by NTP$/,
  },
  {
    fault: 'a clock that is ahead',
    evsb: { clockSkewMs: -45_000 },
    inject: () => ({}),
    check: 'clock',
    says: /^4[5-7] s ahead of the supplier/,
  },
  {
    fault: 'no price endpoints, answered with 404',
    evsb: { priceEndpoints: 'missing404' },
    inject: () => ({}),
    check: 'prices',
    says: /no Prices direct at EVSB_PRICES_DIRECT_PATH; correct it, or set EVSB_PRICES=catalogue/,
  },
  {
    fault: 'no price endpoints, answered with 500',
    evsb: { priceEndpoints: 'missing500' },
    inject: () => ({}),
    check: 'prices',
    says: /set EVSB_PRICES=catalogue/,
  },
  {
    fault: 'a wrong path of Prices Reverse',
    inject: () => ({ EVSB_PRICES_REVERSE_PATH: '/pre-paid/nowhere/{destinationAmountX100}' }),
    check: 'prices',
    says: /no Prices reverse at EVSB_PRICES_REVERSE_PATH/,
  },
  {
    fault: 'a supplier that is down',
    inject: async () => ({ EVSB_BASE_URL: `http://${await nowhere()}` }),
    check: 'supplier',
    says: /can't be reached \(ECONNREFUSED\); check EVSB_BASE_URL/,
  },
  {
    fault: 'a supplier that never answers',
    inject: ({ evsb }) => only(() => evsb.control.planFaults({ kind: 'hang', match: { endpoint: 'ping' } })),
    check: 'supplier',
    says: /gave no answer \(timeout\); ask CSQ/,
  },
  {
    fault: 'products that the terminal lacks',
    inject: (installation) => writeCatalog(installation, entries(7_000_001, 7_000_002)),
    check: 'catalogue',
    says: /^nothing to sell: CSQ does not list 7000001, 7000002 for this terminal/,
  },
  {
    fault: 'assumed units in production',
    inject: () => ({ EVSB_ENVIRONMENT: 'production' }),
    check: 'catalogue',
    says: /^nothing to sell: not sold until their unit is confirmed: 8101, /,
  },
  {
    fault: 'a catalogue file without products',
    inject: (installation) => writeCatalog(installation, '{"products":{}}'),
    check: 'catalogue file',
    says: /names no product/,
  },
  {
    fault: 'a catalogue file that is no JSON',
    inject: (installation) => writeCatalog(installation, '{"products":{"8101":{"brand":"A"}}'),
    check: 'catalogue file',
    says: /^correct .*catalog\.json \(CATALOG_FILE\): line 1, column /,
  },
  {
    fault: 'a Redis that is down',
    inject: async () => ({ REDIS_URL: `redis://${await nowhere()}` }),
    check: 'redis',
    says: /^REDIS_URL can't be reached \(.*ECONNREFUSED.*\)/,
  },
  {
    fault: 'a PostgreSQL that is down',
    inject: async () => ({ DATABASE_URL: `postgres://bot:top-secret@${await nowhere()}/shop` }),
    check: 'database',
    says: /^the database \(DATABASE_URL\) can't be read \(.*ECONNREFUSED.*\); see whether the server runs/,
  },
  {
    fault: 'a folder of data that is none',
    inject: ({ config }) => ({ DATABASE_FILE: join(config.databaseFile, 'deeper', 'ledger.sqlite') }),
    check: 'database',
    says: /^a file stands where .* \(DATABASE_FILE\) should be a folder/,
  },
  {
    fault: 'a file that is no database',
    inject: ({ config }) =>
      only(() => writeFile(config.databaseFile, 'not a database, but long enough to be taken for one'.repeat(40))),
    check: 'database',
    says: /\(DATABASE_FILE\) can't be read \(file is not a database\)/,
  },
  {
    fault: 'tables of a newer version',
    inject: (installation) =>
      only(() => changeLedger(installation, "insert into kysely_migration values ('9999_of_tomorrow', '2026-01-01T00:00:00Z')")),
    check: 'migrations',
    says: /newer version \(9999_of_tomorrow\); run that version of the bot/,
  },
  {
    fault: 'another key',
    inject: () => ({ ENCRYPTION_KEY: newSealingKey().reveal() }),
    check: 'key',
    says: /sealed with another key; put the right one into ENCRYPTION_KEY/,
  },
  {
    fault: "somebody else's webhook while it polls",
    inject: (installation) => only(() => setWebhook(installation, 'https://other.example.org/secret-path')),
    check: 'webhook',
    says: /^updates go to other\.example\.org, and PUBLIC_URL is not set/,
  },
  {
    fault: "somebody else's webhook beside its own",
    inject: async (installation) => {
      await setWebhook(installation, 'https://other.example.org/telegram');
      return { PUBLIC_URL: 'https://bot.example.org', WEBHOOK_SECRET: 'a-secret-of-sixteen' };
    },
    check: 'webhook',
    says: /^updates go to other\.example\.org instead of PUBLIC_URL/,
  },
  {
    fault: 'mistakes in the settings',
    inject: () => ({ EVSB_USER: '', PUBLIC_URL: 'https://bot.example.org', TIME_ZONE: 'Europe/Nowhere' }),
    check: 'settings',
    says: /^EVSB_USER: missing.*; WEBHOOK_SECRET: missing.*; TIME_ZONE: not a time zone/,
  },
];

const doubts: readonly Fault[] = [
  {
    fault: 'a clock that is 25 s behind',
    evsb: { clockSkewMs: 25_000 },
    inject: () => ({}),
    check: 'clock',
    says: /behind the supplier; beyond 30 s every sale fails/,
  },
  {
    fault: 'a balance below the limit',
    inject: () => ({ LOW_BALANCE: '6000' }),
    check: 'credentials',
    says: /has 5000\.00 USD; below LOW_BALANCE, 6000\.00/,
  },
  {
    fault: 'a product that the terminal lacks',
    inject: (installation) => writeCatalog(installation, entries(8101, 7_000_001)),
    check: 'catalogue',
    says: /^1 products on sale, \d+ listed; CSQ does not list 7000001/,
  },
  {
    fault: 'migrations that have not run yet',
    inject: (installation) => only(() => changeLedger(installation, "delete from kysely_migration where name like '0008%'")),
    check: 'migrations',
    says: /^0008_create_credit pending; back the ledger up/,
  },
  {
    fault: 'a ledger that only the old key opens',
    inject: ({ config }) => ({
      ENCRYPTION_KEY: newSealingKey().reveal(),
      ENCRYPTION_KEY_OLD: config.encryptionKey.reveal(),
    }),
    check: 'key',
    says: /only ENCRYPTION_KEY_OLD opens the ledger so far; run npm run rotate-keys/,
  },
  {
    fault: 'an old key that is needed no more',
    inject: () => ({ ENCRYPTION_KEY_OLD: newSealingKey().reveal() }),
    check: 'key',
    says: /remove ENCRYPTION_KEY_OLD/,
  },
  {
    fault: 'a webhook that the bot has yet to set',
    inject: () => ({ PUBLIC_URL: 'https://bot.example.org', WEBHOOK_SECRET: 'a-secret-of-sixteen' }),
    check: 'webhook',
    says: /^https:\/\/bot\.example\.org\/telegram; not set yet/,
  },
  {
    fault: 'updates that pile up',
    inject: ({ telegram }) => {
      for (let n = 0; n < 120; n += 1) telegram.customer(OPERATOR).sendText(`Hello ${n}`);
      return {};
    },
    check: 'webhook',
    says: /12\d updates wait; see whether the bot runs/,
  },
  {
    fault: 'a webhook that does not get through',
    inject: async (installation) => {
      const publicUrl = `https://${await nowhere()}`;
      await setWebhook(installation, `${publicUrl}/telegram`);
      installation.telegram.customer(OPERATOR).sendText('Hello?');
      await eventuallyTrue(async () => (await webhookOf(installation)).includes('last_error_message'));
      return { PUBLIC_URL: publicUrl, WEBHOOK_SECRET: 'a-secret-of-sixteen' };
    },
    check: 'webhook',
    says: /; 0 min ago: "Connection failed"; see whether PUBLIC_URL leads to the bot$/,
  },
  {
    fault: 'an operator who never wrote to the bot',
    inject: () => ({ OPERATOR_CHAT_ID: '9002' }),
    check: 'operator chat',
    says: /chat not found\); write to the bot from there/,
  },
  {
    fault: 'nobody to tell of trouble',
    inject: () => ({ OPERATOR_CHAT_ID: '' }),
    check: 'settings',
    says: /OPERATOR_CHAT_ID is not set/,
  },
];

/** One fault for each check; the others of a check need no process of their own. */
const oneEach = faults.filter(({ check }, index) => faults.findIndex((other) => other.check === check) === index);

const injected = async ({ inject, evsb }: Fault): Promise<Environment> => {
  const installation = await install(evsb);
  return { ...installation.env, ...(await inject(installation)) };
};

const expectFailure = (lines: readonly Line[], { check, says }: Fault): void => {
  const failed = lines.filter(({ verdict }) => verdict === 'failure');
  expect(failed).toEqual([{ check, verdict: 'failure', text: expect.stringMatching(says) as string }]);
  expect(JSON.stringify(lines)).not.toMatch(/top-secret|secret-path|another-token/);
};

describe('npm run doctor', () => {
  it('without settings is all green against the stand-ins that it starts', async () => {
    const { code, out, err } = await runDoctor({});
    expect(err).toBe('');
    expect(out).toMatch(/\nAll \d\d checks are green\.\n$/);
    const lines = out.split('\n').slice(0, -3);
    expect(lines.map((text) => text.slice(0, 4))).toEqual(lines.map(() => 'ok  '));
    expect(lines.length).toBeGreaterThan(12);
    expect(code).toBe(0);
  });

  it('finds nothing to do in an installation that is in order', async () => {
    const { env } = await install();
    const { code, lines } = await examinedApart(env);
    expect(remarkable(lines)).toEqual([]);
    expect(code).toBe(0);
  });

  it('ends with 2 and its usage after words that it does not know', async () => {
    expect(await runDoctor({}, ['--fix'])).toMatchObject({ code: 2, out: '' });
  });

  it('is tried with a fault of every check', () => expect(oneEach.length).toBeGreaterThan(10));

  it.each(oneEach)('names $fault, and ends with 1', async (fault) => {
    const { code, lines } = await examinedApart(await injected(fault));
    expectFailure(lines, fault);
    expect(code).toBe(1);
  });

  it.each(faults.filter((fault) => !oneEach.includes(fault)))('names $fault', async (fault) => {
    expectFailure(await examined(await injected(fault)), fault);
  });

  it('ends with 0 after a warning', async () => {
    const { env } = await install();
    expect(await examinedApart({ ...env, OPERATOR_CHAT_ID: '' })).toMatchObject({ code: 0 });
  });

  it.each(doubts)('warns of $fault', async (fault) => {
    const lines = await examined(await injected(fault));
    const { check, says } = fault;
    expect(remarkable(lines)).toEqual([{ check, verdict: 'warning', text: expect.stringMatching(says) as string }]);
  });

  it('takes prices of the catalogue where they were chosen', async () => {
    const { env } = await install({ priceEndpoints: 'missing404' });
    const lines = await examined({ ...env, EVSB_PRICES: 'catalogue' });
    expect(lines.find(({ check }) => check === 'prices')).toMatchObject({
      verdict: 'warning',
      text: "estimated from the catalogue's rates (EVSB_PRICES=catalogue); without a rate, and so not sold: 8303",
    });
  });

  it('names a language file that is broken, although the bot could not even be loaded', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'doctor-'));
    cleanUps.push(() => rm(folder, { recursive: true, force: true }));
    for (const part of ['src', 'locales', 'package.json', 'catalog.example.json'])
      await cp(part, join(folder, part), { recursive: true });
    await symlink(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
    const broken = join(folder, 'locales', 'fr.json');
    const text = await readFile(broken, 'utf8');
    const run = async (content: string) => {
      await writeFile(broken, content);
      const { code, out } = await runDoctor({}, [], folder);
      return { code, said: out.split('\n').filter((one) => !one.startsWith('ok')) };
    };
    expect(await run(text.slice(0, -20))).toMatchObject({
      code: 1,
      said: [expect.stringMatching(/^FAIL {2}locales +locales\/fr\.json can't be read/), '', expect.anything(), ''],
    });
    expect(await run(text.replace('{{amount}}', '{{sum}}'))).toMatchObject({
      code: 1,
      said: [expect.stringMatching(/^FAIL {2}locales +other placeholders than in English: fr /), '', expect.anything(), ''],
    });
    expect(await run(text.replace('"command.help"', '"command.helf"'))).toMatchObject({
      code: 0,
      said: [
        expect.stringMatching(/^WARN {2}locales +said in English for want of a text: fr command\.help/),
        '',
        expect.anything(),
        '',
      ],
    });
  });
});

describe('npm run doctor changes nothing', () => {
  /** What the stand-ins and the files hold, as far as a doctor could touch it. */
  const holdings = async (installation: Installation) => {
    const folder = dirname(installation.config.databaseFile);
    const names = (await readdir(folder)).sort();
    return {
      files: await Promise.all(names.map(async (name) => [name, (await readFile(join(folder, name))).toString('base64')])),
      webhook: await webhookOf(installation),
      balance: installation.evsb.books.balanceX100,
      sales: installation.evsb.books.honoured.length,
    };
  };

  it('neither in the files, nor at Telegram, nor at the supplier, and takes no update', async () => {
    const installation = await install();
    await setWebhook(installation, `https://${await nowhere()}/telegram`);
    const before = await holdings(installation);
    expect(before.files.map(([name]) => name)).toEqual(['ledger.sqlite']);
    const seenCalls = installation.telegram.calls.length;
    const seenRequests = installation.evsb.books.requests.length;
    await examined({ ...installation.env, PUBLIC_URL: 'https://bot.example.org', WEBHOOK_SECRET: 'a-secret-of-sixteen' });
    const called = installation.telegram.calls.slice(seenCalls).map(({ method }) => method);
    expect([...new Set(called)].sort()).toEqual(['getChat', 'getMe', 'getWebhookInfo']);
    const asked = installation.evsb.books.requests.slice(seenRequests);
    expect(new Set(asked.map(({ method }) => method))).toEqual(new Set(['GET']));
    expect(asked.length).toBeGreaterThan(4);
    const after = await holdings(installation);
    expect({ ...after, webhook: '' }).toEqual({ ...before, webhook: '' });
    expect(JSON.parse(after.webhook)).toMatchObject({
      result: { url: (JSON.parse(before.webhook) as { result: { url: string } }).result.url, pending_update_count: 1 },
    });
  });

  it('makes no file where the ledger is not there yet', async () => {
    const installation = await install();
    const folder = join(dirname(installation.config.databaseFile), 'new');
    const lines = await examined({ ...installation.env, DATABASE_FILE: join(folder, 'ledger.sqlite') });
    expect(lines.find(({ check }) => check === 'database')?.text).toMatch(/empty; the bot makes its tables when it starts$/);
    expect(existsSync(folder)).toBe(false);
  });

  it('finds a bot in order that runs meanwhile, which goes on', async () => {
    const shop = await openShop({ settings: { ADMIN_IDS: String(OPERATOR), OPERATOR_CHAT_ID: String(OPERATOR) } });
    cleanUps.push(shop.close);
    const customer = shop.telegram.customer(OPERATOR);
    customer.sendText('/start');
    await eventuallyTrue(() => customer.messages().some(({ from }) => from === 'bot'));
    const { code, lines } = await examinedApart(environmentOf(shop.config));
    expect(remarkable(lines)).toEqual([]);
    expect(code).toBe(0);
    const said = customer.messages().length;
    customer.sendText('/help');
    await eventuallyTrue(() => customer.messages().length > said + 1);
  });
});

describe('npm run doctor on PostgreSQL', async () => {
  const url = await findPostgres();

  it.skipIf(url === null)('sees an empty database, its tables, and that it takes no writes', async () => {
    const schema = await createSchema(url ?? '');
    cleanUps.push(() => schema.drop());
    const { env } = await install();
    const verdicts = async (settings: Environment) => {
      const lines = await examined({ ...env, ...settings });
      return Object.fromEntries(lines.map(({ check, verdict, text }) => [check, `${verdict}: ${text}`]));
    };
    expect(await verdicts({ DATABASE_URL: schema.url() })).toMatchObject({
      database: expect.stringMatching(/^ok: PostgreSQL at .*, empty/) as string,
      migrations: expect.stringMatching(/^ok: none yet/) as string,
    });
    expect(await schema.query('select tablename from pg_tables where schemaname = current_schema()')).toEqual([]);
    const key = newSealingKey();
    const ledger = await openLedger({ url: schema.url(), sealer: createSealer(key), log: silentLog });
    await ledger.close();
    expect(await verdicts({ DATABASE_URL: schema.url(), ENCRYPTION_KEY: key.reveal() })).toMatchObject({
      database: expect.stringMatching(/^ok: PostgreSQL at [^,]*$/) as string,
      migrations: expect.stringMatching(/^ok: all \d+ applied$/) as string,
      key: 'ok: ENCRYPTION_KEY opens the ledger',
    });
    expect(await verdicts({ DATABASE_URL: schema.url() })).toMatchObject({
      key: expect.stringMatching(/^failure: the ledger was sealed with another key/) as string,
    });
    expect(await verdicts({ DATABASE_URL: schema.url('default_transaction_read_only=on') })).toMatchObject({
      database: 'failure: the database takes no writes; point DATABASE_URL at the primary server',
    });
  });
});

describe('npm run doctor on Redis', async () => {
  const redis = await startRedis();
  if (redis === null) skipLoudly('redis-server');

  it.skipIf(redis === null)('warns of one that forgets or drops conversations, and refuses one that takes none', async () => {
    const { env } = await install();
    const { Redis } = await import('ioredis');
    const client = new Redis(redis?.url ?? '');
    cleanUps.push(async () => {
      client.disconnect();
      await redis?.stop();
    });
    const said = async () => {
      const lines = await examined({ ...env, REDIS_URL: redis?.url ?? '' });
      return lines.find(({ check }) => check === 'redis');
    };
    const warned = (text: RegExp) => ({ check: 'redis', verdict: 'warning', text: expect.stringMatching(text) as string });
    expect(await said()).toEqual(warned(/^Redis [\d.]+ answers; forgets conversations when it ends; set appendonly yes$/));
    await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    expect(await said()).toEqual(warned(/drops conversations when memory is short \(allkeys-lru\)/));
    await client.config('SET', 'maxmemory-policy', 'noeviction');
    await client.config('SET', 'appendonly', 'yes');
    expect(await said()).toMatchObject({ verdict: 'ok' });
    await client.config('SET', 'maxmemory', '1');
    expect(await said()).toMatchObject({ verdict: 'failure', text: expect.stringContaining('takes no writes') as string });
    await client.config('SET', 'maxmemory', '0');
    expect(await client.keys('*')).toEqual([]);
  });
});
