// The tables of what is kept for customers beside the orders: links that hand over, saved numbers, remembered details.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './column-types.ts';

export const createKeepsakes = ({ text, bytes, counter, counting }: ColumnTypes): Migration => ({
  up: async ({ schema }) => {
    await schema
      .createTable('hand_overs')
      .addColumn('token_hash', text, (column) => column.primaryKey().notNull())
      .addColumn('order_id', text, (column) => column.notNull().references('orders.id'))
      .addColumn('seller', 'bigint', (column) => column.notNull())
      .addColumn('made_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('opened_by', 'bigint')
      .addColumn('opened_chat', 'bigint')
      .addColumn('opened_at', 'bigint')
      .addColumn('taken_back_at', 'bigint')
      .execute();
    // The last wall: an order has one link that may still give it, or one that has given it.
    await schema
      .createIndex('hand_overs_live')
      .on('hand_overs')
      .column('order_id')
      .unique()
      .where(sql.ref('taken_back_at'), 'is', null)
      .execute();
    await schema
      .createIndex('hand_overs_of_recipient')
      .on('hand_overs')
      .columns(['opened_by', 'opened_at'])
      .where(sql.ref('opened_by'), 'is not', null)
      .execute();
    await schema
      .createTable('hand_over_refusals')
      .addColumn('token_hash', text, (column) => column.notNull())
      .addColumn('customer', 'bigint', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('why', text, (column) => column.notNull())
      .execute();
    await schema
      .createTable('profiles')
      .addColumn('customer', 'bigint', (column) => column.primaryKey().notNull())
      .addColumn('consent', text)
      .addColumn('asked_for', text)
      .addColumn('details_sealed', bytes)
      .addColumn('changed_at', 'bigint', (column) => column.notNull())
      .execute();
    await schema
      .createTable('saved_numbers')
      .addColumn('id', counter, (column) => counting(column.primaryKey()))
      .addColumn('customer', 'bigint', (column) => column.notNull())
      .addColumn('kind', text, (column) => column.notNull())
      .addColumn('sealed', bytes, (column) => column.notNull())
      .addColumn('used_at', 'bigint', (column) => column.notNull())
      .execute();
    await schema.createIndex('saved_numbers_of_customer').on('saved_numbers').columns(['customer', 'used_at']).execute();
  },
});
