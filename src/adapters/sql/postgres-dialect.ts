// Kysely on `pg`. A lost connection is an error of whoever was using it, never of the process.
import { Socket } from 'node:net';
import { PostgresAdapter, PostgresDriver, PostgresQueryCompiler, sql } from 'kysely';
import type { DatabaseIntrospector, Dialect, Kysely } from 'kysely';
import pg from 'pg';
import type { Log } from '../../app/ports/log.ts';

/** Connections of one bot; who finds them all taken waits. */
const CONNECTIONS = 10;
/** How long a connection, a new one or one that others have, is waited for. Milliseconds. */
const CONNECT_PATIENCE = 10_000;
/** When the server takes back a transaction whose bot says nothing more: its locks hold up the other bots. Milliseconds. */
const IDLE_PATIENCE = 30_000;

/** Throws rather than to round: what comes out may be money. */
const parseInteger = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error('The database gave a number that is no safe integer');
  return value;
};

const createTypes = (): pg.TypeOverrides => {
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.INT8, parseInteger);
  // What a sum of bigints is.
  types.setTypeParser(pg.types.builtins.NUMERIC, parseInteger);
  return types;
};

const createPool = (url: string, answerPatience: number, log: Log): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: url,
    types: createTypes(),
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_PATIENCE,
    idle_in_transaction_session_timeout: IDLE_PATIENCE,
  });
  pool.on('error', (error) => log.error('databaseConnectionLost', {}, error));
  pool.on('connect', (client) => {
    // While a connection is lent out the pool does not listen; who has it learns of the loss from their query.
    client.on('error', () => undefined);
    const { stream } = client.connection;
    if (!(stream instanceof Socket)) return;
    stream.setTimeout(answerPatience, () => stream.destroy(new Error('The database did not answer in time')));
  });
  return pool;
};

/**
 * What the migrations ask, of the schema that is ours. Kysely's own answer is about all schemas: it takes a neighbour's tables
 * for ours, and fails while a neighbour drops theirs.
 */
const createIntrospector = (db: Kysely<unknown>): DatabaseIntrospector => ({
  getSchemas: async () => (await sql<{ name: string }>`select current_schema() as name`.execute(db)).rows,
  getTables: async () => {
    const tables = sql<{ name: string }>`select tablename as name from pg_tables where schemaname = current_schema()`;
    return (await tables.execute(db)).rows.map(({ name }) => ({ name, isView: false, isForeign: false, columns: [] }));
  },
});

/** An answer that takes longer than `answerPatience` milliseconds ends its connection; 0 waits for ever. */
export const createPostgresDialect = (url: string, answerPatience: number, log: Log): Dialect => ({
  createDriver: () => new PostgresDriver({ pool: createPool(url, answerPatience, log) }),
  createAdapter: () => new PostgresAdapter(),
  createQueryCompiler: () => new PostgresQueryCompiler(),
  createIntrospector,
});
