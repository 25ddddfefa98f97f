// Waits for what comes by itself. The limit is long because a busy machine may be slow, not because the code may.
import { vi } from 'vitest';

/** In milliseconds. */
const WAIT = { timeout: 10_000, interval: 5 };

/** Resolves when the check does not throw any more. Fails with what it threw last. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, WAIT);

/** Resolves when the condition holds. */
export const eventuallyTrue = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  await vi.waitUntil(condition, WAIT);
};
