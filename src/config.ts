// The configuration: the environment parsed once, all mistakes reported together by name.
import { existsSync } from 'node:fs';
import type { EvsbSettings } from './adapters/evsb/settings.ts';
import { secret } from './adapters/system/secret.ts';
import type { Secret } from './adapters/system/secret.ts';
import type { FrameworkName } from './adapters/telegram/framework.ts';
import type { RateLimits } from './app/ports/limits.ts';
import { redisConfig, redisUrlProblem } from './config-redis.ts';
import type { RedisConfig } from './config-redis.ts';
import type { Language } from './domain/dialog/language.ts';
import type { ChatId, CustomerId } from './domain/ids.ts';
import type { Currency, Hundredths, Money } from './domain/money.ts';
import { fail, ok } from './domain/result.ts';
import type { Result } from './domain/result.ts';
import { SETTINGS, amounts, settings } from './settings.ts';
import type { Settings } from './settings.ts';

export type Traffic = {
  /** How many updates are taken from a person, in a group and from everybody. */
  readonly limits: RateLimits;
  /** How many news and announcements go out; null: nothing is paced, answers neither. */
  readonly sendPerSecond: number | null;
};

export type Config = {
  readonly telegram: {
    readonly framework: FrameworkName;
    readonly token: Secret;
    readonly apiRoot: string;
    /** Null: updates are fetched by polling. */
    readonly webhook: { readonly publicUrl: string; readonly secret: Secret } | null;
  };
  readonly http: { readonly host: string; readonly port: number };
  /** Where metrics and health are told; null: nowhere, and nothing is counted. */
  readonly metrics: { readonly host: string; readonly port: number } | null;
  /** The base address of an OpenTelemetry collector; null: nothing is traced. */
  readonly tracesEndpoint: string | null;
  readonly evsb: Omit<EvsbSettings, 'password'> & { readonly password: Secret };
  /** What the supplier's balance is in; it does not say so itself. Left out, the balance is not compared with the books. */
  readonly balanceCurrency?: Currency;
  readonly prices: 'endpoint' | 'catalogue';
  /** Null: conversations live in this process. */
  readonly redis: RedisConfig | null;
  /** Null: the ledger is `databaseFile`. */
  readonly databaseUrl: Secret | null;
  readonly databaseFile: string;
  readonly encryptionKey: Secret;
  /** Opens what it sealed before `encryptionKey` took its place; seals nothing. */
  readonly encryptionKeyOld?: Secret;
  readonly catalogFile: string;
  readonly startingBalance: readonly Money[];
  readonly timeZone: string;
  /** Who is told what the bot can't settle by itself. Without a chat the alerts wait in the ledger until there is one. */
  readonly operator: { readonly chat: ChatId | null; readonly language: Language };
  /** Who runs the shop in the chat. Nobody else learns that they can. */
  readonly admins: readonly CustomerId[];
  /** Up to these a single admin tops up a customer's balance; above, and in other currencies, a second one has to confirm. */
  readonly topUpLimits: readonly Money[];
  /** Below it the operator is told of the balance at the supplier; null: never. */
  readonly lowBalance: Hundredths | null;
  /** `web` takes updates, `worker` buys and delivers, `all` does both. Several processes of either kind may share one ledger. */
  readonly role: 'web' | 'worker' | 'all';
  readonly traffic: Traffic;
  readonly log: { readonly level: 'info' | 'warn' | 'error' | 'silent'; readonly pretty: boolean };
};

/** Without a bot token the stand-ins are started, and only the settings that make sense beside them are read. */
export type Configured =
  { readonly mode: 'production'; readonly config: Config } | { readonly mode: 'sandbox'; readonly config: SandboxConfig };

export type SandboxConfig = Pick<
  Config,
  | 'redis'
  | 'startingBalance'
  | 'timeZone'
  | 'operator'
  | 'admins'
  | 'topUpLimits'
  | 'lowBalance'
  | 'traffic'
  | 'metrics'
  | 'tracesEndpoint'
  | 'log'
  | 'catalogFile'
> & {
  readonly framework: FrameworkName;
  /** Of the chat page; 0 takes any free one. */
  readonly port: number;
};

export type Mistake = { readonly setting: string; readonly problem: string };

type Environment = Readonly<Record<string, string | undefined>>;
/** What a bot that sells for real can't do without. */
const REQUIRED = [
  'EVSB_BASE_URL',
  'EVSB_USER',
  'EVSB_PASSWORD',
  'EVSB_TERMINAL_ID',
  'EVSB_ENVIRONMENT',
  'ENCRYPTION_KEY',
  'CATALOG_FILE',
] as const satisfies readonly (keyof Settings)[];

