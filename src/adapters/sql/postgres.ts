// The ledger in PostgreSQL, for several bots that share one.
import { Kysely, sql } from 'kysely';
import type { Log } from '../../app/ports/log.ts';
import type { ColumnTypes } from './column-types.ts';
import { migrate } from './migrations.ts';
import { createPostgresDialect } from './postgres-dialect.ts';
import type { Tables } from './schema.ts';

/** How long an answer is waited for. Ours take milliseconds: beyond this the server is gone without a word. Milliseconds. */
const ANSWER_PATIENCE = 30_000;
/** A migration may have to rewrite a large table, and whoever starts beside it waits for its end. */
const UNLIMITED = 0;

const columnTypes: ColumnTypes = {
  // Sorted byte by byte, as SQLite does, whatever language the database was made for.
  text: sql`text collate "C"`,
  bytes: sql`bytea`,
  counter: 'bigint',
  counting: (column) => column.generatedAlwaysAsIdentity(),
};

export const openPostgres = async (url: string, log: Log, answerPatience = ANSWER_PATIENCE): Promise<Kysely<Tables>> => {
  const connect = (patience: number) => new Kysely<Tables>({ dialect: createPostgresDialect(url, patience, log) });
  const migrating = connect(UNLIMITED);
  try {
    await migrate(migrating, columnTypes);
  } finally {
    await migrating.destroy();
  }
  return connect(answerPatience);
};
