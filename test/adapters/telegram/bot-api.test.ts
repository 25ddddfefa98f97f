// The Bot API client against a real server: what is repeated, and what never is.
import { describe, expect, it } from 'vitest';
import type { Answer } from './scripted-bot-api.ts';
import { TEXT, TOKEN, accepted, connect, json, listen, refused, send, serve } from './scripted-bot-api.ts';

describe('a call', () => {
  it('posts JSON under the token and returns the result', async () => {
    const { apiRoot, calls } = await serve(accepted({ message_id: 5 }));
    const { api } = connect({ apiRoot: `${apiRoot}/prefix/` });
    expect(await send(api)).toEqual({ ok: true, value: { message_id: 5 } });
    expect(calls).toMatchObject([{ path: `/prefix/bot${TOKEN}/sendMessage`, contentType: 'application/json' }]);
    expect(JSON.parse(String(calls[0]?.body))).toEqual({ chat_id: 7, text: TEXT });
  });

  it('reuses its connections', async () => {
    const { apiRoot, calls } = await serve(accepted(true));
    const { api } = connect({ apiRoot });
    for (let i = 0; i < 10; i++) await send(api);
    expect(calls.length).toBe(10);
    expect(new Set(calls.map((call) => call.port)).size).toBeLessThanOrEqual(2);
  });

  it('uploads bytes in a form, wherever they stand', async () => {
    const { apiRoot, calls } = await serve(accepted(true));
    const { api } = connect({ apiRoot });
    const photo = { bytes: Uint8Array.of(137, 80, 78, 71, 0, 255), fileName: 'code.png' };
    await api.call('sendPhoto', { chat_id: 7, photo, protect_content: true, reply_markup: { inline_keyboard: [] } });
    await api.call('editMessageMedia', { chat_id: 7, message_id: 5, media: { type: 'photo', media: photo } });

    const [plain, nested] = calls.map((call) => call.body.toString('latin1'));
    expect(plain).toContain('name="photo"\r\n\r\nattach://file0\r\n');
    expect(plain).toMatch(/name="file0"; filename="code.png"\r\n[^]*?\r\n\r\n\x89PNG\x00\xff\r\n/);
    expect(plain).toContain('name="chat_id"\r\n\r\n7\r\n');
    expect(plain).toContain('name="protect_content"\r\n\r\ntrue\r\n');
    expect(plain).toContain('name="reply_markup"\r\n\r\n{"inline_keyboard":[]}\r\n');
    expect(nested).toContain('name="media"\r\n\r\n{"type":"photo","media":"attach://file0"}\r\n');
    expect(nested).toContain('name="file0"; filename="code.png"');
  });

  it('gives an upload its own, longer time', async () => {
    const slow: Answer = (request, response) => void setTimeout(() => accepted(true)(request, response), 40);
    const { apiRoot } = await serve(slow);
    const { api } = connect({ apiRoot, timeouts: { total: 10, files: 5000 } });
    const photo = { bytes: Uint8Array.of(1), fileName: 'a.png' };
    expect((await api.call('sendPhoto', { chat_id: 7, photo })).ok).toBe(true);
    expect(await send(api)).toEqual({ ok: false, error: { kind: 'noAnswer', reason: 'timed out' } });
  });
});

