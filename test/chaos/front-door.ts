// The load balancer in front of a campaign's bots: any replica gets any update, some get it together, and some answers get lost.
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

export type FrontDoorOptions = {
  /** The ports of the bots that take updates; not all of them may be up. */
  readonly ports: readonly number[];
  readonly random: () => number;
  /** Whether it makes trouble now. */
  readonly troubled: () => boolean;
};

export type FrontDoor = {
  readonly url: string;
  /** Updates that two bots got at once, and answers that were lost on purpose. */
  readonly counts: { doubled: number; answersLost: number };
  close(): Promise<void>;
};

/** The chance of an update to be given to two bots at the same moment, and of an answer to get lost. */
const DOUBLED = 0.05;
const LOST = 0.03;

export const openFrontDoor = async ({ ports, random, troubled }: FrontDoorOptions): Promise<FrontDoor> => {
  const counts = { doubled: 0, answersLost: 0 };

  const pass = async (port: number, request: IncomingMessage, body: Buffer): Promise<number> => {
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
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 502;
    }
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(request);
    const first = Math.floor(random() * ports.length);
    const order = [...ports.slice(first), ...ports.slice(0, first)];
    const doubled = troubled() && ports.length > 1 && random() < DOUBLED;
    if (doubled) counts.doubled += 1;
    const [one = 0, ...others] = order;
    const statuses = await Promise.all([one, ...(doubled ? others : [])].map((port) => pass(port, request, body)));
    let status = statuses.find((each) => each === 200) ?? statuses[0] ?? 502;
    // A balancer that finds a replica gone asks the next one.
    for (const port of others) if (status === 502) status = await pass(port, request, body);
    if (troubled() && random() < LOST) {
      counts.answersLost += 1;
      request.socket.destroy();
      return;
    }
    response.writeHead(status, { 'content-type': 'application/json' }).end(status === 200 ? '{}' : '');
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
