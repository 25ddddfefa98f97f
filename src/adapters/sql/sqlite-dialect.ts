// Kysely on `node:sqlite`. A busy file is waited for without holding the event loop: the lock that a statement waits for may
// belong to another connection of this very process.
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { CompiledQuery, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { DatabaseConnection, Dialect, Driver, QueryResult, SelectModifierNode } from 'kysely';

/** SQLite's primary result code for "another connection holds the lock"; the extended codes carry it in their low byte. */
const SQLITE_BUSY = 5;

/** At least ten seconds together. Our transactions take milliseconds: who waits longer has a stuck neighbour. */
const BUSY_TRIES = 5_000;
const BUSY_WAIT = 2;

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && (error.errcode & 0xff) === SQLITE_BUSY;

/** Runs a statement, again and again while the file is busy. A busy statement has done nothing yet. Throws what SQLite throws. */
export const whenFree = async <T>(statement: () => T): Promise<T> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return statement();
    } catch (error) {
      if (!isBusy(error) || tries >= BUSY_TRIES) throw error;
    }
    await wait(BUSY_WAIT);
  }
};

const bindable = (value: unknown): SQLInputValue => {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value;
  if (value instanceof Uint8Array) return value;
  throw new Error(`SQLite can't bind a value of type ${typeof value}`);
};

type Prepared = { readonly statement: StatementSync; readonly returnsRows: boolean };

/** The ledger's statements are a few hundred; lists of values make some of them come in several lengths. */
const MOST_PREPARED = 500;

/** Prepares each statement once: that costs more than running most of them. The one prepared longest ago goes first. */
const createPrepare = (database: DatabaseSync): ((sql: string) => Prepared) => {
  const known = new Map<string, Prepared>();
  return (sql) => {
    const found = known.get(sql);
    if (found !== undefined) return found;
    const statement = database.prepare(sql);
    const prepared = { statement, returnsRows: statement.columns().length > 0 };
    known.set(sql, prepared);
    const [oldest] = known.keys();
    if (known.size > MOST_PREPARED && oldest !== undefined) known.delete(oldest);
    return prepared;
  };
};

const run = <R>({ statement, returnsRows }: Prepared, parameters: readonly unknown[]): QueryResult<R> => {
  const values = parameters.map(bindable);
  if (returnsRows) return { rows: statement.all(...values) as R[] };
  const { changes, lastInsertRowid } = statement.run(...values);
  return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
};

const createDriver = (database: DatabaseSync): Driver => {
  const prepare = createPrepare(database);
  const connection: DatabaseConnection = {
    executeQuery: ({ sql, parameters }) => whenFree(() => run(prepare(sql), parameters)),
    streamQuery: () => {
      throw new Error('The ledger reads whole results; streaming is not supported');
    },
  };
  const execute = async (sql: string): Promise<void> => {
    await connection.executeQuery(CompiledQuery.raw(sql));
  };
  const nothing = (): Promise<void> => Promise.resolve();
  return {
    init: nothing,
    acquireConnection: () => Promise.resolve(connection),
    // A transaction that began with a read could not become a writer once another connection has written.
    beginTransaction: () => execute('begin immediate'),
    commitTransaction: () => execute('commit'),
    // SQLite itself rolls back on a full disk and the like; a second rollback would hide that error behind its own.
    rollbackTransaction: () => (database.isTransaction ? execute('rollback') : nothing()),
    releaseConnection: nothing,
    destroy: () => {
      database.close();
      return Promise.resolve();
    },
  };
};

/** With it, the migrations of several starting processes run one after the other, each inside one transaction. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** A writing transaction has the whole file: its rows need no locks of their own, and SQLite knows none. */
class UnlockedRowsCompiler extends SqliteQueryCompiler {
  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (node.modifier !== 'ForUpdate' && node.modifier !== 'SkipLocked') super.visitSelectModifier(node);
  }
}

/** The dialect over one open connection. Kysely's own mutex lets one transaction at a time have it. */
export const createSqliteDialect = (database: DatabaseSync): Dialect => ({
  createDriver: () => createDriver(database),
  createAdapter: () => new TransactionalAdapter(),
  createQueryCompiler: () => new UnlockedRowsCompiler(),
  createIntrospector: (db) => new SqliteIntrospector(db),
});
