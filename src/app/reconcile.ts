// Reconciles one day: asks the supplier about every attempt, compares, weighs the balance, stores the result and tells the operator.
// It only reports. Money is moved by the orders' own schedules and by people.
import { spanOf } from '../domain/day.ts';
import type { Day } from '../domain/day.ts';
import type { Currency } from '../domain/money.ts';
import { allAgrees, driftIn, sortFindings } from '../domain/reconciliation.ts';
import type { Finding, Reconciliation } from '../domain/reconciliation.ts';
import { fail, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import { HOUR, MINUTE, later } from '../domain/time.ts';
import type { Instant } from '../domain/time.ts';
import type { Alerts } from './ports/alerts.ts';
import type { SaleInfo } from './ask-after-sale.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Lease, Reconciliations } from './ports/reconciliation.ts';
import type { Supplier } from './ports/supplier.ts';
import { attemptPages } from './attempt-pages.ts';
import { createExamine } from './examine-attempts.ts';
import { createWeighBalance } from './weigh-balance.ts';

export type ReconcileRefusal =
  | 'notBegun'
  /** It was reconciled before, after its sales had had the time to be indexed. */
  | 'done'
  /** Another process is at it. */
  | 'taken'
  /** Another process has taken it over from this one. */
  | 'lost'
  /** The supplier could not be asked about all of it, and the caller would rather try again later. */
  | 'supplierDown'
  /** The signal aborted. */
  | 'stopped';

export type ReconcileOptions = {
  /** Also a day that is done: the result is replaced. */
  readonly again: boolean;
  /** Whether a result is stored although the supplier could not be asked about every attempt. */
  readonly evenUnasked: boolean;
  readonly signal?: AbortSignal;
};

export type ReconcileDay = (day: Day, options: ReconcileOptions) => Promise<Result<Reconciliation, ReconcileRefusal>>;

/** How long the supplier's index may take. It starts to count for a day when the day is over. Milliseconds. */
const INDEXING_TAKES = 3 * HOUR;
/** Longer than a page takes when the supplier answers each question at the last moment. Milliseconds. */
const LEASE = 30 * MINUTE;

/** When a day may be reconciled for good: 03:00 of the next one, unless the clocks change that night. */
export const settledFrom = (day: Day, timeZone: string): Instant => later(spanOf(day, timeZone).to, INDEXING_TAKES);

export type ReconcileDeps = {
  readonly books: Reconciliations;
  readonly supplier: SaleInfo & Pick<Supplier, 'balance' | 'portfolio'>;
  readonly alerts: Pick<Alerts, 'raiseAlert'>;
  readonly terminalId: number;
  /** The zone of the supplier's days. */
  readonly timeZone: string;
  /** Null where nobody has said what currency the balance is in. */
  readonly balanceCurrency: Currency | null;
  readonly clock: Clock;
  readonly log: Log;
};

export const createReconcileDay = (deps: ReconcileDeps): ReconcileDay => {
  const { books, alerts, terminalId, timeZone, clock, log } = deps;
  const weighBalance = createWeighBalance(deps);

  const release = async (lease: Lease): Promise<void> => {
    await books.extendReconciliation(lease, clock.now());
  };

  const finish = async (lease: Lease, result: Reconciliation): Promise<Result<Reconciliation, ReconcileRefusal>> => {
    // Before the end of the lease, so that whoever takes over from a dead process tells it again; the same day is told once.
    if (!allAgrees(result) && result.at >= settledFrom(result.day, timeZone)) {
      const { day, differences } = result;
      await alerts.raiseAlert(
        { type: 'booksDiffer', terminalId, day, differences: differences.length, drift: driftIn(result) },
        result.at,
      );
    }
    if ((await books.finishReconciliation(lease, result)) === 'lost') return fail('lost');
    log.info('reconciled', {
      day: result.day,
      total: result.agreed + result.open.length + result.differences.length,
      outcome: allAgrees(result) ? 'agreed' : 'differs',
      drift: driftIn(result),
    });
    return ok(result);
  };

  return async (day, { again, evenUnasked, signal }) => {
    const span = spanOf(day, timeZone);
    const now = clock.now();
    if (now < span.from) return fail('notBegun');
    const wanted = { terminalId, day, until: later(now, LEASE) };
    const begun = await books.beginReconciliation(wanted, now, again ? null : settledFrom(day, timeZone));
    if (!begun.ok) return begun;
    let lease = begun.value;
    try {
      const examine = createExamine(deps, signal);
      const findings: Finding[] = [];
      for await (const page of attemptPages(books, terminalId, span)) {
        const extended = await books.extendReconciliation(lease, later(clock.now(), LEASE));
        if (!extended.ok) return extended;
        lease = extended.value;
        findings.push(...(await examine(page)));
        if (signal?.aborted === true) {
          await release(lease);
          return fail('stopped');
        }
      }
      const sorted = sortFindings(findings);
      if (!evenUnasked && sorted.differences.some(({ outcome }) => outcome === 'couldNotAsk')) {
        await release(lease);
        return fail('supplierDown');
      }
      const balance = await weighBalance(span);
      const extended = await books.extendReconciliation(lease, later(clock.now(), LEASE));
      if (!extended.ok) return extended;
      lease = extended.value;
      return await finish(lease, { day, terminalId, at: clock.now(), ...sorted, balance });
    } catch (error) {
      // A ledger that failed may fail again here; then the lease ends by itself.
      await release(lease).catch(() => undefined);
      throw error;
    }
  };
};
