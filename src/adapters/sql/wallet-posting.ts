// Writes transfers and keeps the balances of the accounts with them, in the transaction of whatever causes them.
import type { Kysely, Transaction } from 'kysely';
import type { CustomerId } from '../../domain/ids.ts';
import { hundredths, parseCurrency } from '../../domain/money.ts';
import type { Currency, Money } from '../../domain/money.ts';
import type { Instant } from '../../domain/time.ts';
import { availableOf, imbalance } from '../../domain/wallet.ts';
import type { Account, Posting, Transfer } from '../../domain/wallet.ts';
import type { Tables } from './schema.ts';

/** Thrown inside the transaction, so that the database takes back what was written before. */
export class Overdrawn extends Error {
  readonly account: Account;
  readonly currency: Currency;

  constructor(account: Account, currency: Currency) {
    super(`${account} does not hold enough ${currency}`);
    this.account = account;
    this.currency = currency;
  }
}

const mayOwe = (account: Account): boolean => account === 'sales' || account === 'funding';

/** Changes one balance. The condition is part of the statement, so no number of callers at once can overdraw. */
const changeBalance = async (trx: Transaction<Tables>, { account, amount }: Posting): Promise<void> => {
  const { hundredths: delta, currency } = amount;
  if (delta < 0 && !mayOwe(account)) {
    const { numUpdatedRows } = await trx
      .updateTable('accounts')
      .set((row) => ({ balance: row('balance', '+', delta) }))
      .where('account', '=', account)
      .where('currency', '=', currency)
      .where('balance', '>=', 0 - delta)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new Overdrawn(account, currency);
    return;
  }
  await trx
    .insertInto('accounts')
    .values({ account, currency, balance: delta })
    .onConflict((conflict) =>
      conflict
        .columns(['account', 'currency'])
        .doUpdateSet((row) => ({ balance: row('accounts.balance', '+', row.ref('excluded.balance')) })),
    )
    .execute();
};

/**
 * Writes a transfer unless its id is there already; says whether it did. Throws `Overdrawn` when an account that may not owe
 * would, and an error when the postings don't balance.
 */
export const writeTransfer = async (trx: Transaction<Tables>, transfer: Transfer, at: Instant): Promise<boolean> => {
  const { id, orderId, postings } = transfer;
  if (imbalance(postings).size > 0) throw new Error(`The postings of ${id} don't balance`);
  const { numInsertedOrUpdatedRows: written } = await trx
    .insertInto('transfers')
    .values({ id, order_id: orderId, at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (written === 0n) return false;
  await trx
    .insertInto('postings')
    .values(
      postings.map(({ account, amount }, position) => ({
        transfer_id: id,
        position,
        account,
        currency: amount.currency,
        amount: amount.hundredths,
      })),
    )
    .execute();
  // In one order everywhere, so that two transfers between the same accounts can't wait for each other's row.
  const inOrder = postings.toSorted((a, b) => (a.account < b.account ? -1 : a.account > b.account ? 1 : 0));
  for (const posting of inOrder) await changeBalance(trx, posting);
  return true;
};

/** Writes the transfers of an order's step, each for the first time; a second time is a bug and throws. */
export const writeTransfers = async (trx: Transaction<Tables>, transfers: readonly Transfer[], at: Instant): Promise<void> => {
  for (const transfer of transfers) {
    if (!(await writeTransfer(trx, transfer, at))) throw new Error(`Transfer ${transfer.id} was written before`);
  }
};

const currencyOf = (text: string): Currency => {
  const parsed = parseCurrency(text);
  if (!parsed.ok) throw new Error(`An account of the ledger has no currency but ${text}`);
  return parsed.value;
};

/** What a customer may spend, in the order of the currency codes. */
export const availableBalances = async (db: Kysely<Tables>, customer: CustomerId): Promise<readonly Money[]> => {
  const rows = await db
    .selectFrom('accounts')
    .select(['currency', 'balance'])
    .where('account', '=', availableOf(customer))
    .orderBy('currency')
    .execute();
  return rows.map(({ currency, balance }) => ({ hundredths: hundredths(balance), currency: currencyOf(currency) }));
};
