import { afterAll, describe } from 'vitest';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { createSchema, findPostgres } from './find-postgres.ts';
import { describeKeepsakes } from './keepsakes.contract.ts';

const sealer = createSealer(newSealingKey());

const found = await findPostgres();
const schema = found === null ? null : await createSchema(found);
afterAll(() => schema?.drop());

describe.skipIf(schema === null)('with a PostgreSQL', () => {
  const url = schema?.url('synchronous_commit=off') ?? '';
  describeKeepsakes('PostgreSQL with two pools', async (log) => {
    await schema?.empty();
    return {
      ledgers: [await openLedger({ url, sealer, log }), await openLedger({ url, sealer, log })],
      countOf: async (table) => {
        const [row] = (await schema?.query(`select count(*) as count from ${table}`)) ?? [];
        return Number(row?.['count']);
      },
    };
  });
});
