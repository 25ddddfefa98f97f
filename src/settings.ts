// Every setting of the environment, with its check and its default. What is required depends on what else is set: see config.ts.
import { z } from 'zod';
import { checkBaseUrl, checkPricesPath } from './adapters/evsb/settings.ts';
import type { BaseUrlProblem } from './adapters/evsb/settings.ts';
import { REDIS_MODES } from './adapters/redis/settings.ts';
import { FRAMEWORKS } from './adapters/telegram/framework.ts';
import type { RateLimit } from './app/ports/limits.ts';
import { LANGUAGES } from './domain/dialog/language.ts';
import { parseChatId, parseCustomerId } from './domain/ids.ts';
import type { CustomerId } from './domain/ids.ts';
import { parseAmount, parseCurrency } from './domain/money.ts';
import type { Money } from './domain/money.ts';
import { fail, ok } from './domain/result.ts';
import type { Result } from './domain/result.ts';

const text = z.string().min(1);
const port = z.coerce.number({ error: 'not a port number' }).int().min(0).max(65_535);
/** `off`: null. */
const portOrOff = z.union([z.literal('off').transform(() => null), port], { error: 'not a port number, or off' });
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const sealingKey = z
  .string()
  .regex(/^([A-Za-z0-9+/]{43}=|[0-9a-fA-F]{64})$/, '32 random bytes in base64 or hex, such as `openssl rand -base64 32` prints');
