// The demo: customers buy one of each family and an agent lives through a day, through the real bot and both stand-ins; then the books are compared.
import { readFile } from 'node:fs/promises';
import { parseCatalogFile } from './adapters/codec/catalog-file.ts';
import { createLog } from './adapters/system/log.ts';
import { startBot } from './bot.ts';
import { readConfig } from './config.ts';
import { playAgentsDay } from './demo/agents-day.ts';
import { compareBooks } from './demo/compare-books.ts';
import { createNarrator } from './demo/narrator.ts';
import { stories } from './demo/stories.ts';
import { startSandbox } from './sandbox.ts';

/** The two who may use `/admin` in the demo. */
const OPERATOR_IDS = [3_001, 3_002] as const;

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const read = readConfig({
  SANDBOX_PORT: '0',
  LOG_LEVEL: 'error',
  ADMIN_IDS: OPERATOR_IDS.join(','),
  ...(process.env['REDIS_URL'] && { REDIS_URL: process.env['REDIS_URL'] }),
  ...(process.env['TELEGRAM_FRAMEWORK'] && { TELEGRAM_FRAMEWORK: process.env['TELEGRAM_FRAMEWORK'] }),
});
if (!read.ok || read.value.mode !== 'sandbox') throw new Error('The demo has no sandbox configuration');
const catalogFile = parseCatalogFile(await readFile(read.value.config.catalogFile, 'utf8'));
if (!catalogFile.ok) throw new Error(`The example catalogue is wrong: ${catalogFile.error.join('; ')}`);

const sandbox = await startSandbox(read.value.config);
const bot = await startBot(sandbox.config, { ...catalogFile.value, log: createLog(read.value.config.log) });

/** Why a story did not come to its end; null when it did. */
const failureOf = (played: Promise<void>): Promise<string | null> =>
  played.then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
const customerOf = (userId: number, firstName: string) => sandbox.telegram.customer(userId, { firstName, languageCode: 'en' });

const purchases = stories.map(async ({ title, name, play }, index) => {
  const customer = customerOf(2_001 + index, name);
  const lines: string[] = [];
  const failure = await failureOf(play(createNarrator(customer, name, lines)));
  return { title, customers: [customer], failure, lines };
});
const agentsDay = async () => {
  const people = {
    operator: customerOf(OPERATOR_IDS[0], 'Olga'),
    colleague: customerOf(OPERATOR_IDS[1], 'Otto'),
    agent: customerOf(3_003, 'Amir'),
    clerk: customerOf(3_004, 'Cleo'),
    buyer: customerOf(3_005, 'Bruno'),
  };
  const lines: string[] = [];
  const failure = await failureOf(playAgentsDay(people, lines));
  return { title: 'A day of an agent', customers: Object.values(people), failure, lines };
};
const played = await Promise.all([...purchases, agentsDay()]);
for (const { title, lines } of played) print(`\n=== ${title}\n\n${lines.join('\n')}`);

const { counts, differences } = await compareBooks(
  bot,
  sandbox,
  played.flatMap(({ customers }) => customers),
);
await bot.stop();
await sandbox.close();

const problems = [...played.flatMap(({ title, failure }) => (failure === null ? [] : [`${title}: ${failure}`])), ...differences];
print(`\n${problems.map((problem) => `PROBLEM ${problem}\n`).join('')}${counts}`);
process.exitCode = problems.length === 0 ? 0 : 1;
