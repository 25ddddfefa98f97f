import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { describePeople } from './people.contract.ts';
import { describeSellerSales } from './seller-sales.contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
afterAll(() => rmSync(folder, { recursive: true }));

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const sealer = createSealer(newSealingKey());
let files = 0;

describePeople('memory', async () => [await openLedger({ file: ':memory:', sealer, log })]);
describePeople('a file with two connections', async () => {
  const file = join(folder, `${(files += 1)}.db`);
  return [await openLedger({ file, sealer, log }), await openLedger({ file, sealer, log })];
});

describeSellerSales('memory', () => openLedger({ file: ':memory:', sealer, log }));
