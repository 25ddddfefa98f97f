// grammY end to end with a local Bot API server: polling and webhook, with repeats, failures and a restart in between.
import { inspect } from 'node:util';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startHttpServer } from '../../../src/adapters/http/webhook.ts';
import { decodeUpdate } from '../../../src/adapters/telegram/decode-update.ts';
import { createGrammyBot } from '../../../src/adapters/telegram/grammy.ts';
import { pollUpdates } from '../../../src/adapters/telegram/poll-updates.ts';
import { startTelegramServer } from '../../../src/sandbox/telegram/server.ts';
import { eventually } from '../../eventually.ts';

const TOKEN = '424242:local-secret_token';
const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };

const sleep = async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
  await wait(milliseconds / 10, undefined, signal && { signal }).catch(() => undefined);
};

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Telegram with one customer, and a receiver that notes what it took and refuses the first `refusals` updates. */
const setUp = async () => {
  const telegram = await startTelegramServer({ botToken: TOKEN, botUsername: 'OurShopBot' });
  ends.push(() => telegram.close());
  const seen: { updateId: number | null; text: string }[] = [];
  const desk = { refusals: 0 };
  const receive = (update: unknown): Promise<void> => {
    if (desk.refusals-- > 0) return Promise.reject(new Error('no state'));
    const incoming = decodeUpdate(update, 'OurShopBot');
    const text = incoming.kind === 'customer' ? JSON.stringify(incoming.event) : incoming.kind;
    seen.push({ updateId: incoming.updateId, text });
    return Promise.resolve();
  };
  const bot = createGrammyBot({ token: TOKEN, apiRoot: telegram.url, receive });
  expect(await bot.me()).toEqual({ ok: true, value: { username: 'OurShopBot' } });
  return { telegram, ana: telegram.customer(700), bot, seen, desk, texts: () => seen.map((one) => one.text) };
};

const typed = (text: string): string => JSON.stringify({ type: 'typed', text, lines: [text] });

type Bot = Awaited<ReturnType<typeof setUp>>['bot'];

const poll = (bot: Bot) => {
  const end = new AbortController();
  const done = pollUpdates({ getUpdates: bot.getUpdates, handle: bot.receive, log, sleep, signal: end.signal });
  const stop = async () => {
    end.abort();
    return done;
  };
  ends.push(stop);
  return { stop };
};

const hook = async (bot: Bot) => {
  const server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    webhookPath: '/telegram',
    secret: 'abc',
    receive: async (update) => {
      await bot.receive(update);
      return null;
    },
    log,
  });
  ends.push(server.close);
  const url = `http://127.0.0.1:${server.port}/telegram`;
  expect(await bot.setWebhook(url, 'abc', 10)).toEqual({ ok: true, value: true });
};

