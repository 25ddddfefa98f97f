// An HTTP server with the paths of health checks, and whatever its owner adds to it: strict about time, and quick to end.
import fastify from 'fastify';
import type { FastifyError, FastifyInstance } from 'fastify';
import type { Log } from '../../app/ports/log.ts';
import type { CheckReadiness } from '../../app/ports/readiness.ts';

export type ServerOptions = {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Whether the process can sell: 200 or 503 on `/readyz`. */
  readonly readiness: CheckReadiness;
  readonly log: Log;
  /** Shorter in tests. */
  readonly patience?: { readonly body: number; readonly end: number };
};

export type HttpServer = {
  readonly port: number;
  /** Takes no more requests and waits for those under way. */
  readonly close: () => Promise<void>;
};

/** An update is a few kilobytes; nothing that Telegram sends comes near this. */
const BODY_LIMIT = 1024 * 1024;
/** How long a request may take to arrive, head and body, and how long the end waits for requests in hand before it cuts whoever is still connected. Milliseconds. */
const PATIENCE = { body: 10_000, end: 5_000 } as const;

/** How often a server that ends looks for connections that are done, in milliseconds. */
const SWEEP = 20;

/** Starts the server with the routes that `addRoutes` adds; rejects when the address is taken. */
export const startServer = async (
  { host, port, readiness, log, patience = PATIENCE }: ServerOptions,
  addRoutes: (server: FastifyInstance) => void,
): Promise<HttpServer> => {
  const server = fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    requestTimeout: patience.body,
    http: {
      headersTimeout: patience.body,
      requestTimeout: patience.body,
      // How often the server looks for requests that are late.
      connectionsCheckingInterval: Math.ceil(patience.body / 4),
    },
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      // Whoever receives it parses it into a shape of their own, so names such as __proto__ need no search here.
      done(null, JSON.parse(String(body)));
    } catch {
      done(Object.assign(new Error('Not JSON'), { statusCode: 400 }));
    }
  });

  server.setNotFoundHandler((_request, reply) => reply.code(404).send());
  server.setErrorHandler((error: FastifyError, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error('http.requestFailed', { status }, error);
    return reply.code(status).send();
  });

  server.get('/healthz', () => ({ status: 'ok' }));
  server.get('/readyz', async (_request, reply) => {
    const found = await readiness();
    return reply.code(found.status === 'ready' ? 200 : 503).send(found);
  });
  addRoutes(server);

  await server.listen({ host, port });
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port');
  return {
    port: address.port,
    close: async () => {
      // A connection that is kept alive would hold up the end for as long as its client likes.
      const sweep = setInterval(() => server.server.closeIdleConnections(), SWEEP);
      // Connections that never sent a whole request would be waited for without end.
      const cut = setTimeout(() => server.server.closeAllConnections(), patience.end);
      await server.close();
      clearInterval(sweep);
      clearTimeout(cut);
    },
  };
};
