// The record of what those who run the shop did: written with the change, in its transaction, and never changed.
import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import { ADMIN_DEEDS } from '../../domain/admin-action.ts';
import type { AdminAction, Facts } from '../../domain/admin-action.ts';
import type { Operations } from '../../app/ports/operations.ts';
import { time } from './rows.ts';
import type { Tables } from './schema.ts';
import type { Sealer } from './sealer.ts';

export type RecordAction = (trx: Transaction<Tables>, action: AdminAction) => Promise<boolean>;

const facts: z.ZodType<Facts> = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

const contextOf = (key: string, when: 'before' | 'after'): string => `${key} ${when}`;

/** For the transaction of the change itself. False when the key was used before: then the change must not happen again. */
export const createRecordAction =
  (sealer: Sealer): RecordAction =>
  async (trx, { key, by, at, deed, target, before, after }) => {
    const sealed = (when: 'before' | 'after', value: Facts | null): Uint8Array | null =>
      value === null ? null : sealer.seal(JSON.stringify(value), contextOf(key, when));
    const { numInsertedOrUpdatedRows: written } = await trx
      .insertInto('admin_actions')
      .values({
        key,
        by,
        at,
        deed,
        target,
        before_sealed: sealed('before', before),
        after_sealed: sealed('after', after),
      })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .executeTakeFirst();
    return written !== 0n;
  };

export const createAdminActions = (db: Kysely<Tables>, sealer: Sealer): Pick<Operations, 'lastActions'> => {
  const opened = (key: string, when: 'before' | 'after', sealed: Uint8Array | null): Facts | null =>
    sealed === null ? null : facts.parse(JSON.parse(sealer.open(sealed, contextOf(key, when))));

  return {
    lastActions: async (limit) => {
      const rows = await db.selectFrom('admin_actions').selectAll().orderBy('id', 'desc').limit(limit).execute();
      return rows.map(({ key, by, at, deed, target, before_sealed, after_sealed }) => ({
        key,
        by,
        at: time.parse(at),
        deed: z.enum(ADMIN_DEEDS).parse(deed),
        target,
        before: opened(key, 'before', before_sealed),
        after: opened(key, 'after', after_sealed),
      }));
    },
  };
};
