// Re-seals all that the ledger holds sealed with the current key, value by value, while the bot goes on working.
import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { Log } from '../../app/ports/log.ts';
import { ACCOUNT_KEY_CONTEXT } from './account-hash.ts';
import { openDatabase } from './database.ts';
import type { DatabasePlace } from './database.ts';
import { invitationContext } from './invitations.ts';
import { profileContext } from './keepsakes.ts';
import { memberContext } from './members.ts';
import { numberContext } from './saved-numbers.ts';
import type { Tables } from './schema.ts';
import { CHECK_CONTEXT, checkSealer } from './sealer.ts';
import type { Sealer } from './sealer.ts';
import { transact } from './transaction.ts';

type SealedColumn = {
  readonly table: keyof Tables;
  readonly column: string;
  readonly key: readonly string[];
  /** The column that `context` is made of. */
  readonly owner: string;
  readonly context: (owner: string) => string;
};

type Row = Readonly<Record<string, unknown>> & { readonly sealed: Uint8Array; readonly owner: string };

/** The check is last: until all else is re-sealed, the ledger does not open without the old key. */
const SEALED: readonly SealedColumn[] = [
  { table: 'orders', column: 'fields_sealed', key: ['id'], owner: 'id', context: (id) => `${id} fields` },
  { table: 'orders', column: 'secrets_sealed', key: ['id'], owner: 'id', context: (id) => `${id} secrets` },
  {
    table: 'attempts',
    column: 'body_sealed',
    key: ['terminal_id', 'reference'],
    owner: 'order_id',
    context: (id) => `${id} body`,
  },
  { table: 'members', column: 'name_sealed', key: ['id'], owner: 'id', context: memberContext },
  { table: 'invitations', column: 'name_sealed', key: ['token_hash'], owner: 'token_hash', context: invitationContext },
  { table: 'profiles', column: 'details_sealed', key: ['customer'], owner: 'customer', context: profileContext },
  { table: 'saved_numbers', column: 'sealed', key: ['id'], owner: 'customer', context: numberContext },
  { table: 'admin_actions', column: 'before_sealed', key: ['id'], owner: 'key', context: (key) => `${key} before` },
  { table: 'admin_actions', column: 'after_sealed', key: ['id'], owner: 'key', context: (key) => `${key} after` },
  { table: 'account_keys', column: 'sealed', key: ['id'], owner: 'id', context: () => ACCOUNT_KEY_CONTEXT },
  { table: 'sealing_check', column: 'sealed', key: ['id'], owner: 'id', context: () => CHECK_CONTEXT },
];

const PAGE = 100;

/** `resealed` were written anew. `unreadable` open with neither key and were left as they are. */
export type Rotation = { readonly resealed: number; readonly unreadable: number };

export type RotationSettings = DatabasePlace & {
  readonly log: Log;
  /** Of the current key alone: what it opens is done. */
  readonly current: Sealer;
  /** Of the current key and the old one. */
  readonly both: Sealer;
};

const opened = (sealer: Sealer, sealed: Uint8Array, context: string): string | null => {
  try {
    return sealer.open(sealed, context);
  } catch {
    return null;
  }
};

const tuple = (parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> => sql`(${sql.join(parts)})`;

const readPage = async (db: Kysely<Tables>, { table, column, key, owner }: SealedColumn, last: Row | null) => {
  const keys = key.map((name) => sql.ref(name));
  const beyond = last === null ? sql`` : sql`and ${tuple(keys)} > ${tuple(key.map((name) => sql`${last[name]}`))}`;
  const { rows } = await sql<Row>`
    select ${sql.join(keys)}, ${sql.ref(column)} as sealed, ${sql.ref(owner)} as owner from ${sql.table(table)}
    where ${sql.ref(column)} is not null ${beyond} order by ${sql.join(keys)} limit ${sql.lit(PAGE)}`.execute(db);
  return rows;
};

/** False when the value was changed since it was read: the guard is the old bytes. */
const replace = (db: Kysely<Tables>, { table, column, key }: SealedColumn, row: Row, sealed: Uint8Array): Promise<boolean> =>
  transact(db, async (trx) => {
    const same = key.map((name) => sql`${sql.ref(name)} = ${row[name]}`);
    const { numAffectedRows } = await sql`
      update ${sql.table(table)} set ${sql.ref(column)} = ${sealed}
      where ${sql.join(same, sql` and `)} and ${sql.ref(column)} = ${row.sealed}`.execute(trx);
    return numAffectedRows === 1n;
  });

/** One pass over a column. `overtaken` were changed by somebody else between the reading and the writing. */
const rotateColumn = async (db: Kysely<Tables>, place: SealedColumn, { current, both }: RotationSettings) => {
  const counts = { resealed: 0, overtaken: 0, unreadable: 0 };
  let rows = await readPage(db, place, null);
  while (rows.length > 0) {
    for (const row of rows) {
      const context = place.context(row.owner);
      if (opened(current, row.sealed, context) !== null) continue;
      const text = opened(both, row.sealed, context);
      if (text === null) counts.unreadable += 1;
      else if (await replace(db, place, row, current.seal(text, context))) counts.resealed += 1;
      else counts.overtaken += 1;
    }
    rows = await readPage(db, place, rows.at(-1) ?? null);
  }
  return counts;
};

/**
 * Ends when a pass found nothing more to do, so what a bot of the old key wrote behind the first pass is found too. May be killed
 * and run again. Throws when the database can't be used or was sealed with neither key.
 */
export const rotateKeys = async (settings: RotationSettings): Promise<Rotation> => {
  const db = await openDatabase(settings, settings.log);
  try {
    await checkSealer(db, settings.both);
    let resealed = 0;
    for (;;) {
      let [changes, unreadable] = [0, 0];
      for (const place of SEALED) {
        const counts = await rotateColumn(db, place, settings);
        resealed += counts.resealed;
        changes += counts.resealed + counts.overtaken;
        unreadable += counts.unreadable;
      }
      if (changes === 0) return { resealed, unreadable };
    }
  } finally {
    await db.destroy();
  }
};
