import { afterAll, beforeAll, vi } from 'vitest';
import { createMemoryLimits } from '../../src/adapters/limits/memory-limits.ts';
import { describeLimits } from './limits.contract.ts';

beforeAll(() => {
  vi.useFakeTimers();
});
afterAll(() => {
  vi.useRealTimers();
});

describeLimits('memory', {
  open: (name, limit) => {
    const opened = createMemoryLimits({ user: null, chat: null, bot: null, [name]: limit })[name];
    if (opened === null) throw new Error('No limit');
    return opened;
  },
  pass: async (milliseconds) => {
    await vi.advanceTimersByTimeAsync(milliseconds);
  },
  runs: 100,
});
