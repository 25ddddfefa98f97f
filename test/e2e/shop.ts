// A whole shop for a test: both stand-ins and the bot between them, in this process, on free ports of loopback.
import { readFile } from 'node:fs/promises';
import { startBot } from '../../src/bot.ts';
import type { Bot, BotOptions } from '../../src/bot.ts';
import type { Log } from '../../src/app/ports/log.ts';
import { readConfig } from '../../src/config.ts';
import type { Config } from '../../src/config.ts';
import { parseCatalogFile } from '../../src/adapters/codec/catalog-file.ts';
import { startSandbox } from '../../src/sandbox.ts';
import type { Sandbox, SandboxOptions } from '../../src/sandbox.ts';
import { createJournal } from './journal.ts';
import type { Journal } from './journal.ts';

export type ShopOptions = Pick<BotOptions, 'clock' | 'evsbTimeouts' | 'observe'> &
  Partial<Pick<BotOptions, 'margins' | 'limits'>> & {
    /** Hears everything that the journal hears. */
    readonly log?: Log;
    /** Settings as in the environment, on top of a silent sandbox in Madrid. */
    readonly settings?: Readonly<Record<string, string>>;
    /** Switches of the eVSB simulator. */
    readonly evsb?: SandboxOptions['evsb'];
    /** Changes what the sandbox would configure. */
    readonly configure?: (config: Config) => Config;
  };

export type Shop = Pick<Sandbox, 'telegram' | 'evsb' | 'config'> & {
  readonly bot: Bot;
  readonly journal: Journal;
  /** Ends the bot, then the stand-ins. */
  close(): Promise<void>;
};

/** The environment chooses the framework for all shops of a run. */
const FRAMEWORK = process.env['TELEGRAM_FRAMEWORK'] ?? 'grammy';

/** Settings of a sandbox on a free port, silent unless told otherwise. */
export const readSettings = (settings: Readonly<Record<string, string>>) => {
  const silent = { SANDBOX_PORT: '0', LOG_LEVEL: 'silent', TIME_ZONE: 'Europe/Madrid', TELEGRAM_FRAMEWORK: FRAMEWORK };
  const read = readConfig({ ...silent, ...settings });
  if (!read.ok || read.value.mode !== 'sandbox') throw new Error(`Not the settings of a sandbox: ${JSON.stringify(read)}`);
  return read.value.config;
};

export const readCatalogFile = async (file: string) => {
  const parsed = parseCatalogFile(await readFile(file, 'utf8'));
  if (!parsed.ok) throw new Error(parsed.error.join('\n'));
  return parsed.value;
};

const both = (first: Log, second: Log): Log => ({
  info: (...line) => [first, second].forEach((log) => log.info(...line)),
  warn: (...line) => [first, second].forEach((log) => log.warn(...line)),
  error: (...line) => [first, second].forEach((log) => log.error(...line)),
});

/** Resolves when the bot takes updates. A given clock is the supplier's too, so that signatures stay valid. */
export const openShop = async ({
  settings = {},
  evsb = {},
  configure,
  log: listener,
  ...options
}: ShopOptions = {}): Promise<Shop> => {
  const sandboxConfig = readSettings(settings);
  const { clock } = options;
  const sandbox = await startSandbox(sandboxConfig, { evsb: { ...(clock !== undefined && { now: clock.now }), ...evsb } });
  const config = configure?.(sandbox.config) ?? sandbox.config;
  const journal = createJournal();
  const bot = await startBot(config, {
    ...(await readCatalogFile(config.catalogFile)),
    log: listener === undefined ? journal : both(journal, listener),
    ...options,
  });
  return {
    telegram: sandbox.telegram,
    evsb: sandbox.evsb,
    config,
    bot,
    journal,
    close: async () => {
      await bot.stop();
      await sandbox.close();
    },
  };
};
