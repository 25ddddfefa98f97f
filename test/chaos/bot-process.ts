// One bot of a campaign in a process of its own, to be killed at any moment: the production composition on a paced clock.
import { readFile } from 'node:fs/promises';
import { parseCatalogFile } from '../../src/adapters/codec/catalog-file.ts';
import { createLog } from '../../src/adapters/system/log.ts';
import { secret } from '../../src/adapters/system/secret.ts';
import { startBot } from '../../src/bot.ts';
import { readConfig } from '../../src/config.ts';
import { createPacedClock } from './paced-clock.ts';
import type { Pace } from './paced-clock.ts';

/** What the campaign tells a bot, as the JSON of its one argument. */
export type BotPlan = {
  /** As in the environment. */
  readonly settings: Readonly<Record<string, string>>;
  /** Where the stand-in for Telegram sends updates; a public address would need https. */
  readonly webhook: { readonly publicUrl: string; readonly secret: string };
  readonly pace: Pace;
  readonly ahead: number;
};

/** From the campaign to the bot: move the time. */
export type Jump = { readonly jump: number };
/** From the bot to the campaign. */
export type Ready = { readonly ready: true };

/** So that a rehearsal meets the limits: in milliseconds of the wall's clock. */
const SALE = 3_000;
const READ = 1_500;
const TIMEOUTS = {
  voucherPurchase: SALE,
  rechargePurchase: SALE,
  supermarketPurchase: SALE,
  billPayment: SALE,
  voucherDetails: READ,
  transactionInfo: READ,
  prices: READ,
  rechargeParameters: READ,
  rechargeProducts: READ,
  billParameters: READ,
  invoices: READ,
  portfolio: 3_000,
  connect: 1_000,
};

const plan = JSON.parse(process.argv[2] ?? '') as BotPlan;
const clock = createPacedClock(plan.pace, plan.ahead);
process.on('message', (message: Jump) => clock.jump(message.jump));
// Without the campaign there is nobody to stop it.
process.once('disconnect', () => process.exit(1));

const read = readConfig(plan.settings);
if (!read.ok || read.value.mode !== 'production') throw new Error(`Not a bot's settings: ${JSON.stringify(read)}`);
const { config } = read.value;
const catalogFile = parseCatalogFile(await readFile(config.catalogFile, 'utf8'));
if (!catalogFile.ok) throw new Error(catalogFile.error.join('\n'));
const { publicUrl, secret: webhookSecret } = plan.webhook;

const bot = await startBot(
  { ...config, telegram: { ...config.telegram, webhook: { publicUrl, secret: secret(webhookSecret) } } },
  { ...catalogFile.value, log: createLog(config.log), clock, evsbTimeouts: TIMEOUTS },
);
// Before anybody knows that it is ready: whoever does may ask it to end at once.
process.once('SIGTERM', () => void bot.stop().then(() => process.exit(0)));
process.send?.({ ready: true } satisfies Ready);
