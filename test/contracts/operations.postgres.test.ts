import { afterAll, describe } from 'vitest';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { createSchema, findPostgres } from './find-postgres.ts';
import { describeOperations } from './operations.contract.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const sealer = createSealer(newSealingKey());

const found = await findPostgres();
const schema = found === null ? null : await createSchema(found);
afterAll(() => schema?.drop());

describe.skipIf(schema === null)('with a PostgreSQL', () => {
  const url = schema?.url('synchronous_commit=off') ?? '';
  describeOperations('PostgreSQL with two pools', async () => {
    await schema?.empty();
    return [await openLedger({ url, sealer, log }), await openLedger({ url, sealer, log })];
  });
});
