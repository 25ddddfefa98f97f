import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openLedger } from '../../../src/adapters/sql/ledger.ts';
import type { DatabasePlace } from '../../../src/adapters/sql/database.ts';
import { createSealer, newSealingKey } from '../../../src/adapters/system/sealing.ts';
import { hundredths } from '../../../src/domain/money.ts';
import { createSchema, findPostgres } from '../../contracts/find-postgres.ts';
import type { Row } from '../../contracts/find-postgres.ts';
import { fillEveryCorner } from '../../contracts/every-corner.ts';
import { operations, perform } from '../../contracts/ledger-laws.contract.ts';
import { ALICE, BOB, NOON, after, got, makeAgent, message } from '../../contracts/orders.ts';
import { DAY, sampleResult } from '../../contracts/reconciliation.contract.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The same every time, and long enough for orders in most of their states. */
const SEQUENCE = fc.sample(operations, { seed: 11, numRuns: 200 });

/** Does the same to any ledger, and gives what it says about itself afterwards. */
const play = async (place: DatabasePlace) => {
  const ledger = await openLedger({ ...place, sealer: createSealer(newSealingKey()), log });
  for (const agent of [ALICE, BOB]) await makeAgent(ledger, agent);
  for (const operation of SEQUENCE) await perform(ledger, operation);
  await ledger.recordBalance(31, { at: NOON, hundredths: hundredths(500) });
  const lease = { terminalId: 31, day: DAY, until: after(60) };
  got(await ledger.beginReconciliation(lease, NOON, null));
  await ledger.finishReconciliation(lease, sampleResult());
  const claimed = await ledger.claimOrders(after(1e6), after(2e6), 2);
  for (const { terms } of claimed) await ledger.recordShowing(terms.id, terms.chat, NOON);
  const [sold] = claimed;
  if (sold !== undefined) await fillEveryCorner(ledger, { id: sold.terms.id, seller: sold.terms.customer });
  const messages = await ledger.claimMessages(after(1e6), after(2e6), 3);
  const [delivered, undeliverable] = messages;
  if (delivered !== undefined) await ledger.concludeMessage(delivered.id, { kind: 'delivered', message: message(9) });
  if (undeliverable !== undefined) await ledger.concludeMessage(undeliverable.id, { kind: 'undeliverable' });
  const said = {
    claimed,
    messages,
    references: [await ledger.nextReference(31), await ledger.nextReference(31)],
    orders: [await ledger.ordersOf(ALICE, 9), await ledger.ordersOf(BOB, 9)],
    balances: [await ledger.balances(ALICE), await ledger.balances(BOB)],
    audit: await ledger.audit(),
  };
  await ledger.close();
  return said;
};

/** What is sealed is different each time, and so is what is hashed with a key of one ledger. */
const openColumns = (rows: readonly Row[]): readonly string[] =>
  rows
    .map((row) =>
      Object.entries(row)
        .filter(([column]) => !column.endsWith('sealed') && column !== 'account_hash')
        .map(([column, value]) => `${column}=${String(value)}`)
        .join(' '),
    )
    .sort();

const found = await findPostgres();

describe.skipIf(found === null)('a file and PostgreSQL', () => {
  it('hold the same after the same was done to them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
    const file = join(folder, 'ledger.db');
    const schema = await createSchema(found ?? '');
    onTestFinished(async () => {
      await schema.drop();
      rmSync(folder, { recursive: true });
    });

    const said = await play({ file });
    expect(await play({ url: schema.url() })).toEqual(said);
    expect([said.claimed.length, said.messages.length].every((count) => count > 0)).toBe(true);
    expect(Object.keys(said.audit.ordersByStatus).length).toBeGreaterThan(1);

    const database = new DatabaseSync(file);
    const tables = await schema.tables();
    const names = database
      .prepare(`select name from sqlite_master where type = 'table' and name not glob 'sqlite_*' and name not glob 'kysely*'`)
      .all()
      .map((row) => row['name']);
    expect(tables).toEqual(names.sort());
    for (const table of tables) {
      const rows = database.prepare(`select * from ${table}`).all();
      expect(rows.length, table).toBeGreaterThan(0);
      expect(openColumns(await schema.query(`select * from ${table}`))).toEqual(openColumns(rows));
      const required = database
        .prepare(`select name from pragma_table_info('${table}') where "notnull" = 1 or pk > 0 order by name`)
        .all();
      expect(
        await schema.query(
          `select column_name as name from information_schema.columns
           where table_schema = current_schema() and table_name = '${table}' and is_nullable = 'NO' order by column_name collate "C"`,
        ),
      ).toEqual(required.map(({ name }) => ({ name })));
    }
    database.close();
  });
});
