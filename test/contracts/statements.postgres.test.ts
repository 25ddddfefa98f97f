import { afterAll, describe } from 'vitest';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { createSchema, findPostgres } from './find-postgres.ts';
import { describeStatements } from './statements.contract.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const sealer = createSealer(newSealingKey());

const found = await findPostgres();
const schema = found === null ? null : await createSchema(found);
afterAll(() => schema?.drop());

describe.skipIf(schema === null)('with a PostgreSQL', () => {
  describeStatements('PostgreSQL', async () => {
    await schema?.empty();
    return openLedger({ url: schema?.url('synchronous_commit=off') ?? '', sealer, log });
  });
});
