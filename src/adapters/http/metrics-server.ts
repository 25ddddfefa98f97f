// The port for whoever looks after the process: its metrics, and the health checks where no webhook server has them.
import { startServer } from './server.ts';
import type { HttpServer, ServerOptions } from './server.ts';

export type MetricsServerOptions = ServerOptions & {
  /** The metrics as text, of this type. */
  readonly scrape: { readonly contentType: string; readonly text: () => Promise<string> };
};

/** Starts the server; rejects when the address is taken. */
export const startMetricsServer = ({ scrape, ...options }: MetricsServerOptions): Promise<HttpServer> =>
  startServer(options, (server) =>
    server.get('/metrics', async (_request, reply) => {
      const text = await scrape.text();
      return reply.type(scrape.contentType).send(text);
    }),
  );
