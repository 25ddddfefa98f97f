// Tables of a time without credit: what is in them comes through the migration as it was, on both engines.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DatabasePlace } from '../../../src/adapters/sql/database.ts';
import { openLedger } from '../../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../../src/adapters/system/sealing.ts';
import { money } from '../../../src/domain/money.ts';
import { createSchema, findPostgres } from '../../contracts/find-postgres.ts';
import { ALICE, EUR, NOON, after, got, grant, makeAgent, orderId, placed, placing, termsOf } from '../../contracts/orders.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Makes the tables what they were before the migration. */
const BEFORE = `
  drop index orders_of_payer;
  alter table orders drop column payer;
  alter table accounts rename to accounts_now;
  create table accounts (
    account text not null, currency text not null, balance bigint not null,
    constraint accounts_key primary key (account, currency),
    constraint accounts_not_overdrawn check (balance >= 0 or account in ('sales', 'funding'))
  );
  insert into accounts select account, currency, balance from accounts_now;
  drop table accounts_now;
  drop index orders_by_status;
  drop index alerts_told;
  drop index alerts_by_kind;
  alter table alerts drop column kind;
  alter table alerts drop column told_at;
  delete from kysely_migration where name in ('0008_create_credit', '0009_create_alert_pace', '0010_index_statuses');
`;

const comesThrough = async (place: DatabasePlace, takeBack: () => Promise<unknown>): Promise<void> => {
  const sealer = createSealer(newSealingKey());
  const before = await openLedger({ ...place, sealer, log });
  await grant(before, ALICE, 4_000);
  const order = await placed(before, termsOf(orderId(1)));
  const said = await before.audit();
  await before.close();
  await takeBack();

  const now = await openLedger({ ...place, sealer, log });
  onTestFinished(() => now.close());
  expect(await now.audit()).toEqual(said);
  expect(await now.order(orderId(1))).toEqual(order);
  expect(await now.balances(ALICE)).toEqual([money(1_500, EUR)]);
  await makeAgent(now, ALICE);
  await now.setCredit(ALICE, [money(1_000, EUR)]);
  const next = termsOf(orderId(2));
  const once = { counts: 'payer', day: { from: NOON, to: after(1) }, perDay: { count: 1, amounts: [] } } as const;
  expect(await now.place(next, placing(next), [once])).toMatchObject({ error: { kind: 'limitReached' } });
  got(await now.place(next, placing(next)));
  expect(await now.balances(ALICE)).toEqual([money(-1_000, EUR)]);
};

const found = await findPostgres();

describe('tables of an earlier version', () => {
  it('come through in a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'ledger.db');
    await comesThrough({ file }, () => {
      const database = new DatabaseSync(file);
      database.exec(BEFORE);
      database.close();
      return Promise.resolve();
    });
  });

  it.skipIf(found === null)('come through in PostgreSQL', async () => {
    const schema = await createSchema(found ?? '');
    onTestFinished(() => schema.drop());
    await comesThrough({ url: schema.url() }, () => schema.query(BEFORE));
  });
});
