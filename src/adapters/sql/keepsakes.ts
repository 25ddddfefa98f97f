// What customers agreed to have remembered of them, sealed, and the erasing of everything that is kept beside their orders.
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { CustomerId } from '../../domain/ids.ts';
import type { Consent, Details } from '../../domain/keepsake.ts';
import type { Profiles } from '../../app/ports/keepsakes.ts';
import { takeTurn } from './saved-numbers.ts';
import type { Tables } from './schema.ts';
import type { Sealer } from './sealer.ts';
import { transact } from './transaction.ts';

export const profileContext = (customer: string | number): string => `${customer} profile`;

const consent: z.ZodType<Consent> = z.enum(['asked', 'yes', 'no']).nullable();
const details: z.ZodType<Details> = z.record(z.string(), z.string());

export const createKeepsakes = (db: Kysely<Tables>, sealer: Sealer): Profiles => {
  const rowOf = (source: Kysely<Tables>, customer: CustomerId) =>
    source.selectFrom('profiles').selectAll().where('customer', '=', customer);

  const open = (customer: CustomerId, sealed: Uint8Array | null): Details =>
    sealed === null ? {} : details.parse(JSON.parse(sealer.open(sealed, profileContext(customer))));

  return {
    profileOf: async (customer) => {
      const row = await rowOf(db, customer).executeTakeFirst();
      return row === undefined
        ? { consent: null, details: {} }
        : { consent: consent.parse(row.consent), details: open(customer, row.details_sealed) };
    },

    askConsent: (customer, order, at) =>
      transact(db, async (trx) => {
        await takeTurn(trx, customer, at);
        const row = await rowOf(trx, customer).executeTakeFirst();
        if (row?.consent === 'asked') return row.asked_for === order;
        if (row === undefined || row.consent !== null) return false;
        await trx.updateTable('profiles').set({ consent: 'asked', asked_for: order }).where('customer', '=', customer).execute();
        return true;
      }),

    setConsent: (customer, answer, at) =>
      transact(db, async (trx) => {
        await takeTurn(trx, customer, at);
        await trx
          .updateTable('profiles')
          .set({ consent: answer, ...(answer === 'no' && { details_sealed: null }) })
          .where('customer', '=', customer)
          .execute();
      }),

    rememberDetails: (customer, added, at) =>
      transact(db, async (trx) => {
        const row = await rowOf(trx, customer).forUpdate().executeTakeFirst();
        if (row?.consent !== 'yes') return;
        const all = { ...open(customer, row.details_sealed), ...added };
        await trx
          .updateTable('profiles')
          .set({ details_sealed: sealer.seal(JSON.stringify(all), profileContext(customer)), changed_at: at })
          .where('customer', '=', customer)
          .execute();
      }),

    forgetCustomer: (customer) =>
      transact(db, async (trx) => {
        // The profile first: whoever is saving a number right now waits for it, or is waited for.
        await trx.deleteFrom('profiles').where('customer', '=', customer).execute();
        await trx.deleteFrom('saved_numbers').where('customer', '=', customer).execute();
      }),
  };
};
