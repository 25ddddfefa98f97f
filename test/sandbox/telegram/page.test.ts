// The chat page in a real browser, with a small bot behind it: what a newcomer does in the first minute.
import { readFileSync } from 'node:fs';
import { Bot, InlineKeyboard } from 'grammy';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../../chromium.ts';
import { botToken, startRawBot } from './raw-bot.ts';

const startShop = async () => {
  const { server } = await startRawBot({ botName: 'Corner shop' });
  const bot = new Bot(botToken, { client: { apiRoot: server.url } });
  await bot.api.setMyCommands([{ command: 'help', description: 'How it works' }]);
  await bot.api.setMyCommands([{ command: 'ayuda', description: 'Cómo funciona' }], { language_code: 'es' });
  bot.command('start', async (context) => {
    await context.reply('<b>Hello</b> & <tg-spoiler>welcome</tg-spoiler>', {
      parse_mode: 'HTML',
      reply_markup: new InlineKeyboard().text('Buy', 'buy').text('Slow', 'slow'),
    });
  });
  bot.callbackQuery('buy', async (context) => {
    await context.answerCallbackQuery('Sold');
    await context.editMessageText('Your code: <code>12-34</code>', {
      parse_mode: 'HTML',
      reply_markup: new InlineKeyboard().copyText('Copy it', '56-78').text('Really?', 'alert'),
    });
  });
  bot.callbackQuery('alert', async (context) => {
    await context.answerCallbackQuery({ text: 'Yes, really', show_alert: true });
  });
  bot.on('message:text', async (context) => {
    await context.reply(`You said <img src=x onerror=alert(1)> ${context.message.text}`);
  });
  const running = bot.start();
  return {
    server,
    stop: async () => {
      await bot.stop();
      await running;
    },
  };
};

describe.skipIf(!hasChromium)('the chat page', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser.close();
  });

  const open = async (address: string): Promise<{ page: Page; problems: string[] }> => {
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    page.setDefaultTimeout(8000);
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.goto(address);
    return { page, problems };
  };

  it('starts, taps, copies, alerts, and shows what the bot says as text', async () => {
    const { server, stop } = await startShop();
    const { page, problems } = await open(server.url);
    const chat = page.getByTestId('chat-1001');
    const copied = async () => await page.evaluate('navigator.clipboard.readText()');

    await chat.getByTestId('start').click();
    await chat.getByTestId('spoiler').click();
    await chat.getByRole('button', { name: 'Slow' }).click();
    await chat.locator('[aria-busy=true]').waitFor();
    await chat.getByRole('button', { name: 'Buy' }).click();
    await chat.getByTestId('toast').getByText('Sold').waitFor();
    await chat.getByTestId('code').click();
    await chat.getByTestId('toast').getByText('Copied').waitFor();
    expect(await copied()).toBe('12-34');
    await chat.getByRole('button', { name: 'Copy it' }).click();
    await expect.poll(copied).toBe('56-78');
    await chat.getByRole('button', { name: 'Really?' }).click();
    await page.getByTestId('alert').getByText('Yes, really').waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('alert').waitFor({ state: 'detached' });

    await chat.getByTestId('composer').fill('/he');
    await chat.getByRole('menuitem', { name: '/help' }).waitFor();
    await chat.getByTestId('composer').fill('hola');
    await chat.getByTestId('send').click();
    await chat.getByText('You said <img src=x onerror=alert(1)> hola').waitFor();
    expect(await chat.getByTestId('bubble').count()).toBe(4);
    expect(problems).toEqual([]);
    await stop();
  });

  it('takes no more text than Telegram, and keeps the end in view when pictures load and the window narrows', async () => {
    const { server, stop } = await startShop();
    const { page, problems } = await open(server.url);
    const chat = page.getByTestId('chat-1001');
    await chat.getByTestId('start').click();
    await chat.getByRole('button', { name: 'Buy' }).waitFor();
    await chat.getByTestId('composer').pressSequentially('x');
    await page.evaluate(`document.execCommand('insertText', false, 'many words '.repeat(500))`);
    expect(await chat.getByTestId('composer').inputValue()).toHaveLength(4096);
    await chat.getByTestId('composer').fill('many words '.repeat(300));
    await chat.getByTestId('send').click();
    await chat.getByText('You said').waitFor();
    const distance = () =>
      page.evaluate(`(({ scrollHeight, scrollTop, clientHeight }) =>
      Math.round(scrollHeight - scrollTop - clientHeight))(document.querySelector('.log'))`);
    const drawn = () => page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    await page.setViewportSize({ width: 420, height: 500 });
    await expect.poll(distance).toBeLessThan(2);
    await page.evaluate(`(() => {
      const picture = new Image();
      picture.src = 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="300" height="900"/>';
      picture.className = 'late';
      document.querySelector('.log').lastElementChild.append(picture);
    })()`);
    await page.waitForFunction(`document.querySelector('.late').offsetHeight > 300`);
    await expect.poll(distance).toBeLessThan(2);
    await page.evaluate(`document.querySelector('.log').scrollTop = 0`);
    await drawn();
    await page.setViewportSize({ width: 400, height: 480 });
    await drawn();
    expect(await page.evaluate(`document.querySelector('.log').scrollTop`)).toBe(0);
    expect(problems).toEqual([]);
    await stop();
  });

  it('shows a document with its name and size, and gives it to whoever clicks', async () => {
    const { server } = await startRawBot();
    const { page, problems } = await open(server.url);
    const chat = page.getByTestId('chat-1001');
    await chat.getByTestId('start').click();
    const form = new FormData();
    form.set('chat_id', '1001');
    form.set('caption', 'Your statement');
    form.set('document', new Blob(['x'.repeat(12_300)]), 'statement-2026-11-23.csv');
    await fetch(`${server.url}/bot${botToken}/sendDocument`, { method: 'POST', body: form });
    const file = chat.getByTestId('document');
    await file.waitFor();
    expect(await file.innerText()).toBe('statement-2026-11-23.csv\n12 kB');
    await chat.getByText('Your statement').waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), file.click()]);
    expect(download.suggestedFilename()).toBe('statement-2026-11-23.csv');
    expect(readFileSync(await download.path(), 'utf8')).toBe('x'.repeat(12_300));
    expect(problems).toEqual([]);
  });

  it('shows customers side by side, in their language, and survives a reload', async () => {
    const { server, stop } = await startShop();
    const { page, problems } = await open(`${server.url}/?users=2`);
    const second = page.getByTestId('chat-1002');
    await second.getByTestId('start').click();
    await second.getByRole('button', { name: 'Buy' }).waitFor();
    await second.getByTestId('menu').click();
    await second.getByRole('menuitem', { name: '/ayuda' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('add-customer').click();
    await page.getByTestId('customer-name').fill('Noa');
    await page.getByTestId('customer-add').click();
    await page.getByTestId('chat-1003').getByText('Noa · EN').waitFor();
    expect(await page.getByTestId('chat-1001').getByTestId('bubble').count()).toBe(0);
    await page.reload();
    await page.getByTestId('chat-1003').getByText('Noa · EN').waitFor();
    await second.getByRole('button', { name: 'Buy' }).waitFor();
    expect(problems).toEqual([]);
    await stop();
  });
});
