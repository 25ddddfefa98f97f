// What agents' credit and daily limits need of the tables: accounts that may fall below zero so far, and who paid for an order.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './column-types.ts';

export const createCredit = ({ text }: ColumnTypes): Migration => ({
  up: async (db) => {
    const { schema } = db;
    // SQLite can't change a check, so the table is made anew. Renamed first, which locks it: nobody writes to what is being copied.
    await schema.alterTable('accounts').renameTo('accounts_before').execute();
    await schema
      .createTable('accounts')
      .addColumn('account', text, (column) => column.notNull())
      .addColumn('currency', text, (column) => column.notNull())
      .addColumn('balance', 'bigint', (column) => column.notNull())
      .addColumn('credit', 'bigint', (column) => column.notNull().defaultTo(0))
      .addColumn('floor', 'bigint', (column) => column.notNull().defaultTo(0))
      .addPrimaryKeyConstraint('accounts_in_currencies', ['account', 'currency'])
      // The last wall: what the conditional update should have refused, the table itself does.
      .addCheckConstraint(
        'accounts_not_overdrawn',
        sql`balance >= floor or account in ('sales', 'funding', 'commissions', 'adjustments')`,
      )
      .addCheckConstraint('accounts_floor_not_above_zero', sql`floor <= 0 and credit >= 0`)
      .execute();
    await sql`insert into accounts (account, currency, balance) select account, currency, balance from accounts_before`.execute(
      db,
    );
    await schema.dropTable('accounts_before').execute();

    await schema.alterTable('orders').addColumn('payer', 'bigint').execute();
    await sql`update orders set payer = customer`.execute(db);
    await schema.createIndex('orders_of_payer').on('orders').columns(['payer', 'placed_at']).execute();
  },
});
