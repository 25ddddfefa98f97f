// A clock that runs faster than the wall's, alike in every process of a campaign, so that minutes hold the waits of hours.
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../src/app/ports/clock.ts';
import { orderIdFromBytes } from '../../src/domain/ids.ts';
import { instant, later } from '../../src/domain/time.ts';
import type { Instant } from '../../src/domain/time.ts';

/** Where the clock started, in milliseconds of the wall's clock, and how many of its milliseconds pass in one of the wall's. */
export type Pace = { readonly startedAt: number; readonly speed: number };

export type PacedClock = Clock & {
  /** Milliseconds by which all jumps so far have moved it. */
  readonly ahead: number;
  /** Moves the time forward by `milliseconds` and ends the waits that are over by then. */
  jump(milliseconds: number): void;
};

type Sleeper = { readonly until: Instant; readonly arm: () => void };

/** `ahead`: what others have jumped before this clock was made. */
export const createPacedClock = ({ startedAt, speed }: Pace, ahead = 0): PacedClock => {
  let jumped = ahead;
  const sleepers = new Set<Sleeper>();
  const now = (): Instant => instant(Math.floor(startedAt + (Date.now() - startedAt) * speed) + jumped);

  const after = (milliseconds: number, run: () => void): (() => void) => {
    let timer: NodeJS.Timeout | undefined;
    const forget = (): void => {
      sleepers.delete(sleeper);
      clearTimeout(timer);
    };
    const wake = (): void => {
      forget();
      run();
    };
    const sleeper: Sleeper = {
      // Waits are spread by chance, so they need not be whole.
      until: later(now(), Math.ceil(milliseconds)),
      arm: () => {
        clearTimeout(timer);
        timer = setTimeout(wake, Math.max(0, (sleeper.until - now()) / speed));
      },
    };
    sleepers.add(sleeper);
    sleeper.arm();
    return forget;
  };

  return {
    now,
    get ahead() {
      return jumped;
    },
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
    newOrderId: () => orderIdFromBytes(randomBytes(12)),
    jump: (milliseconds) => {
      jumped += milliseconds;
      for (const { arm } of [...sleepers]) arm();
    },
  };
};
