import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { describeAlerts } from './alerts.contract.ts';
import { describeLedger } from './ledger.contract.ts';
import { describeLedgerLaws } from './ledger-laws.contract.ts';
import { describeOrders } from './ledger-orders.contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
afterAll(() => rmSync(folder, { recursive: true }));

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const sealer = createSealer(newSealingKey());

let files = 0;
const freshFile = (): string => join(folder, `${(files += 1)}.db`);

const openMemory = (): Promise<SqlLedger> => openLedger({ file: ':memory:', sealer, log });
const openFile = (): Promise<SqlLedger> => openLedger({ file: freshFile(), sealer, log });

describeOrders('memory', openMemory);
describeOrders('a file', openFile);
describeLedger('memory', openMemory);
describeLedger('a file', openFile);

/** Two connections to one file. */
const openTwo = (): Promise<readonly SqlLedger[]> => {
  const file = freshFile();
  return Promise.all([openLedger({ file, sealer, log }), openLedger({ file, sealer, log })]);
};

describeAlerts('memory', async (heard) => [await openLedger({ file: ':memory:', sealer, log: heard })]);
describeAlerts('a file with two connections', (heard) => {
  const file = freshFile();
  return Promise.all([openLedger({ file, sealer, log: heard }), openLedger({ file, sealer, log: heard })]);
});

describeLedgerLaws('memory', async () => [await openMemory()], 60);
describeLedgerLaws('a file with two connections', openTwo, 25);