/** An address that paths are appended to. */
const baseUrl = (protocol: RegExp, error: string) =>
  z
    .url({ protocol, error })
    .regex(/^[^?#]*$/, 'an address without a query or a fragment')
    .regex(/^[^@]*$/, 'an address without a user name')
    .transform((value) => value.replace(/\/+$/, ''));

/** A zod check out of a function that names the problem. */
const checked = <T>(check: (value: string) => Result<T, string>): z.ZodType<T, string> =>
  z.string().transform((value, context) => {
    const result = check(value);
    if (result.ok) return result.value;
    context.addIssue(result.error);
    return z.NEVER;
  });

const timeZone = checked((value) => {
  const known = value === 'UTC' || Intl.supportedValuesOf('timeZone').includes(value);
  return known ? ok(value) : fail('not a time zone such as Europe/Madrid');
});

/** `EUR 100.00, USD 50`: one amount a currency. */
export const amounts = checked((value): Result<readonly Money[], string> => {
  const found: Money[] = [];
  for (const part of value.split(',').map((each) => each.trim())) {
    const [code = '', number = ''] = part.split(/\s+/);
    const currency = parseCurrency(code);
    const amount = parseAmount(number);
    if (!currency.ok || !amount.ok) return fail(`"${part}" is not an amount such as "EUR 100.00"`);
    if (found.some((money) => money.currency === currency.value)) return fail(`${currency.value} stands there twice`);
    found.push({ currency: currency.value, hundredths: amount.value });
  }
  return ok(found);
});

const currency = checked((value) => {
  const parsed = parseCurrency(value);
  return parsed.ok ? parsed : fail('not a currency code such as USD');
});

const chatId = checked((value) => {
  const parsed = /^-?\d+$/.test(value.trim()) ? parseChatId(Number(value)) : fail('notAnId');
  return parsed.ok && parsed.value !== 0 ? parsed : fail('not a chat id such as 123456789, or -1001234567890 for a group');
});

/** Telegram ids of people, separated by commas. */
const people = checked((value): Result<readonly CustomerId[], string> => {
  const found: CustomerId[] = [];
  for (const part of value.split(',').map((each) => each.trim())) {
    const id = /^\d+$/.test(part) ? parseCustomerId(Number(part)) : fail('notAnId');
    if (!id.ok) return fail(`"${part}" is not a Telegram id such as 123456789`);
    if (!found.includes(id.value)) found.push(id.value);
  }
  return ok(found);
});

const plainAmount = checked((value) => {
  const amount = parseAmount(value);
  return amount.ok ? amount : fail('not an amount such as 200.00');
});

/** `40/10`: 40 updates in 10 seconds. `off`: null. */
const rateLimit = checked((value): Result<RateLimit | null, string> => {
  if (value === 'off') return ok(null);
  const [, points, seconds] = /^([1-9]\d{0,6})\/([1-9]\d{0,4})$/.exec(value) ?? [];
  return points === undefined
    ? fail('not a limit such as 40/10 for 40 in 10 seconds, or off')
    : ok({ points: Number(points), seconds: Number(seconds) });
});

/** Messages a second; `off`: null. */
const sendRate = checked((value): Result<number | null, string> => {
  if (value === 'off') return ok(null);
  return /^[1-9]\d{0,2}$/.test(value) ? ok(Number(value)) : fail('not a number of messages a second such as 25, or off');
});

const BASE_URL_PROBLEMS: Readonly<Record<BaseUrlProblem, string>> = {
  missing: 'not an https address',
  notAUrl: 'not an https address',
  notHttps: 'not an https address, which only loopback need not be',
  hasCredentials: 'an address without a user name: that goes into EVSB_USER',
  hasQuery: 'an address without a query or a fragment',
};

export const settings = z.object({
  BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]{20,}$/, 'not a bot token as BotFather gives it')
    .optional(),
  TELEGRAM_API_ROOT: baseUrl(/^https?$/, 'not an http(s) address').default('https://api.telegram.org'),
  TELEGRAM_FRAMEWORK: z.enum(FRAMEWORKS).default('grammy'),
  PUBLIC_URL: baseUrl(/^https$/, 'not an https address').optional(),
  WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{16,256}$/, '16 to 256 characters of A-Z a-z 0-9 _ -')
    .optional(),
  HOST: text.default('0.0.0.0'),
  PORT: port.default(8080),
  METRICS_HOST: text.default('127.0.0.1'),
  METRICS_PORT: portOrOff.default(9464),
  OTEL_EXPORTER_OTLP_ENDPOINT: baseUrl(/^https?$/, 'not an http(s) address').optional(),
  EVSB_BASE_URL: checked((value) => {
    const url = checkBaseUrl(value);
    return url.ok ? url : fail(BASE_URL_PROBLEMS[url.error]);
  }).optional(),
  EVSB_USER: text.optional(),
  EVSB_PASSWORD: text.optional(),
  EVSB_TERMINAL_ID: z.coerce.number({ error: 'not a terminal number' }).int().min(1).max(2_147_483_647).optional(),
  EVSB_ENVIRONMENT: z.enum(['sandbox', 'production']).optional(),
  EVSB_TIME_ZONE: timeZone.default('UTC'),
  EVSB_BALANCE_CURRENCY: currency.optional(),
  EVSB_PRICES: z.enum(['endpoint', 'catalogue']).default('endpoint'),
  EVSB_PRICES_DIRECT_PATH: checked((value) => checkPricesPath(value, 'amountToSendX100')).default(
    '/util/prices/direct/{terminalId}/{operatorId}/{amountToSendX100}',
  ),
  EVSB_PRICES_REVERSE_PATH: checked((value) => checkPricesPath(value, 'destinationAmountX100')).default(
    '/util/prices/reverse/{terminalId}/{operatorId}/{destinationAmountX100}',
  ),
  EVSB_LEGACY_BENEFICIARY_FIELD: flag.default(false),
  EVSB_OLD_VOUCHER_PRODUCTS_PATH: flag.default(false),
  EVSB_REAL_IP: text.optional(),
  EVSB_AGENT: text.optional(),
  EVSB_CONCURRENCY: z.coerce.number().int().min(1).max(50).default(5),
  REDIS_URL: text.optional(),
  REDIS_MODE: z.enum(REDIS_MODES).default('single'),
  REDIS_MASTER_NAME: text.optional(),
  REDIS_SENTINEL_PASSWORD: text.optional(),
  REDIS_PREFIX: text.default('voucher-bot:'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'not a postgres:// or postgresql:// address' }).optional(),
  DATABASE_FILE: text.default('data/ledger.sqlite'),
  ENCRYPTION_KEY: sealingKey.optional(),
  ENCRYPTION_KEY_OLD: sealingKey.optional(),
  CATALOG_FILE: text.optional(),
  STARTING_BALANCE: amounts.optional(),
  TIME_ZONE: timeZone.default('UTC'),
  OPERATOR_CHAT_ID: chatId.optional(),
  ADMIN_IDS: people.optional(),
  ADMIN_TOP_UP_LIMIT: amounts.default([]),
  LOW_BALANCE: plainAmount.optional(),
  OPERATOR_LANGUAGE: z.enum(LANGUAGES).default('en'),
  ROLE: z.enum(['web', 'worker', 'all']).default('all'),
  RATE_LIMIT_USER: rateLimit.optional(),
  RATE_LIMIT_CHAT: rateLimit.optional(),
  RATE_LIMIT_BOT: rateLimit.optional(),
  SEND_PER_SECOND: sendRate.optional(),
  LOG_LEVEL: z.enum(['info', 'warn', 'error', 'silent']).default('info'),
  LOG_FORMAT: z.enum(['json', 'pretty']).optional(),
  SANDBOX_PORT: port.default(4000),
});

/** The names of all settings, for the example file and its test. */
export const SETTINGS: readonly string[] = Object.keys(settings.shape);

export type Settings = z.infer<typeof settings>;
