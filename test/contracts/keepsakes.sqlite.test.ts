import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll } from 'vitest';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { describeKeepsakes } from './keepsakes.contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'keepsakes-'));
afterAll(() => rmSync(folder, { recursive: true }));

const sealer = createSealer(newSealingKey());
let files = 0;

describeKeepsakes('a file with two connections', async (log) => {
  const file = join(folder, `${(files += 1)}.db`);
  const ledgers = [await openLedger({ file, sealer, log }), await openLedger({ file, sealer, log })] as const;
  return {
    ledgers,
    countOf: (table) => {
      const database = new DatabaseSync(file, { readOnly: true });
      const row = database.prepare(`select count(*) as count from ${table}`).get();
      database.close();
      return Promise.resolve(Number(row?.['count']));
    },
  };
});
