// What the books say, for whoever checks them from outside: nothing is written and nothing sealed is opened.
import type { Kysely, Transaction } from 'kysely';
import type { LocalReference, ProductId } from '../../domain/ids.ts';
import type { OrderEvent, OrderTerms } from '../../domain/order.ts';
import { SHOP_ACCOUNTS } from '../../domain/wallet.ts';
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
  /** Accounts that set aside something else than the open orders that they pay for are worth: none, or the books are wrong. */
  readonly reservedMismatch: readonly string[];
  /** Where sales or commissions are not what the charged orders that were not reverted come to: nowhere, or the books are wrong. */
  readonly soldMismatch: readonly string[];
  /** Accounts that are below the credit that they have, or stop elsewhere than there: none, or the books are wrong. */
  readonly wrongFloors: readonly string[];
  /** In the order in which the orders were placed. */
  readonly charged: readonly ChargedPurchase[];
};

type SoldTerms = Pick<OrderTerms, 'pay' | 'commission'>;

/** The events that end what an order sets aside. */
const SETTLING: readonly OrderEvent['type'][] = ['purchaseCharged', 'purchaseRejected'];

const totals = (entries: readonly (readonly [string, number])[]): Readonly<Record<string, number>> => {
  const sums: Record<string, number> = {};
  for (const [name, amount] of entries) sums[name] = (sums[name] ?? 0) + amount;
  return sums;
};

/** The accounts, each with its currency, whose sum is not zero. */
const differing = (entries: readonly (readonly [string, number])[]): readonly string[] =>
  Object.entries(totals(entries))
    .filter(([, sum]) => sum !== 0)
    .map(([account]) => account)
    .sort();

/** Compares what is set aside with what the open orders say, account by account. */
const auditReserved = async (
  trx: Transaction<Tables>,
): Promise<Pick<Audit, 'reservedTotal' | 'openTotal' | 'reservedMismatch'>> => {
  const held = await trx.selectFrom('accounts').selectAll().where('account', 'like', 'reserved:%').execute();
  const open = await trx
    .selectFrom('orders')
    .select(['customer', 'payer', 'terms'])
    .where('id', 'not in', (query) => query.selectFrom('order_events').select('order_id').where('type', 'in', SETTLING))
    .execute();
  const owed = open.map((row) => {
    const { currency, hundredths } = parseOpenTerms(row.terms).pay;
    return { account: `reserved:${row.payer ?? row.customer}`, currency, hundredths };
  });
  return {
    reservedTotal: totals(held.map(({ currency, balance }) => [currency, balance])),
    openTotal: totals(owed.map(({ currency, hundredths }) => [currency, hundredths])),
    reservedMismatch: differing([
      ...held.map(({ account, currency, balance }) => [`${account} ${currency}`, balance] as const),
      ...owed.map(({ account, currency, hundredths }) => [`${account} ${currency}`, 0 - hundredths] as const),
    ]),
  };
};

/** Compares what the shop sold, and the commissions that it paid for that, with what the orders say. */
const auditSold = async (trx: Transaction<Tables>, orders: readonly SoldTerms[]): Promise<Pick<Audit, 'soldMismatch'>> => {
  const booked = await trx.selectFrom('accounts').selectAll().where('account', 'in', ['sales', 'commissions']).execute();
  return {
    soldMismatch: differing([
      ...booked.map(({ account, currency, balance }) => [`${account} ${currency}`, balance] as const),
      ...orders.map(({ pay }) => [`sales ${pay.currency}`, 0 - pay.hundredths] as const),
      ...orders.map(({ commission }) => [`commissions ${commission.currency}`, commission.hundredths] as const),
    ]),
  };
};

const auditFloors = async (trx: Transaction<Tables>): Promise<Pick<Audit, 'wrongFloors'>> => {
  const owners = await trx
    .selectFrom('accounts')
    .selectAll()
    .where('account', 'not in', SHOP_ACCOUNTS)
    .orderBy('account')
    .orderBy('currency')
    .execute();
  return {
    wrongFloors: owners
      .filter(({ balance, credit, floor }) => floor !== Math.min(balance, 0 - credit))
      .map(({ account, currency }) => `${account} ${currency}`),
  };
};

/** What is wrong with the books, a sentence each; none when they are right. */
export const faultsIn = (audit: Omit<Audit, 'charged' | 'ordersByStatus'>): readonly string[] => [
  ...Object.entries(audit.postingsSum).flatMap(([currency, sum]) =>
    sum === 0 ? [] : [`the postings in ${currency} sum to ${sum}`],
  ),
  ...audit.wrongAccounts.map((account) => `the balance of ${account} is not the sum of its postings`),
  ...audit.reservedMismatch.map((account) => `${account} is not what its open orders are worth`),
  ...audit.soldMismatch.map((account) => `${account} is not what the charged orders come to`),
  ...audit.wrongFloors.map((account) => `${account} does not stop where its credit ends`),
];

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
      const sold = charged.map((row) => ({ id: row.id, terms: parseOpenTerms(row.terms), state: parseState(row.state) }));
      const standing = sold.filter(({ state }) => state.status !== 'reverted');
      return {
        ordersByStatus: Object.fromEntries(statuses.map(({ status, count }) => [status, count])),
        postingsSum: Object.fromEntries(sums.map(({ currency, sum }) => [currency, sum])),
        wrongAccounts: wrong.map(({ account, currency }) => `${account} ${currency}`),
        ...(await auditReserved(trx)),
        ...(await auditSold(
          trx,
          standing.map(({ terms }) => terms),
        )),
        ...(await auditFloors(trx)),
        charged: sold.map(({ id, terms: { productId }, state }): ChargedPurchase => {
          if (!('attempt' in state)) throw new Error(`Order ${id} was charged and is ${state.status}`);
          const { terminalId, reference } = state.attempt;
          return { orderId: id, productId, terminalId, reference, reverted: state.status === 'reverted' };
        }),
      };
    });
