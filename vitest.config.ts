import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/property-seed.ts'],
    // Real servers on loopback and real processes take part in some suites; the default of 5 s is too short on a busy machine.
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    expect: { requireAssertions: true, poll: { timeout: 10_000, interval: 5 } },
  },
});
