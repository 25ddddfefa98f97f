// `npm run bench:ledger`: how many sales a second the ledger can write, from placed to delivered, with nobody else in the way: what a supplier without a limit would meet next.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openLedger } from '../src/adapters/sql/ledger.ts';
import type { SqlLedger } from '../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../src/adapters/system/sealing.ts';
import { orderIdFromBytes } from '../src/domain/ids.ts';
import { after, customer, got, grant, message, placed, sending, step, termsOf } from '../test/contracts/orders.ts';
import { noSecrets } from '../src/domain/voucher.ts';
import { createSchema } from './postgres.ts';
import { median } from './statistics.ts';
import { tableOf } from './table.ts';

const { values } = parseArgs({
  options: {
    sales: { type: 'string', default: '300' },
    rounds: { type: 'string', default: '5' },
    'at-once': { type: 'string', default: '10' },
    database: { type: 'string', default: process.env['DATABASE_URL'] ?? 'postgres://root@127.0.0.1:5432/test' },
  },
});

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const CUSTOMERS = 100;

/** Distinct for distinct numbers. */
const orderIdOf = (sale: number): ReturnType<typeof orderIdFromBytes> =>
  orderIdFromBytes(Uint8Array.from({ length: 12 }, (_, position) => Math.floor(sale / 32 ** position) % 32));

/** All that is written for one voucher: order and funds, attempt, outcome with news and code, delivery. */
const sell = async (ledger: SqlLedger, sale: number): Promise<void> => {
  const order = await placed(ledger, termsOf(orderIdOf(sale), { customer: customer(1 + (sale % CUSTOMERS)) }));
  const sent = await sending(ledger, order, 1 + sale);
  const charged = step(sent, { type: 'settle', settlement: { kind: 'charged', code: 'here', supplierReference: `S${sale}` } });
  got(await ledger.append(sent, { ...charged, secrets: { ...noSecrets, token: 'ABCD-EFGH-JKLM-NPQR', raw: ['{"rc":0}'] } }));
  for (const { id } of await ledger.claimMessages(after(1), after(60_000), 1)) {
    await ledger.concludeMessage(id, { kind: 'delivered', message: message(11) });
  }
};

/** Sales a second of one round. */
const round = async (ledger: SqlLedger, first: number): Promise<number> => {
  const sales = Number(values.sales);
  let next = first;
  const lane = async (): Promise<void> => {
    while (next < first + sales) await sell(ledger, next++);
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: Number(values['at-once']) }, lane));
  return sales / ((performance.now() - begun) / 1_000);
};

const folder = await mkdtemp(join(tmpdir(), 'voucher-bench-ledger-'));
const schema = await createSchema(values.database);
const sealer = createSealer(newSealingKey());
try {
  const ledgers = [
    {
      name: 'SQLite file',
      ledger: await openLedger({ file: join(folder, 'ledger.sqlite'), sealer, log }),
      rates: [] as number[],
    },
    { name: 'PostgreSQL', ledger: await openLedger({ url: schema.url, sealer, log }), rates: [] as number[] },
  ];
  for (const { ledger } of ledgers) for (let id = 1; id <= CUSTOMERS; id++) await grant(ledger, customer(id), 100_000_000);
  for (let count = 0; count <= Number(values.rounds); count++) {
    for (const { ledger, rates } of ledgers) {
      const rate = await round(ledger, count * Number(values.sales));
      // The first one warms up.
      if (count > 0) rates.push(rate);
    }
  }
  for (const { ledger } of ledgers) await ledger.close();
  const rows = ledgers.map(
    ({ name, rates }) => [name, median(rates).toFixed(0), Math.min(...rates).toFixed(0), Math.max(...rates).toFixed(0)] as const,
  );
  process.stdout.write(
    `${tableOf(['sales a second', 'median', 'least', 'most'], rows)}\n\nRounds of ${values.sales} sales, ${values['at-once']} at once.\n`,
  );
} finally {
  await schema.drop();
  await rm(folder, { recursive: true, force: true });
}
