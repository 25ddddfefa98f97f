// Puts together what looks at the bot's work: what counts it and tells so on a port of its own, what traces it, or nothing.
import { startMetricsServer } from './adapters/http/metrics-server.ts';
import type { HttpServer } from './adapters/http/server.ts';
import { createMetrics } from './adapters/metrics/metrics.ts';
import type { Traces } from './adapters/otel/traces.ts';
import type { SqlLedger } from './adapters/sql/ledger.ts';
import type { Clock } from './app/ports/clock.ts';
import type { Log } from './app/ports/log.ts';
import type { CheckReadiness } from './app/ports/readiness.ts';
import type { SupplierReport } from './app/ports/supplier.ts';
import type { Telemetry } from './app/ports/telemetry.ts';
import { createReadFigures } from './app/read-figures.ts';
import { combineTelemetries } from './app/telemetry.ts';
import type { Config } from './config.ts';

type Parts = { readonly books: SqlLedger; readonly readiness: CheckReadiness; readonly clock: Clock; readonly log: Log };

export type Seeing = {
  readonly telemetry: Telemetry;
  /** Takes what a call has told of the supplier. */
  hear(report: SupplierReport): void;
  /** Opens the port of metrics and health, and gives its number; null where there is none. Rejects when the port is taken. */
  open(parts: Parts): Promise<number | null>;
  /** At the very end, so that the process can be watched until then. */
  close(): Promise<void>;
};

/** What traces is loaded only where somebody collects it: it would cost time at the start, and memory. */
const openTracing = async (endpoint: string | null, log: Log): Promise<Traces | null> =>
  endpoint === null ? null : (await import('./adapters/otel/traces.ts')).openTraces(endpoint, log);

export const composeTelemetry = async (config: Pick<Config, 'metrics' | 'tracesEndpoint'>, log: Log): Promise<Seeing> => {
  const traces = await openTracing(config.tracesEndpoint, log);
  const metrics = config.metrics === null ? null : createMetrics();
  const all = [traces, metrics].flatMap((seer) => (seer === null ? [] : [seer.telemetry]));
  let server: HttpServer | null = null;
  return {
    telemetry: combineTelemetries(all),
    hear: (report) => metrics?.hear(report),
    open: async ({ books, readiness, clock, log }) => {
      if (metrics === null || config.metrics === null) return null;
      const readFigures = createReadFigures({ operations: books, clock });
      const scrape = metrics.scrape({ readFigures, readiness, sleep: clock.sleep });
      server = await startMetricsServer({ ...config.metrics, readiness, scrape, log });
      log.info('metricsOpen', { port: server.port });
      return server.port;
    },
    close: async () => {
      await server?.close();
      await traces?.close();
    },
  };
};
