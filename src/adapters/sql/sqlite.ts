// The ledger in a SQLite file.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import type { ColumnTypes } from './column-types.ts';
import { migrate } from './migrations.ts';
import type { Tables } from './schema.ts';
import { createSqliteDialect, whenFree } from './sqlite-dialect.ts';

const columnTypes: ColumnTypes = {
  text: 'text',
  bytes: sql`blob`,
  counter: 'integer',
  counting: (column) => column.autoIncrement(),
};

export const openSqlite = async (file: string): Promise<Kysely<Tables>> => {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: true });
  const db = new Kysely<Tables>({ dialect: createSqliteDialect(database) });
  try {
    // Readers and a writer side by side; and a commit that has returned survives a power cut.
    await whenFree(() => database.exec('pragma journal_mode = wal'));
    await whenFree(() => database.exec('pragma synchronous = full'));
    await migrate(db, columnTypes);
    return db;
  } catch (error) {
    database.close();
    throw error;
  }
};
