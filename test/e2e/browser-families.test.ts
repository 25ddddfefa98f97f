// A top-up and a bill, bought by hand in the chat page in a real browser: typing as well as tapping.
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

  const openPage = async (): Promise<{ page: Page; problems: string[] }> => {
    const page = await browser.newPage();
    page.setDefaultTimeout(8_000);
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(shop.telegram.url);
    return { page, problems };
  };

  /** The newest button with this label: earlier messages keep theirs. */
  const tap = (chat: Locator, label: string | RegExp): Promise<void> =>
    chat.getByTestId('inline-button').filter({ hasText: label }).last().click();

  const type = async (chat: Locator, text: string): Promise<void> => {
    await chat.getByTestId('composer').fill(text);
    await chat.getByTestId('send').click();
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
});
