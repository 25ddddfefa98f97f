// Stops in SQL: one row a scope, put and lifted together with the record of who did it.
import type { Kysely, Transaction } from 'kysely';
import { formatScope, parseScope } from '../../domain/stop-scope.ts';
import type { NamedStop } from '../../domain/stop-scope.ts';
import type { Stops } from '../../app/ports/operations.ts';
import type { RecordAction } from './admin-actions.ts';
import { time } from './rows.ts';
import type { Tables } from './schema.ts';
import { transact } from './transaction.ts';

export type PutStop = (trx: Transaction<Tables>, stop: NamedStop, key: string) => Promise<boolean>;

type StopRow = {
  readonly scope: string;
  readonly name: string;
  readonly by: string;
  readonly why: string;
  readonly since: number;
};

const readStop = ({ scope: written, name, by, why, since }: StopRow): NamedStop => {
  const scope = parseScope(written);
  if (!scope.ok) throw new Error(`A stop covers nothing known but ${written}`);
  return { scope: scope.value, name, by, why, since: time.parse(since) };
};

/** For the transaction of whatever causes the stop. False when its scope is stopped already. */
export const createPutStop =
  (record: RecordAction): PutStop =>
  async (trx, { scope, name, by, why, since }, key) => {
    const target = formatScope(scope);
    const { numInsertedOrUpdatedRows: written } = await trx
      .insertInto('stops')
      .values({ scope: target, name, by, why, since })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (written === 0n) return false;
    return record(trx, { key, by, at: since, deed: 'stopPut', target, before: null, after: { name, why } });
  };

export const createStops = (db: Kysely<Tables>, record: RecordAction, put: PutStop): Stops => ({
  stops: async () => {
    const rows = await db.selectFrom('stops').selectAll().orderBy('since', 'desc').orderBy('scope').execute();
    return rows.map(readStop);
  },

  putStop: (stop, key) =>
    transact(db, async (trx) => {
      // A confirmation that comes again after its stop was lifted must not put it again.
      const used = await trx.selectFrom('admin_actions').select('id').where('key', '=', key).executeTakeFirst();
      return used === undefined && (await put(trx, stop, key)) ? 'put' : 'existed';
    }),

  liftStop: (scope, confirmed) =>
    transact(db, async (trx) => {
      const target = formatScope(scope);
      const row = await trx.deleteFrom('stops').where('scope', '=', target).returningAll().executeTakeFirst();
      if (row === undefined) return 'notThere';
      const { name, by, why, since } = readStop(row);
      await record(trx, { ...confirmed, deed: 'stopLifted', target, before: { name, by, why, since }, after: null });
      return 'lifted';
    }),
});