describe('polling with grammY', () => {
  it('receives raw updates in order, and what the receiver refused once more', async () => {
    const { ana, bot, desk, texts } = await setUp();
    desk.refusals = 3;
    poll(bot);
    ana.sendText('one');
    ana.sendText('two');
    await eventually(() => expect(texts()).toEqual([typed('one'), typed('two')]));
  });

  it('delivers what was not confirmed to the next run, and repeats under their old id', async () => {
    const { telegram, ana, bot, desk, seen, texts } = await setUp();
    desk.refusals = Infinity;
    const first = poll(bot);
    ana.sendText('one');
    await eventually(() => expect(log.error).toHaveBeenCalled());
    expect(await first.stop()).toEqual({ ok: true, value: null });
    desk.refusals = 0;
    poll(bot);
    await eventually(() => expect(texts()).toEqual([typed('one')]));
    telegram.control.redeliver();
    await eventually(() => expect(seen.length).toBe(2));
    expect(seen[1]).toEqual(seen[0]);
  });

  it('confirms everything when it ends', async () => {
    const { ana, bot, texts } = await setUp();
    const run = poll(bot);
    ana.sendText('one');
    await eventually(() => expect(texts()).toEqual([typed('one')]));
    await run.stop();
    const rest = await bot.getUpdates({ offset: 0, limit: 100, timeoutSeconds: 0 }, AbortSignal.timeout(1000));
    expect(rest).toEqual({ ok: true, value: [] });
  });

  it('survives errors and lost answers of getUpdates', async () => {
    const { telegram, ana, bot, texts } = await setUp();
    telegram.control.fail('getUpdates', { kind: 'serverError', when: 'after' });
    telegram.control.fail('getUpdates', { kind: 'drop', when: 'after' });
    telegram.control.fail('getUpdates', { kind: 'tooManyRequests', retryAfterSeconds: 1 });
    ana.sendText('one');
    poll(bot);
    await eventually(() => expect(texts()).toEqual([typed('one')]));
  });

  it('ends a waiting question at once', async () => {
    const { bot } = await setUp();
    const begin = performance.now();
    const result = await bot.getUpdates({ offset: 0, limit: 1, timeoutSeconds: 30 }, AbortSignal.timeout(30));
    expect(result).toEqual({ ok: false, error: { kind: 'failed', reason: 'no answer' } });
    expect(performance.now() - begin).toBeLessThan(5000);
  });
});

describe('a webhook with grammY', () => {
  it('receives raw updates, and what the receiver refused once more', async () => {
    const { telegram, ana, bot, desk, texts } = await setUp();
    await hook(bot);
    desk.refusals = 2;
    ana.sendText('one');
    ana.sendText('two');
    await eventually(() => expect(texts()).toEqual([typed('one'), typed('two')]));
    telegram.control.redeliver();
    await eventually(() => expect(texts()).toEqual([typed('one'), typed('two'), typed('two')]));
  });

  it('conflicts with polling until it is deleted, which loses nothing', async () => {
    const { ana, bot, desk, texts } = await setUp();
    await hook(bot);
    desk.refusals = Infinity;
    ana.sendText('one');
    const query = { offset: 0, limit: 1, timeoutSeconds: 0 };
    expect(await bot.getUpdates(query, AbortSignal.timeout(1000))).toEqual({ ok: false, error: { kind: 'conflict' } });
    expect(await bot.deleteWebhook()).toEqual({ ok: true, value: true });
    desk.refusals = 0;
    poll(bot);
    await eventually(() => expect(texts()).toEqual([typed('one')]));
  });
});

describe('the edge of grammY', () => {
  it('rejects with the receiver’s own error, without the context that holds the token', async () => {
    const { telegram } = await setUp();
    const cause = new Error('no state');
    const bot = createGrammyBot({ token: TOKEN, apiRoot: telegram.url, receive: () => Promise.reject(cause) });
    await bot.me();
    await expect(bot.receive({ update_id: 1, message: {} })).rejects.toBe(cause);
    expect(inspect(cause, { depth: Infinity })).not.toContain(TOKEN);
  });

  it('hands over what is no update', async () => {
    const { bot, seen } = await setUp();
    await bot.receive('junk');
    expect(seen).toEqual([{ updateId: null, text: 'ignored' }]);
  });

  it('gives values without token or address for a wrong token and a server that is away', async () => {
    const { telegram } = await setUp();
    const receive = () => Promise.resolve();
    const wrong = await createGrammyBot({ token: '1:wrong', apiRoot: telegram.url, receive }).me();
    expect(wrong).toEqual({ ok: false, error: { kind: 'unauthorized' } });
    const away = await createGrammyBot({ token: TOKEN, apiRoot: 'http://127.0.0.1:1', receive }).me();
    expect(away).toEqual({ ok: false, error: { kind: 'failed', reason: 'no answer' } });
    expect(inspect([wrong, away], { depth: Infinity, showHidden: true })).not.toMatch(/wrong|secret|127/);
  });
});
