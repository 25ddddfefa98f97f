// The one place where time passes and chance happens.
import { randomFillSync } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { orderIdFromBytes } from '../../domain/ids.ts';
import { instant } from '../../domain/time.ts';
import type { Clock } from '../../app/ports/clock.ts';

/** What one order id is made of. */
const ID_BYTES = 12;
/** Every step of a conversation gets a fresh id; drawing the chance for many at a time makes that nearly free. */
const IDS_AT_ONCE = 256;

const createIdBytes = (): (() => Uint8Array) => {
  const drawn = new Uint8Array(ID_BYTES * IDS_AT_ONCE);
  let next = drawn.length;
  return () => {
    if (next >= drawn.length) {
      randomFillSync(drawn);
      next = 0;
    }
    next += ID_BYTES;
    return drawn.subarray(next - ID_BYTES, next);
  };
};

const idBytes = createIdBytes();

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
  newOrderId: () => orderIdFromBytes(idBytes()),
});
