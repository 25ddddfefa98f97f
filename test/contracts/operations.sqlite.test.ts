import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { describeOperations } from './operations.contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
afterAll(() => rmSync(folder, { recursive: true }));

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const sealer = createSealer(newSealingKey());
let files = 0;

describeOperations('memory', async () => [await openLedger({ file: ':memory:', sealer, log })]);
describeOperations('a file with two connections', async () => {
  const file = join(folder, `${(files += 1)}.db`);
  return Promise.all([openLedger({ file, sealer, log }), openLedger({ file, sealer, log })]);
});
