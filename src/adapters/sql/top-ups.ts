// Top-ups by hand in SQL: the deposit, the record and the decision of a second person are one transaction each.
import type { Kysely, Transaction } from 'kysely';
import { parseCustomerId } from '../../domain/ids.ts';
import { hundredths, parseCurrency } from '../../domain/money.ts';
import type { Confirmed } from '../../domain/admin-action.ts';
import type { Instant } from '../../domain/time.ts';
import { deposit } from '../../domain/wallet.ts';
import type { Decision, PendingTopUp, TopUp } from '../../domain/top-up.ts';
import type { TopUps } from '../../app/ports/top-ups.ts';
import type { RecordAction } from './admin-actions.ts';
import { time } from './rows.ts';
import type { Tables } from './schema.ts';
import { transact } from './transaction.ts';
import { writeTransfer } from './wallet-posting.ts';

const factsOf = ({ amount, reference }: TopUp) => ({ currency: amount.currency, hundredths: amount.hundredths, reference });

type Row = {
  readonly id: string;
  readonly customer: number;
  readonly currency: string;
  readonly amount: number;
  readonly reference: string;
  readonly asked_by: string;
  readonly asked_at: number;
  readonly expires_at: number;
};

const readPending = (row: Row): PendingTopUp => {
  const customer = parseCustomerId(row.customer);
  const currency = parseCurrency(row.currency);
  if (!customer.ok || !currency.ok) throw new Error(`Top-up ${row.id} can't be read`);
  return {
    id: row.id,
    customer: customer.value,
    amount: { hundredths: hundredths(row.amount), currency: currency.value },
    reference: row.reference,
    askedBy: row.asked_by,
    askedAt: time.parse(row.asked_at),
    expiresAt: time.parse(row.expires_at),
  };
};

export const createTopUps = (db: Kysely<Tables>, record: RecordAction): TopUps => {
  const post = (trx: Transaction<Tables>, { reference, customer, amount }: TopUp, at: Instant): Promise<boolean> =>
    writeTransfer(trx, deposit(reference, customer, amount), at);

  const referenceIsUsed = async (trx: Transaction<Tables>, { reference, customer, amount }: TopUp): Promise<boolean> => {
    const { id } = deposit(reference, customer, amount);
    return (await trx.selectFrom('transfers').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
  };

  const pendingOf = (id: string) => db.selectFrom('top_ups').selectAll().where('id', '=', id);

  const recordTopUp = (
    trx: Transaction<Tables>,
    deed: 'toppedUp' | 'topUpAsked' | 'topUpConfirmed' | 'topUpRefused',
    topUp: TopUp,
    confirmed: Confirmed,
  ): Promise<boolean> => record(trx, { ...confirmed, deed, target: String(topUp.customer), before: null, after: factsOf(topUp) });

  return {
    topUp: (topUp, confirmed) =>
      transact(db, async (trx) => {
        // The record first: whoever confirms the same at the same time waits for it, and then sees it.
        if (!(await recordTopUp(trx, 'toppedUp', topUp, confirmed))) return 'again';
        if (await post(trx, topUp, confirmed.at)) return 'done';
        await trx.deleteFrom('admin_actions').where('key', '=', confirmed.key).execute();
        return 'referenceUsed';
      }),

    askTopUp: (topUp, confirmed, expiresAt) =>
      transact(db, async (trx) => {
        if (await referenceIsUsed(trx, topUp)) return 'referenceUsed';
        if (!(await recordTopUp(trx, 'topUpAsked', topUp, confirmed))) return 'again';
        await trx
          .insertInto('top_ups')
          .values({
            id: confirmed.key,
            customer: topUp.customer,
            currency: topUp.amount.currency,
            amount: topUp.amount.hundredths,
            reference: topUp.reference,
            asked_by: confirmed.by,
            asked_at: confirmed.at,
            expires_at: expiresAt,
            decided_by: null,
            decided_at: null,
          })
          .execute();
        return 'asked';
      }),

    pendingTopUps: async (now) => {
      const rows = await db
        .selectFrom('top_ups')
        .selectAll()
        .where('decided_by', 'is', null)
        .where('expires_at', '>', now)
        .orderBy('asked_at')
        .orderBy('id')
        .execute();
      return rows.map(readPending);
    },

    pendingTopUp: async (id) => {
      const row = await pendingOf(id).executeTakeFirst();
      return row === undefined ? null : readPending(row);
    },

    decideTopUp: (id, yes, by, at) =>
      transact(db, async (trx): Promise<Decision> => {
        const row = await trx.selectFrom('top_ups').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
        if (row === undefined) return 'unknown';
        if (row.decided_by !== null) return 'decided';
        if (yes && row.asked_by === by) return 'ownRequest';
        if (at >= row.expires_at) return 'expired';
        await trx.updateTable('top_ups').set({ decided_by: by, decided_at: at }).where('id', '=', id).execute();
        const topUp = readPending(row);
        const confirmed = { key: `${id}:decided`, by, at };
        if (yes && !(await post(trx, topUp, at))) {
          await recordTopUp(trx, 'topUpRefused', topUp, confirmed);
          return 'referenceUsed';
        }
        await recordTopUp(trx, yes ? 'topUpConfirmed' : 'topUpRefused', topUp, confirmed);
        return yes ? 'done' : 'refused';
      }),
  };
};
