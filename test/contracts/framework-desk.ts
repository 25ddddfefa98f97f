// A framework at work for a test: Telegram with one customer, and a receiver that notes what it took.
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, vi } from 'vitest';
import { startHttpServer } from '../../src/adapters/http/webhook.ts';
import { decodeUpdate } from '../../src/adapters/telegram/decode-update.ts';
import type { CreateFramework } from '../../src/adapters/telegram/framework.ts';
import { pollUpdates } from '../../src/adapters/telegram/poll-updates.ts';
import { startTelegramServer } from '../../src/sandbox/telegram/server.ts';

export const TOKEN = '424242:local-secret_token';

/** A question that does not wait. */
export const SHORT = { offset: 0, limit: 100, timeoutSeconds: 0 };
/** What comes of a call that Telegram has not answered. */
export const NO_ANSWER = { ok: false, error: { kind: 'failed', reason: 'no answer' } };

const sleep = async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
  await wait(milliseconds / 10, undefined, signal && { signal }).catch(() => undefined);
};

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** How the receiver notes a text. */
export const typed = (text: string): string => JSON.stringify({ type: 'typed', text, lines: [text] });

/** The receiver refuses the first `refusals` updates, unless the test brings one of its own. */
export const openDesk = async (create: CreateFramework, receiver?: (update: unknown) => Promise<void>) => {
  const telegram = await startTelegramServer({ botToken: TOKEN, botUsername: 'OurShopBot' });
  ends.push(() => telegram.close());
  const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const seen: { updateId: number | null; text: string }[] = [];
  const desk = { refusals: 0 };
  const note = (update: unknown): Promise<void> => {
    if (desk.refusals-- > 0) return Promise.reject(new Error('no state'));
    const incoming = decodeUpdate(update, 'OurShopBot');
    const text = incoming.kind === 'customer' ? JSON.stringify(incoming.event) : incoming.kind;
    seen.push({ updateId: incoming.updateId, text });
    return Promise.resolve();
  };
  const framework = create({ token: TOKEN, apiRoot: telegram.url, receive: receiver ?? note });
  expect(await framework.me()).toEqual({ ok: true, value: { username: 'OurShopBot' } });

  const poll = () => {
    const end = new AbortController();
    const { getUpdates, receive: handle } = framework;
    const done = pollUpdates({ getUpdates, handle, log, sleep, signal: end.signal });
    const stop = async () => {
      end.abort();
      return done;
    };
    ends.push(stop);
    return { stop };
  };

  /** Resolves with the webhook's address once Telegram knows it. */
  const hook = async (): Promise<string> => {
    const receive = async (update: unknown) => {
      await framework.receive(update);
      return null;
    };
    const place = { host: '127.0.0.1', port: 0, webhookPath: '/telegram', secret: 'abc' };
    const server = await startHttpServer({ ...place, receive, readiness: () => Promise.resolve({ status: 'starting' }), log });
    ends.push(server.close);
    const url = `http://127.0.0.1:${server.port}/telegram`;
    expect(await framework.setWebhook(url, 'abc', 10)).toEqual({ ok: true, value: true });
    return url;
  };

  return {
    telegram,
    ana: telegram.customer(700),
    framework,
    seen,
    desk,
    log,
    texts: () => seen.map(({ text }) => text),
    poll,
    hook,
  };
};
