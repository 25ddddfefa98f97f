// What reserved turns have to be, wherever they are kept: a pace that holds in every span of time.
import { expect } from 'vitest';
import type { Pace } from '../../src/adapters/telegram/pace.ts';

/** Milliseconds, in the order of reservation. `slack` is for moments that were measured. */
export const expectPace = (departures: readonly number[], { every, burst }: Pace, slack = 0): void => {
  departures.forEach((departure, index) => {
    const before = departures[index - 1] ?? departure;
    expect(departure).toBeGreaterThanOrEqual(before - slack);
    for (let spans = 1; index + burst - 1 + spans < departures.length; spans += 1) {
      const later = departures[index + burst - 1 + spans] ?? Infinity;
      expect(later - departure).toBeGreaterThanOrEqual(spans * every - slack);
    }
  });
};
