// Where the ledger lives: a SQLite file for one machine, PostgreSQL for many. Everything above this file is the same for both.
import type { Kysely } from 'kysely';
import type { Log } from '../../app/ports/log.ts';
import type { Tables } from './schema.ts';

export type DatabasePlace =
  /** A SQLite file; `:memory:` for one that ends with the ledger. A missing folder is made. */
  | { readonly file: string }
  /** A PostgreSQL database, `postgres://` or `postgresql://`; the tables are those of its search path's first schema. */
  | { readonly url: string };

/** Opens the database and brings its tables up to date. Throws when it can't be used. */
export const openDatabase = async (place: DatabasePlace, log: Log): Promise<Kysely<Tables>> => {
  // Only one of the two is ever used, so only one is loaded.
  if ('url' in place) return (await import('./postgres.ts')).openPostgres(place.url, log);
  return (await import('./sqlite.ts')).openSqlite(place.file);
};
