// What statements read in SQL: the transfers of a customer's float by page, and what the float held before an instant.
import type { Kysely } from 'kysely';
import type { Statements } from '../../app/ports/statements.ts';
import type { FloatMovement } from '../../domain/float-movement.ts';
import type { CustomerId } from '../../domain/ids.ts';
import { parseCurrency } from '../../domain/money.ts';
import type { Currency } from '../../domain/money.ts';
import { availableOf, reservedOf } from '../../domain/wallet.ts';
import type { Log } from '../../app/ports/log.ts';
import { amount as hundredths, orderId, parseOpenTerms, text, time } from './rows.ts';
import type { Tables } from './schema.ts';

const floatOf = (customer: CustomerId): readonly string[] => [availableOf(customer), reservedOf(customer)];

const currencyCode = text<Currency>(parseCurrency);

type TransferRow = { readonly id: string; readonly at: number; readonly order_id: string | null; readonly terms: string | null };

export const createStatements = (db: Kysely<Tables>, log: Log): Statements => {
  /** Null also for an order whose row can't be read: its money moved all the same. */
  const descriptionOf = ({ order_id: order, terms }: TransferRow): string | null => {
    if (order === null || terms === null) return null;
    try {
      return parseOpenTerms(terms).productName;
    } catch (error) {
      log.error('orderUnreadable', { order }, error);
      return null;
    }
  };

  /** Transfers and their postings are written together and never changed, so both can be read one after the other. */
  const withPostings = async (rows: readonly TransferRow[]): Promise<readonly FloatMovement[]> => {
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    const postings = await db
      .selectFrom('postings')
      .select(['transfer_id', 'account', 'currency', 'amount'])
      .where('transfer_id', 'in', ids)
      .orderBy('transfer_id')
      .orderBy('position')
      .execute();
    const byTransfer = Map.groupBy(postings, (posting) => posting.transfer_id);
    return rows.map((row) => ({
      id: row.id,
      at: time.parse(row.at),
      orderId: orderId.nullable().parse(row.order_id),
      postings: (byTransfer.get(row.id) ?? []).map(({ account, currency, amount }) => ({
        account,
        amount: { hundredths: hundredths.parse(amount), currency: currencyCode.parse(currency) },
      })),
      description: descriptionOf(row),
    }));
  };

  return {
    floatMovements: async (customer, { from, to }, after, limit) => {
      let page = db
        .selectFrom('transfers')
        .leftJoin('orders', 'orders.id', 'transfers.order_id')
        .select(['transfers.id', 'transfers.at', 'transfers.order_id', 'orders.terms'])
        .where('transfers.at', '>=', after === null ? from : after.at)
        .where('transfers.at', '<', to)
        .where('transfers.id', 'in', (query) =>
          query.selectFrom('postings').select('transfer_id').where('account', 'in', floatOf(customer)),
        );
      if (after !== null) {
        page = page.where((row) =>
          row.or([
            row('transfers.at', '>', after.at),
            row.and([row('transfers.at', '=', after.at), row('transfers.id', '>', after.id)]),
          ]),
        );
      }
      return withPostings(await page.orderBy('transfers.at').orderBy('transfers.id').limit(limit).execute());
    },

    floatBefore: async (customer, at) => {
      const sums = await db
        .selectFrom('postings')
        .innerJoin('transfers', 'transfers.id', 'postings.transfer_id')
        .select((row) => ['postings.currency', row.fn.sum<number>('postings.amount').as('sum')])
        .where('postings.account', 'in', floatOf(customer))
        .where('transfers.at', '<', at)
        .groupBy('postings.currency')
        .orderBy('postings.currency')
        .execute();
      return sums.map(({ currency, sum }) => ({ hundredths: hundredths.parse(sum), currency: currencyCode.parse(currency) }));
    },
  };
};
