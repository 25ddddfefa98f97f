// Numbers that customers have given a name, sealed: what a number is and whose it is stays between the customer and the shop.
import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import type { CustomerId } from '../../domain/ids.ts';
import { MOST_NUMBERS, parseNumberId } from '../../domain/keepsake.ts';
import type { NewNumber, NumberId, SavedNumber } from '../../domain/keepsake.ts';
import { fail, ok } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { SavedNumbers } from '../../app/ports/keepsakes.ts';
import type { Log } from '../../app/ports/log.ts';
import { integer } from './rows.ts';
import type { Tables } from './schema.ts';
import type { Sealer } from './sealer.ts';
import { transact } from './transaction.ts';

export const numberContext = (customer: string | number): string => `${customer} number`;

const numberRow = z.object({ id: integer<NumberId>(parseNumberId), kind: z.enum(['phone', 'account']) });
const sealedNumber = z.object({ name: z.string(), value: z.string() });

/** Makes the changes of one customer take turns. */
export const takeTurn = async (trx: Transaction<Tables>, customer: CustomerId, at: Instant): Promise<void> => {
  await trx
    .insertInto('profiles')
    .values({ customer, consent: null, asked_for: null, details_sealed: null, changed_at: at })
    .onConflict((conflict) => conflict.column('customer').doUpdateSet({ changed_at: at }))
    .execute();
};

const isSame = (one: Pick<NewNumber, 'kind' | 'value'>, other: Pick<NewNumber, 'kind' | 'value'>): boolean =>
  one.kind === other.kind && one.value === other.value;

export const createSavedNumbers = (db: Kysely<Tables>, sealer: Sealer, log: Log): SavedNumbers => {
  const seal = (customer: CustomerId, { name, value }: Pick<NewNumber, 'name' | 'value'>): Uint8Array =>
    sealer.seal(JSON.stringify({ name, value }), numberContext(customer));

  /** Without those that can't be read: the log has the cause. */
  const read = async (source: Kysely<Tables>, customer: CustomerId): Promise<readonly SavedNumber[]> => {
    const rows = await source
      .selectFrom('saved_numbers')
      .selectAll()
      .where('customer', '=', customer)
      .orderBy('used_at', 'desc')
      .orderBy('id', 'desc')
      .execute();
    return rows.flatMap((row) => {
      try {
        const opened = sealedNumber.parse(JSON.parse(sealer.open(row.sealed, numberContext(customer))));
        return [{ ...numberRow.parse(row), ...opened }];
      } catch (error) {
        log.error('savedNumberUnreadable', { number: row.id }, error);
        return [];
      }
    });
  };

  const update = async (source: Kysely<Tables>, id: NumberId, columns: { sealed?: Uint8Array; used_at?: Instant }) => {
    await source.updateTable('saved_numbers').set(columns).where('id', '=', id).execute();
  };

  return {
    saveNumber: (customer, number, at) =>
      transact(db, async (trx) => {
        await takeTurn(trx, customer, at);
        const numbers = await read(trx, customer);
        const known = numbers.find((each) => isSame(each, number));
        if (known !== undefined) {
          await update(trx, known.id, { sealed: seal(customer, number), used_at: at });
          return ok(known.id);
        }
        if (numbers.length >= MOST_NUMBERS) return fail('full' as const);
        const { id } = await trx
          .insertInto('saved_numbers')
          .values({ customer, kind: number.kind, sealed: seal(customer, number), used_at: at })
          .returning('id')
          .executeTakeFirstOrThrow();
        return ok(integer<NumberId>(parseNumberId).parse(id));
      }),

    numbersOf: (customer) => read(db, customer),

    renameNumber: (customer, id, name) =>
      transact(db, async (trx) => {
        const known = (await read(trx, customer)).find((each) => each.id === id);
        if (known === undefined) return false;
        await update(trx, id, { sealed: seal(customer, { ...known, name }) });
        return true;
      }),

    deleteNumber: async (customer, id) => {
      const { numDeletedRows } = await db
        .deleteFrom('saved_numbers')
        .where('id', '=', id)
        .where('customer', '=', customer)
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },

    noteNumberUse: async (customer, number, at) => {
      const known = (await read(db, customer)).find((each) => isSame(each, number));
      if (known !== undefined) await update(db, known.id, { used_at: at });
    },
  };
};
