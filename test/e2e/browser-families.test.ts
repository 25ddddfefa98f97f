// A top-up, a bill and an agent's hand-over, by hand in the chat page in a real browser: typing as well as tapping.
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../chromium.ts';
import { openShop } from './shop.ts';
import type { Shop } from './shop.ts';

describe.skipIf(!hasChromium)('the chat page before the whole shop', () => {
  let shop: Shop;
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    shop = await openShop();
  });
  afterEach(() => shop.close());

  const openPage = async (query = ''): Promise<{ page: Page; problems: string[] }> => {
    const page = await browser.newPage();
    page.setDefaultTimeout(8_000);
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(`${shop.telegram.url}${query}`);
    return { page, problems };
  };

  /** The newest button with this label: earlier messages keep theirs. */
  const tap = (chat: Locator, label: string | RegExp): Promise<void> =>
    chat.getByTestId('inline-button').filter({ hasText: label }).last().click();

  const type = async (chat: Locator, text: string): Promise<void> => {
    await chat.getByTestId('composer').fill(text);
    await chat.getByTestId('send').click();
  };

  /** Opens a link in a chat that may be empty, whose composer is a big button until something was said. */
  const open = async (chat: Locator, link: string): Promise<void> => {
    const start = chat.getByTestId('start');
    if (await start.isVisible()) {
      await start.click();
      await bubbleWith(chat, 'Welcome').waitFor();
    }
    await type(chat, link);
  };

  const bubbleWith = (chat: Locator, text: string): Locator => chat.getByTestId('bubble').filter({ hasText: text });

  it('sells a top-up for a number that is typed', async () => {
    const { page, problems } = await openPage();
    const chat = page.getByTestId('chat-1001');
    await chat.getByTestId('start').click();
    await tap(chat, 'Cuba');
    await tap(chat, 'Caracola');
    await tap(chat, 'Recarga');
    await bubbleWith(chat, 'Mobile number').waitFor();
    await type(chat, '52 34 4000');
    await tap(chat, '$20.00');
    await tap(chat, 'Buy for $20.00');
    await bubbleWith(chat, 'Topped up').waitFor();
    expect(await bubbleWith(chat, 'Topped up').innerText()).toContain('+53 5 2344000');
    expect(shop.evsb.books.honoured).toMatchObject([{ family: 'recharge', account: '5352344000', amountToSendX100: 2_000 }]);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('pays the invoices of a bill that are tapped', async () => {
    const { page, problems } = await openPage();
    const chat = page.getByTestId('chat-1001');
    await chat.getByTestId('start').click();
    await bubbleWith(chat, 'Welcome').waitFor();
    await type(chat, 'manantial');
    await bubbleWith(chat, 'Número de contrato').waitFor();
    await type(chat, '12345650');
    await tap(chat, 'CENTRO');
    await tap(chat, '1. MX$126.50');
    await tap(chat, '2. MX$135.00');
    await tap(chat, 'Pay MX$261.50');
    await tap(chat, /✅ Pay MX\$261\.50/);
    await bubbleWith(chat, 'Bill paid').waitFor();
    expect(await bubbleWith(chat, 'Bill paid').innerText()).toMatch(/12345650[^]*Authorisation: TXN-/);
    expect(shop.evsb.books.honoured).toMatchObject([{ family: 'bill', amountToSendX100: 26_150 }]);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('hands an agent’s sale over to a customer, who alone sees the code', async () => {
    await shop.close();
    shop = await openShop({ settings: { ADMIN_IDS: '1001', ADMIN_TOP_UP_LIMIT: 'EUR 500' } });
    const { page, problems } = await openPage('?user=1001&user=1003&user=1005');
    const [admin, agent, buyer] = [1001, 1003, 1005].map((id) => page.getByTestId(`chat-${id}`)) as [Locator, Locator, Locator];
    const linkIn = async (bubble: Locator): Promise<string> => /https:\/\/t\.me\/\S+/.exec(await bubble.innerText())?.[0] ?? '';
    await admin.getByTestId('start').click();
    await bubbleWith(admin, 'Welcome').waitFor();
    await type(admin, '/admin');
    await tap(admin, 'Agents');
    await tap(admin, 'Invite an agent');
    await bubbleWith(admin, 'What is the agent called').waitFor();
    await type(admin, 'Kiosk North');
    await tap(admin, 'Confirm');
    await bubbleWith(admin, 'Invitation for Kiosk North').waitFor();
    await open(agent, await linkIn(bubbleWith(admin, 'Invitation for Kiosk North')));
    await bubbleWith(agent, 'You sell as an agent').waitFor();
    await tap(agent, 'Never show me codes');
    await bubbleWith(agent, 'Codes are only handed over').waitFor();
    await type(agent, 'lumbre');
    await tap(agent, 'Gift Card');
    await tap(agent, '€25.00');
    await tap(agent, 'Buy for €25.00');
    await bubbleWith(agent, 'ready to hand over').waitFor();
    await open(buyer, await linkIn(bubbleWith(agent, 'ready to hand over')));
    await bubbleWith(buyer, 'Here is your code').waitFor();
    const [sale] = shop.evsb.books.honoured;
    expect(await buyer.innerText()).toContain(sale?.code);
    await bubbleWith(agent, 'Your link was opened').waitFor();
    expect(await agent.innerText()).not.toContain(sale?.code);
    expect(problems).toEqual([]);
    await page.close();
  });
});
