// Writes orders: placing one and appending to it, each with all that has to be durable at the same moment.
import type { Kysely, Transaction } from 'kysely';
import { money } from '../../domain/money.ts';
import { fail, ok } from '../../domain/result.ts';
import type { OrderTerms } from '../../domain/order.ts';
import type { Instant } from '../../domain/time.ts';
import { availableOf } from '../../domain/wallet.ts';
import type { Ledger, OrderStep, StoredOrder } from '../../app/ports/ledger.ts';
import { insertAlert } from './alerts.ts';
import { recordAttempt } from './attempts.ts';
import { stageMessage } from './outbox.ts';
import { eventData } from './rows.ts';
import type { Codec } from './rows.ts';
import type { Tables } from './schema.ts';
import { transact } from './transaction.ts';
import { Overdrawn, availableBalances, writeTransfers } from './wallet-posting.ts';

/** When a step happened. A step without events may move the due time, but neither money nor messages nor alerts. */
const momentOf = ({ events }: OrderStep): Instant => {
  const last = events.at(-1);
  if (last === undefined) throw new Error('A step that moves money, brings news or raises an alert has events');
  return last.at;
};

const changingColumns = (codec: Codec, terms: OrderTerms, step: OrderStep, version: number) => ({
  state: JSON.stringify(step.state),
  status: step.state.status,
  version,
  due_at: step.dueAt,
  lease_until: null,
  ...(step.secrets === undefined ? {} : { secrets_sealed: codec.sealSecrets(terms.id, step.secrets) }),
});

/** All that goes with an order's row: its events, the attempt that they intend, the money, the news and the alert. */
const writeStep = async (
  trx: Transaction<Tables>,
  codec: Codec,
  { id, chat }: OrderTerms,
  version: number,
  step: OrderStep,
): Promise<void> => {
  for (const [index, event] of step.events.entries()) {
    await trx
      .insertInto('order_events')
      .values({ order_id: id, position: version + index + 1, type: event.type, at: event.at, data: eventData(event) })
      .execute();
    if (event.type !== 'purchaseIntended' && event.type !== 'revertIntended') continue;
    if (step.body === undefined) throw new Error(`What order ${id} is about to send has no body`);
    await recordAttempt(trx, id, event.attempt, codec.sealBody(id, step.body));
  }
  if (step.transfers.length > 0) await writeTransfers(trx, step.transfers, momentOf(step));
  if (step.news !== null) await stageMessage(trx, { orderId: id, chat, news: step.news, dueAt: momentOf(step) });
  if (step.alert !== null) await insertAlert(trx, step.alert, momentOf(step));
};

export const createOrderWriting = (db: Kysely<Tables>, codec: Codec): Pick<Ledger, 'place' | 'append'> => {
  /** Null when there is an order of that id already. */
  const insertOrder = (terms: OrderTerms, step: OrderStep): Promise<StoredOrder | null> =>
    transact(db, async (trx) => {
      const version = step.events.length;
      const { numInsertedOrUpdatedRows: written } = await trx
        .insertInto('orders')
        .values({ ...codec.termsColumns(terms), ...changingColumns(codec, terms, step, version) })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (written === 0n) return null;
      await writeStep(trx, codec, terms, 0, step);
      return { terms, state: step.state, version };
    });

  return {
    place: async (terms, step) => {
      try {
        const placed = await insertOrder(terms, step);
        if (placed !== null) return ok({ order: placed, existed: false });
      } catch (error) {
        if (!(error instanceof Overdrawn) || error.account !== availableOf(terms.customer)) throw error;
        const { currency } = error;
        const balances = await availableBalances(db, terms.customer);
        const available = balances.find((balance) => balance.currency === currency) ?? money(0, currency);
        return fail({ kind: 'outOfFunds', available });
      }
      const order = codec.readOrder(
        await db.selectFrom('orders').selectAll().where('id', '=', terms.id).executeTakeFirstOrThrow(),
      );
      return order.terms.customer === terms.customer ? ok({ order, existed: true }) : fail({ kind: 'idTaken' });
    },

    append: ({ terms, version }, step) =>
      transact(db, async (trx) => {
        // A step without events may bring secrets: whoever read before it must not write over them.
        const next = version + Math.max(1, step.events.length);
        const { numUpdatedRows } = await trx
          .updateTable('orders')
          .set(changingColumns(codec, terms, step, next))
          .where('id', '=', terms.id)
          .where('version', '=', version)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return fail('stale' as const);
        await writeStep(trx, codec, terms, version, step);
        return ok({ terms, state: step.state, version: next });
      }),
  };
};
