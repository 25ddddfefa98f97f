// The metrics of one bot: what it counts as it works, how the shop stands when somebody asks, and how the process is doing.
import { Gauge, Registry, collectDefaultMetrics } from 'prom-client';
import type { SupplierReport } from '../../app/ports/supplier.ts';
import type { Telemetry } from '../../app/ports/telemetry.ts';
import { createStandingMetrics } from './standing-metrics.ts';
import type { StandingOptions } from './standing-metrics.ts';
import { createWorkMetrics } from './work-metrics.ts';

export type Metrics = {
  readonly telemetry: Telemetry;
  /** Takes what a call has told of the supplier. */
  hear(report: SupplierReport): void;
  /** What a scrape is answered with. Called once. */
  scrape(standing: StandingOptions): { readonly contentType: string; readonly text: () => Promise<string> };
};

let ofProcess: Registry | null = null;

/** Memory, processor, event loop: of the process, so begun once however many bots run in it; the observers behind them can't be ended. */
const processMetrics = (): Registry => {
  if (ofProcess === null) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
  }
  return ofProcess;
};

export const createMetrics = (): Metrics => {
  const registry = new Registry();
  const skew = new Gauge({
    name: 'voucher_bot_supplier_clock_skew_seconds',
    help: "The supplier's clock minus ours when that is so much that signatures are refused, else 0",
    registers: [registry],
  });
  return {
    telemetry: createWorkMetrics(registry),
    hear: ({ trouble, alarmingSkew }) => {
      if (alarmingSkew !== null || trouble === null) skew.set((alarmingSkew ?? 0) / 1_000);
    },
    scrape: (standing) => {
      const refresh = createStandingMetrics(registry, standing);
      const text = async (): Promise<string> => {
        await refresh();
        return `${await registry.metrics()}\n${await processMetrics().metrics()}`;
      };
      return { contentType: registry.contentType, text };
    },
  };
};
