// Another process on the same ledger, for the tests: takes references and claims orders, and prints what it got as JSON.
import { openLedger } from '../../../src/adapters/sql/ledger.ts';
import { createSealer } from '../../../src/adapters/system/sealing.ts';
import { secret } from '../../../src/adapters/system/secret.ts';
import { instant } from '../../../src/domain/time.ts';

const [place = '', key = ''] = process.argv.slice(2);
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const database = place.startsWith('postgres') ? { url: place } : { file: place };
const ledger = await openLedger({ ...database, sealer: createSealer(secret(key)), log });
const references: number[] = [];
const orders: string[] = [];
for (let turn = 0; turn < 30; turn += 1) {
  references.push(await ledger.nextReference(31));
  const claimed = await ledger.claimOrders(instant(2_000_000_000_000), instant(2_000_000_060_000), 2);
  orders.push(...claimed.map((order) => order.terms.id));
}
await ledger.close();
process.stdout.write(JSON.stringify({ references, orders }));
