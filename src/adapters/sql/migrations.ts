// How the tables came to be. A migration that was released is never edited; a change is a new one.
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './column-types.ts';
import { createAlertPace } from './create-alert-pace.ts';
import { createCredit } from './create-credit.ts';
import { createKeepsakes } from './create-keepsakes.ts';
import { createOperations } from './create-operations.ts';
import { createPeople } from './create-people.ts';
import type { Tables } from './schema.ts';

const createLedger = ({ text, bytes, counter, counting }: ColumnTypes): Migration => ({
  up: async (db) => {
    const { schema } = db;
    await schema
      .createTable('orders')
      .addColumn('id', text, (column) => column.primaryKey().notNull())
      .addColumn('customer', 'bigint', (column) => column.notNull())
      .addColumn('chat', 'bigint', (column) => column.notNull())
      .addColumn('placed_at', 'bigint', (column) => column.notNull())
      .addColumn('terms', text, (column) => column.notNull())
      .addColumn('fields_sealed', bytes, (column) => column.notNull())
      .addColumn('state', text, (column) => column.notNull())
      .addColumn('status', text, (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('due_at', 'bigint')
      .addColumn('lease_until', 'bigint')
      .addColumn('secrets_sealed', bytes)
      .execute();
    await schema.createIndex('orders_due').on('orders').column('due_at').where(sql.ref('due_at'), 'is not', null).execute();
    await schema.createIndex('orders_of_customer').on('orders').columns(['customer', 'placed_at']).execute();
    await schema
      .createTable('order_events')
      .addColumn('order_id', text, (column) => column.notNull().references('orders.id'))
      .addColumn('position', 'integer', (column) => column.notNull())
      .addColumn('type', text, (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('data', text, (column) => column.notNull())
      .addPrimaryKeyConstraint('order_events_key', ['order_id', 'position'])
      .execute();
    await schema
      .createTable('attempts')
      .addColumn('terminal_id', 'bigint', (column) => column.notNull())
      .addColumn('reference', 'integer', (column) => column.notNull())
      .addColumn('order_id', text, (column) => column.notNull().references('orders.id'))
      .addColumn('local_time', text, (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('body_sealed', bytes, (column) => column.notNull())
      .addPrimaryKeyConstraint('attempts_key', ['terminal_id', 'reference'])
      .execute();
    await schema
      .createTable('reference_sequences')
      .addColumn('terminal_id', 'bigint', (column) => column.primaryKey().notNull())
      .addColumn('last_reference', 'integer', (column) => column.notNull())
      .execute();
    await schema
      .createTable('outbox')
      .addColumn('id', counter, (column) => counting(column.primaryKey()))
      .addColumn('order_id', text, (column) => column.notNull().references('orders.id'))
      .addColumn('chat', 'bigint', (column) => column.notNull())
      .addColumn('news', text, (column) => column.notNull())
      .addColumn('due_at', 'bigint')
      .addColumn('lease_until', 'bigint')
      .addColumn('tries', 'integer', (column) => column.notNull())
      .addColumn('message_id', 'bigint')
      .addColumn('undeliverable', 'integer', (column) => column.notNull())
      .execute();
    await schema.createIndex('outbox_due').on('outbox').column('due_at').where(sql.ref('due_at'), 'is not', null).execute();
    await schema
      .createTable('transfers')
      .addColumn('id', text, (column) => column.primaryKey().notNull())
      .addColumn('order_id', text, (column) => column.references('orders.id'))
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute();
    await schema
      .createTable('postings')
      .addColumn('transfer_id', text, (column) => column.notNull().references('transfers.id'))
      .addColumn('position', 'integer', (column) => column.notNull())
      .addColumn('account', text, (column) => column.notNull())
      .addColumn('currency', text, (column) => column.notNull())
      .addColumn('amount', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('postings_key', ['transfer_id', 'position'])
      .execute();
    await schema
      .createTable('accounts')
      .addColumn('account', text, (column) => column.notNull())
      .addColumn('currency', text, (column) => column.notNull())
      .addColumn('balance', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('accounts_key', ['account', 'currency'])
      // The last wall: what the conditional update should have refused, the table itself does.
      .addCheckConstraint('accounts_not_overdrawn', sql`balance >= 0 or account in ('sales', 'funding')`)
      .execute();
    await schema
      .createTable('showings')
      .addColumn('order_id', text, (column) => column.notNull().references('orders.id'))
      .addColumn('chat', 'bigint', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute();
    await schema
      .createTable('sealing_check')
      .addColumn('id', 'integer', (column) => column.primaryKey().notNull())
      .addColumn('sealed', bytes, (column) => column.notNull())
      .execute();
  },
});

const createAlerts = ({ text, counter, counting }: ColumnTypes): Migration => ({
  up: async ({ schema }) => {
    await schema
      .createTable('alerts')
      .addColumn('id', counter, (column) => counting(column.primaryKey()))
      .addColumn('key', text, (column) => column.notNull().unique())
      .addColumn('data', text, (column) => column.notNull())
      .addColumn('raised_at', 'bigint', (column) => column.notNull())
      .addColumn('due_at', 'bigint')
      .addColumn('lease_until', 'bigint')
      .addColumn('tries', 'integer', (column) => column.notNull())
      .addColumn('message_id', 'bigint')
      .execute();
    await schema.createIndex('alerts_due').on('alerts').column('due_at').where(sql.ref('due_at'), 'is not', null).execute();
  },
});

const createReconciliation = ({ text }: ColumnTypes): Migration => ({
  up: async ({ schema }) => {
    await schema
      .createTable('balance_readings')
      .addColumn('terminal_id', 'bigint', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('hundredths', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('balance_readings_key', ['terminal_id', 'at'])
      .execute();
    await schema
      .createTable('reconciliations')
      .addColumn('terminal_id', 'bigint', (column) => column.notNull())
      .addColumn('day', text, (column) => column.notNull())
      .addColumn('lease_until', 'bigint')
      .addColumn('finished_at', 'bigint')
      .addColumn('result', text)
      .addPrimaryKeyConstraint('reconciliations_key', ['terminal_id', 'day'])
      .execute();
    await schema.createIndex('attempts_by_time').on('attempts').columns(['terminal_id', 'at']).execute();
  },
});

/** Statements ask for the postings of one customer out of everybody's. */
const indexPostings: Migration = {
  up: async ({ schema }) => {
    await schema.createIndex('postings_by_account').on('postings').column('account').execute();
  },
};

/** Counting orders by their status must not read the orders themselves. */
const indexStatuses: Migration = {
  up: async ({ schema }) => {
    await schema.createIndex('orders_by_status').on('orders').columns(['status', 'placed_at']).execute();
  },
};

const makers: Readonly<Record<string, (columnTypes: ColumnTypes) => Migration>> = {
  '0001_create_ledger': createLedger,
  '0002_create_alerts': createAlerts,
  '0003_create_reconciliation': createReconciliation,
  '0004_index_postings': () => indexPostings,
  '0005_create_people': createPeople,
  '0006_create_operations': createOperations,
  '0007_create_keepsakes': createKeepsakes,
  '0008_create_credit': createCredit,
  '0009_create_alert_pace': createAlertPace,
  '0010_index_statuses': () => indexStatuses,
};

/** The names of all migrations, in the order in which they run. */
export const MIGRATIONS: readonly string[] = Object.keys(makers);

const migrationsFor = (columnTypes: ColumnTypes): Record<string, Migration> =>
  Object.fromEntries(Object.entries(makers).map(([name, make]) => [name, make(columnTypes)]));

/** Runs what has not run yet; processes that start together take turns. Throws when a migration fails, and then nothing has changed. */
export const migrate = async (db: Kysely<Tables>, columnTypes: ColumnTypes): Promise<void> => {
  const provider = { getMigrations: () => Promise.resolve(migrationsFor(columnTypes)) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error !== undefined) throw new Error("The ledger's tables can't be brought up to date", { cause: error });
};
