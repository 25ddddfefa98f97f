// The balance at the supplier: read when somebody asks, and watched, so that the shop does not run dry at night.
import { dayOf } from '../domain/day.ts';
import { hundredths } from '../domain/money.ts';
import type { Hundredths } from '../domain/money.ts';
import { MINUTE } from '../domain/time.ts';
import type { Alerts } from './ports/alerts.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Supplier } from './ports/supplier.ts';

export type TerminalBalance = {
  /** Null when the supplier did not say. */
  read(): Promise<Hundredths | null>;
  /** Looks again and again until `signal` aborts, and alarms once a day while there is too little. Looks at nothing without a limit. */
  watch(signal: AbortSignal): Promise<void>;
  readonly limit: Hundredths | null;
};

const LOOK_EVERY = 15 * MINUTE;

export const createTerminalBalance = (deps: {
  readonly supplier: Pick<Supplier, 'balance'>;
  readonly alerts: Pick<Alerts, 'raiseAlert'>;
  /** Below it the operator is told; in the balance's own currency. */
  readonly limit: Hundredths | null;
  /** Whose days count: an IANA name. */
  readonly timeZone: string;
  readonly clock: Clock;
  readonly log: Log;
}): TerminalBalance => {
  const { supplier, alerts, limit, timeZone, clock, log } = deps;

  const read = async (): Promise<Hundredths | null> => {
    const answer = await supplier.balance();
    if (answer.ok) return hundredths(answer.value.hundredths);
    log.warn('balanceNotRead', { error: answer.error.kind });
    return null;
  };

  const look = async (least: Hundredths): Promise<void> => {
    const balance = await read();
    if (balance === null || balance >= least) return;
    const at = clock.now();
    await alerts.raiseAlert({ type: 'lowBalance', balance, limit: least, day: dayOf(at, timeZone) }, at);
  };

  return {
    read,
    limit,
    watch: async (signal) => {
      while (limit !== null && !signal.aborted) {
        await look(limit).catch((error: unknown) => log.error('balanceNotWatched', {}, error));
        await clock.sleep(LOOK_EVERY, signal);
      }
    },
  };
};
