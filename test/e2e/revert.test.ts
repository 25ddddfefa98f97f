// The operator undoes a sale with the command, beside the running bot: the customer hears of it, and all books agree.
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { faultsIn } from '../../src/adapters/sql/audit.ts';
import { createClock } from '../../src/adapters/system/clock.ts';
import type { Clock } from '../../src/app/ports/clock.ts';
import { HOUR, later } from '../../src/domain/time.ts';
import type { Customer } from '../../src/sandbox/telegram/customer.ts';
import { tapWhenThere } from './buttons.ts';
import { askForOrders, buy, confirm, receiveCode } from './buy.ts';
import { codeMessages } from './books.ts';
import { openShop } from './shop.ts';
import type { Shop } from './shop.ts';

type End = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs one of the operator's commands in a process of its own, with the settings of the running bot. */
const run = (
  { config }: Shop,
  command: 'revert' | 'settle',
  args: readonly string[],
  settings: NodeJS.ProcessEnv = {},
): Promise<End> => {
  const env: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    BOT_TOKEN: config.telegram.token.reveal(),
    EVSB_BASE_URL: config.evsb.baseUrl,
    EVSB_USER: config.evsb.user,
    EVSB_PASSWORD: config.evsb.password.reveal(),
    EVSB_TERMINAL_ID: String(config.evsb.terminalId),
    EVSB_ENVIRONMENT: config.evsb.environment,
    ENCRYPTION_KEY: config.encryptionKey.reveal(),
    DATABASE_FILE: config.databaseFile,
    CATALOG_FILE: config.catalogFile,
    LOG_LEVEL: 'silent',
    ...settings,
  };
  const node = ['--disable-warning=ExperimentalWarning', `src/${command}.ts`, ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, node, { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, stdout, stderr });
    });
  });
};

const because = ['--by', 'the operator', '--why', 'the wrong number'];

/** Buys minutes for a telephone, which the supplier reverts for a quarter of an hour. */
const buyMinutes = async (customer: Customer): Promise<string> => {
  customer.sendText('/start');
  for (const action of ['co:192', 'op:8403']) await tapWhenThere(customer, action);
  await customer.waitFor((messages) => messages.at(-1)?.text.includes('Type an amount'));
  customer.sendText('10');
  await customer.waitFor((messages) => messages.at(-1)?.text.includes('Which phone number'));
  customer.sendText('5350000000');
  await confirm(customer);
  return receiveCode(customer);
};

const lastOrder = async (customer: Customer): Promise<string> => (await askForOrders(customer))[0]?.split(':').at(-1) ?? '';
const codesOf = (customer: Customer): number => codeMessages(customer.messages()).length;

/** Several processes start in each test; a busy machine takes its time for that. Milliseconds. */
const PATIENCE = 90_000;

