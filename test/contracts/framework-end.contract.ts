// What the whole bot has to do on every Telegram framework when it ends: finish what it has begun, and leave the rest to the next one.
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FrameworkName } from '../../src/adapters/telegram/framework.ts';
import { startBot } from '../../src/bot.ts';
import { createJournal } from '../e2e/journal.ts';
import type { Journal } from '../e2e/journal.ts';
import { readCatalogFile } from '../e2e/shop.ts';
import { answered, idsIn, openHeldShop } from './held-shop.ts';
import type { HeldShop } from './held-shop.ts';

/** The bot starts again, with a journal and with sessions of its own, and serves until the end of `use`. */
const withNextBot = async ({ config }: HeldShop, use: (journal: Journal) => Promise<void>): Promise<void> => {
  const journal = createJournal();
  const next = await startBot(config, { ...(await readCatalogFile(config.catalogFile)), log: journal });
  await use(journal).finally(next.stop);
};

export const describeEndOn = (framework: FrameworkName): void => {
  describe.each(['polling', 'webhook'] as const)(`the end of a bot on ${framework} by %s`, (mode) => {
    it('finishes the update in hand when it ends, which does not come again', async () => {
      const shop = await openHeldShop(framework, mode);
      onTestFinished(shop.close);
      const ana = shop.telegram.customer(1001);
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
    });

    it('leaves to the next one what it could not handle before its end', async () => {
      const shop = await openHeldShop(framework, mode);
      onTestFinished(shop.close);
      const ana = shop.telegram.customer(1001);
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
    });
  });
};
