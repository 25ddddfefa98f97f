// Compares the supplier's clock with ours. Signatures are valid for 30 s only, and one that is refused may be answered like a lost sale.
import type { Log } from '../../app/ports/log.ts';
import { MINUTE, SECOND } from '../../domain/time.ts';
import type { HttpOutcome } from './http.ts';

/** Beyond this skew, in milliseconds, every call is about to fail. */
export const ALARMING = 20 * SECOND;
/** How long a reading counts, in milliseconds. */
const FRESH = 30 * MINUTE;

export type ClockWatch = {
  /** Takes a reading from the answer to a read; an alarming one is logged. */
  observe(outcome: HttpOutcome): void;
  /** Whether the last reading, not too long ago, was alarming. */
  isAlarming(): boolean;
};

export const createClockWatch = (log: Log, now: () => number): ClockWatch => {
  let alarmedAt: number | null = null;
  return {
    observe: (outcome) => {
      if (outcome.kind !== 'answered' || outcome.skew === null) return;
      const alarming = Math.abs(outcome.skew) > ALARMING;
      alarmedAt = alarming ? now() : null;
      if (alarming) log.error('evsb.clockSkew', { skewMs: outcome.skew });
    },
    isAlarming: () => alarmedAt !== null && now() - alarmedAt <= FRESH,
  };
};
