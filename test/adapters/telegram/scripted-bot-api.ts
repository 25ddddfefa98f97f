// A Bot API server that answers by script, and clients of it; both end with the test.
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { afterEach, vi } from 'vitest';
import type { BotApi, BotApiOptions } from '../../../src/adapters/telegram/bot-api.ts';
import { createBotApi } from '../../../src/adapters/telegram/bot-api.ts';

export const TOKEN = '123456:AA-secret_token';
export const TEXT = 'your code is 4921-7743';

/** Answers one call, or fails to. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;
type Call = { readonly path: string; readonly contentType: string; readonly body: Buffer<ArrayBuffer>; readonly port: number };

export const json =
  (status: number, body: object): Answer =>
  (_request, response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
export const accepted = (result: unknown): Answer => json(200, { ok: true, result });
export const refused = (code: number, description: string, parameters?: object): Answer =>
  json(code, { ok: false, error_code: code, description, parameters });

export const listen = (server: Server, port = 0): Promise<number> =>
  new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()));
});

/** A server that gives these answers in turn, the last one for ever, and keeps its books. */
export const serve = async (...answers: readonly [Answer, ...Answer[]]) => {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      const contentType = request.headers['content-type'] ?? '';
      calls.push({ path: request.url ?? '', contentType, body, port: request.socket.remotePort ?? 0 });
      (answers[calls.length - 1] ?? answers.at(-1) ?? answers[0])(request, response);
    });
  });
  const port = await listen(server);
  ends.push(() => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))));
  return { apiRoot: `http://127.0.0.1:${port}`, calls, server };
};

export const connect = (options: Partial<BotApiOptions>) => {
  const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const sleep = vi.fn<BotApiOptions['sleep']>(() => Promise.resolve());
  const api = createBotApi({ token: TOKEN, log, sleep, ...options });
  ends.push(() => api.close());
  return { api, log, sleep };
};

export const send = (api: BotApi) => api.call('sendMessage', { chat_id: 7, text: TEXT });
