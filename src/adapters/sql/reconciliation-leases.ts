// One reconciliation a day: taken by one process of many, and its result kept.
import type { Kysely } from 'kysely';
import { fail, ok } from '../../domain/result.ts';
import type { Lease, Reconciliations } from '../../app/ports/reconciliation.ts';
import { parseReconciliation } from './reconciliation-rows.ts';
import type { Tables } from './schema.ts';

export const createReconciliationLeases = (
  db: Kysely<Tables>,
): Pick<Reconciliations, 'beginReconciliation' | 'extendReconciliation' | 'finishReconciliation' | 'reconciliationOf'> => {
  const held = ({ terminalId, day, until }: Lease) =>
    db
      .updateTable('reconciliations')
      .where('terminal_id', '=', terminalId)
      .where('day', '=', day)
      .where('lease_until', '=', until);

  return {
    // One statement, so that of several processes one has the day.
    beginReconciliation: async (wanted, now, unlessDoneSince) => {
      const { terminalId, day, until } = wanted;
      const { numInsertedOrUpdatedRows: written } = await db
        .insertInto('reconciliations')
        .values({ terminal_id: terminalId, day, lease_until: until, finished_at: null, result: null })
        .onConflict((conflict) =>
          conflict
            .columns(['terminal_id', 'day'])
            .doUpdateSet({ lease_until: until })
            .where((row) =>
              row.or([row('reconciliations.lease_until', 'is', null), row('reconciliations.lease_until', '<=', now)]),
            )
            .where((row) =>
              unlessDoneSince === null
                ? row.lit(true)
                : row.or([
                    row('reconciliations.finished_at', 'is', null),
                    row('reconciliations.finished_at', '<', unlessDoneSince),
                  ]),
            ),
        )
        .executeTakeFirst();
      if (written !== 0n) return ok(wanted);
      const row = await db
        .selectFrom('reconciliations')
        .select('finished_at')
        .where('terminal_id', '=', terminalId)
        .where('day', '=', day)
        .executeTakeFirst();
      const finishedAt = row?.finished_at ?? null;
      return fail(unlessDoneSince !== null && finishedAt !== null && finishedAt >= unlessDoneSince ? 'done' : 'taken');
    },

    extendReconciliation: async (lease, until) => {
      const { numUpdatedRows } = await held(lease).set({ lease_until: until }).executeTakeFirst();
      return numUpdatedRows === 0n ? fail('lost') : ok({ ...lease, until });
    },

    finishReconciliation: async (lease, result) => {
      const { numUpdatedRows } = await held(lease)
        .set({ lease_until: null, finished_at: result.at, result: JSON.stringify(result) })
        .executeTakeFirst();
      return numUpdatedRows === 0n ? 'lost' : 'finished';
    },

    reconciliationOf: async (terminalId, day) => {
      const row = await db
        .selectFrom('reconciliations')
        .select('result')
        .where('terminal_id', '=', terminalId)
        .where('day', '=', day)
        .executeTakeFirst();
      const result = row?.result ?? null;
      return result === null ? null : parseReconciliation(result);
    },
  };
};
