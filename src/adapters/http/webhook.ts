// Telegram's webhook behind its secret. Its status codes decide what Telegram sends again.
import { hash, timingSafeEqual } from 'node:crypto';
import { startServer } from './server.ts';
import type { HttpServer, ServerOptions } from './server.ts';

export type HttpServerOptions = ServerOptions & {
  readonly webhookPath: string;
  /** What Telegram was told to send as `X-Telegram-Bot-Api-Secret-Token`. */
  readonly secret: string;
  /** Resolves when the update's effect is durable, with the method call that the answer carries if any; rejects when Telegram has to deliver it again. */
  readonly receive: (update: unknown) => Promise<object | null>;
};

/** Starts the server; rejects when the address is taken. */
export const startHttpServer = ({ webhookPath, secret, receive, ...options }: HttpServerOptions): Promise<HttpServer> => {
  const isSecret = createSecretCheck(secret);
  return startServer(options, (server) =>
    server.post(webhookPath, {
      // Runs before the body is read: a stranger costs one hash.
      onRequest: (request, reply, done) => {
        if (isSecret(request.headers['x-telegram-bot-api-secret-token'])) done();
        else void reply.code(401).header('connection', 'close').send();
      },
      handler: async (request, reply) => {
        try {
          return (await receive(request.body)) ?? {};
        } catch (error) {
          options.log.error('http.updateFailed', {}, error);
          return reply.code(503).send();
        }
      },
    }),
  );
};

/** Compares hashes, which are equally long whatever arrives, so that the time taken says nothing about the secret. */
const createSecretCheck = (secret: string): ((given: unknown) => boolean) => {
  const digest = (text: string): Buffer => hash('sha256', text, 'buffer');
  const expected = digest(secret);
  return (given) => typeof given === 'string' && timingSafeEqual(digest(given), expected);
};
