// The demo: four customers buy through the real bot and both stand-ins, their transcripts are printed, and the books are compared.
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseCatalogFile } from './adapters/codec/catalog-file.ts';
import { createLog } from './adapters/system/log.ts';
import { startBot } from './bot.ts';
import type { Bot } from './bot.ts';
import { readConfig } from './config.ts';
import { startSandbox } from './sandbox.ts';
import type { Sandbox } from './sandbox.ts';
import type { Customer, SeenMessage } from './sandbox/telegram/customer.ts';

/** Longer than any screen takes; the late code is the slowest. Milliseconds. */
const PATIENCE = 12_000;

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const indented = (text: string): string => text.replaceAll('\n', '\n        ');

/** A screen as the customer sees it: the text, then the buttons. */
const screenOf = ({ text, buttons, attachment }: SeenMessage): string =>
  indented(
    [
      attachment === undefined ? text : `(${attachment.kind})`,
      ...buttons.map((row) => row.map((b) => `[${b.text}]`).join(' ')),
    ].join('\n'),
  );

/** Drives one customer and writes down what both sides say, in the order in which it happens. */
const createNarrator = (customer: Customer, name: string) => {
  const lines: string[] = [];
  const note = (speaker: string, text: string): void => void lines.push(`${speaker.padEnd(7)} ${text}`);

  /** Waits until the newest screen of the bot, edits included, says so. */
  const sees = async (expected: RegExp): Promise<SeenMessage> => {
    const screen = await customer.waitFor(
      (messages) => messages.findLast((message) => message.from === 'bot' && !message.deleted && expected.test(message.text)),
      PATIENCE,
    );
    note('Bot', screenOf(screen));
    return screen;
  };

  return {
    sees,
    says: async (text: string, expected: RegExp) => {
      note(name, text);
      customer.sendText(text);
      return sees(expected);
    },
    taps: async (label: string | RegExp, expected: RegExp) => {
      const fits = (text: string): boolean => (typeof label === 'string' ? text === label : label.test(text));
      const button = customer
        .messages()
        .flatMap((message) => message.buttons.flat())
        .findLast(({ text }) => fits(text));
      note(name, `taps [${button?.text ?? String(label)}]`);
      customer.tap(({ text }) => fits(text));
      return sees(expected);
    },
    transcript: () => lines.join('\n'),
  };
};

type Story = {
  readonly title: string;
  readonly name: string;
  readonly play: (customer: ReturnType<typeof createNarrator>) => Promise<void>;
};

const stories: readonly Story[] = [
  {
    title: 'Bought by what the customer pays',
    name: 'Ana',
    play: async ({ says, taps, sees }) => {
      await says('/start', /country/i);
      await taps(/Spain/, /Brands/);
      await taps(/Lumbre Home/, /Lumbre Home/);
      await taps(/Gift Card/, /Gift Card/);
      await taps(/25\.00/, /You pay/);
      await taps(/Buy for/, /Buying/);
      await sees(/Here is your code/);
    },
  },
  {
    title: 'Bought by what they receive',
    name: 'Ben',
    play: async ({ says, taps, sees }) => {
      await says('palmera', /Palmera/);
      await taps(/Any Amount/, /Any Amount/);
      await taps(/receive/i, /receive/i);
      await says('400', /You pay/);
      await taps(/Buy for/, /Buying/);
      await sees(/Here is your code/);
    },
  },
  {
    title: 'Out of funds',
    name: 'Carla',
    play: async ({ says, taps }) => {
      await says('lumbre', /Lumbre Home/);
      await taps(/Any Amount/, /Any Amount/);
      await says('150', /You pay/);
      await taps(/Buy for/, /not enough|available|balance/i);
    },
  },
  {
    title: 'A late code',
    name: 'Dario',
    play: async ({ says, taps, sees }) => {
      await says('fonda', /Fonda/);
      await taps(/150\.00/, /You pay/);
      await taps(/Buy for/, /Buying/);
      await sees(/late|issued|moment|soon/i);
      await sees(/Here is your code/);
    },
  },
];

