// What the books say, for whoever checks them from outside: nothing is written and nothing sealed is opened.
import type { Kysely, Transaction } from 'kysely';
import type { LocalReference, ProductId } from '../../domain/ids.ts';
import type { OrderEvent } from '../../domain/order.ts';
import { parseOpenTerms, parseState } from './rows.ts';
import type { Tables } from './schema.ts';

/** A purchase that the supplier charged. `reverted`: and gave back since. */
export type ChargedPurchase = {
  readonly orderId: string;
  readonly productId: ProductId;
  readonly terminalId: number;
  readonly reference: LocalReference;
  readonly reverted: boolean;
};

/** Sums are in hundredths, by currency code. */
export type Audit = {
  readonly ordersByStatus: Readonly<Record<string, number>>;
  /** Zero for every currency, or the books are wrong. */
  readonly postingsSum: Readonly<Record<string, number>>;
  /** Accounts whose balance is not the sum of their postings, also where one of the two is missing: none, or the books are wrong. */
  readonly wrongAccounts: readonly string[];
  /** What is set aside for open orders. */
  readonly reservedTotal: Readonly<Record<string, number>>;
  /** What the open orders are worth, by their own terms: those that were neither charged nor rejected. */
  readonly openTotal: Readonly<Record<string, number>>;
  /** Accounts that set aside something else than their customer's open orders are worth: none, or the books are wrong. */
  readonly reservedMismatch: readonly string[];
  /** In the order in which the orders were placed. */
  readonly charged: readonly ChargedPurchase[];
};

/** The events that end what an order sets aside. */
const SETTLING: readonly OrderEvent['type'][] = ['purchaseCharged', 'purchaseRejected'];

const totals = (entries: readonly (readonly [string, number])[]): Readonly<Record<string, number>> => {
  const sums: Record<string, number> = {};
  for (const [name, amount] of entries) sums[name] = (sums[name] ?? 0) + amount;
  return sums;
};

/** Compares what is set aside with what the open orders say, account by account. */
const auditReserved = async (
  trx: Transaction<Tables>,
): Promise<Pick<Audit, 'reservedTotal' | 'openTotal' | 'reservedMismatch'>> => {
  const held = await trx.selectFrom('accounts').selectAll().where('account', 'like', 'reserved:%').execute();
  const open = await trx
    .selectFrom('orders')
    .select(['customer', 'terms'])
    .where('id', 'not in', (query) => query.selectFrom('order_events').select('order_id').where('type', 'in', SETTLING))
    .execute();
  const owed = open.map((row) => {
    const { currency, hundredths } = parseOpenTerms(row.terms).pay;
    return { account: `reserved:${row.customer}`, currency, hundredths };
  });
  const differences = totals([
    ...held.map(({ account, currency, balance }) => [`${account} ${currency}`, balance] as const),
    ...owed.map(({ account, currency, hundredths }) => [`${account} ${currency}`, 0 - hundredths] as const),
  ]);
  return {
    reservedTotal: totals(held.map(({ currency, balance }) => [currency, balance])),
    openTotal: totals(owed.map(({ currency, hundredths }) => [currency, hundredths])),
    reservedMismatch: Object.keys(differences)
      .filter((account) => differences[account] !== 0)
      .sort(),
  };
};

export const audit = (db: Kysely<Tables>): Promise<Audit> =>
  // One transaction, so that all readings are of one moment.
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const statuses = await trx
        .selectFrom('orders')
        .select((row) => ['status', row.fn.countAll<number>().as('count')])
        .groupBy('status')
        .orderBy('status')
        .execute();
      const sums = await trx
        .selectFrom('postings')
        .select((row) => ['currency', row.fn.sum<number>('amount').as('sum')])
        .groupBy('currency')
        .orderBy('currency')
        .execute();
      const wrong = await trx
        .selectFrom((query) =>
          query
            .selectFrom('accounts')
            .select(['account', 'currency', 'balance as amount'])
            .unionAll(query.selectFrom('postings').select((row) => ['account', 'currency', row.neg('amount').as('amount')]))
            .as('both'),
        )
        .select(['account', 'currency'])
        .groupBy(['account', 'currency'])
        .having((row) => row.fn.sum<number>('amount'), '<>', 0)
        .orderBy('account')
        .orderBy('currency')
        .execute();
      const charged = await trx
        .selectFrom('orders')
        .select(['id', 'terms', 'state'])
        .where('id', 'in', (query) => query.selectFrom('order_events').select('order_id').where('type', '=', 'purchaseCharged'))
        .orderBy('placed_at')
        .orderBy('id')
        .execute();
      return {
        ordersByStatus: Object.fromEntries(statuses.map(({ status, count }) => [status, count])),
        postingsSum: Object.fromEntries(sums.map(({ currency, sum }) => [currency, sum])),
        wrongAccounts: wrong.map(({ account, currency }) => `${account} ${currency}`),
        ...(await auditReserved(trx)),
        charged: charged.map((row): ChargedPurchase => {
          const state = parseState(row.state);
          if (!('attempt' in state)) throw new Error(`Order ${row.id} was charged and is ${state.status}`);
          const { terminalId, reference } = state.attempt;
          const { productId } = parseOpenTerms(row.terms);
          return { orderId: row.id, productId, terminalId, reference, reverted: state.status === 'reverted' };
        }),
      };
    });
