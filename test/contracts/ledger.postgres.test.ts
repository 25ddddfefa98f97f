import { afterAll, describe } from 'vitest';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { createSchema, findPostgres } from './find-postgres.ts';
import { describeAlerts } from './alerts.contract.ts';
import { describeLedger } from './ledger.contract.ts';
import { describeLedgerLaws } from './ledger-laws.contract.ts';
import { describeOrders } from './ledger-orders.contract.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const sealer = createSealer(newSealingKey());

const found = await findPostgres();
const schema = found === null ? null : await createSchema(found);
afterAll(() => schema?.drop());

describe.skipIf(schema === null)('with a PostgreSQL', () => {
  // What survives a power cut is not the question here, and not to wait for the disk makes the suites fast.
  const url = schema?.url('synchronous_commit=off') ?? '';
  const open = async (): Promise<SqlLedger> => {
    await schema?.empty();
    return openLedger({ url, sealer, log });
  };
  const openTwo = async (): Promise<readonly SqlLedger[]> => [await open(), await openLedger({ url, sealer, log })];

  describeOrders('PostgreSQL', open);
  describeLedger('PostgreSQL', open);
  describeAlerts('PostgreSQL with two pools', async (heard) => {
    await schema?.empty();
    return [await openLedger({ url, sealer, log: heard }), await openLedger({ url, sealer, log: heard })];
  });
  describeLedgerLaws('PostgreSQL with two pools', openTwo, 25);
});
