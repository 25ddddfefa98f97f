// The webhook's status codes, which decide what Telegram sends again, and what a stranger gets to see.
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { eventually } from '../../eventually.ts';
import type { HttpServer } from '../../../src/adapters/http/server.ts';
import { startHttpServer } from '../../../src/adapters/http/webhook.ts';

const SECRET = 'a-Secret_of_the_Webhook';
const readiness = () => Promise.resolve({ status: 'starting' } as const);
const SECRET_HEADER = 'x-telegram-bot-api-secret-token';

let server: HttpServer | undefined;
afterEach(() => server?.close());

/** `handle` may give what the answer has to carry. */
const start = async (handle: (update: unknown) => Promise<unknown>, patience = { body: 10_000, end: 5_000 }) => {
  const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const receive = async (update: unknown) =>
    z
      .record(z.string(), z.unknown())
      .nullable()
      .catch(null)
      .parse(await handle(update));
  server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    webhookPath: '/hook',
    secret: SECRET,
    receive,
    readiness,
    log,
    patience,
  });
  const { port } = server;
  const ask = async (path: string, init?: RequestInit) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
    return { status: response.status, body: await response.text() };
  };
  const post = (body: string, headers: Record<string, string> = {}) =>
    ask('/hook', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', [SECRET_HEADER]: SECRET, ...headers },
    });
  return { ask, post, log, port };
};

describe('the webhook', () => {
  it('acknowledges an update when it is handled, not before', async () => {
    let finish = (): void => undefined;
    const receive = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
    const { post } = await start(receive);
    const answered = vi.fn();
    const answer = post('{"update_id":1}').finally(answered);
    await eventually(() => expect(receive).toHaveBeenCalledWith({ update_id: 1 }));
    expect(answered).not.toHaveBeenCalled();
    finish();
    expect(await answer).toEqual({ status: 200, body: '{}' });
  });

  it('asks for another delivery when the update can’t be handled now, and says no more', async () => {
    const { post, log } = await start(() => Promise.reject(new Error('redis is away')));
    expect(await post('{"update_id":1}')).toEqual({ status: 503, body: '' });
    expect(log.error).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['no secret', undefined],
    ['an empty secret', ''],
    ['a wrong secret', 'A-Secret_of_the_Webhook'],
    ['a part of the secret', SECRET.slice(0, -1)],
    ['a longer secret', `${SECRET}x`],
    ['a secret far too long', 'x'.repeat(5000)],
  ])('refuses %s before it looks at the body', async (_what, secret) => {
    const receive = vi.fn(() => Promise.resolve());
    const { ask } = await start(receive);
    const headers = { 'content-type': 'application/json', ...(secret !== undefined && { [SECRET_HEADER]: secret }) };
    for (const body of ['{"update_id":1}', 'no json']) {
      expect(await ask('/hook', { method: 'POST', body, headers })).toEqual({ status: 401, body: '' });
    }
    expect(receive).not.toHaveBeenCalled();
  });

  it('refuses a stranger without waiting for the body', async () => {
    const { port } = await start(() => Promise.resolve());
    const socket = connect(port, '127.0.0.1');
    const answer = new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))));
    socket.write('POST /hook HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{');
    expect(await answer).toMatch(/^HTTP\/1\.1 401 /);
    socket.destroy();
  });

  it.each([
    ['a body that is no JSON', 'no json', {}, 400],
    ['an empty body', '', {}, 400],
    ['a body above 1 MiB', JSON.stringify('x'.repeat(1024 * 1024)), {}, 413],
    ['plain text', '{"update_id":1}', { 'content-type': 'text/plain' }, 415],
    ['a form', 'update_id=1', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ])('answers %s with its status and nothing else', async (_what, body, headers, status) => {
    const receive = vi.fn(() => Promise.resolve());
    const { post } = await start(receive);
    expect(await post(body, headers)).toEqual({ status, body: '' });
    expect(receive).not.toHaveBeenCalled();
  });
});

describe('the server', () => {
  it('is healthy, and has nothing else to show', async () => {
    const { ask } = await start(() => Promise.resolve());
    expect((await ask('/healthz')).status).toBe(200);
    expect(await ask('/hook')).toEqual({ status: 404, body: '' });
    expect(await ask('/')).toEqual({ status: 404, body: '' });
    expect(await ask('/%')).toMatchObject({ status: 400 });
  });

  it('takes names that objects have for plain names', async () => {
    const receive = vi.fn(() => Promise.resolve());
    const { post } = await start(receive);
    expect((await post('{"update_id":1,"__proto__":{"polluted":true}}')).status).toBe(200);
    expect(receive).toHaveBeenCalledOnce();
    expect('polluted' in {}).toBe(false);
  });

  it('carries a method call in its answer, or nothing', async () => {
    const reply = { method: 'answerCallbackQuery', callback_query_id: '7', text: '«ñ»' };
    expect(await (await start(() => Promise.resolve(reply))).post('{"update_id":1}')).toEqual({
      status: 200,
      body: JSON.stringify(reply),
    });
    expect(await (await start(() => Promise.resolve())).post('{"update_id":1}')).toEqual({ status: 200, body: '{}' });
  });

  it('rejects when the port is taken', async () => {
    const { port } = await start(() => Promise.resolve());
    const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
    const options = {
      host: '127.0.0.1',
      webhookPath: '/hook',
      secret: SECRET,
      receive: () => Promise.resolve(null),
      readiness,
      log,
    };
    await expect(startHttpServer({ ...options, port })).rejects.toThrow('EADDRINUSE');
  });

  it('finishes what is under way when it closes', async () => {
    let finish = (): void => undefined;
    const receive = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
    const { post } = await start(receive);
    const answer = post('{"update_id":1}');
    await eventually(() => expect(receive).toHaveBeenCalled());
    const closed = server?.close();
    finish();
    expect((await answer).status).toBe(200);
    await closed;
    server = undefined;
  });

  /** A client that sends a part of a request and then nothing; resolves once it is connected. */
  const halfway = async (port: number, part: string) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined).resume();
    await once(socket, 'connect');
    socket.write(part);
    return socket;
  };
  const head = `POST /hook HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${SECRET_HEADER}: ${SECRET}\r\ncontent-length: 100\r\n`;

  it.each([
    ['nothing', ''],
    ['half a head', head],
    ['half a body', `${head}\r\n{"update`],
  ])('ends although a client has sent %s', async (_what, part) => {
    const { port } = await start(() => Promise.resolve(), { body: 60_000, end: 50 });
    const socket = await halfway(port, part);
    const gone = once(socket, 'close');
    await server?.close();
    await gone;
    server = undefined;
    expect(socket.destroyed).toBe(true);
  });

  it('does not wait long for a body', async () => {
    const receive = vi.fn(() => Promise.resolve());
    const { port } = await start(receive, { body: 50, end: 50 });
    const socket = await halfway(port, `${head}\r\n{"update`);
    await once(socket, 'close');
    expect(receive).not.toHaveBeenCalled();
  });

  it('does not cut an update that takes longer than its body may', async () => {
    const { post } = await start(() => sleep(120), { body: 40, end: 5_000 });
    expect((await post('{"update_id":1}')).status).toBe(200);
  });
});
