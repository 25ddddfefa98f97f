// The load balancer in front of several bots: any replica gets any update, the next one what the first can't take, some get it together,
// and some answers get lost.
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

export type FrontDoorOptions = {
  /** The ports of the bots that take updates; not all of them may be up. */
  readonly ports: readonly number[];
  readonly random: () => number;
  /** Whether it makes trouble now. */
  readonly troubled: () => boolean;
  /** Whether it asks the next bot for an update that one can't take, instead of sending it back to Telegram; always, unless given. */
  readonly asksNext?: () => boolean;
};

export type FrontDoor = {
  readonly url: string;
  /** Updates that two bots got at once, that the next one got, that Telegram got back, and answers that were lost on purpose. */
  readonly counts: { doubled: number; passedOn: number; sentBack: number; answersLost: number };
  close(): Promise<void>;
};

/** The chance of an update to be given to two bots at the same moment, and of an answer to get lost. */
const DOUBLED = 0.05;
const LOST = 0.03;

type Answer = { readonly status: number; readonly text: string };
const GONE: Answer = { status: 502, text: '' };

export const openFrontDoor = async ({ ports, random, troubled, asksNext = () => true }: FrontDoorOptions): Promise<FrontDoor> => {
  const counts = { doubled: 0, passedOn: 0, sentBack: 0, answersLost: 0 };

  const pass = async (port: number, request: IncomingMessage, body: Buffer): Promise<Answer> => {
    try {
      const response = await fetch(`http://127.0.0.1:${port}${request.url ?? '/'}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-telegram-bot-api-secret-token': String(request.headers['x-telegram-bot-api-secret-token']),
        },
        body: new Uint8Array(body),
        signal: AbortSignal.timeout(20_000),
      });
      return { status: response.status, text: await response.text() };
    } catch {
      return GONE;
    }
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(request);
    const first = Math.floor(random() * ports.length);
    const order = [...ports.slice(first), ...ports.slice(0, first)];
    const doubled = troubled() && ports.length > 1 && random() < DOUBLED;
    if (doubled) counts.doubled += 1;
    const [one = 0, ...others] = order;
    const answers = await Promise.all([one, ...(doubled ? others : [])].map((port) => pass(port, request, body)));
    let answer = answers.find(({ status }) => status === 200) ?? answers[0] ?? GONE;
    // A balancer that finds a replica gone, or about to go, asks the next one.
    for (const port of others) {
      if ((answer.status !== 502 && answer.status !== 503) || !asksNext()) break;
      counts.passedOn += 1;
      answer = await pass(port, request, body);
    }
    if (troubled() && random() < LOST) {
      counts.answersLost += 1;
      request.socket.destroy();
      return;
    }
    if (answer.status !== 200) counts.sentBack += 1;
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.text);
  };

  const server = createServer((request, response) => void serve(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The front door listens on no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    counts,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
