// Queues in the database: rows that are due at a time, leased to whoever works on them, and over when nothing is due any more.
import type { Kysely } from 'kysely';
import type { MessageId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { Tables } from './schema.ts';
import { transact } from './transaction.ts';

/** Tables whose rows are messages that somebody is owed. */
export type Queue = 'outbox' | 'alerts';

const dueIn = (db: Kysely<Tables>, queue: Queue, now: Instant) =>
  db
    .selectFrom(queue)
    .select('id')
    .where('due_at', '<=', now)
    .where((row) => row.or([row('lease_until', 'is', null), row('lease_until', '<=', now)]));

/** Leases up to `limit` rows that are due and not leased, counts the try, and gives their ids, the longest due first. */
export const claimFrom = async (
  db: Kysely<Tables>,
  queue: Queue,
  now: Instant,
  leaseUntil: Instant,
  limit: number,
): Promise<readonly number[]> => {
  // An idle worker asks twice a second: it must not take SQLite's one write lock for that.
  if ((await dueIn(db, queue, now).limit(1).executeTakeFirst()) === undefined) return [];
  return transact(db, async (trx) => {
    const due = await dueIn(trx, queue, now).orderBy('due_at').orderBy('id').limit(limit).forUpdate().skipLocked().execute();
    const ids = due.map(({ id }) => id);
    if (ids.length > 0) {
      await trx
        .updateTable(queue)
        .set((row) => ({ lease_until: leaseUntil, tries: row('tries', '+', 1) }))
        .where('id', 'in', ids)
        .execute();
    }
    return ids;
  });
};

/** `undeliverable` stands in the outbox alone, `told_at` in the alerts. */
type Concluded = {
  readonly due_at: Instant | null;
  readonly message_id?: MessageId;
  readonly undeliverable?: 1;
  readonly told_at?: Instant;
};

/**
 * Ends the lease of rows and says when they are due again, null for never. A slow deliverer can't bring back to life what another one has
 * concluded. `untried` takes back the try that their claim has counted.
 */
export const concludeIn = async (
  db: Kysely<Tables>,
  queue: Queue,
  ids: readonly number[],
  columns: Concluded,
  { untried = false } = {},
): Promise<void> => {
  await db
    .updateTable(queue)
    .set((row) => ({ ...columns, lease_until: null, ...(untried ? { tries: row('tries', '-', 1) } : {}) }))
    .where('id', 'in', ids)
    .where('due_at', 'is not', null)
    .execute();
};
