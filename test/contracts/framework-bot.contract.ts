// What the whole bot has to do on every Telegram framework, by polling and by webhook, when updates or answers go wrong.
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secret } from '../../src/adapters/system/secret.ts';
import type { FrameworkName } from '../../src/adapters/telegram/framework.ts';
import { startBot } from '../../src/bot.ts';
import type { Customer } from '../../src/sandbox/telegram/customer.ts';
import { WEBHOOK_SECRET, byWebhook } from '../e2e/by-webhook.ts';
import { createJournal } from '../e2e/journal.ts';
import type { Journal } from '../e2e/journal.ts';
import { openShop, readCatalogFile } from '../e2e/shop.ts';
import type { Shop } from '../e2e/shop.ts';
import { createHeldSessions } from './held-sessions.ts';
import type { HeldSessions } from './held-sessions.ts';

type Mode = 'polling' | 'webhook';
type HeldShop = Pick<Shop, 'telegram' | 'journal' | 'config' | 'bot' | 'close'> & { readonly sessions: HeldSessions };

/** Each test has customers of its own in the shop that they share. */
let customers = 1000;

/** Resolves when the bot has answered `count` times. */
const answered = (customer: Customer, count: number) =>
  customer.waitFor((messages) => messages.filter(({ from }) => from === 'bot').length >= count);

const idsIn = (journal: Journal, { userId }: Customer) =>
  journal.find('update', { chat: userId }).map(({ fields }) => Number(fields['updateId']));

const openHeldShop = async (framework: FrameworkName, mode: Mode): Promise<HeldShop> => {
  const sessions = createHeldSessions();
  const configure = mode === 'webhook' ? (await byWebhook()).configure : undefined;
  const settings = { TELEGRAM_FRAMEWORK: framework };
  return { ...(await openShop({ settings, observe: sessions.observe, ...(configure && { configure }) })), sessions };
};

/** The bot starts again, with a journal and with sessions of its own, and serves until the end of `use`. */
const withNextBot = async ({ config }: HeldShop, use: (journal: Journal) => Promise<void>): Promise<void> => {
  const journal = createJournal();
  const next = await startBot(config, { ...(await readCatalogFile(config.catalogFile)), log: journal });
  await use(journal).finally(next.stop);
};

