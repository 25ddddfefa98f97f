// How the shop stands, read from the ledger when somebody scrapes: one reading at a time, in bounded time, and a failure is a metric too.
import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { Figures, ReadFigures } from '../../app/ports/figures.ts';
import type { CheckReadiness, Readiness } from '../../app/ports/readiness.ts';

export type StandingOptions = {
  readonly readFigures: ReadFigures;
  readonly readiness: CheckReadiness;
  /** As in the clock's port. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<unknown>;
};

/** How long a scrape waits for the ledger, in milliseconds: less than the ten seconds that Prometheus waits. */
const PATIENCE = 3_000;
/** Amounts are in hundredths inside; metrics are in whole units. */
const HUNDREDTHS = 100;

/** Gives the function that brings the gauges up to date; it never rejects. What could not be read is left out rather than old. */
export const createStandingMetrics = (
  registry: Registry,
  { readFigures, readiness, sleep }: StandingOptions,
): (() => Promise<void>) => {
  const gauge = (name: string, help: string, labelNames: string[]): Gauge =>
    new Gauge({ name: `voucher_bot_${name}`, help, labelNames, registers: [registry] });
  const orders = gauge('orders', 'Orders of all times by status', ['status']);
  const ages = gauge('order_oldest_age_seconds', 'Age of the oldest order of a status that is not an end', ['status']);
  const stuck = gauge('stuck_orders', 'Orders that wait for longer than is normal, or for a person', ['status']);
  const due = gauge('queue_due', 'Rows whose time has come', ['queue']);
  const dueFor = gauge('queue_oldest_due_seconds', 'For how long the oldest of them is due', ['queue']);
  const wallets = gauge('wallet_total', 'What all accounts of a kind hold, in units of the currency', ['account', 'currency']);
  const failed = gauge('ledger_scrape_failed', '1: the ledger could not be read, and what is read from it is missing', []);

  const ready = gauge('ready', '1: the part does what a sale needs of it. process: it takes work', ['part']);

  const showReadiness = (found: Readiness): void => {
    ready.reset();
    ready.set({ part: 'process' }, 'parts' in found ? 1 : 0);
    if (!('parts' in found)) return;
    for (const [part, state] of Object.entries(found.parts)) ready.set({ part }, state === 'ok' ? 1 : 0);
  };

  const show = (figures: Figures | null): void => {
    for (const each of [orders, ages, stuck, due, dueFor, wallets]) each.reset();
    failed.set(figures === null ? 1 : 0);
    if (figures === null) return;
    for (const [status, count] of Object.entries(figures.orders)) orders.set({ status }, count);
    for (const [status, age] of Object.entries(figures.ages)) ages.set({ status }, age / 1_000);
    for (const [status, count] of Object.entries(figures.stuck)) stuck.set({ status }, count);
    for (const [queue, depth] of Object.entries(figures.queues)) {
      due.set({ queue }, depth.due);
      dueFor.set({ queue }, depth.age / 1_000);
    }
    for (const { kind, currency, total } of figures.wallets) wallets.set({ account: kind, currency }, total / HUNDREDTHS);
  };

  /** A reading that hangs is not begun a second time. */
  let reading: Promise<Figures | null> | null = null;
  const read = (): Promise<Figures | null> =>
    (reading ??= readFigures()
      .catch(() => null)
      .finally(() => (reading = null)));

  return async () => {
    const done = new AbortController();
    showReadiness(await readiness());
    show(await Promise.race([read(), sleep(PATIENCE, done.signal).then(() => null)]));
    done.abort();
  };
};