describe('npm run revert', { timeout: PATIENCE }, () => {
  let shop: Shop | null = null;

  afterEach(async () => {
    await shop?.close();
    shop = null;
  });

  it('brings the money back to the customer, who hears of it and sees no code any more', async () => {
    shop = await openShop();
    const { bot, evsb, telegram } = shop;
    const ana = telegram.customer(1001);
    const spendable = async (): Promise<string | undefined> => {
      const asked = ana.sendText('/balance');
      const answer = await ana.waitFor((messages) =>
        messages.find(({ id, text }) => id > asked && text.includes('Your balance')),
      );
      return answer.text;
    };
    const before = await spendable();
    await buyMinutes(ana);
    expect(await spendable()).not.toBe(before);
    const order = await lastOrder(ana);

    expect(await run(shop, 'revert', [order, ...because])).toEqual({
      code: 0,
      stdout: `Order ${order} is reverted now. The customer has the money back and hears of it from the bot.\n`,
      stderr: '',
    });
    const news = await ana.waitFor((messages) => messages.find(({ text }) => text.includes('The purchase was undone.')));
    expect(news.text).toMatch(/10\.00.* is back on your balance/);
    expect(await spendable()).toBe(before);

    const shown = codesOf(ana);
    await askForOrders(ana);
    await tapWhenThere(ana, `so:${order}`);
    await ana.waitFor((messages) =>
      messages.find(({ text }) => text.includes('Undone. The money is back on your balance.') && text.includes(order)),
    );
    expect(codesOf(ana)).toBe(shown);

    const audit = await bot.ledger.audit();
    const [sale] = evsb.books.honoured;
    expect(evsb.books.reverted).toMatchObject([{ originalLocalReference: sale?.localReference, operatorId: 8403 }]);
    expect(audit.charged).toMatchObject([{ orderId: order, reference: sale?.localReference, reverted: true }]);
    expect(faultsIn(audit)).toEqual([]);
    expect(evsb.books.balanceX100).toBe(500_000);

    const again = await run(shop, 'revert', [order, ...because]);
    expect(again).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('The order is reverted') as unknown });
    expect(evsb.books.reverted).toHaveLength(1);
  });

  it('says what it did not do, and why', async () => {
    shop = await openShop();
    const { evsb, config } = shop;
    const ana = shop.telegram.customer(1001);
    await buy(ana);
    const order = await lastOrder(ana);
    const ends = (code: number, text: string) => ({ code, stdout: '', stderr: expect.stringContaining(text) as unknown });
    expect(await run(shop, 'revert', [order, '--by', 'me'])).toMatchObject(ends(2, 'Usage: npm run revert'));
    expect(await run(shop, 'revert', ['ZZZZZZZZZZZZ', ...because])).toMatchObject(ends(1, 'no such order'));
    expect(await run(shop, 'revert', [order, ...because])).toMatchObject(
      ends(1, 'does not say that the product is "revertible"'),
    );
    expect(await run(shop, 'revert', [order, ...because], { BOT_TOKEN: '' })).toMatchObject(ends(2, 'BOT_TOKEN'));
    expect(await run(shop, 'settle', [order, 'reverted', ...because])).toMatchObject(ends(1, 'not waiting for this ruling'));
    expect(evsb.books.requests.filter(({ endpoint }) => endpoint === 'revert')).toEqual([]);

    const folder = dirname(config.databaseFile);
    const allowing = join(folder, 'allowing.json');
    const entry = { brand: 'Lumbre', family: 'voucher', revertible: true };
    await writeFile(allowing, JSON.stringify({ products: { '8201': entry } }));
    expect(await run(shop, 'revert', [order, ...because], { CATALOG_FILE: allowing })).toMatchObject(
      ends(1, `The supplier refused (code 923). Order ${order} is delivered, as before.`),
    );
    await writeFile(allowing, JSON.stringify({ products: { '8201': { ...entry, revertible: 'maybe' } } }));
    expect(await run(shop, 'revert', [order, ...because], { CATALOG_FILE: allowing })).toMatchObject(
      ends(2, `CATALOG_FILE ${allowing}: line 1, column 71: products.8201.revertible`),
    );
  });

  it('leaves a lost answer to the bot, which asks on, and to a person in the end', async () => {
    // The command knows the system's time only, and its calls are signed with it: the bot runs ahead of it afterwards.
    let ahead = 0;
    const system = createClock();
    const clock: Clock = { ...system, now: () => later(system.now(), ahead) };
    shop = await openShop({ clock, evsb: { infoDelayMs: 0 } });
    const { bot, evsb, journal } = shop;
    const ana = shop.telegram.customer(1001);
    await buyMinutes(ana);
    const order = await lastOrder(ana);
    evsb.control.planFaults({ kind: 'dropAfter', match: { endpoint: 'revert' } });
    expect(await run(shop, 'revert', [order, ...because])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`Order ${order} is revertUnknown`) as unknown,
    });
    for (let asked = 1; asked <= 8; asked += 1) {
      ahead += 17 * HOUR;
      await journal.heard('revertAskedAbout', { order }, asked);
    }
    expect(journal.find('personNeeded', { reason: 'revertNeverLearnt' })).not.toEqual([]);
    expect(await run(shop, 'settle', [order, 'reverted', ...because])).toMatchObject({ code: 0 });
    await ana.waitFor((messages) => messages.find(({ text }) => text.includes('The purchase was undone.')));
    expect(evsb.books.requests.filter(({ endpoint }) => endpoint === 'revert')).toHaveLength(1);
    expect((await bot.ledger.audit()).charged).toMatchObject([{ reverted: true }]);
  });
});
