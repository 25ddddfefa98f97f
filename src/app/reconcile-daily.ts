// Reconciles day after day: reads the balance at the beginning of each, and compares each one when it is over and indexed.
import { dayLater, dayOf, spanOf } from '../domain/day.ts';
import type { Day } from '../domain/day.ts';
import { assertNever } from '../domain/result.ts';
import { HOUR, MINUTE, later } from '../domain/time.ts';
import type { Instant } from '../domain/time.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Reconciliations } from './ports/reconciliation.ts';
import { settledFrom } from './reconcile.ts';
import type { ReconcileDay } from './reconcile.ts';
import type { ReadBalance } from './weigh-balance.ts';

export type DailyReconciliation = {
  /** Goes on until `signal` aborts. Several processes may run it: each day is done by one. */
  run(signal: AbortSignal): Promise<void>;
};

const CHECK_EVERY = 10 * MINUTE;
const TRY_AGAIN_AFTER = HOUR;
/** How many days back one is made up for, yesterday included. */
const MOST_DAYS = 7;
/** When a day is closed although the supplier could not be asked about all of it: the operator should know by noon. */
const CLOSED_AFTER = 12 * HOUR;

export const createDailyReconciliation = (deps: {
  readonly reconcileDay: ReconcileDay;
  readonly readBalance: ReadBalance;
  readonly books: Pick<Reconciliations, 'attemptsBetween' | 'balancesAround'>;
  readonly terminalId: number;
  readonly timeZone: string;
  readonly clock: Clock;
  readonly log: Log;
}): DailyReconciliation => {
  const { reconcileDay, readBalance, books, terminalId, timeZone, clock, log } = deps;
  const done = new Set<Day>();
  const notBefore = new Map<Day, Instant>();

  /** The first reading of today, where there is none yet: it closes yesterday and opens today. */
  const openDay = async (): Promise<void> => {
    const { from } = spanOf(dayOf(clock.now(), timeZone), timeZone);
    const { opening } = await books.balancesAround(terminalId, { from, to: from });
    if (opening === null) await readBalance();
  };

  const hadOrders = async (day: Day): Promise<boolean> =>
    (await books.attemptsBetween(terminalId, spanOf(day, timeZone), null, 1)).length > 0;

  const reconcile = async (day: Day, signal: AbortSignal): Promise<void> => {
    const evenUnasked = clock.now() >= later(spanOf(day, timeZone).to, CLOSED_AFTER);
    const reconciled = await reconcileDay(day, { again: false, evenUnasked, signal });
    if (reconciled.ok) {
      done.add(day);
      return;
    }
    switch (reconciled.error) {
      case 'done':
        done.add(day);
        return;
      case 'supplierDown':
        log.warn('reconciliationPutOff', { day, reason: reconciled.error });
        notBefore.set(day, later(clock.now(), TRY_AGAIN_AFTER));
        return;
      case 'taken':
      case 'lost':
      case 'stopped':
        return;
      case 'notBegun':
        throw new Error(`${day} has not begun`);
      default:
        assertNever(reconciled.error);
    }
  };

  const isDue = (day: Day): boolean => {
    const now = clock.now();
    return !done.has(day) && now >= settledFrom(day, timeZone) && now >= (notBefore.get(day) ?? 0);
  };

  /** The oldest first. */
  const catchUp = async (signal: AbortSignal): Promise<void> => {
    const today = dayOf(clock.now(), timeZone);
    for (let back = MOST_DAYS; back >= 1 && !signal.aborted; back -= 1) {
      const day = dayLater(today, 0 - back);
      if (!isDue(day)) continue;
      try {
        if (back === 1 || (await hadOrders(day))) await reconcile(day, signal);
        else done.add(day);
      } catch (error) {
        log.error('reconciliationFailed', { day }, error);
        notBefore.set(day, later(clock.now(), TRY_AGAIN_AFTER));
      }
    }
  };

  return {
    run: async (signal) => {
      while (!signal.aborted) {
        await openDay().catch((error: unknown) => log.error('balanceNotKept', {}, error));
        await catchUp(signal);
        await clock.sleep(CHECK_EVERY, signal);
      }
    },
  };
};