/** Beside the supplier's own settings, what nobody sets who wants the sandbox: without a token it would start all the same. */
const FOR_REAL: readonly (keyof Settings)[] = [
  'DATABASE_URL',
  'DATABASE_FILE',
  'ENCRYPTION_KEY',
  'ENCRYPTION_KEY_OLD',
  'PUBLIC_URL',
  'WEBHOOK_SECRET',
];

/** What a setting makes necessary: a bot sells for real, what sells for real needs a bot, a webhook needs its secret. */
const missing = (env: Environment): readonly Mistake[] => {
  const mistakes: Mistake[] = [];
  const need = (setting: string, because: string): void => {
    if (env[setting] === undefined) mistakes.push({ setting, problem: `missing: ${because}` });
  };
  const forReal = Object.keys(env).filter((name) => name.startsWith('EVSB_') || FOR_REAL.some((setting) => setting === name));
  if (env['BOT_TOKEN'] !== undefined) for (const name of REQUIRED) need(name, 'it is needed beside BOT_TOKEN');
  else if (forReal.length > 0) need('BOT_TOKEN', `it is needed beside ${forReal.join(', ')}`);
  if (env['PUBLIC_URL'] !== undefined) need('WEBHOOK_SECRET', 'it is needed beside PUBLIC_URL');
  for (const setting of ['REDIS_MODE', 'REDIS_MASTER_NAME', 'REDIS_SENTINEL_PASSWORD']) {
    if (env[setting] !== undefined) need('REDIS_URL', `it is needed beside ${setting}`);
  }
  for (const setting of ['REDIS_MASTER_NAME', 'REDIS_SENTINEL_PASSWORD']) {
    const isForSentinels = env[setting] === undefined || env['REDIS_MODE'] === 'sentinel';
    if (!isForSentinels) mistakes.push({ setting: 'REDIS_MODE', problem: `not sentinel, which ${setting} is for` });
  }
  if (env['REDIS_MODE'] === 'sentinel') need('REDIS_MASTER_NAME', 'it is needed beside REDIS_MODE=sentinel');
  return mistakes;
};

/** An empty value is no value: that is how env files leave a setting out. */
const present = (variables: Environment): Environment =>
  Object.fromEntries(
    Object.entries(variables).filter(([name, value]) => SETTINGS.includes(name) && value !== undefined && value.trim() !== ''),
  );

/** The process's environment, completed by a `.env` file in the working directory where there is one. */
export const environment = (): Environment => {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
};

export const readConfig = (variables: Environment): Result<Configured, readonly Mistake[]> => {
  const env = present(variables);
  const parsed = settings.safeParse(env);
  const problems = parsed.error?.issues.map((issue) => ({ setting: issue.path.join('.'), problem: issue.message })) ?? [];
  const redisProblem = parsed.success ? redisUrlProblem(parsed.data) : null;
  if (redisProblem !== null) problems.push({ setting: 'REDIS_URL', problem: redisProblem });
  const mistakes = [...missing(env), ...problems];
  if (!parsed.success || mistakes.length > 0) return fail(mistakes);
  const s = parsed.data;
  const shared = {
    redis: redisConfig(s),
    timeZone: s.TIME_ZONE,
    operator: { chat: s.OPERATOR_CHAT_ID ?? null, language: s.OPERATOR_LANGUAGE },
    admins: s.ADMIN_IDS ?? [],
    topUpLimits: s.ADMIN_TOP_UP_LIMIT,
    lowBalance: s.LOW_BALANCE ?? null,
    traffic: trafficOf(s),
    metrics: metricsOf(s, env['METRICS_PORT'] !== undefined),
    tracesEndpoint: s.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    // The sandbox is for people, production for machines.
    log: { level: s.LOG_LEVEL, pretty: (s.LOG_FORMAT ?? (s.BOT_TOKEN === undefined ? 'pretty' : 'json')) === 'pretty' },
  };
  if (s.BOT_TOKEN === undefined) return ok({ mode: 'sandbox', config: sandboxConfig(s, shared) });
  return ok({ mode: 'production', config: productionConfig(s, s.BOT_TOKEN, shared) });
};

type Shared = Pick<
  Config,
  'redis' | 'timeZone' | 'operator' | 'admins' | 'topUpLimits' | 'lowBalance' | 'traffic' | 'metrics' | 'tracesEndpoint' | 'log'
>;

/**
 * A person who taps as fast as they can stays below two updates a second. Telegram lets a bot write to a group 20 times a minute, and some 30
 * messages a second in bulk, of which answers need a few. In the sandbox nobody is limited: its people tap faster.
 */
