// A look at the ledger that changes nothing: how old its tables are, and with which key it was sealed. No migration runs here.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { Kysely, sql } from 'kysely';
import { z } from 'zod';
import type { Log } from '../../app/ports/log.ts';
import type { DatabasePlace } from './database.ts';
import { MIGRATIONS } from './migrations.ts';
import { createPostgresDialect } from './postgres-dialect.ts';
import type { Tables } from './schema.ts';
import { CHECK_CONTEXT } from './sealer.ts';
import type { Sealer } from './sealer.ts';
import { createSqliteDialect } from './sqlite-dialect.ts';

/**
 * `empty`: a database without tables, or no file at all; the bot makes both. `pending` migrations run when the bot starts; `unknown` ones
 * are those of a newer version. `sealed` is what `opensCheck` opens, null before the first start. `writable` as far as the server says.
 */
export type LedgerLook =
  | { readonly kind: 'empty'; readonly writable: boolean }
  | {
      readonly kind: 'tables';
      readonly writable: boolean;
      readonly applied: number;
      readonly pending: readonly string[];
      readonly unknown: readonly string[];
      readonly sealed: Uint8Array | null;
    };

/** How long the server is waited for, in milliseconds. */
const PATIENCE = 5_000;

const names = z.array(z.object({ name: z.string() })).transform((rows) => rows.map(({ name }) => name));

const readTables = async (db: Kysely<Tables>, tables: readonly string[], writable: boolean): Promise<LedgerLook> => {
  if (!tables.includes('kysely_migration')) return { kind: 'empty', writable };
  const { rows } = await sql`select name from kysely_migration`.execute(db);
  const applied = names.parse(rows);
  const sealed = tables.includes('sealing_check')
    ? await db.selectFrom('sealing_check').select('sealed').executeTakeFirst()
    : undefined;
  return {
    kind: 'tables',
    writable,
    applied: applied.length,
    pending: MIGRATIONS.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !MIGRATIONS.includes(name)),
    sealed: sealed?.sealed ?? null,
  };
};

const lookAtPostgres = async (url: string, log: Log): Promise<LedgerLook> => {
  const db = new Kysely<Tables>({ dialect: createPostgresDialect(url, PATIENCE, log) });
  try {
    const { rows: told } = await sql`select current_setting('transaction_read_only') as name`.execute(db);
    const { rows } = await sql`select tablename as name from pg_tables where schemaname = current_schema()`.execute(db);
    return await readTables(db, names.parse(rows), names.parse(told)[0] === 'off');
  } finally {
    await db.destroy();
  }
};

/**
 * Even a connection that only reads leaves the two files of SQLite's log beside the database, unless it is told that nobody writes.
 * Where there is a log somebody does, and it has to be read.
 */
const addressOf = (file: string): URL => {
  const address = pathToFileURL(resolve(file));
  if (!existsSync(`${file}-wal`)) address.searchParams.set('immutable', '1');
  return address;
};

const lookAtFile = async (file: string): Promise<LedgerLook> => {
  if (!existsSync(file)) return { kind: 'empty', writable: true };
  const db = new Kysely<Tables>({ dialect: createSqliteDialect(new DatabaseSync(addressOf(file), { readOnly: true })) });
  try {
    const { rows } = await sql`select name from sqlite_master where type = 'table'`.execute(db);
    return await readTables(db, names.parse(rows), true);
  } finally {
    await db.destroy();
  }
};

/** Throws when the database can't be read. */
export const lookAtLedger = (place: DatabasePlace, log: Log): Promise<LedgerLook> =>
  'url' in place ? lookAtPostgres(place.url, log) : lookAtFile(place.file);

/** Whether the sealer opens what the ledger's first start sealed. */
export const opensCheck = (sealer: Sealer, sealed: Uint8Array): boolean => {
  try {
    sealer.open(sealed, CHECK_CONTEXT);
    return true;
  } catch {
    return false;
  }
};
