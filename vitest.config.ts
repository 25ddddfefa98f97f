import { defineConfig } from 'vitest/config';

/** What runs with Telegraf as well in every run of the tests: each way in which updates come, and what may go wrong with them. */
const WITH_TELEGRAF = ['purchase', 'webhook', 'telegram-faults', 'bad-input'];

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'all', include: ['test/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'telegraf',
          include: WITH_TELEGRAF.map((name) => `test/e2e/${name}.test.ts`),
          env: { TELEGRAM_FRAMEWORK: 'telegraf' },
        },
      },
    ],
    setupFiles: ['test/property-seed.ts'],
    // Real servers on loopback and real processes take part in some suites; the default of 5 s is too short on a busy machine.
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    expect: { requireAssertions: true, poll: { timeout: 10_000, interval: 5 } },
  },
});
