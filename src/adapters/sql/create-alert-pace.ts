// What telling the operator at a pace needs of the alerts: of which kind each is, and when it was told.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './column-types.ts';

/** Alerts of an earlier version have neither: nothing follows them, and their messages do not count against the pace. */
export const createAlertPace = ({ text }: ColumnTypes): Migration => ({
  up: async ({ schema }) => {
    await schema.alterTable('alerts').addColumn('kind', text).execute();
    await schema.alterTable('alerts').addColumn('told_at', 'bigint').execute();
    await schema.createIndex('alerts_told').on('alerts').column('told_at').where(sql.ref('told_at'), 'is not', null).execute();
    await schema.createIndex('alerts_by_kind').on('alerts').columns(['kind', 'raised_at']).execute();
  },
});
