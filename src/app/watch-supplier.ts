// Whether the supplier can be worked with: heard from every call, asked when nothing was heard, and told to the operator when it lasts.
import type { SupplierTrouble } from '../domain/alert.ts';
import { HOUR, MINUTE, later } from '../domain/time.ts';
import type { Instant } from '../domain/time.ts';
import type { Alerts, RaisedAlert } from './ports/alerts.ts';
import type { Clock } from './ports/clock.ts';
import type { Supplier, SupplierReport } from './ports/supplier.ts';

export type SupplierWatch = {
  hear(report: SupplierReport): void;
  /** Raises what has to be told by now. Throws when the ledger does. */
  look(): Promise<void>;
};

/** An outage is this many failures in a row, whatever was asked, and at least so long. A single one may be anything. */
const FEWEST_FAILURES = 5;
const LONG_ENOUGH = 3 * MINUTE;
/** What lasts is told again. */
const REMIND_AFTER = HOUR;
/** So soon after an outage is over the next one is not told: of two processes one may reach the supplier all along. */
const REST = 15 * MINUTE;
/** A supplier that nobody has called for so long is asked for a ping. */
const QUIET = MINUTE;

type Failing = { readonly count: number; readonly since: Instant; readonly trouble: SupplierTrouble };

export const createSupplierWatch = (deps: {
  /** Its calls are heard like all others. */
  readonly supplier: Pick<Supplier, 'ping'>;
  readonly alerts: Pick<Alerts, 'raiseAlert' | 'lastAlert'>;
  readonly clock: Clock;
}): SupplierWatch => {
  const { supplier, alerts, clock } = deps;
  let heardAt: Instant | null = null;
  let failing: Failing | null = null;
  let skew: number | null = null;

  /** Its key makes it one a day. */
  const tellOfSkew = async (): Promise<void> => {
    if (skew !== null) await alerts.raiseAlert({ type: 'clockSkew', skew }, clock.now());
  };

  /** Whoever works with it tells so, also of an outage that another process has raised. */
  const tellThatItWorks = async (last: RaisedAlert | null): Promise<void> => {
    if (last?.alert.type !== 'supplierFailing') return;
    await alerts.raiseAlert({ type: 'supplierBack', since: last.alert.since, follows: last.raisedAt }, clock.now());
  };

  const tellThatItFails = async ({ count, since, trouble }: Failing, last: RaisedAlert | null): Promise<void> => {
    const now = clock.now();
    if (count < FEWEST_FAILURES || later(since, LONG_ENOUGH) > now) return;
    const before = last?.alert.type === 'supplierFailing' ? last.alert.since : null;
    // What a clock raised that was ahead silences nobody until that time comes.
    const isRecent = (pause: number): boolean => last !== null && last.raisedAt <= now && later(last.raisedAt, pause) > now;
    if (isRecent(before === null ? REST : REMIND_AFTER)) return;
    const alert = { type: 'supplierFailing', since: before ?? since, trouble, follows: last?.raisedAt ?? null } as const;
    await alerts.raiseAlert(alert, now);
  };

  return {
    hear: ({ trouble, alarmingSkew }) => {
      heardAt = clock.now();
      if (alarmingSkew !== null || trouble === null) skew = alarmingSkew;
      failing = trouble === null ? null : { count: (failing?.count ?? 0) + 1, since: failing?.since ?? heardAt, trouble };
    },

    look: async () => {
      if (heardAt === null || later(heardAt, QUIET) <= clock.now()) await supplier.ping();
      await tellOfSkew();
      if (heardAt === null) return;
      const last = await alerts.lastAlert(['supplierFailing', 'supplierBack']);
      await (failing === null ? tellThatItWorks(last) : tellThatItFails(failing, last));
    },
  };
};
