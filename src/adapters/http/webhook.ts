// The HTTP server: Telegram's webhook behind its secret, and a health check. Its status codes decide what Telegram sends again.
import { hash, timingSafeEqual } from 'node:crypto';
import fastify from 'fastify';
import type { FastifyError } from 'fastify';
import type { Log } from '../../app/ports/log.ts';

export type HttpServerOptions = {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly webhookPath: string;
  /** What Telegram was told to send as `X-Telegram-Bot-Api-Secret-Token`. */
  readonly secret: string;
  /** Resolves when the update's effect is durable, with the method call that the answer carries if any; rejects when Telegram has to deliver it again. */
  readonly receive: (update: unknown) => Promise<object | null>;
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
/** How long a request may take to arrive, head and body, and how long the end waits for updates in hand before it cuts whoever is still connected. Milliseconds. */
const PATIENCE = { body: 10_000, end: 5_000 } as const;

/** Starts the server; rejects when the address is taken. */
export const startHttpServer = async (options: HttpServerOptions): Promise<HttpServer> => {
  const { host, port, webhookPath, secret, receive, log, patience = PATIENCE } = options;
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
  server.removeContentTypeParser('text/plain');
  // A connection that is kept alive would hold up the end for as long as its client likes.
  let closing = false;
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (closing) void reply.header('connection', 'close');
    done(null, payload);
  });
  const isSecret = createSecretCheck(secret);

  server.setNotFoundHandler((_request, reply) => reply.code(404).send());
  server.setErrorHandler((error: FastifyError, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error('http.requestFailed', { status }, error);
    return reply.code(status).send();
  });

  server.get('/healthz', () => ({ status: 'ok' }));

  server.post(webhookPath, {
    // Runs before the body is read: a stranger costs one hash.
    onRequest: async (request, reply) => {
      if (!isSecret(request.headers['x-telegram-bot-api-secret-token'])) {
        await reply.code(401).header('connection', 'close').send();
        return;
      }
    },
    handler: async (request, reply) => {
      try {
        return (await receive(request.body)) ?? {};
      } catch (error) {
        log.error('http.updateFailed', {}, error);
        return reply.code(503).send();
      }
    },
  });

  await server.listen({ host, port });
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port');
  return {
    port: address.port,
    close: async () => {
      closing = true;
      // Connections that never sent a whole request would be waited for without end.
      const cut = setTimeout(() => server.server.closeAllConnections(), patience.end);
      await server.close().finally(() => clearTimeout(cut));
    },
  };
};

/** Compares hashes, which are equally long whatever arrives, so that the time taken says nothing about the secret. */
const createSecretCheck = (secret: string): ((given: unknown) => boolean) => {
  const digest = (text: string): Buffer => hash('sha256', text, 'buffer');
  const expected = digest(secret);
  return (given) => typeof given === 'string' && timingSafeEqual(digest(given), expected);
};
