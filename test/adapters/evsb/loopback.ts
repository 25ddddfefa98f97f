// Scripted servers on loopback and a supplier connected to them, for the tests of the eVSB client.
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { EvsbSettings } from '../../../src/adapters/evsb/settings.ts';
import { createEvsbSupplier } from '../../../src/adapters/evsb/supplier.ts';
import type { EvsbDeps, EvsbSupplier } from '../../../src/adapters/evsb/supplier.ts';
import type { Log, LogFields } from '../../../src/app/ports/log.ts';

export type Loopback = { readonly url: string; close(): Promise<void> };

/** Listens on a free port; closing resets the connections that are still open. */
export const listen = async (server: Server): Promise<Loopback> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};

export type Request = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

/** An HTTP server that records whole requests before it answers them. `answer` is called with the request's number, from 1 on. */
export const serveHttp = async (answer: (request: Request, response: ServerResponse, count: number) => void) => {
  const requests: Request[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming;
      const request = { method, url, headers, body: Buffer.concat(chunks).toString() };
      requests.push(request);
      answer(request, response, requests.length);
    });
  });
  server.keepAliveTimeout = 60_000;
  return { ...(await listen(server)), requests };
};

/** A TCP server. `onRequest` is called once per connection with what arrived first, and may write whatever it likes. */
export const serveTcp = async (onRequest: (socket: Socket, head: string) => void) => {
  let received = 0;
  const server = createTcpServer((socket) => {
    socket.once('data', (data) => {
      received += 1;
      onRequest(socket, data.toString('latin1'));
    });
  });
  return {
    ...(await listen(server)),
    get received() {
      return received;
    },
  };
};

export const replyJson = (response: ServerResponse, json: unknown, headers: Record<string, string> = {}): void => {
  response.writeHead(200, { 'Content-Type': 'application/json', UID: 'uid-1', ...headers }).end(JSON.stringify(json));
};

type Line = { readonly level: 'info' | 'warn' | 'error'; readonly event: string; readonly fields: LogFields };

export const recordLog = () => {
  const lines: Line[] = [];
  const at =
    (level: Line['level']) =>
    (event: string, fields: LogFields = {}) =>
      void lines.push({ level, event, fields });
  const log: Log = { info: at('info'), warn: at('warn'), error: at('error') };
  return { log, lines, events: () => lines.map(({ level, event }) => `${level} ${event}`) };
};

export const NOON = 1_735_732_800_000;

export const settingsFor = (baseUrl: string): EvsbSettings => ({
  baseUrl,
  user: 'demo-channel-01',
  password: 'Correct-Horse-42',
  terminalId: 100001,
  timeZone: 'America/Mexico_City',
  environment: 'production',
  pricesDirectPath: '/util/prices/direct/{terminalId}/{operatorId}/{amountToSendX100}',
  pricesReversePath: '/util/prices/reverse/{terminalId}/{operatorId}/{destinationAmountX100}',
  legacyBeneficiaryField: false,
  oldVoucherProductsPath: false,
});

/** Runs `test` with a supplier that never really sleeps, and closes it. */
export const withSupplier = async <T>(
  baseUrl: string,
  overrides: Partial<EvsbSettings & Pick<EvsbDeps, 'now'>>,
  test: (supplier: EvsbSupplier, log: ReturnType<typeof recordLog>, sleeps: number[]) => Promise<T>,
): Promise<T> => {
  const recorded = recordLog();
  const sleeps: number[] = [];
  const { now = Date.now, ...settings } = overrides;
  const supplier = createEvsbSupplier(
    { ...settingsFor(baseUrl), ...settings },
    { now, log: recorded.log, sleep: (ms) => Promise.resolve(sleeps.push(ms)) },
  );
  try {
    return await test(supplier, recorded, sleeps);
  } finally {
    await supplier.close();
  }
};

export type Answer = Parameters<typeof serveHttp>[0];

/** Asks a supplier whose server gives this answer, and hands over the result with what the server saw. */
export const ask = async <T>(
  answer: Answer,
  question: (supplier: EvsbSupplier) => Promise<T>,
  overrides: Parameters<typeof withSupplier>[1] = {},
) => {
  const server = await serveHttp(answer);
  try {
    return await withSupplier(server.url, overrides, async (supplier, log, sleeps) => ({
      result: await question(supplier),
      requests: server.requests,
      log,
      sleeps,
    }));
  } finally {
    await server.close();
  }
};

export const reply =
  (json: unknown, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    replyJson(response, json, headers);

export const status =
  (code: number): Answer =>
  (_request, response) =>
    void response.writeHead(code).end();
