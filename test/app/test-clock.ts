// A clock that tests move by hand; order ids count up, sleeping takes a moment of real time at most.
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../src/app/ports/clock.ts';
import { orderIdFromBytes } from '../../src/domain/ids.ts';
import { instant, later } from '../../src/domain/time.ts';

export const createTestClock = (start = Date.parse('2026-03-10T12:00:00Z')) => {
  let now = instant(start);
  let minted = 0;
  const clock: Clock = {
    now: () => now,
    sleep: async (milliseconds, signal) => {
      await wait(Math.min(milliseconds, 5), undefined, { signal }).catch(() => undefined);
    },
    after: (milliseconds, run) => {
      const timer = setTimeout(run, Math.min(milliseconds, 5));
      return () => clearTimeout(timer);
    },
    newOrderId: () => {
      minted++;
      return orderIdFromBytes(Uint8Array.from({ length: 12 }, (_, i) => Math.floor(minted / 32 ** (11 - i)) % 32));
    },
  };
  return {
    ...clock,
    advance: (milliseconds: number) => {
      now = later(now, milliseconds);
    },
  };
};

export const silentLog = { info: () => undefined, warn: () => undefined, error: () => undefined };
