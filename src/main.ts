// The entry: reads the configuration and runs the bot until it is told to stop. Without a bot token the stand-ins run beside it.
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseCatalogFile } from './adapters/codec/catalog-file.ts';
import type { CatalogFile } from './adapters/codec/catalog-file.ts';
import { createLog } from './adapters/system/log.ts';
import { startBot } from './bot.ts';
import { environment, readConfig } from './config.ts';
import type { Configured, Mistake } from './config.ts';
import { startSandbox } from './sandbox.ts';

/** Configuration mistakes end the process with this code, everything else with 1. */
const MISCONFIGURED = 2;

/** How long the end waits for what is in hand, in milliseconds: less than the 30 s after which supervisors kill. */
const END_WITHIN = 25_000;

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const complain = (mistakes: readonly Mistake[]): never => {
  const lines = mistakes.map(({ setting, problem }) => `  ${setting}: ${problem}`);
  process.stderr.write(
    `The configuration has ${mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`}:\n${lines.join('\n')}\n`,
  );
  process.exit(MISCONFIGURED);
};

const readCatalogFile = async (file: string): Promise<CatalogFile> => {
  const text = await readFile(file, 'utf8').catch((error: unknown) =>
    complain([{ setting: 'CATALOG_FILE', problem: error instanceof Error ? error.message : String(error) }]),
  );
  const parsed = parseCatalogFile(text);
  return parsed.ok ? parsed.value : complain(parsed.error.map((problem) => ({ setting: `CATALOG_FILE ${file}`, problem })));
};

const configured = (): Configured => {
  const read = readConfig(environment());
  return read.ok ? read.value : complain(read.error);
};

/** Resolves with the name of the first signal that asks the process to end; a second one ends it at once. */
const askedToEnd = (): Promise<string> =>
  new Promise((resolve) => {
    const names = ['SIGINT', 'SIGTERM'] as const;
    const end = (name: NodeJS.Signals): void => {
      for (const each of names) process.off(each, end);
      resolve(name);
    };
    for (const name of names) process.on(name, end);
  });

/** What went wrong in a sentence; the operator can mend a taken port or a wrong key, and no stack trace helps with that. */
const sentenceOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const port = /EADDRINUSE.*?:(\d+)$/.exec(error.message)?.[1];
  return port === undefined
    ? error.message
    : `port ${port} is in use. Set SANDBOX_PORT (or PORT for the webhook, METRICS_PORT for the metrics) to another one`;
};

const ending = new AbortController();
const asked = askedToEnd().then((name) => {
  ending.abort();
  return name;
});

const started = <T>(start: Promise<T>): Promise<T> =>
  start.catch((error: unknown) => {
    if (ending.signal.aborted) process.exit(0);
    process.stderr.write(`The bot can't start: ${sentenceOf(error)}.\n`);
    process.exit(1);
  });

const read = configured();
const catalogFile = await readCatalogFile(read.config.catalogFile);
const log = createLog(read.config.log);
const sandbox = read.mode === 'sandbox' ? await started(startSandbox(read.config)) : null;
const config = read.mode === 'production' ? read.config : sandbox?.config;
if (config === undefined) throw new Error('The sandbox has no configuration');
const bot = await started(startBot(config, { ...catalogFile, log, signal: ending.signal }));
if (sandbox !== null)
  say(`\nThe shop is open. Chat with it here: ${sandbox.telegram.url}\nThe supplier's books: ${sandbox.evsb.url}/_sim/books\n`);

const reason = await Promise.race([asked, bot.failed]);
log.info('ending', { reason });
// A purchase in flight that outlives this is taken up again as unknown: never lost, never sent twice.
const ended = await Promise.race([bot.stop().then(() => true), sleep(END_WITHIN, false)]);
if (!ended) log.warn('endedEarly', {});
await sandbox?.close();
process.exit(reason.startsWith('SIG') ? 0 : 1);
