// Bodies and answers of the stand-ins, with as little work as node:http allows.
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** Calls `use` with the whole body as text. */
export const readBody = (request: IncomingMessage, use: (text: string) => void): void => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const [only] = chunks;
    use(chunks.length === 1 && only !== undefined ? only.toString() : Buffer.concat(chunks).toString());
  });
};

export const answerJson = (response: ServerResponse, status: number, json: string): void => {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) });
  response.end(json);
};

export const listenOnLoopback = async (server: Server, port = 0): Promise<string> => {
  // The contenders are measured, not how they open connections again.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port');
  return `http://127.0.0.1:${address.port}`;
};

export const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
