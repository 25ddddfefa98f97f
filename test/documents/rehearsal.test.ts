// The commands of the documents, typed as they stand there: into an installation on this machine, from the first copy of the settings to a restored ledger.
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { secret } from '../../src/adapters/system/secret.ts';
import type { Customer } from '../../src/sandbox/telegram/customer.ts';
import { silentLog } from '../app/test-clock.ts';
import { ALICE, got, grant, orderId, placed, sending, step, termsOf } from '../contracts/orders.ts';
import { findPostgres } from '../contracts/find-postgres.ts';
import { OPERATOR } from '../doctor-installation.ts';
import { codeMessages } from '../e2e/books.ts';
import { tapWhenThere } from '../e2e/buttons.ts';
import { askForOrders, buy, confirm, receiveCode } from '../e2e/buy.ts';
import { skipLoudly } from '../skip-loudly.ts';
import { NOT_REHEARSED, isMeasurement } from './elsewhere.ts';
import { COMMANDS } from './fences.ts';
import { openInstallation, settingsOf } from './installation.ts';
import type { Installation, RunningBot } from './installation.ts';
import { placeTroubledOrders } from './troubled-orders.ts';
import type { TroubledOrders } from './troubled-orders.ts';

/** Processes start in every test; a busy machine takes its time for that. Milliseconds. */
const PATIENCE = 120_000;
/** The order that the documents name. */
const ORDER = '7K3M9QX2ABCD';
const RUNNING = '"msg":"running"';

const hasSqlite = spawnSync('sqlite3', ['--version']).status === 0;
if (!hasSqlite) skipLoudly('sqlite3');

const typed = new Set<string>();
/** Insists that a document has the line, so that no test runs what nobody reads. */
const documented = (line: string): string => {
  expect(COMMANDS).toContain(line);
  typed.add(line);
  return line;
};

let place: Installation;
let bot: RunningBot | null = null;
let troubled: TroubledOrders;
/** Each buys once: a chat that has a code already would be taken for one that has just got it. */
let ana: Customer;
let ben: Customer;

beforeAll(async () => {
  place = await openInstallation();
  ana = place.sandbox.telegram.customer(1001);
  ben = place.sandbox.telegram.customer(1002);
  // Whoever is told something has written to the bot before.
  for (const id of [OPERATOR, ALICE]) place.sandbox.telegram.customer(id).sendText('Hi');
}, PATIENCE);
afterAll(() => place.close());

const startBot = async (): Promise<void> => {
  bot = await place.start(documented('npm start'), RUNNING);
};
const expectToEndOrderly = async (running: RunningBot | null): Promise<void> => {
  await running?.stop();
  expect(
    running
      ?.output()
      .split('\n')
      .some((line) => /\bending\b/.test(line) && line.includes('SIGTERM')),
  ).toBe(true);
  expect(running?.output().includes('endedEarly')).toBe(false);
};
const endBot = async (): Promise<void> => {
  await expectToEndOrderly(bot);
  bot = null;
};
const ledgerFile = (): string => join(place.folder, 'data', 'ledger.sqlite');

/** Shows Ben's order again and gives its code as it stands in the chat. */
const lookAtOrder = async (): Promise<string> => {
  await askForOrders(ben);
  const before = codeMessages(ben.messages()).length;
  await tapWhenThere(ben, 'so');
  return ben.waitFor((messages) => {
    const codes = codeMessages(messages);
    return codes.length > before ? codes.at(-1)?.code : undefined;
  });
};

