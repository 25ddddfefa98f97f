// Daily limits, held inside the transaction that places an order: whoever places at the same moment waits, and then counts what they placed.
import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import type { DayLimit } from '../../app/ports/ledger.ts';
import { NOT_COUNTED, checkDailyLimit } from '../../domain/daily-limit.ts';
import type { LimitProblem, SpentToday } from '../../domain/daily-limit.ts';
import { parseCurrency } from '../../domain/money.ts';
import type { Currency } from '../../domain/money.ts';
import type { OrderTerms } from '../../domain/order.ts';
import type { Instant } from '../../domain/time.ts';
import { RESERVING } from '../../domain/wallet.ts';
import { amount, text } from './rows.ts';
import type { Tables } from './schema.ts';

/** Thrown inside the transaction, so that the database takes back what was written before. */
export class LimitReached extends Error {
  readonly problem: LimitProblem;
  readonly opensAt: Instant;

  constructor(problem: LimitProblem, opensAt: Instant) {
    super('A daily limit is reached');
    this.problem = problem;
    this.opensAt = opensAt;
  }
}

const currencyCode = text<Currency>(parseCurrency);

/** What the other orders of the day come to; each is worth what it set aside. */
const spentBeside = async (trx: Transaction<Tables>, terms: OrderTerms, { counts, day }: DayLimit): Promise<SpentToday> => {
  const rows = await trx
    .selectFrom('orders')
    .innerJoin('postings', (join) =>
      join.on('postings.transfer_id', '=', sql<string>`orders.id || ${RESERVING}`).on('postings.amount', '>', 0),
    )
    .select((row) => [
      'postings.currency',
      row.fn.countAll<number>().as('count'),
      row.fn.sum<number>('postings.amount').as('sum'),
    ])
    .where(`orders.${counts}`, '=', terms[counts])
    .where('orders.placed_at', '>=', day.from)
    .where('orders.placed_at', '<', day.to)
    .where('orders.status', 'not in', NOT_COUNTED)
    .where('orders.id', '<>', terms.id)
    .groupBy('postings.currency')
    .execute();
  return {
    count: rows.reduce((sum, row) => sum + row.count, 0),
    amounts: rows.map(({ currency, sum }) => ({ hundredths: amount.parse(sum), currency: currencyCode.parse(currency) })),
  };
};

/** Throws `LimitReached` when an order is one too many. `lockWallet` of the payer comes before anything else that is written of its money. */
export const holdToLimits = async (trx: Transaction<Tables>, terms: OrderTerms, limits: readonly DayLimit[]): Promise<void> => {
  for (const limit of limits) {
    const checked = checkDailyLimit(limit.perDay, await spentBeside(trx, terms, limit), terms.pay);
    if (!checked.ok) throw new LimitReached(checked.error, limit.day.to);
  }
};
