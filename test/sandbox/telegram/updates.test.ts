// How updates reach the bot: long polling and its offset, the webhook and its order.
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { startRawBot, textsIn, updatesIn, type SeenUpdate } from './raw-bot.ts';

describe('getUpdates', () => {
  it('answers a waiting bot as soon as something happens', async () => {
    const { server, bot } = await startRawBot();
    const waiting = bot('getUpdates', { timeout: 30 });
    server.customer(7).sendText('Hi');
    expect(textsIn(await waiting)).toEqual(['Hi']);
  });

  it('answers nothing when nothing happens', async () => {
    const { bot } = await startRawBot();
    expect(await bot('getUpdates', { timeout: 0 })).toEqual({ ok: true, result: [] });
    expect(await bot('getUpdates', { timeout: 1 })).toEqual({ ok: true, result: [] });
  });

  it('repeats until the offset confirms, and keeps the end for a negative offset', async () => {
    const { server, bot } = await startRawBot();
    const customer = server.customer(7);
    for (const text of ['a', 'b', 'c']) customer.sendText(text);
    const first = updatesIn(await bot('getUpdates', { limit: 2 }));
    expect(first.map((update) => update.message?.text)).toEqual(['a', 'b']);
    expect(textsIn(await bot('getUpdates'))).toEqual(['a', 'b', 'c']);
    expect(textsIn(await bot('getUpdates', { offset: (first[0]?.update_id ?? 0) + 1 }))).toEqual(['b', 'c']);
    expect(textsIn(await bot('getUpdates', { offset: -1 }))).toEqual(['c']);
    expect(textsIn(await bot('getUpdates'))).toEqual(['c']);
  });

  it('loses what the bot does not want', async () => {
    const { server, bot } = await startRawBot();
    await bot('getUpdates', { allowed_updates: ['callback_query'] });
    server.customer(7).sendText('Hi');
    server.customer(7).tapRaw('x', 1);
    expect(updatesIn(await bot('getUpdates')).map((update) => update.callback_query !== undefined)).toEqual([true]);
  });

  it('refuses a second waiter and a webhook beside it', async () => {
    const { bot } = await startRawBot();
    const first = bot('getUpdates', { timeout: 30 });
    const second = bot('getUpdates', { timeout: 30 });
    expect(await Promise.race([first, second])).toMatchObject({
      error_code: 409,
      description: expect.stringMatching(/^Conflict: terminated by other getUpdates/) as string,
    });
    await bot('setWebhook', { url: 'https://example.org/hook' });
    expect(await Promise.all([first, second])).toContainEqual({
      ok: false,
      error_code: 409,
      description: 'Conflict: terminated by setWebhook request',
    });
    expect(await bot('getUpdates')).toMatchObject({ error_code: 409 });
    await bot('deleteWebhook');
    expect(await bot('getUpdates')).toMatchObject({ ok: true });
  });
});

type Delivery = { update: SeenUpdate; headers: IncomingHttpHeaders; respond: (status: number, body?: unknown) => void };

/** A webhook that hands every delivery to the test, which decides when and how to answer. */
const startHook = async () => {
  const deliveries: Delivery[] = [];
  const waiters: ((delivery: Delivery) => void)[] = [];
  const server = createServer((request, response) => {
    request.setEncoding('utf8');
    let body = '';
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const delivery: Delivery = {
        update: JSON.parse(body) as SeenUpdate,
        headers: request.headers,
        respond: (status, answer) => {
          response.writeHead(status, { 'content-type': 'application/json' });
          response.end(answer === undefined ? '' : JSON.stringify(answer));
        },
      };
      const waiter = waiters.shift();
      if (waiter === undefined) deliveries.push(delivery);
      else waiter(delivery);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  hooks.push(server);
  const address = server.address();
  const next = async (): Promise<Delivery> => deliveries.shift() ?? (await new Promise((resolve) => waiters.push(resolve)));
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/hook`,
    next,
    waiting: () => deliveries.length,
  };
};

const hooks: Server[] = [];

afterEach(() => {
  for (const hook of hooks.splice(0)) {
    hook.closeAllConnections();
    hook.close();
  }
});

describe('webhook', () => {
  it('delivers one update of a chat at a time, several chats at once, with the secret', async () => {
    const { server, bot } = await startRawBot();
    const hook = await startHook();
    await bot('setWebhook', { url: hook.url, secret_token: 'a-secret' });
    server.customer(7).sendText('a1');
    server.customer(7).sendText('a2');
    server.customer(8).sendText('b1');
    const [one, two] = [await hook.next(), await hook.next()];
    expect([one.update.message?.text, two.update.message?.text].sort()).toEqual(['a1', 'b1']);
    expect(one.headers['x-telegram-bot-api-secret-token']).toBe('a-secret');
    expect(await bot('getWebhookInfo')).toMatchObject({ result: { pending_update_count: 3 } });
    expect(hook.waiting()).toBe(0);
    one.respond(200);
    two.respond(204);
    const three = await hook.next();
    expect(three.update.message?.text).toBe('a2');
    three.respond(200);
    server.customer(8).sendText('b2');
    (await hook.next()).respond(200);
  });

  it('delivers again until the bot says 2xx, before anything newer of the chat', async () => {
    const { server, bot } = await startRawBot();
    const hook = await startHook();
    await bot('setWebhook', { url: hook.url });
    server.customer(7).sendText('a1');
    server.customer(7).sendText('a2');
    const first = await hook.next();
    first.respond(503);
    const again = await hook.next();
    expect(again.update).toEqual(first.update);
    expect(await bot('getWebhookInfo')).toMatchObject({
      result: { last_error_message: 'Wrong response from the webhook: 503 Service Unavailable' },
    });
    again.respond(302);
    (await hook.next()).respond(200);
    const next = await hook.next();
    expect(next.update.message?.text).toBe('a2');
    next.respond(200);
  });

  it('runs the method call that an answer carries', async () => {
    const { server, bot } = await startRawBot();
    const hook = await startHook();
    await bot('setWebhook', { url: hook.url });
    const customer = server.customer(7);
    customer.sendText('Hi');
    (await hook.next()).respond(200, { method: 'sendMessage', chat_id: 7, text: 'From the answer' });
    await customer.waitFor((messages) => messages.some((message) => message.text === 'From the answer'));
    expect(server.calls.at(-1)).toMatchObject({ method: 'sendMessage', ok: true });
  });

  it('keeps what was not delivered for whoever asks next', async () => {
    const { server, bot } = await startRawBot();
    await bot('setWebhook', { url: 'http://127.0.0.1:1/hook' });
    server.customer(7).sendText('Hi');
    await bot('deleteWebhook');
    expect(textsIn(await bot('getUpdates'))).toEqual(['Hi']);
  });
});
