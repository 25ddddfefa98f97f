// A way to a PostgreSQL server that can be cut, muted and made to lose an answer, for the tests of outages.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { NetConnectOpts, Socket } from 'node:net';

export type Wire = {
  /** The server's address by this way. */
  readonly url: string;
  /** Ends all connections, without a word. */
  cut(): void;
  /** Takes no more connections and ends those that there are. */
  close(): Promise<void>;
  /** Takes connections again, at the same address. */
  open(): Promise<void>;
  /** Keeps back all that is said in both directions, or passes things on again, those kept back not. */
  mute(muted: boolean): void;
  /**
   * Ends the next connection on which this text is sent: `before` the server hears of it, or `after` the server has done it, in
   * place of its answer.
   */
  loseAt(text: string, moment: 'before' | 'after'): void;
};

const optionsOf = ({ hostname, port, searchParams }: URL): NetConnectOpts => {
  const number = port === '' ? 5432 : Number(port);
  const folder = searchParams.get('host');
  return folder === null ? { host: hostname, port: number } : { path: `${folder}/.s.PGSQL.${number}` };
};

export const openWire = async (target: string): Promise<Wire> => {
  const options = optionsOf(new URL(target));
  const sockets = new Set<Socket>();
  let muted = false;
  let loss: { readonly text: string; readonly moment: 'before' | 'after' } | null = null;

  const server = createServer((client) => {
    const upstream = connect(options);
    let losing = false;
    const end = (): void => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        end();
      });
    }
    client.on('data', (bytes) => {
      if (muted) return;
      if (loss !== null && bytes.includes(loss.text)) {
        const { moment } = loss;
        loss = null;
        if (moment === 'before') {
          end();
          return;
        }
        losing = true;
      }
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      if (losing) end();
      else if (!muted) client.write(bytes);
    });
  });
  const listen = async (port: number): Promise<number> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('A TCP server without a port');
    return address.port;
  };
  const port = await listen(0);
  const url = new URL(target);
  // An address without a host can't be given a port; the user of such a one is a parameter.
  url.host = '127.0.0.1';
  url.port = `${port}`;
  url.searchParams.delete('host');

  const cut = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    url: url.href,
    cut,
    close: async () => {
      server.close();
      cut();
      await once(server, 'close');
    },
    open: async () => {
      await listen(port);
    },
    mute: (on) => {
      muted = on;
    },
    loseAt: (text, moment) => {
      loss = { text, moment };
    },
  };
};