/** The codes that a chat shows, however often. */
const codesIn = (customer: Customer): ReadonlySet<string> =>
  new Set(customer.messages().flatMap(({ buttons }) => buttons.flat().flatMap(({ copyText }) => copyText ?? [])));

/** Waits until no code is on its way to a chat: an order is delivered a moment after its code was seen. */
const deliveriesEnd = async (bot: Bot): Promise<void> => {
  for (let waited = 0; waited < PATIENCE; waited += 50) {
    const { ordersByStatus } = await bot.ledger.audit();
    if ((ordersByStatus['charged'] ?? 0) === 0) return;
    await sleep(50);
  }
};

/** Compares the supplier's books, the ledger and the chats; returns the counts and what differs. */
const compare = async (
  bot: Bot,
  { evsb }: Sandbox,
  customers: readonly Customer[],
): Promise<{ counts: string; differences: string[] }> => {
  const audit = await bot.ledger.audit();
  const { honoured, refused } = evsb.books;
  const charged = audit.charged.map(({ reference, productId }) => `${reference}:${productId}`).sort();
  const sold = honoured.map(({ localReference, operatorId }) => `${localReference}:${operatorId}`).sort();
  const shown = customers.flatMap((customer) => [...codesIn(customer)]).sort();
  const issued = honoured.map(({ code }) => code).sort();
  const differences = [
    ...(charged.join() === sold.join()
      ? []
      : [`charged in the ledger: ${charged.join()}; honoured by the supplier: ${sold.join()}`]),
    ...(shown.join() === issued.join()
      ? []
      : [`${shown.length} codes in the chats, ${issued.length} issued by the supplier, and they are not the same`]),
    ...Object.entries(audit.postingsSum).flatMap(([currency, sum]) =>
      sum === 0 ? [] : [`the postings in ${currency} sum to ${sum}`],
    ),
    ...audit.wrongAccounts.map((account) => `the balance of ${account} is not the sum of its postings`),
    ...Object.entries(audit.reservedTotal).flatMap(([currency, sum]) =>
      sum === 0 ? [] : [`${sum} hundredths of ${currency} are still reserved`],
    ),
  ];
  const orders = Object.entries(audit.ordersByStatus).map(([status, count]) => `${count} ${status}`);
  const counts = [
    `${customers.length} conversations`,
    `orders: ${orders.join(', ')}`,
    `${honoured.length} purchases honoured and ${refused.length} refused by the supplier`,
    `${charged.length} charged in the ledger`,
    `${shown.length} codes in the chats`,
    `${differences.length} differences`,
  ].join(' | ');
  return { counts, differences };
};

const read = readConfig({
  SANDBOX_PORT: '0',
  LOG_LEVEL: 'error',
  ...(process.env['REDIS_URL'] && { REDIS_URL: process.env['REDIS_URL'] }),
});
if (!read.ok || read.value.mode !== 'sandbox') throw new Error('The demo has no sandbox configuration');
const catalogFile = parseCatalogFile(await readFile(read.value.config.catalogFile, 'utf8'));
if (!catalogFile.ok) throw new Error(`The example catalogue is wrong: ${catalogFile.error.join('; ')}`);

const sandbox = await startSandbox(read.value.config);
const bot = await startBot(sandbox.config, { ...catalogFile.value, log: createLog(read.value.config.log) });

const played = await Promise.all(
  stories.map(async ({ title, name, play }, index) => {
    const customer = sandbox.telegram.customer(2_001 + index, { firstName: name, languageCode: 'en' });
    const narrator = createNarrator(customer, name);
    const failure = await play(narrator).then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    return { title, customer, failure, transcript: narrator.transcript() };
  }),
);
for (const { title, transcript } of played) print(`\n=== ${title}\n\n${transcript}`);

await deliveriesEnd(bot);
const { counts, differences } = await compare(
  bot,
  sandbox,
  played.map(({ customer }) => customer),
);
await bot.stop();
await sandbox.close();

const problems = [...played.flatMap(({ title, failure }) => (failure === null ? [] : [`${title}: ${failure}`])), ...differences];
print(`\n${problems.map((problem) => `PROBLEM ${problem}\n`).join('')}${counts}`);
process.exitCode = problems.length === 0 ? 0 : 1;
