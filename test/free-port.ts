// A port for a server that has to be told one before it starts.
import { once } from 'node:events';
import { createServer } from 'node:net';

/** A port of loopback that is free right now. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port');
  return address.port;
};
