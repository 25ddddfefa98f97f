// Writes transfers and keeps the balances of the accounts with them, in the transaction of whatever causes them.
import { sql } from 'kysely';
import type { Expression, Kysely, Transaction } from 'kysely';
import type { CustomerId } from '../../domain/ids.ts';
import { hundredths, money, parseCurrency } from '../../domain/money.ts';
import type { Currency, Money } from '../../domain/money.ts';
import type { Instant } from '../../domain/time.ts';
import { SHOP_ACCOUNTS, availableOf, imbalance } from '../../domain/wallet.ts';
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

const mayOwe = (account: Account): boolean => SHOP_ACCOUNTS.some((shop) => shop === account);

/**
 * Where a balance stops: minus the credit, or the balance itself while it is below that, because the credit was lowered after it was used.
 * `balance` and `credit` are columns or sums of columns.
 */
export const floorFor = (balance: Expression<number>, credit: Expression<number>) =>
  sql<number>`case when ${balance} < 0 - ${credit} then ${balance} else 0 - ${credit} end`;

/** Makes everybody wait who holds a limit or sets a credit of the same wallet, in whichever currency, until this transaction is over. */
export const lockWallet = async (trx: Transaction<Tables>, owner: CustomerId): Promise<void> => {
  await trx
    .selectFrom('accounts')
    .select('currency')
    .where('account', '=', availableOf(owner))
    // One order everywhere, so that two can't wait for each other's row.
    .orderBy('currency')
    .forUpdate()
    .execute();
};

/** Changes one balance. The condition is part of the statement, so no number of callers at once can overdraw. */
const changeBalance = async (trx: Transaction<Tables>, { account, amount }: Posting): Promise<void> => {
  const { hundredths: delta, currency } = amount;
  if (delta < 0 && !mayOwe(account)) {
    const { numUpdatedRows } = await trx
      .updateTable('accounts')
      .set((row) => ({ balance: row('balance', '+', delta) }))
      .where('account', '=', account)
      .where('currency', '=', currency)
      .where((row) => row(row('balance', '+', delta), '>=', row.ref('floor')))
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new Overdrawn(account, currency);
    return;
  }
  await trx
    .insertInto('accounts')
    .values({ account, currency, balance: delta })
    .onConflict((conflict) =>
      conflict.columns(['account', 'currency']).doUpdateSet((row) => {
        const balance = row('accounts.balance', '+', row.ref('excluded.balance'));
        // What was paid back of a lowered credit can't be spent again.
        return mayOwe(account) ? { balance } : { balance, floor: floorFor(balance, row.ref('accounts.credit')) };
      }),
    )
    .execute();
};

/** What a transfer changes each account by, in one order everywhere, so that two transfers can't wait for each other's row. */
const changesOf = (postings: readonly Posting[]): readonly Posting[] => {
  const changes = new Map<string, Posting>();
  for (const { account, amount } of postings) {
    const key = `${account} ${amount.currency}`;
    const before = changes.get(key)?.amount.hundredths ?? 0;
    changes.set(key, { account, amount: { ...amount, hundredths: hundredths(before + amount.hundredths) } });
  }
  return [...changes.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, change]) => change);
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
  for (const change of changesOf(postings)) await changeBalance(trx, change);
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

/** What a customer has, and what they may still spend of it and of their credit, in the order of the currency codes. */
const availableAccounts = async (db: Kysely<Tables>, customer: CustomerId) => {
  const rows = await db
    .selectFrom('accounts')
    .select(['currency', 'balance', 'floor'])
    .where('account', '=', availableOf(customer))
    .orderBy('currency')
    .execute();
  return rows.map(({ currency, balance, floor }) => {
    const code = currencyOf(currency);
    return { balance: money(balance, code), spendable: money(balance - floor, code) };
  });
};

/** Negative where an agent owes. In the order of the currency codes. */
export const availableBalances = async (db: Kysely<Tables>, customer: CustomerId): Promise<readonly Money[]> =>
  (await availableAccounts(db, customer)).map(({ balance }) => balance);

/** What may still be spent of one currency; nothing of one that the customer never had. */
export const spendable = async (db: Kysely<Tables>, customer: CustomerId, currency: Currency): Promise<Money> =>
  (await availableAccounts(db, customer)).find((account) => account.balance.currency === currency)?.spendable ??
  money(0, currency);