const PRODUCTION_TRAFFIC: Traffic = {
  limits: { user: { points: 40, seconds: 10 }, chat: { points: 20, seconds: 60 }, bot: { points: 1_000, seconds: 1 } },
  sendPerSecond: 25,
};
const SANDBOX_TRAFFIC: Traffic = { limits: { user: null, chat: null, bot: null }, sendPerSecond: null };

const trafficOf = (s: Settings): Traffic => {
  const usual = s.BOT_TOKEN === undefined ? SANDBOX_TRAFFIC : PRODUCTION_TRAFFIC;
  const set = <T>(setting: T | undefined, otherwise: T): T => (setting === undefined ? otherwise : setting);
  return {
    limits: {
      user: set(s.RATE_LIMIT_USER, usual.limits.user),
      chat: set(s.RATE_LIMIT_CHAT, usual.limits.chat),
      bot: set(s.RATE_LIMIT_BOT, usual.limits.bot),
    },
    sendPerSecond: set(s.SEND_PER_SECOND, usual.sendPerSecond),
  };
};

/** Beside the sandbox, nobody scrapes unless asked to; its servers listen on loopback. */
const metricsOf = (s: Settings, isSet: boolean): Config['metrics'] => {
  const inSandbox = s.BOT_TOKEN === undefined;
  if (s.METRICS_PORT === null || (inSandbox && !isSet)) return null;
  return { host: inSandbox ? '127.0.0.1' : s.METRICS_HOST, port: s.METRICS_PORT };
};

/** Enough of each currency that the sandbox's catalogue sells in for a few purchases. */
const SANDBOX_BALANCE = 'EUR 120.00, USD 120.00, MXN 1500.00';

const sandboxConfig = (s: Settings, shared: Shared): SandboxConfig => ({
  ...shared,
  catalogFile: s.CATALOG_FILE ?? 'catalog.example.json',
  startingBalance: s.STARTING_BALANCE ?? amounts.parse(SANDBOX_BALANCE),
  framework: s.TELEGRAM_FRAMEWORK,
  port: s.SANDBOX_PORT,
});

const productionConfig = (s: Settings, token: string, shared: Shared): Config => ({
  ...shared,
  telegram: {
    framework: s.TELEGRAM_FRAMEWORK,
    token: secret(token),
    apiRoot: s.TELEGRAM_API_ROOT,
    webhook: s.PUBLIC_URL === undefined ? null : { publicUrl: s.PUBLIC_URL, secret: secret(given(s.WEBHOOK_SECRET)) },
  },
  http: { host: s.HOST, port: s.PORT },
  evsb: {
    baseUrl: given(s.EVSB_BASE_URL),
    user: given(s.EVSB_USER),
    password: secret(given(s.EVSB_PASSWORD)),
    terminalId: given(s.EVSB_TERMINAL_ID),
    environment: given(s.EVSB_ENVIRONMENT),
    timeZone: s.EVSB_TIME_ZONE,
    pricesDirectPath: s.EVSB_PRICES_DIRECT_PATH,
    pricesReversePath: s.EVSB_PRICES_REVERSE_PATH,
    legacyBeneficiaryField: s.EVSB_LEGACY_BENEFICIARY_FIELD,
    oldVoucherProductsPath: s.EVSB_OLD_VOUCHER_PRODUCTS_PATH,
    realIp: s.EVSB_REAL_IP,
    agent: s.EVSB_AGENT,
    concurrency: s.EVSB_CONCURRENCY,
  },
  ...(s.EVSB_BALANCE_CURRENCY === undefined ? {} : { balanceCurrency: s.EVSB_BALANCE_CURRENCY }),
  prices: s.EVSB_PRICES,
  databaseUrl: s.DATABASE_URL === undefined ? null : secret(s.DATABASE_URL),
  databaseFile: s.DATABASE_FILE,
  encryptionKey: secret(given(s.ENCRYPTION_KEY)),
  ...(s.ENCRYPTION_KEY_OLD === undefined ? {} : { encryptionKeyOld: secret(s.ENCRYPTION_KEY_OLD) }),
  catalogFile: given(s.CATALOG_FILE),
  startingBalance: s.STARTING_BALANCE ?? [],
  role: s.ROLE,
});

/** Where the bot takes updates below PUBLIC_URL. */
export const WEBHOOK_PATH = '/telegram';

/** Where the ledger is, the way it is opened. */
export const ledgerPlace = ({
  databaseUrl,
  databaseFile,
}: Pick<Config, 'databaseUrl' | 'databaseFile'>): { readonly url: string } | { readonly file: string } =>
  databaseUrl === null ? { file: databaseFile } : { url: databaseUrl.reveal() };

/** What `missing` has made sure of. */
const given = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('A required setting was not checked');
  return value;
};
