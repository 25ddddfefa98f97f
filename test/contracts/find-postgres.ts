// Finds a real PostgreSQL for the tests, the one that is named or the one that runs on this machine, and makes schemas in it.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { skipLoudly } from '../skip-loudly.ts';

const CANDIDATES = [
  process.env['DATABASE_URL'],
  process.env['POSTGRES_URL'],
  'postgres://root@127.0.0.1:5432/test',
  'postgres:///test?host=/var/run/postgresql&user=root',
];

const answers = async (url: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end();
  }
};

/** `DATABASE_URL`, else `POSTGRES_URL`, else the local default. Null is said out loud, because tests are skipped then. */
export const findPostgres = async (): Promise<string | null> => {
  for (const url of CANDIDATES) {
    if (url !== undefined && (await answers(url))) return url;
  }
  skipLoudly('PostgreSQL');
  return null;
};

export type Row = Readonly<Record<string, unknown>>;

/** A schema of one's own, empty at first. */
export type OwnSchema = {
  /** The address with the schema as its search path, and with further settings of the server such as `deadlock_timeout=50ms`. */
  url(...settings: readonly string[]): string;
  /** Changes or reads the tables behind the ledger's back. Numbers beyond 32 bits come as text. */
  query(sql: string): Promise<readonly Row[]>;
  /** The tables that the ledger made, sorted. */
  tables(): Promise<readonly string[]>;
  /** Takes all rows out of the tables, so that the next ledger is new. */
  empty(): Promise<void>;
  drop(): Promise<void>;
};

const option = (setting: string): string => `-c ${setting.replaceAll(' ', '\\ ')}`;

export const createSchema = async (url: string): Promise<OwnSchema> => {
  const name = `ledger_test_${randomUUID().replaceAll('-', '')}`;
  const address = (...settings: readonly string[]): string => {
    const withOptions = new URL(url);
    withOptions.searchParams.set('options', [`search_path=${name}`, ...settings].map(option).join(' '));
    return withOptions.href;
  };
  const client = new pg.Client({ connectionString: address() });
  await client.connect();
  await client.query(`create schema ${name}`);
  const query = async (sql: string): Promise<readonly Row[]> => (await client.query<Row>(sql)).rows;
  const tables = async (): Promise<readonly string[]> => {
    const rows = await query(
      `select tablename from pg_tables where schemaname = '${name}' and tablename not like 'kysely%' order by 1`,
    );
    return rows.map((row) => String(row['tablename']));
  };
  return {
    url: address,
    query,
    tables,
    empty: async () => {
      // Milliseconds, where a truncation takes tens of them. The foreign keys are checked at the end of the one statement.
      const deletions = (await tables()).map((table, index) => `d${index} as (delete from ${table})`);
      if (deletions.length === 0) return;
      await query(`with ${deletions.join(', ')} select setval(pg_get_serial_sequence('outbox', 'id'), 1, false)`);
    },
    drop: async () => {
      await query(`set client_min_messages = warning; drop schema ${name} cascade`);
      await client.end();
    },
  };
};
