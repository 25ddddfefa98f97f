import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { LANGUAGES } from '../../src/domain/dialog/language.ts';

const production = {
  BOT_TOKEN: '12345:abcdefghijklmnopqrstuvwxyz',
  EVSB_BASE_URL: 'https://supplier.example/',
  EVSB_USER: 'shop',
  EVSB_PASSWORD: 'a password',
  EVSB_TERMINAL_ID: '100001',
  EVSB_ENVIRONMENT: 'sandbox',
  ENCRYPTION_KEY: 'a'.repeat(64),
  CATALOG_FILE: 'catalog.json',
};

const webhook = { ...production, WEBHOOK_SECRET: 'webhook-secret-123' };

const mistakesOf = (env: Record<string, string>): readonly string[] => {
  const read = readConfig(env);
  return read.ok ? [] : read.error.map(({ setting }) => setting);
};

describe('readConfig', () => {
  it('nothing set is the sandbox, with a balance in each currency that it sells in', () => {
    const read = readConfig({});
    expect(read).toMatchObject({ ok: true, value: { mode: 'sandbox', config: { port: 4000, redis: null } } });
    expect(read.ok && read.value.mode === 'sandbox' && read.value.config.startingBalance.map((money) => money.currency)).toEqual([
      'EUR',
      'USD',
      'MXN',
    ]);
  });

  it.each([
    ['in production by default', production, { user: { points: 40, seconds: 10 }, chat: { points: 20, seconds: 60 } }, 25],
    ['in the sandbox not at all', {}, { user: null, chat: null, bot: null }, null],
    [
      'in the sandbox as set',
      { RATE_LIMIT_USER: '5/2', SEND_PER_SECOND: '3' },
      { user: { points: 5, seconds: 2 }, bot: null },
      3,
    ],
    [
      'in production as set',
      { ...production, RATE_LIMIT_BOT: '9/1', SEND_PER_SECOND: 'off' },
      { bot: { points: 9, seconds: 1 } },
      null,
    ],
    [
      'in production not a person',
      { ...production, RATE_LIMIT_USER: 'off' },
      { user: null, bot: { points: 1_000, seconds: 1 } },
      25,
    ],
  ])('limits traffic %s', (_what, env, limits, sendPerSecond) => {
    expect(readConfig(env)).toMatchObject({ value: { config: { traffic: { limits, sendPerSecond } } } });
  });

  it.each([
    ['on 9464 of loopback in production', production, { host: '127.0.0.1', port: 9464 }],
    [
      'where METRICS_HOST and METRICS_PORT say',
      { ...production, METRICS_HOST: '10.0.0.7', METRICS_PORT: '9000' },
      { host: '10.0.0.7', port: 9000 },
    ],
    [
      'on 9464 when the setting is empty',
      { ...production, HOST: '10.0.0.7', METRICS_PORT: '' },
      { host: '127.0.0.1', port: 9464 },
    ],
    ['nowhere when they are off', { ...production, METRICS_PORT: 'off' }, null],
    ['nowhere in the sandbox', {}, null],
    ['in the sandbox on loopback when asked for', { METRICS_PORT: '9000' }, { host: '127.0.0.1', port: 9000 }],
    ['nowhere in the sandbox when they are off', { METRICS_PORT: 'off' }, null],
  ])('tells metrics %s', (_what, env, metrics) => {
    expect(readConfig(env)).toMatchObject({ value: { config: { metrics } } });
  });

  it.each(['on', '70000', '-1', '9464.5'])('takes no port of metrics like %j', (port) => {
    expect(mistakesOf({ METRICS_PORT: port })).toEqual(['METRICS_PORT']);
  });

  it.each([
    ['JSON in production', production, false],
    ['pretty in the sandbox', {}, true],
    ['as set', { ...production, LOG_FORMAT: 'pretty' }, true],
  ])('writes the log %s', (_what, env, pretty) => {
    expect(readConfig(env)).toMatchObject({ value: { config: { log: { pretty } } } });
  });

  it.each(['40', '40/', '0/10', '40/0', '-1/10', '40/1.5', 'none', '40/10/1'])('takes no limit of %j', (limit) => {
    expect(mistakesOf({ RATE_LIMIT_USER: limit })).toEqual(['RATE_LIMIT_USER']);
    expect(mistakesOf({ SEND_PER_SECOND: limit.replace('40', 'x') })).toEqual(['SEND_PER_SECOND']);
  });

  it('the handful of the README is the production bot, by polling', () => {
    const read = readConfig(production);
    expect(read).toMatchObject({
      ok: true,
      value: {
        mode: 'production',
        config: {
          evsb: { baseUrl: 'https://supplier.example', terminalId: 100_001 },
          telegram: { webhook: null },
          startingBalance: [],
        },
      },
    });
  });

  it.each([
    [{}, { chat: null, language: 'en' }],
    [
      { OPERATOR_CHAT_ID: '4711', OPERATOR_LANGUAGE: 'es' },
      { chat: 4711, language: 'es' },
    ],
    [{ OPERATOR_CHAT_ID: '-1001234567890' }, { chat: -1_001_234_567_890, language: 'en' }],
  ])('takes the operator of %o, beside the sandbox too', (env, operator) => {
    for (const base of [{}, production])
      expect(readConfig({ ...base, ...env })).toMatchObject({ value: { config: { operator } } });
  });

  it('knows who runs the shop, each of them once, beside the sandbox too; nobody unless told', () => {
    const env = { ADMIN_IDS: '4711, 4712,4711', ADMIN_TOP_UP_LIMIT: 'EUR 500, USD 250.50', LOW_BALANCE: '200' };
    const topUpLimits = [
      { hundredths: 50_000, currency: 'EUR' },
      { hundredths: 25_050, currency: 'USD' },
    ];
    for (const base of [{}, production]) {
      expect(readConfig({ ...base, ...env })).toMatchObject({
        value: { config: { admins: [4711, 4712], topUpLimits, lowBalance: 20_000 } },
      });
      expect(readConfig(base)).toMatchObject({ value: { config: { admins: [], topUpLimits: [], lowBalance: null } } });
    }
  });

  it('takes updates in through grammY unless told otherwise, beside the sandbox too', () => {
    expect(readConfig({})).toMatchObject({ value: { config: { framework: 'grammy' } } });
    expect(readConfig({ TELEGRAM_FRAMEWORK: 'telegraf' })).toMatchObject({ value: { config: { framework: 'telegraf' } } });
    expect(readConfig(production)).toMatchObject({ value: { config: { telegram: { framework: 'grammy' } } } });
    const told = readConfig({ ...production, TELEGRAM_FRAMEWORK: 'telegraf' });
    expect(told).toMatchObject({ value: { config: { telegram: { framework: 'telegraf' } } } });
    expect(mistakesOf({ TELEGRAM_FRAMEWORK: 'Telegraf' })).toEqual(['TELEGRAM_FRAMEWORK']);
  });

  it.each(LANGUAGES)('speaks %s to the operator', (language) => {
    expect(readConfig({ OPERATOR_LANGUAGE: language })).toMatchObject({ value: { config: { operator: { language } } } });
  });

  it('an empty value is no value', () => {
    expect(readConfig({ ...production, REDIS_URL: '', PORT: ' ' })).toMatchObject({
      ok: true,
      value: { config: { redis: null, http: { port: 8080 } } },
    });
  });

  it.each(['https://shop.example', 'https://shop.example/', 'https://shop.example//'])(
    'the webhook is appended to %s without a second slash',
    (PUBLIC_URL) => {
      expect(readConfig({ ...webhook, PUBLIC_URL })).toMatchObject({
        value: { config: { telegram: { webhook: { publicUrl: 'https://shop.example' } } } },
      });
    },
  );

  it('secrets do not print', () => {
    const text = JSON.stringify(
      readConfig({
        ...webhook,
        PUBLIC_URL: 'https://shop.example',
        DATABASE_URL: 'postgres://shop:database-password@host/shop',
        ENCRYPTION_KEY_OLD: 'b'.repeat(64),
      }),
    );
    for (const secret of [
      production.BOT_TOKEN,
      production.EVSB_PASSWORD,
      production.ENCRYPTION_KEY,
      'webhook-secret-123',
      'database-password',
      'b'.repeat(64),
    ]) {
      expect(text).not.toContain(secret);
    }
    expect(text).toContain('[secret]');
  });

  it('names every mistake at once', () => {
    const env = {
      ...production,
      BOT_TOKEN: 'x',
      EVSB_BASE_URL: 'http://supplier.example',
      EVSB_TERMINAL_ID: 'abc',
      ENCRYPTION_KEY: 'short',
      PORT: '99999',
      TIME_ZONE: 'Mars',
    };
    expect([...mistakesOf(env)].sort()).toEqual([
      'BOT_TOKEN',
      'ENCRYPTION_KEY',
      'EVSB_BASE_URL',
      'EVSB_TERMINAL_ID',
      'PORT',
      'TIME_ZONE',
    ]);
  });

  it.each([
    [
      'a token alone',
      { BOT_TOKEN: production.BOT_TOKEN },
      ['EVSB_BASE_URL', 'EVSB_USER', 'EVSB_PASSWORD', 'EVSB_TERMINAL_ID', 'EVSB_ENVIRONMENT', 'ENCRYPTION_KEY', 'CATALOG_FILE'],
    ],
    ['a supplier without a bot', { EVSB_USER: 'shop' }, ['BOT_TOKEN']],
    ['a ledger to keep without a bot', { DATABASE_FILE: 'ledger.sqlite' }, ['BOT_TOKEN']],
    ['a key without a bot', { ENCRYPTION_KEY: production.ENCRYPTION_KEY }, ['BOT_TOKEN']],
    ['an old key without a bot', { ENCRYPTION_KEY_OLD: 'b'.repeat(64) }, ['BOT_TOKEN']],
    ['a short old key', { ...production, ENCRYPTION_KEY_OLD: 'short' }, ['ENCRYPTION_KEY_OLD']],
    ['a public address without a bot', { PUBLIC_URL: 'https://shop.example' }, ['BOT_TOKEN', 'WEBHOOK_SECRET']],
    ['the secret of a webhook without a bot', { WEBHOOK_SECRET: 'webhook-secret-123' }, ['BOT_TOKEN']],
    ['a public address with a query', { ...webhook, PUBLIC_URL: 'https://shop.example/?a=1' }, ['PUBLIC_URL']],
    ['a public address with a fragment', { ...webhook, PUBLIC_URL: 'https://shop.example#top' }, ['PUBLIC_URL']],
    ['a public address with a user', { ...webhook, PUBLIC_URL: 'https://me:secret@shop.example' }, ['PUBLIC_URL']],
    ['a public address without TLS', { ...webhook, PUBLIC_URL: 'http://shop.example' }, ['PUBLIC_URL']],
    ['a webhook without its secret', { ...production, PUBLIC_URL: 'https://shop.example' }, ['WEBHOOK_SECRET']],
    [
      'a price path without its amount',
      { ...production, EVSB_PRICES_DIRECT_PATH: '/prices/{operatorId}' },
      ['EVSB_PRICES_DIRECT_PATH'],
    ],
    ['a shared ledger without a bot', { DATABASE_URL: 'postgres://host/shop' }, ['BOT_TOKEN']],
    ['a ledger in another database', { ...production, DATABASE_URL: 'mysql://host/shop' }, ['DATABASE_URL']],
    ['an operator by name', { OPERATOR_CHAT_ID: '@operator' }, ['OPERATOR_CHAT_ID']],
    ['an operator without a number', { OPERATOR_CHAT_ID: '0' }, ['OPERATOR_CHAT_ID']],
    ['a language that nobody speaks here', { OPERATOR_LANGUAGE: 'de' }, ['OPERATOR_LANGUAGE']],
    ['an admin by name', { ADMIN_IDS: '4711, @boss' }, ['ADMIN_IDS']],
    ['an admin who is a group', { ADMIN_IDS: '-1001234567890' }, ['ADMIN_IDS']],
    ['a limit of top-ups in words', { ADMIN_TOP_UP_LIMIT: 'much' }, ['ADMIN_TOP_UP_LIMIT']],
    ['a low balance in words', { LOW_BALANCE: 'little' }, ['LOW_BALANCE']],
    ['a balance in words', { STARTING_BALANCE: 'ten euros' }, ['STARTING_BALANCE']],
    ['a balance with a currency twice', { STARTING_BALANCE: 'EUR 10, USD 5, EUR 20' }, ['STARTING_BALANCE']],
  ])('%s is a mistake', (_name, env, expected) => {
    expect(mistakesOf(env)).toEqual(expected);
  });
});

describe('npm start with a wrong configuration', () => {
  it('says what is wrong by name, without a stack trace, and ends with code 2', () => {
    const env = { PATH: process.env['PATH'], BOT_TOKEN: 'x', EVSB_PASSWORD: 'a password' };
    const run = spawnSync(process.execPath, ['src/main.ts'], { env, encoding: 'utf8' });
    expect(run.status).toBe(2);
    expect(run.stderr).toContain('BOT_TOKEN: not a bot token');
    expect(run.stderr).toContain('ENCRYPTION_KEY: missing');
    expect(run.stderr).not.toMatch(/ at |node:internal/);
    expect(run.stderr).not.toContain('a password');
  });

  it('a catalogue file that does not exist is one of those mistakes', () => {
    const run = spawnSync(process.execPath, ['src/main.ts'], {
      env: { PATH: process.env['PATH'], CATALOG_FILE: '/nowhere.json' },
      encoding: 'utf8',
    });
    expect(run.status).toBe(2);
    expect(run.stderr).toContain('CATALOG_FILE');
  });
});
