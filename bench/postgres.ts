// A schema of the benchmark's own in a PostgreSQL that runs already, removed at the end.
import pg from 'pg';

export type BenchSchema = { readonly url: string; drop(): Promise<void> };

/** Rejects where nothing answers at the address. */
export const createSchema = async (address: string): Promise<BenchSchema> => {
  const name = `bench_${process.pid}`;
  const url = new URL(address);
  url.searchParams.set('options', `-c search_path=${name}`);
  const query = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: address, connectionTimeoutMillis: 2_000 });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await query(`create schema ${name}`);
  return { url: url.href, drop: () => query(`set client_min_messages = warning; drop schema ${name} cascade`) };
};
