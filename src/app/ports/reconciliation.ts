// What reconciliation reads and keeps: the attempts of a while, the supplier's balance as it was read, and one result a day.
import type { Standing } from '../../domain/attempt-standing.ts';
import type { Reading } from '../../domain/balance-drift.ts';
import type { Day, Span } from '../../domain/day.ts';
import type { LocalReference } from '../../domain/ids.ts';
import type { Attempt, OrderTerms } from '../../domain/order.ts';
import type { Reconciliation } from '../../domain/reconciliation.ts';
import type { Result } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';

/** What the ledger has of one attempt. `order` is text, and the rest null, where the order's rows can't be read. */
export type LedgerAttempt = {
  readonly order: string;
  readonly attempt: Attempt;
  readonly content: {
    readonly terms: Pick<OrderTerms, 'productId' | 'family' | 'sent' | 'cost'>;
    readonly standing: Standing;
  } | null;
};

/** Where a page ended. Attempts are in the order of their time, then of their reference. */
export type Place = Pick<Attempt, 'at' | 'reference'>;

/** The right to reconcile a day until `until`; it names its holder, so that a slow one notices that it has lost it. */
export type Lease = { readonly terminalId: number; readonly day: Day; readonly until: Instant };

export type Reconciliations = {
  /** Up to `limit` attempts of a terminal that were sent within the span, beginning behind `after`. */
  attemptsBetween(terminalId: number, span: Span, after: Place | null, limit: number): Promise<readonly LedgerAttempt[]>;
  /** One attempt as it is now; null when its reference was never used. */
  attemptOf(terminalId: number, reference: LocalReference): Promise<LedgerAttempt | null>;

  /**
   * Takes a day for one of several processes: `done`: it was finished at `unlessDoneSince` or later; null does it again in any case. `taken`: somebody
   * else has it. A lease that has run out belongs to whoever comes next.
   */
  beginReconciliation(wanted: Lease, now: Instant, unlessDoneSince: Instant | null): Promise<Result<Lease, 'done' | 'taken'>>;
  /** Holds a day until another moment, which may be now. `lost`: somebody else has it, and nothing was written. */
  extendReconciliation(lease: Lease, until: Instant): Promise<Result<Lease, 'lost'>>;
  /** Stores the result in place of an earlier one, and ends the lease. `lost` as above. */
  finishReconciliation(lease: Lease, result: Reconciliation): Promise<'finished' | 'lost'>;
  reconciliationOf(terminalId: number, day: Day): Promise<Reconciliation | null>;

  recordBalance(terminalId: number, reading: Reading): Promise<void>;
  /**
   * The first reading at the beginning of the span or later, and the first one at its end or later. So the closing of one day is the opening
   * of the next, and no moment is left out, however late a reading came.
   */
  balancesAround(terminalId: number, span: Span): Promise<{ readonly opening: Reading | null; readonly closing: Reading | null }>;
};