describe('an operator who follows the documents', { timeout: PATIENCE }, () => {
  it('installs: settings, catalogue and keys, and the doctor has nothing against it', async () => {
    expect(await place.run(documented('cp .env.example .env'))).toMatchObject({ code: 0 });
    expect(await place.run(documented('cp catalog.example.json catalog.json'))).toMatchObject({ code: 0 });
    const key = (await place.run(documented('openssl rand -base64 32'))).out.trim();
    const password = (await place.run(documented('openssl rand -hex 24'))).out.trim();
    expect(password).toMatch(/^[0-9a-f]{48}$/);
    await place.configure({ ...settingsOf(place.sandbox), ENCRYPTION_KEY: key, CATALOG_FILE: 'catalog.json' });
    troubled = await placeTroubledOrders(ledgerFile(), secret(key));
    const { code, out } = await place.run(documented('npm run doctor'));
    expect(out).toMatch(/^ok +settings/m);
    expect({ code, out }).toMatchObject({ code: 0 });
  });

  it('opens the shop, which says that it is well', async () => {
    await startBot();
    const health = await place.run(documented('curl --fail http://127.0.0.1:9464/healthz').replace('9464', await metricsPort()));
    expect(health).toMatchObject({ code: 0 });
    await expect.poll(() => readyCode()).toBe(0);
    const metrics = await place.run(documented('curl --fail http://127.0.0.1:9464/metrics').replace('9464', await metricsPort()));
    expect(metrics.out).toContain('# TYPE');
  });

  it('pays money in, once a reference', async () => {
    const line = documented('npm run fund -- 123456789 EUR 50.00 receipt-17');
    expect(await place.run(line)).toMatchObject({ code: 0, out: expect.stringContaining('EUR 50.00') as string });
    expect(await place.run(line)).toMatchObject({ code: 1, out: expect.stringContaining('used before') as string });
  });

  it('settles orders that need a person', async () => {
    await writeFile(join(place.folder, 'code.txt'), 'CODE-OF-SUPPORT\n');
    const settle = async (line: string, order: string) => {
      const { code, out } = await place.run(documented(line).replace(ORDER, order));
      expect({ code, out }).toMatchObject({ code: 0 });
      return out;
    };
    const withCode = `npm run settle -- ${ORDER} charged-with-code --by Ana --why "ticket 4711" < code.txt`;
    expect(await settle(withCode, troubled['charged-with-code'])).toContain('is charged now');
    const charged = `npm run settle -- ${ORDER} charged --by Ana --why "ticket 4711"`;
    expect(await settle(charged, troubled.charged)).toContain('is needsPerson now');
    const notCharged = `npm run settle -- ${ORDER} not-charged --by Ana --why "ticket 4711"`;
    expect(await settle(notCharged, troubled['not-charged'])).toContain('is rejected now');
    const reverted = `npm run settle -- ${ORDER} reverted --by Ana --why "ticket 4712"`;
    expect(await settle(reverted, troubled.reverted)).toContain('is reverted now');
  });

  it('undoes a sale', async () => {
    ana.sendText('/start');
    for (const action of ['co:192', 'op:8403']) await tapWhenThere(ana, action);
    await ana.waitFor((messages) => messages.at(-1)?.text.includes('Type an amount'));
    ana.sendText('10');
    await ana.waitFor((messages) => messages.at(-1)?.text.includes('Which phone number'));
    ana.sendText('5350000000');
    await confirm(ana);
    await receiveCode(ana);
    const order = (await askForOrders(ana))[0]?.split(':').at(-1) ?? '';
    const { code, out } = await place.run(
      documented(`npm run revert -- ${ORDER} --by Ana --why "wrong number"`).replace(ORDER, order),
    );
    expect(out).toContain(`Order ${order} is reverted now`);
    expect(code).toBe(0);
  });

  it('compares a day with the supplier', async () => {
    const { code, out } = await place.run(documented('npm run reconcile -- --date 2026-01-31'));
    expect(out).toContain('2026-01-31 agrees.');
    expect(code).toBe(0);
  });

  it('rehearses a lost answer with the levers of the simulator', async () => {
    const [line = ''] = COMMANDS.filter((command) => command.includes('/_sim/faults'));
    const ordered = await place.run(documented(line), { BOOKS: place.sandbox.evsb.url });
    expect(ordered.code).toBe(0);
    expect((await place.run(`curl --silent ${place.sandbox.evsb.url}/_sim/faults`)).out).toContain('dropAfter');
    await place.run(`curl --silent --request DELETE ${place.sandbox.evsb.url}/_sim/faults`);
  });

  it.skipIf(!hasSqlite)(
    'backs up while the bot runs, and restores: the codes are readable, and no reference is used twice',
    async () => {
      const code = await buy(ben);
      const [copying = '', skipping = ''] = COMMANDS.filter((command) => command.startsWith('sqlite3 '));
      expect(await place.run(documented(copying))).toMatchObject({ code: 0, out: '' });
      await buy(place.sandbox.telegram.customer(1003));
      const sold = place.sandbox.evsb.books.honoured.length;
      await endBot();
      expect(await place.run(documented('rm -f data/ledger.sqlite-wal data/ledger.sqlite-shm'))).toMatchObject({ code: 0 });
      expect(await place.run(documented('cp ledger-copy.sqlite data/ledger.sqlite'))).toMatchObject({ code: 0 });
      expect(await place.run(documented(skipping))).toMatchObject({ code: 0, out: '' });
      await startBot();
      expect(await lookAtOrder()).toBe(code);
      await buy(place.sandbox.telegram.customer(1004));
      const references = place.sandbox.evsb.books.honoured.map(({ localReference }) => localReference);
      expect(references).toHaveLength(sold + 1);
      expect(new Set(references).size).toBe(sold + 1);
    },
  );

  it.skipIf(!hasSqlite)('changes the key, after which the new one alone opens every code', async () => {
    const code = codeMessages(ben.messages()).at(-1)?.code;
    await endBot();
    const old = /^ENCRYPTION_KEY=(.*)$/m.exec(await readFile(join(place.folder, '.env'), 'utf8'))?.[1] ?? '';
    await place.configure({ ENCRYPTION_KEY: newSealingKey().reveal(), ENCRYPTION_KEY_OLD: old });
    await startBot();
    const { code: ended, out } = await place.run(documented('npm run rotate-keys'));
    expect(out).toContain('0 unreadable. ENCRYPTION_KEY_OLD can be removed from every bot.');
    expect(ended).toBe(0);
    await endBot();
    await place.configure({ ENCRYPTION_KEY_OLD: '' });
    await startBot();
    expect(await lookAtOrder()).toBe(code);
    await endBot();
  });
});

