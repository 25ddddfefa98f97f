// `npm run chaos -- --minutes N --seed S`: one campaign, its counts, and exit code 1 on any difference between the books.
import { parseArgs } from 'node:util';
import { appendFile } from 'node:fs/promises';
import { findPostgres } from '../contracts/find-postgres.ts';
import { runCampaign } from './campaign.ts';

const USAGE = `Usage: npm run chaos -- [--minutes <minutes of trouble, default 1>] [--seed <whole number, default: the time>]
                       [--customers <default 200>] [--log <file for what the bots log>]`;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const { values } = parseArgs({
  options: { minutes: { type: 'string' }, seed: { type: 'string' }, customers: { type: 'string' }, log: { type: 'string' } },
  strict: false,
});
const number = (value: unknown, otherwise: number): number => (value === undefined ? otherwise : Number(value));
const minutes = number(values.minutes, 1);
const seed = number(values.seed, Date.now() % 1_000_000);
const customers = number(values.customers, 200);

if (![minutes, seed, customers].every((value) => Number.isFinite(value) && value > 0)) {
  process.stderr.write(`${USAGE}\n`);
  process.exit(2);
}
const { log } = values;
const postgresUrl = await findPostgres();
say(`seed ${seed}: ${minutes} min of trouble for ${customers} customers`);
const report = await runCampaign({
  seed,
  milliseconds: minutes * 60_000,
  orders: 1,
  customers,
  pause: 45 * customers,
  killEvery: 5_000,
  postgresUrl,
  ...(typeof log === 'string' ? { onLine: (bot: string, line: string) => void appendFile(log, `${bot} ${line}\n`) } : {}),
});
const { differences, ...told } = report;
say(JSON.stringify(told, null, 2));
for (const difference of differences) say(`DIFFERENCE  ${difference}`);
say(`seed ${seed}: ${differences.length === 0 ? 'the books agree' : `${differences.length} differences`}`);
process.exit(differences.length === 0 ? 0 : 1);
