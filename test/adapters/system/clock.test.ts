import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createClock } from '../../../src/adapters/system/clock.ts';
import { parseOrderId } from '../../../src/domain/ids.ts';

describe('the clock', () => {
  const clock = createClock();

  it('tells the time and lets it pass', async () => {
    const before = clock.now();
    expect(Math.abs(before - Date.now())).toBeLessThan(1_000);
    await clock.sleep(20);
    expect(clock.now() - before).toBeGreaterThanOrEqual(19);
  });

  it('ends a sleep at once when the signal aborts, before or during it', async () => {
    const before = clock.now();
    await clock.sleep(60_000, AbortSignal.abort());
    const abort = new AbortController();
    const sleeping = clock.sleep(60_000, abort.signal);
    abort.abort();
    await sleeping;
    expect(clock.now() - before).toBeLessThan(5_000);
  });

  it('leaves no listener behind on a signal that lives long', async () => {
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 20 }, () => clock.sleep(1, signal)));
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('makes order ids that are ids, and never the same', () => {
    const ids = Array.from({ length: 1_000 }, () => clock.newOrderId());
    expect(ids.every((id) => parseOrderId(id).ok)).toBe(true);
    expect(new Set(ids).size).toBe(1_000);
  });
});
