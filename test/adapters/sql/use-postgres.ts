// A schema of one's own for every test of a suite, and ledgers in it that are closed afterwards.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, vi } from 'vitest';
import { z } from 'zod';
import { openLedger } from '../../../src/adapters/sql/ledger.ts';
import type { SqlLedger } from '../../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../../src/adapters/system/sealing.ts';
import { createSchema } from '../../contracts/find-postgres.ts';
import type { OwnSchema } from '../../contracts/find-postgres.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const printed = z.object({ references: z.array(z.number()), orders: z.array(z.string()) });

/** Resolves when somebody waits for what the schema's own connection has locked. */
export const somebodyWaits = (schema: OwnSchema): Promise<boolean> =>
  vi.waitUntil(
    async () =>
      (await schema.query('select 1 from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))')).length > 0,
    { timeout: 5_000, interval: 10 },
  );

/** To be called inside a suite. `found` is the database. */
export const usePostgres = (found: string | null) => {
  const key = newSealingKey();
  const opened: SqlLedger[] = [];
  let schema: OwnSchema | null = null;
  const current = (): OwnSchema => {
    if (schema === null) throw new Error('A schema is there while a test runs');
    return schema;
  };
  beforeEach(async () => {
    schema = await createSchema(found ?? '');
  });
  afterEach(async () => {
    for (const ledger of opened.splice(0)) await ledger.close();
    await current().drop();
  });
  return {
    schema: current,
    /** Opens a ledger, with further settings of the server for its connections. */
    open: async (...settings: readonly string[]): Promise<SqlLedger> => {
      const ledger = await openLedger({ url: current().url(...settings), sealer: createSealer(key), log });
      opened.push(ledger);
      return ledger;
    },
    /** Runs another process on the same tables. */
    neighbour: async (): Promise<z.infer<typeof printed>> => {
      const script = join(import.meta.dirname, 'neighbour.ts');
      const { stdout } = await promisify(execFile)(process.execPath, [script, current().url(), key.reveal()]);
      return printed.parse(JSON.parse(stdout));
    },
  };
};
