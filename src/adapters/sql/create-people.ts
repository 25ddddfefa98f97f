// The tables of the shop's members: who sells, who was invited, and who knocked with an invitation that was not good.
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './column-types.ts';

export const createPeople = ({ text, bytes }: ColumnTypes): Migration => ({
  up: async ({ schema }) => {
    await schema
      .createTable('members')
      .addColumn('id', 'bigint', (column) => column.primaryKey().notNull())
      .addColumn('name_sealed', bytes, (column) => column.notNull())
      .addColumn('agent', 'bigint', (column) => column.references('members.id'))
      .addColumn('blocked', 'integer', (column) => column.notNull())
      .addColumn('hides_codes', 'integer', (column) => column.notNull())
      .addColumn('per_day', text)
      .addColumn('joined_at', 'bigint', (column) => column.notNull())
      .execute();
    await schema.createIndex('members_of_agent').on('members').columns(['agent', 'joined_at']).execute();
    await schema
      .createTable('invitations')
      .addColumn('token_hash', text, (column) => column.primaryKey().notNull())
      .addColumn('agent', 'bigint')
      .addColumn('name_sealed', bytes, (column) => column.notNull())
      .addColumn('invited_by', text, (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('redeemed_by', 'bigint')
      .addColumn('redeemed_at', 'bigint')
      .execute();
    await schema
      .createTable('refused_invitations')
      .addColumn('customer', 'bigint', (column) => column.notNull())
      .addColumn('why', text, (column) => column.notNull())
      .addColumn('count', 'integer', (column) => column.notNull())
      .addColumn('last_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('refused_invitations_key', ['customer', 'why'])
      .execute();
  },
});
