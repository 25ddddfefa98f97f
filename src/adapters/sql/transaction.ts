// How the ledger writes: each operation is one transaction, begun again when the database took it back on its own account.
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './schema.ts';

/**
 * PostgreSQL's codes for a transaction that stood in another one's way: serialization failure and deadlock. The server says them
 * itself, so nothing was written; after a lost connection nobody knows, and that is never tried again here.
 */
const TAKEN_BACK: readonly unknown[] = ['40001', '40P01'];
const TRIES = 5;

const wasTakenBack = (error: unknown): boolean => error instanceof Error && 'code' in error && TAKEN_BACK.includes(error.code);

/**
 * Runs `work` in a transaction: all of it is durable, or nothing. It may run several times. Whoever meets another at a row waits
 * for them and then sees what they wrote, so conditions belong into the writing statement. (SQLite has one writer at a time
 * anyway.) Throws what `work` throws; after a loss of connection at the very end what was written may stand.
 */
export const transact = async <T>(db: Kysely<Tables>, work: (trx: Transaction<Tables>) => Promise<T>): Promise<T> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await db.transaction().setIsolationLevel('read committed').execute(work);
    } catch (error) {
      if (!wasTakenBack(error) || tries >= TRIES) throw error;
    }
  }
};
