// A short campaign in every run of the tests; `npm run chaos` plays longer ones.
import { describe, expect, it } from 'vitest';
import { findPostgres } from '../contracts/find-postgres.ts';
import { runCampaign } from './campaign.ts';

const SHORT = { seed: 3, milliseconds: 6_000, orders: 20, customers: 30, pause: 500, killEvery: 2_000 };

const postgresUrl = await findPostgres();

const expectAgreement = async (options: Parameters<typeof runCampaign>[0]): Promise<void> => {
  const report = await runCampaign(options);
  expect(report.differences).toEqual([]);
  // A campaign in which nobody bought, or nothing failed, proves nothing.
  const told = JSON.stringify(report, null, 2);
  expect(report.salesHonoured, told).toBeGreaterThan(0);
  expect(Object.keys(report.families).length, told).toBeGreaterThan(2);
  expect(report.counts['processesKilled'], told).toBeGreaterThan(0);
  expect(report.counts['supplierFaults'], told).toBeGreaterThan(0);
};

describe('a campaign', () => {
  it.skipIf(postgresUrl === null)(
    'of two bots and two workers on Redis and PostgreSQL ends with books that agree',
    async () => {
      await expectAgreement({ ...SHORT, postgresUrl });
    },
    180_000,
  );

  it('of one process on a SQLite file ends with books that agree', async () => {
    await expectAgreement({ ...SHORT, killEvery: 2_500, postgresUrl: null });
  }, 180_000);
});
