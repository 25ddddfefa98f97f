// Balances put right by hand in SQL: the transfer and the record of it, with what there was before and after, in one transaction.
import type { Kysely } from 'kysely';
import type { Adjustment } from '../../domain/adjustment.ts';
import { hundredths } from '../../domain/money.ts';
import { adjustment as transferOf, availableOf } from '../../domain/wallet.ts';
import type { Adjustments } from '../../app/ports/operations.ts';
import type { RecordAction } from './admin-actions.ts';
import type { Tables } from './schema.ts';
import { transact } from './transaction.ts';
import { Overdrawn, availableBalances, spendable, writeTransfer } from './wallet-posting.ts';

export const createAdjustments = (db: Kysely<Tables>, record: RecordAction): Adjustments => {
  const post = ({ customer, amount, why }: Adjustment, confirmed: Parameters<Adjustments['adjust']>[1]) =>
    transact(db, async (trx): Promise<'done' | 'again'> => {
      // The transfer bears the key, so whoever confirms the same at the same time waits for it, and then sees it.
      if (!(await writeTransfer(trx, transferOf(confirmed.key, customer, amount), confirmed.at))) return 'again';
      const { currency } = amount;
      const now = (await availableBalances(trx, customer)).find((balance) => balance.currency === currency)?.hundredths;
      if (now === undefined) throw new Error(`The balance of ${customer} was adjusted and is not there`);
      const before = { currency, balance: hundredths(now - amount.hundredths) };
      const after = { currency, balance: now, adjusted: amount.hundredths, why };
      const isNew = await record(trx, { ...confirmed, deed: 'balanceAdjusted', target: String(customer), before, after });
      if (!isNew) throw new Error(`The key ${confirmed.key} belongs to something else that was done`);
      return 'done';
    });

  return {
    adjust: async (adjustment, confirmed) => {
      const { customer } = adjustment;
      try {
        return await post(adjustment, confirmed);
      } catch (error) {
        if (!(error instanceof Overdrawn) || error.account !== availableOf(customer)) throw error;
        return { notEnough: await spendable(db, customer, error.currency) };
      }
    },
  };
};
