// A clock for tests: time stands still until the test moves it, and order ids are counted.
import type { Clock } from '../../src/app/ports/clock.ts';
import { parseOrderId } from '../../src/domain/ids.ts';
import { SECOND, instant, later } from '../../src/domain/time.ts';
import type { Instant } from '../../src/domain/time.ts';

export type VirtualClock = Clock & {
  /** Moves the time forward by `milliseconds` and ends the waits that are over by then. */
  advance(milliseconds: number): void;
};

/** A Monday morning in winter, 09:00 UTC. */
const MORNING = instant(Date.UTC(2026, 0, 12, 9));

type Sleeper = { readonly until: Instant; readonly wake: () => void };

/**
 * A wait ends with its signal or when the time has come. Pauses of up to a second, or as long as given, really pass as well: they only
 * pace the bot's own loops, which nobody moves the time for.
 */
export const createVirtualClock = ({ passing = SECOND }: { readonly passing?: number } = {}): VirtualClock => {
  let time = MORNING;
  let orders = 0;
  const sleepers = new Set<Sleeper>();

  const after = (milliseconds: number, run: () => void): (() => void) => {
    const forget = (): void => {
      sleepers.delete(sleeper);
      clearTimeout(timer);
    };
    const wake = (): void => {
      forget();
      run();
    };
    const sleeper = { until: later(time, milliseconds), wake };
    const timer = milliseconds <= passing ? setTimeout(wake, milliseconds) : undefined;
    sleepers.add(sleeper);
    return forget;
  };

  return {
    now: () => time,
    after,
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        const wake = (): void => {
          forget();
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const forget = after(milliseconds, wake);
        signal?.addEventListener('abort', wake);
        if (signal?.aborted === true) wake();
      }),
    newOrderId: () => {
      orders += 1;
      const id = parseOrderId(`TEST${String(orders).padStart(8, '0')}`);
      if (!id.ok) throw new Error(`The counter of order ids ran over at ${orders}`);
      return id.value;
    },
    advance: (milliseconds) => {
      time = later(time, milliseconds);
      for (const { until, wake } of [...sleepers]) if (until <= time) wake();
    },
  };
};