describe('a refusal', () => {
  it('waits for a short 429 and repeats once', async () => {
    const { apiRoot, calls } = await serve(refused(429, 'Too Many Requests', { retry_after: 3 }), accepted({ message_id: 6 }));
    const { api, sleep } = connect({ apiRoot });
    expect(await send(api)).toEqual({ ok: true, value: { message_id: 6 } });
    expect(sleep.mock.calls).toEqual([[3000]]);
    expect(calls.length).toBe(2);
  });

  it('gives up after a second 429', async () => {
    const { apiRoot, calls } = await serve(refused(429, 'Too Many Requests', { retry_after: 1 }));
    const { api } = connect({ apiRoot });
    expect(await send(api)).toEqual({ ok: false, error: { kind: 'tooMany', retryAfterSeconds: 1 } });
    expect(calls.length).toBe(2);
  });

  it('leaves a longer 429 to the caller', async () => {
    const { apiRoot, calls } = await serve(refused(429, 'Too Many Requests', { retry_after: 4 }));
    const { api, sleep } = connect({ apiRoot });
    expect(await send(api)).toEqual({ ok: false, error: { kind: 'tooMany', retryAfterSeconds: 4 } });
    expect(sleep).not.toHaveBeenCalled();
    expect(calls.length).toBe(1);
  });

  it.each([
    ['blocked for a 403', refused(403, 'Forbidden: bot was blocked by the user'), { kind: 'blocked' }],
    [
      'refused for a 400',
      refused(400, 'Bad Request: chat not found'),
      { kind: 'refused', reason: '400: Bad Request: chat not found' },
    ],
    [
      'refused for a method that does not exist',
      refused(404, 'Not Found: method not found'),
      { kind: 'refused', reason: '404: Not Found: method not found' },
    ],
  ])('is %s', async (_what, answer, error) => {
    const { apiRoot, calls } = await serve(answer);
    const { api } = connect({ apiRoot });
    expect(await send(api)).toEqual({ ok: false, error });
    expect(calls.length).toBe(1);
  });

  it.each([
    [401, 'Unauthorized'],
    [404, 'Not Found'],
    [409, `Conflict: terminated by other getUpdates request of ${TOKEN}`],
  ])('%i of the bot itself says nothing of the message, and is loud once a call', async (status, description) => {
    const { apiRoot, calls } = await serve(refused(status, description));
    const { api, log } = connect({ apiRoot });
    const reason = `the bot is refused, status ${status}`;
    expect(await send(api)).toEqual({ ok: false, error: { kind: 'noAnswer', reason } });
    expect(calls.length).toBe(1);
    expect(log.error.mock.calls).toEqual([['telegram.botRefused', { method: 'sendMessage', kind: 'noAnswer', reason }]]);
    expect(log.warn).not.toHaveBeenCalled();
  });

  it('is a success when there was nothing left to do', async () => {
    const { apiRoot } = await serve(
      refused(400, 'Bad Request: message is not modified: specified new message content is the same'),
      refused(400, 'Bad Request: query is too old and response timeout expired or query ID is invalid'),
    );
    const { api } = connect({ apiRoot });
    expect(await api.call('editMessageText', { chat_id: 7, message_id: 5, text: 'x' })).toEqual({ ok: true, value: true });
    expect(await api.call('answerCallbackQuery', { callback_query_id: '7' })).toEqual({ ok: true, value: true });
  });
});

describe('no answer', () => {
  it.each<[string, Answer, string]>([
    ['a server error', refused(502, 'Bad Gateway'), 'server error 502'],
    ['a reset', (request) => void request.socket.resetAndDestroy(), 'connection lost: ECONNRESET'],
    ['a connection that ends', (request) => void request.socket.end(), 'connection lost: UND_ERR_SOCKET'],
    [
      'an answer that stops',
      (_q, response) => (response.writeHead(200), response.write('{"ok":'), response.destroy()),
      'connection lost: UND_ERR_SOCKET',
    ],
    [
      'a page instead of an answer',
      (_q, response) => void response.writeHead(502).end('<html>'),
      'unreadable answer, status 502',
    ],
    ['an answer of another shape', json(200, { ok: 'yes' }), 'unreadable answer, status 200'],
    ['silence', () => undefined, 'timed out'],
  ])('is the value of %s, and the call is never repeated', async (_what, answer, reason) => {
    const { apiRoot, calls } = await serve(answer);
    const { api, sleep } = connect({ apiRoot, timeouts: { total: 100 } });
    expect(await send(api)).toEqual({ ok: false, error: { kind: 'noAnswer', reason } });
    expect(calls.length).toBe(1);
    expect(sleep).not.toHaveBeenCalled();
  });

  it('says that nothing was sent when the connection is refused, after one repetition', async () => {
    const { api, sleep } = connect({ apiRoot: 'http://127.0.0.1:1' });
    expect(await send(api)).toEqual({ ok: false, error: { kind: 'noAnswer', reason: 'not sent: ECONNREFUSED' } });
    expect(sleep).toHaveBeenCalledTimes(1);
  });

  it('arrives once when the server is back for the repetition', async () => {
    const { server, calls } = await serve(accepted({ message_id: 5 }));
    const port = await new Promise<number>((resolve) => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
    const { api } = connect({
      apiRoot: `http://127.0.0.1:${port}`,
      sleep: async () => {
        await listen(server, port);
      },
    });
    expect(await send(api)).toEqual({ ok: true, value: { message_id: 5 } });
    expect(calls.length).toBe(1);
  });
});
