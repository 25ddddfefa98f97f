// How far below zero an agent's balance may go: kept with the account, so that the statement that spends can't pass it.
import type { Transaction } from 'kysely';
import type { CustomerId } from '../../domain/ids.ts';
import type { Money } from '../../domain/money.ts';
import { availableOf } from '../../domain/wallet.ts';
import type { Tables } from './schema.ts';
import { floorFor, lockWallet } from './wallet-posting.ts';

/**
 * Sets a customer's credit, in the transaction of the caller: an amount above zero for each currency named, none for all others. Less than
 * what is owed already is allowed, and only keeps more from being spent.
 */
export const setCredits = async (trx: Transaction<Tables>, customer: CustomerId, credits: readonly Money[]): Promise<void> => {
  const account = availableOf(customer);
  await lockWallet(trx, customer);
  const named = credits.map(({ currency }) => currency);
  await trx
    .updateTable('accounts')
    .set((row) => ({ credit: 0, floor: floorFor(row.ref('balance'), row.val(0)) }))
    .where('account', '=', account)
    .where('credit', '>', 0)
    .where('currency', 'not in', [...named, ''])
    .execute();
  for (const { hundredths: credit, currency } of credits) {
    await trx
      .insertInto('accounts')
      .values({ account, currency, balance: 0, credit, floor: 0 - credit })
      .onConflict((conflict) =>
        conflict.columns(['account', 'currency']).doUpdateSet((row) => ({
          credit: row.ref('excluded.credit'),
          floor: floorFor(row.ref('accounts.balance'), row.ref('excluded.credit')),
        })),
      )
      .execute();
  }
};
