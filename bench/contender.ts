// A contender in a process of its own: started like in production, measured through its probe, stopped by its id.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import type { Look, ProbeOrder, ProbeReport, Usage } from './contenders/probe.ts';
import type { Plan } from './contenders/plan.ts';
import { freePort } from '../test/free-port.ts';
import { ACCOUNT, TERMINAL } from './world/supplier.ts';

export const CONTENDERS = ['floor', 'bot', 'grammy', 'telegraf'] as const;
export type ContenderName = (typeof CONTENDERS)[number];

export type Contender = {
  /** From the start of the process to its webhook being set, in milliseconds. */
  readonly startedIn: number;
  begin(profile: string | null): Promise<void>;
  end(): Promise<Usage>;
  look(): Promise<Look>;
  /** Asks it to end; complains in words when it did not do so by itself. */
  stop(): Promise<string | null>;
};

export type ContenderOptions = {
  readonly plan: Plan;
  /** Resolves when the contender has set its webhook. */
  readonly ready: Promise<void>;
  /** For the bot: a folder for its ledger, and settings on top of those of the benchmark. */
  readonly folder: string;
  readonly settings?: Readonly<Record<string, string>>;
};

const START_WITHIN = 30_000;
const END_WITHIN = 30_000;

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/**
 * The production configuration: what is not here is the default. Limits are on, and so high that few customers may send what many would; so many
 * quotes a second take more calls to the supplier at once than the default allows.
 */
const settingsOfBot = (plan: Plan, folder: string, metricsPort: number): Readonly<Record<string, string>> => ({
  BOT_TOKEN: plan.token,
  TELEGRAM_API_ROOT: plan.telegram,
  PUBLIC_URL: 'https://bot.example',
  WEBHOOK_SECRET: plan.secret,
  HOST: '127.0.0.1',
  PORT: `${plan.port}`,
  METRICS_PORT: `${metricsPort}`,
  RATE_LIMIT_USER: '1000/10',
  RATE_LIMIT_CHAT: '1000/10',
  RATE_LIMIT_BOT: '100000/1',
  EVSB_BASE_URL: plan.supplier,
  EVSB_USER: ACCOUNT.user,
  EVSB_PASSWORD: ACCOUNT.password,
  EVSB_TERMINAL_ID: `${TERMINAL}`,
  EVSB_ENVIRONMENT: 'sandbox',
  EVSB_CONCURRENCY: '50',
  CATALOG_FILE: pathOf('../catalog.example.json'),
  REDIS_URL: plan.redis,
  DATABASE_FILE: `${folder}/ledger-${plan.port}.sqlite`,
  ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
  LOG_LEVEL: 'info',
  LOG_FORMAT: 'json',
  ROLE: 'all',
});

/** `NAME=value` of a command line, as settings of the bot; also of the runtime, such as `NODE_OPTIONS=--max-semi-space-size=4`. */
export const settingsIn = (given: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(given.map((each) => [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)]));

export const startContender = async (name: ContenderName, options: ContenderOptions): Promise<Contender> => {
  const { plan, ready, folder, settings = {} } = options;
  const program = name === 'bot' ? ['../src/main.ts'] : [`contenders/${name}.ts`, JSON.stringify(plan)];
  const [file = '', ...args] = program;
  const env = {
    PATH: process.env['PATH'],
    NODE_ENV: 'production',
    ...(name === 'bot' && { ...settingsOfBot(plan, folder, await freePort()), ...settings }),
  };
  // Logs are written as in production, and read by nobody.
  const nowhere = await open('/dev/null', 'w');
  const begun = performance.now();
  const child: ChildProcess = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--expose-gc', '--import', pathOf('contenders/probe.ts'), pathOf(file), ...args],
    { stdio: ['ignore', nowhere.fd, 'inherit', 'ipc'], env, cwd: folder },
  );
  const ended = once(child, 'exit').then(([code, signal]) => `${name} ended with ${String(code ?? signal)}`);
  const started = await Promise.race([
    ready.then(() => null),
    ended,
    wait(START_WITHIN, `${name} did not start`, { ref: false }),
  ]);
  await nowhere.close();

  const stop = async (): Promise<string | null> => {
    if (child.exitCode !== null || child.signalCode !== null) return `${name} had ended by itself`;
    child.kill('SIGTERM');
    const late = await Promise.race([ended.then(() => false), wait(END_WITHIN, true, { ref: false })]);
    if (!late) return null;
    child.kill('SIGKILL');
    return `${name} did not end within ${END_WITHIN / 1_000} s`;
  };
  if (started !== null) {
    await stop();
    throw new Error(started);
  }

  const ask = async (order: ProbeOrder): Promise<ProbeReport> => {
    const answered = once(child, 'message');
    child.send(order);
    const answer = await Promise.race([answered, ended]);
    if (typeof answer === 'string') throw new Error(answer);
    return answer[0] as ProbeReport;
  };
  return {
    startedIn: performance.now() - begun,
    begin: async (profile) => {
      await ask({ order: 'begin', profile });
    },
    end: async () => {
      const report = await ask({ order: 'end' });
      if (!('usage' in report)) throw new Error('The probe reported no usage');
      return report.usage;
    },
    look: async () => {
      const report = await ask({ order: 'look' });
      if (!('look' in report)) throw new Error('The probe reported no memory');
      return report.look;
    },
    stop,
  };
};
