import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { describeMoney } from './money.contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
afterAll(() => rmSync(folder, { recursive: true }));

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const sealer = createSealer(newSealingKey());
let files = 0;

describeMoney('memory', async () => [await openLedger({ file: ':memory:', sealer, log })], 40);
describeMoney(
  'a file with three connections',
  async () => {
    const file = join(folder, `${(files += 1)}.db`);
    const open = () => openLedger({ file, sealer, log });
    return [await open(), await open(), await open()];
  },
  10,
);
