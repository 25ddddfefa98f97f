// The tables of those who run the shop: stops, what they did, large top-ups, announcements, and how an order is found by its account.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './column-types.ts';

export const createOperations = ({ text, bytes, counter, counting }: ColumnTypes): Migration => ({
  up: async ({ schema }) => {
    await schema
      .createTable('stops')
      .addColumn('scope', text, (column) => column.primaryKey().notNull())
      .addColumn('name', text, (column) => column.notNull())
      .addColumn('by', text, (column) => column.notNull())
      .addColumn('why', text, (column) => column.notNull())
      .addColumn('since', 'bigint', (column) => column.notNull())
      .execute();
    await schema
      .createTable('admin_actions')
      .addColumn('id', counter, (column) => counting(column.primaryKey()))
      .addColumn('key', text, (column) => column.notNull().unique())
      .addColumn('by', text, (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('deed', text, (column) => column.notNull())
      .addColumn('target', text, (column) => column.notNull())
      .addColumn('before_sealed', bytes)
      .addColumn('after_sealed', bytes)
      .execute();
    await schema
      .createTable('top_ups')
      .addColumn('id', text, (column) => column.primaryKey().notNull())
      .addColumn('customer', 'bigint', (column) => column.notNull())
      .addColumn('currency', text, (column) => column.notNull())
      .addColumn('amount', 'bigint', (column) => column.notNull())
      .addColumn('reference', text, (column) => column.notNull())
      .addColumn('asked_by', text, (column) => column.notNull())
      .addColumn('asked_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('decided_by', text)
      .addColumn('decided_at', 'bigint')
      .execute();
    await schema
      .createTable('announcements')
      .addColumn('id', counter, (column) => counting(column.primaryKey()))
      .addColumn('key', text, (column) => column.notNull().unique())
      .addColumn('by', text, (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('text', text, (column) => column.notNull())
      .addColumn('audience', text, (column) => column.notNull())
      .addColumn('chat', 'bigint', (column) => column.notNull())
      .addColumn('language', text, (column) => column.notNull())
      .addColumn('message_id', 'bigint')
      .addColumn('stopped', 'integer', (column) => column.notNull())
      .execute();
    await schema
      .createTable('announcement_recipients')
      .addColumn('id', counter, (column) => counting(column.primaryKey()))
      .addColumn('announcement', 'bigint', (column) => column.notNull().references('announcements.id'))
      .addColumn('chat', 'bigint', (column) => column.notNull())
      .addColumn('due_at', 'bigint')
      .addColumn('lease_until', 'bigint')
      .addColumn('tries', 'integer', (column) => column.notNull())
      .addColumn('outcome', text)
      .addUniqueConstraint('announcement_recipients_once', ['announcement', 'chat'])
      .execute();
    await schema
      .createIndex('announcement_recipients_due')
      .on('announcement_recipients')
      .column('due_at')
      .where(sql.ref('due_at'), 'is not', null)
      .execute();
    // Sealed: a random key under which accounts are hashed, so that a new sealing key leaves the hashes as they are.
    await schema
      .createTable('account_keys')
      .addColumn('id', 'integer', (column) => column.primaryKey().notNull())
      .addColumn('sealed', bytes, (column) => column.notNull())
      .execute();
    await schema.alterTable('orders').addColumn('account_hash', text).execute();
    await schema
      .createIndex('orders_of_account')
      .on('orders')
      .column('account_hash')
      .where(sql.ref('account_hash'), 'is not', null)
      .execute();
    await schema.createIndex('orders_by_time').on('orders').column('placed_at').execute();
  },
});
