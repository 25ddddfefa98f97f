// A voucher bought by hand in the chat page, in a real browser: what whoever runs the sandbox does first.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../chromium.ts';
import { openShop } from './shop.ts';
import type { Shop } from './shop.ts';

/** From the start to a code in hand. */
const MOST_TAPS = 6;

describe.skipIf(!hasChromium)('the chat page before the whole shop', () => {
  let shop: Shop;
  let browser: Browser;

  beforeAll(async () => {
    shop = await openShop();
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser.close();
    await shop.close();
  });

  it('sells a voucher in six taps and copies its code', async () => {
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    page.setDefaultTimeout(8_000);
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(shop.telegram.url);
    const chat = page.getByTestId('chat-1001');

    let taps = 0;
    const tap = async (label: string | RegExp): Promise<void> => {
      taps += 1;
      await chat.getByTestId('inline-button').filter({ hasText: label }).click();
    };
    taps += 1;
    await chat.getByTestId('start').click();
    await tap('Spain');
    await tap('Lumbre Home');
    await tap('Lumbre Home - Gift Card');
    await tap('25.00');
    await tap('Buy for');

    const bubble = chat.getByTestId('bubble').filter({ hasText: 'Here is your code' });
    await bubble.waitFor();
    const [sale] = shop.evsb.books.honoured;
    expect(await bubble.getByTestId('code').first().innerText()).toBe(sale?.code);
    expect(await bubble.getByLabel(/^Protected/).count()).toBe(1);
    expect(taps).toBeLessThanOrEqual(MOST_TAPS);
    await bubble.getByTestId('inline-button').filter({ hasText: 'Copy the code' }).click();
    await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toBe(sale?.code);
    await chat.getByTestId('photo').waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });
});
