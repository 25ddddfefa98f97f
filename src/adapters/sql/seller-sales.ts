// What was sold in a while in SQL: the orders of a seller or a wallet, added up per currency.
import type { Kysely } from 'kysely';
import type { Span } from '../../domain/day.ts';
import type { DaySales } from '../../domain/dialog/agent.ts';
import type { CustomerId } from '../../domain/ids.ts';
import { money } from '../../domain/money.ts';
import type { OrderStatus } from '../../domain/order.ts';
import type { Log } from '../../app/ports/log.ts';
import type { SellerSales } from '../../app/ports/seller-sales.ts';
import { parseOpenTerms } from './rows.ts';
import type { Tables } from './schema.ts';

/** Orders that nothing was sold by, or whose sale was undone. */
const NOT_SOLD: readonly OrderStatus[] = ['rejected', 'reverted'];

const added = (one: DaySales, other: DaySales): DaySales => ({
  count: one.count + other.count,
  pay: money(one.pay.hundredths + other.pay.hundredths, one.pay.currency),
  commission: money(one.commission.hundredths + other.commission.hundredths, one.commission.currency),
});

export const createSellerSales = (db: Kysely<Tables>, log: Log): SellerSales => {
  const ordersWithin = ({ from, to }: Span) =>
    db
      .selectFrom('orders')
      .select(['id', 'terms'])
      .where('placed_at', '>=', from)
      .where('placed_at', '<', to)
      .where('status', 'not in', NOT_SOLD);

  const sumUp = (rows: readonly { readonly id: string; readonly terms: string }[]): readonly DaySales[] => {
    const sums = new Map<string, DaySales>();
    for (const { id, terms } of rows) {
      try {
        const { pay, commission } = parseOpenTerms(terms);
        const sale = { count: 1, pay, commission };
        const before = sums.get(pay.currency);
        sums.set(pay.currency, before === undefined ? sale : added(before, sale));
      } catch (error) {
        log.error('orderUnreadable', { order: id }, error);
      }
    }
    return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
  };

  return {
    soldBy: async (seller: CustomerId, span) => sumUp(await ordersWithin(span).where('customer', '=', seller).execute()),
    soldFrom: async (payer: CustomerId, span) => sumUp(await ordersWithin(span).where('payer', '=', payer).execute()),
  };
};
