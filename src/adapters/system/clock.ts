// The one place where time passes and chance happens.
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { orderIdFromBytes } from '../../domain/ids.ts';
import { instant } from '../../domain/time.ts';
import type { Clock } from '../../app/ports/clock.ts';

export const createClock = (): Clock => ({
  now: () => instant(Date.now()),
  sleep: async (milliseconds, signal) => {
    try {
      await wait(milliseconds, undefined, { signal });
    } catch (error) {
      if (signal?.aborted !== true) throw error;
    }
  },
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
  newOrderId: () => orderIdFromBytes(randomBytes(12)),
});