const describeTrouble = (framework: FrameworkName, mode: Mode): void => {
  let shop: HeldShop;
  beforeAll(async () => {
    shop = await openHeldShop(framework, mode);
  });
  afterAll(() => shop.close());

  const newCustomer = (): Customer => shop.telegram.customer(++customers);

  it('handles the updates of a chat in their order, and no chat waits for another', async () => {
    const [ana, luis] = [newCustomer(), newCustomer()];
    shop.sessions.hold(ana.userId);
    for (const text of ['one', 'two', 'three', 'four']) ana.sendText(text);
    await shop.sessions.held();
    luis.sendText('/help');
    await answered(luis, 1);
    expect(idsIn(shop.journal, ana)).toEqual([]);
    shop.sessions.release();
    await shop.journal.heard('update', { chat: ana.userId }, 4);
    const ids = idsIn(shop.journal, ana);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  });

  it('handles an update once, however often it is delivered', async () => {
    const ana = newCustomer();
    ana.sendText('/help');
    await answered(ana, 1);
    shop.telegram.control.redeliver();
    ana.sendText('/help');
    await shop.journal.heard('update', { chat: ana.userId }, 3);
    expect(shop.journal.find('update', { chat: ana.userId, outcome: 'handled' })).toHaveLength(2);
    expect(ana.messages().filter(({ from }) => from === 'bot')).toHaveLength(2);
  });

  it('answers in the end when Telegram has had too many calls', async () => {
    const ana = newCustomer();
    shop.telegram.control.fail('sendMessage', { kind: 'tooManyRequests', retryAfterSeconds: 1 });
    ana.sendText('/help');
    await answered(ana, 1);
    const refused = shop.telegram.calls.filter(({ ok, params }) => !ok && params['chat_id'] === ana.userId);
    expect(refused.map(({ description }) => description)).toEqual(['Too Many Requests: retry after 1']);
  });

  it('takes an update from somebody who has blocked it meanwhile, and serves the others', async () => {
    const [ana, luis] = [newCustomer(), newCustomer()];
    shop.sessions.hold(ana.userId);
    ana.sendText('/help');
    await shop.sessions.held();
    ana.block();
    shop.sessions.release();
    await shop.journal.heard('update', { chat: ana.userId });
    const refused = shop.telegram.calls.filter(({ ok, params }) => !ok && params['chat_id'] === ana.userId);
    expect(refused.map(({ description }) => description)).toEqual(['Forbidden: bot was blocked by the user']);
    luis.sendText('/help');
    await answered(luis, 1);
    ana.unblock();
    ana.sendText('/help');
    await answered(ana, 1);
    expect(new Set(idsIn(shop.journal, ana)).size).toBe(idsIn(shop.journal, ana).length);
  });

  if (mode === 'polling') {
    it('polls on as soon as Telegram allows it', async () => {
      const ana = newCustomer();
      shop.telegram.control.fail('getUpdates', { kind: 'tooManyRequests', retryAfterSeconds: 1 });
      ana.sendText('/help');
      await shop.journal.heard('telegram.pollingTooOften', { seconds: 1 });
      ana.sendText('/help');
      await answered(ana, 2);
      await shop.journal.heard('update', { chat: ana.userId }, 2);
      expect(new Set(idsIn(shop.journal, ana)).size).toBe(2);
    });

    it('says that another process polls with its token, and goes on', async () => {
      const ana = newCustomer();
      const { apiRoot, token } = shop.config.telegram;
      // Only a question that waits is ended by another one.
      const conflicts = async () => {
        await fetch(`${apiRoot}/bot${token.reveal()}/getUpdates`);
        return shop.journal.find('telegram.pollingConflict').length;
      };
      await expect.poll(conflicts).toBeGreaterThan(0);
      ana.sendText('/help');
      await answered(ana, 1);
    });
  } else {
    it('handles nothing that comes without the right secret', async () => {
      const { userId: id } = newCustomer();
      const from = { id, is_bot: false, first_name: 'Ana' };
      const message = { message_id: 1, date: 1, text: '/help', chat: { id, type: 'private' }, from };
      const body = JSON.stringify({ update_id: 1, message });
      const post = (token: string) => {
        const headers = { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': token };
        return fetch(`http://127.0.0.1:${shop.config.http.port}/telegram`, { method: 'POST', body, headers });
      };
      expect((await post(`${WEBHOOK_SECRET}x`)).status).toBe(401);
      expect(shop.journal.find('update', { updateId: 1 })).toEqual([]);
      expect((await post(WEBHOOK_SECRET)).status).toBe(200);
      expect(shop.journal.find('update', { updateId: 1 })).toHaveLength(1);
    });
  }

  it('does not start with a wrong token, and does not show it', async () => {
    const token = secret('100001:another-token-that-nobody-knows');
    const config = { ...shop.config, telegram: { ...shop.config.telegram, token } };
    const log = createJournal();
    const starting = startBot(config, { ...(await readCatalogFile(config.catalogFile)), log });
    const error: unknown = await starting.catch((reason: unknown) => reason);
    expect(error).toEqual(new Error('Telegram does not know this BOT_TOKEN'));
    expect(inspect([error, log.entries], { depth: Infinity, showHidden: true })).not.toContain('another-token');
  });
};

const describeEnd = (framework: FrameworkName, mode: Mode): void => {
  it('finishes the update in hand when it ends, which does not come again', async () => {
    const shop = await openHeldShop(framework, mode);
    const ana = shop.telegram.customer(++customers);
    shop.sessions.hold(ana.userId);
    ana.sendText('/help');
    await shop.sessions.held();
    const stopped = shop.bot.stop();
    expect(await Promise.race([stopped, sleep(50, 'in hand')])).toBe('in hand');
    shop.sessions.release();
    await stopped;
    await answered(ana, 1);
    await withNextBot(shop, async (journal) => {
      ana.sendText('/help');
      await answered(ana, 2);
      await journal.heard('update', { chat: ana.userId });
      expect(idsIn(shop.journal, ana)).toHaveLength(1);
      expect(idsIn(journal, ana)).toHaveLength(1);
      expect(idsIn(journal, ana)).not.toEqual(idsIn(shop.journal, ana));
    });
    await shop.close();
  });

  it('leaves to the next one what it could not handle before its end', async () => {
    const shop = await openHeldShop(framework, mode);
    const ana = shop.telegram.customer(++customers);
    shop.sessions.fail();
    ana.sendText('/help');
    await shop.journal.heard(mode === 'polling' ? 'telegram.updateFailed' : 'http.updateFailed');
    await shop.bot.stop();
    expect(ana.messages().filter(({ from }) => from === 'bot')).toEqual([]);
    await withNextBot(shop, async (journal) => {
      await answered(ana, 1);
      await journal.heard('update', { chat: ana.userId });
      expect(idsIn(journal, ana)).toHaveLength(1);
    });
    await shop.close();
  });
};

export const describeBotOn = (framework: FrameworkName): void => {
  describe.each(['polling', 'webhook'] as const)(`a bot on ${framework} by %s`, (mode) => {
    describeTrouble(framework, mode);
    describeEnd(framework, mode);
  });
};
