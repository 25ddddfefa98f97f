// Disorder and faults on order: repeats, wrong order, junk, 429, 500 and lost connections.
import { describe, expect, it } from 'vitest';
import { botToken, startRawBot, textsIn, updatesIn } from './raw-bot.ts';

describe('disorder', () => {
  it('delivers an update again under its id, although it was confirmed', async () => {
    const { server, bot } = await startRawBot();
    server.customer(7).sendText('Hi');
    const [first] = updatesIn(await bot('getUpdates'));
    const offset = (first?.update_id ?? 0) + 1;
    expect(await bot('getUpdates', { offset })).toMatchObject({ result: [] });
    expect(server.control.redeliver()).toBe(true);
    expect(updatesIn(await bot('getUpdates', { offset }))).toEqual([first]);
    expect(await bot('getUpdates', { offset })).toMatchObject({ result: [] });
  });

  it('sends a tap again as a new update', async () => {
    const { server, bot } = await startRawBot();
    expect(server.control.resendTap()).toBe(false);
    server.customer(7).sendText('Hi');
    server.customer(7).tapRaw('buy', 1);
    server.control.resendTap();
    const [, tap, again] = updatesIn(await bot('getUpdates'));
    expect(again?.callback_query).toEqual(tap?.callback_query);
    expect(again?.update_id).toBe((tap?.update_id ?? 0) + 1);
  });

  it('delivers held updates last first', async () => {
    const { server, bot } = await startRawBot();
    server.control.reorderNext(2);
    server.customer(7).sendText('a');
    expect(await bot('getUpdates')).toMatchObject({ result: [] });
    server.customer(7).sendText('b');
    server.customer(7).sendText('c');
    const seen = updatesIn(await bot('getUpdates'));
    expect(seen.map((update) => update.message?.text)).toEqual(['b', 'a', 'c']);
    expect(textsIn(await bot('getUpdates', { offset: (seen[2]?.update_id ?? 0) + 1 }))).toEqual([]);
  });

  it('delivers junk, forged taps and groups', async () => {
    const { server, bot } = await startRawBot();
    const customer = server.customer(7);
    await bot('getUpdates', { allowed_updates: ['message', 'callback_query'] });
    customer.sendRaw({ something_new: { a: 1 } });
    customer.sendInGroup('@local_shop_bot hi');
    customer.tapRaw('forged', 404);
    expect(await bot('getUpdates')).toMatchObject({
      result: [
        { something_new: { a: 1 } },
        { message: { chat: { type: 'group' }, entities: [{ type: 'mention' }] } },
        { callback_query: { data: 'forged', message: { message_id: 404, date: 0 } } },
      ],
    });
    const { chatId } = customer.sendInGroup('again');
    await bot('sendMessage', { chat_id: chatId, text: 'Not here' });
    expect(customer.groupMessages().map((message) => message.from)).toEqual(['me', 'me', 'bot']);
    expect(
      server
        .customer(8)
        .groupMessages()
        .map((message) => message.from),
    ).toEqual(['other', 'other', 'bot']);
  });
});

describe('faults', () => {
  it('answers 429 as often as ordered', async () => {
    const { server, bot } = await startRawBot();
    server.control.fail('sendMessage', { kind: 'tooManyRequests', retryAfterSeconds: 3 }, 2);
    server.customer(7).sendText('Hi');
    const send = async () => await bot('sendMessage', { chat_id: 7, text: 'a' });
    const tooMany = {
      ok: false,
      error_code: 429,
      description: 'Too Many Requests: retry after 3',
      parameters: { retry_after: 3 },
    };
    expect([await send(), await send()]).toEqual([tooMany, tooMany]);
    expect(await send()).toMatchObject({ ok: true });
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('fails and drops %s the deed', async (when, sent) => {
    const { server, bot } = await startRawBot();
    const customer = server.customer(7);
    customer.sendText('Hi');
    const received = () => customer.messages().filter((message) => message.from === 'bot').length;
    server.control.fail('*', { kind: 'serverError', when });
    expect(await bot('sendMessage', { chat_id: 7, text: 'a' })).toMatchObject({ error_code: 500 });
    expect(received()).toBe(sent);
    server.control.fail('sendMessage', { kind: 'drop', when });
    await expect(bot('sendMessage', { chat_id: 7, text: 'a' })).rejects.toThrow('fetch failed');
    expect(received()).toBe(2 * sent);
  });

  it('obeys orders over HTTP and shows the books, without the token', async () => {
    const { server, bot } = await startRawBot();
    server.customer(7).sendText('Hi');
    const order = async (body: unknown) =>
      await (await fetch(`${server.url}/_sim/orders`, { method: 'POST', body: JSON.stringify(body) })).json();
    expect(await order({ do: 'fail', method: 'getMe', fault: { kind: 'delay', milliseconds: 30 } })).toEqual({ done: true });
    const start = performance.now();
    await bot('getMe');
    expect(performance.now() - start).toBeGreaterThan(25);
    expect(await order({ do: 'block', userId: 7 })).toEqual({ done: true });
    expect(await bot('sendMessage', { chat_id: 7, text: 'a' })).toMatchObject({ error_code: 403 });
    expect(await order({ do: 'dance' })).toHaveProperty('error');
    const books = await (await fetch(`${server.url}/_sim/calls`)).text();
    expect(JSON.parse(books)).toMatchObject([
      { method: 'getMe', ok: true },
      { method: 'sendMessage', ok: false, params: { chat_id: 7 } },
    ]);
    expect(books).not.toContain(botToken);
  });
});
