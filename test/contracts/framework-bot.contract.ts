// What the whole bot has to do on every Telegram framework, by polling and by webhook, when updates or answers go wrong.
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secret } from '../../src/adapters/system/secret.ts';
import type { FrameworkName } from '../../src/adapters/telegram/framework.ts';
import { startBot } from '../../src/bot.ts';
import type { Customer } from '../../src/sandbox/telegram/customer.ts';
import { WEBHOOK_SECRET } from '../e2e/by-webhook.ts';
import { createJournal } from '../e2e/journal.ts';
import { readCatalogFile } from '../e2e/shop.ts';
import { answered, idsIn, openHeldShop } from './held-shop.ts';
import type { HeldShop } from './held-shop.ts';

export const describeBotOn = (framework: FrameworkName): void => {
  describe.each(['polling', 'webhook'] as const)(`a bot on ${framework} by %s`, (mode) => {
    let shop: HeldShop;
    /** Each test has customers of its own. */
    let customers = 1000;
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
  });
};