/** The port that this installation was given instead of the usual one. */
const metricsPort = async (): Promise<string> =>
  /^METRICS_PORT=(.*)$/m.exec(await readFile(join(place.folder, '.env'), 'utf8'))?.[1] ?? '';

const readyCode = async (): Promise<number> => {
  const line = documented('curl --fail http://127.0.0.1:9464/readyz');
  return (await place.run(line.replace('9464', await metricsPort()))).code;
};

const server = await findPostgres();

describe.skipIf(server === null)('an operator with PostgreSQL', { timeout: PATIENCE }, () => {
  const names = [`documents_${randomUUID().replaceAll('-', '')}`, `documents_${randomUUID().replaceAll('-', '')}`] as const;
  const addressOf = (name: string): string => Object.assign(new URL(server ?? ''), { pathname: `/${name}` }).href;
  const manage = async (statements: readonly string[]): Promise<void> => {
    const client = new pg.Client({ connectionString: server ?? '' });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  beforeAll(() => manage(names.map((name) => `create database ${name}`)));
  afterAll(() => manage(names.map((name) => `drop database ${name} with (force)`)));

  it('backs up, restores into an empty database, and finds the codes there', async () => {
    const sealer = createSealer(newSealingKey());
    const [url, emptyUrl] = [addressOf(names[0]), addressOf(names[1])];
    const ledger = await openLedger({ url, sealer, log: silentLog });
    await grant(ledger, ALICE, 5_000);
    const order = await sending(ledger, await placed(ledger, termsOf(orderId(1))), got({ ok: true, value: 7 }));
    const voucher = { code: 'A-PAID-CODE', account: null, instructions: null, expiration: null, extra: [] };
    const secrets = { token: null, voucher, receipt: null, result: null, raw: [] };
    const settlement = { kind: 'charged', code: 'here', supplierReference: null } as const;
    got(await ledger.append(order, { ...step(order, { type: 'settle', settlement }), secrets }));
    const before = await ledger.nextReference(order.state.status === 'sending' ? order.state.attempt.terminalId : 0);

    const [dump = ''] = COMMANDS.filter((command) => command.startsWith('pg_dump '));
    const [restore = ''] = COMMANDS.filter((command) => command.startsWith('pg_restore '));
    const [skip = ''] = COMMANDS.filter((command) => command.startsWith('psql '));
    expect(await place.run(documented(dump), { DATABASE_URL: url })).toMatchObject({ code: 0 });
    await ledger.close();
    expect(await place.run(documented(restore), { DATABASE_URL: emptyUrl })).toMatchObject({ code: 0 });
    expect(await place.run(documented(skip), { DATABASE_URL: emptyUrl })).toMatchObject({ code: 0 });

    const restored = await openLedger({ url: emptyUrl, sealer, log: silentLog });
    expect((await restored.secrets(order.terms.id)).voucher).toEqual(voucher);
    expect(await restored.nextReference(order.state.status === 'sending' ? order.state.attempt.terminalId : 0)).toBeGreaterThan(
      before + 1_000,
    );
    await restored.close();
  });
});

describe('a newcomer who follows the README', { timeout: PATIENCE }, () => {
  let fresh: Installation;
  beforeAll(async () => {
    fresh = await openInstallation();
  }, PATIENCE);
  afterAll(() => fresh.close());

  it('sees a shop without having configured anything', async () => {
    const [line = ''] = COMMANDS.filter((command) => /^npm ci && npm start$/.test(command));
    documented(line);
    const shop = await fresh.start('npm start', 'The shop is open', { SANDBOX_PORT: '0' });
    expect(shop.output()).toMatch(/Chat with it here: http:\/\/\S+/);
    await expectToEndOrderly(shop);
    expect(await fresh.run(documented('npm run demo'))).toMatchObject({ code: 0 });
  });
});

describe('the documents', () => {
  it.skipIf(server === null || !hasSqlite)('have no command that is run nowhere', () => {
    expect(COMMANDS.filter((command) => !typed.has(command) && !(command in NOT_REHEARSED) && !isMeasurement(command))).toEqual(
      [],
    );
  });
});
