// Writes orders: placing one and appending to it, each with all that has to be durable at the same moment.
import type { Kysely, Transaction } from 'kysely';
import { numberOf } from '../../domain/account-number.ts';
import type { OrderId } from '../../domain/ids.ts';
import { fail, ok } from '../../domain/result.ts';
import type { OrderEvent, OrderTerms } from '../../domain/order.ts';
import type { Instant } from '../../domain/time.ts';
import { availableOf } from '../../domain/wallet.ts';
import type { DayLimit, Ledger, OrderStep, StoredOrder } from '../../app/ports/ledger.ts';
import type { HashAccount } from './account-hash.ts';
import type { RecordAction } from './admin-actions.ts';
import { insertAlert } from './alerts.ts';
import { recordAttempt } from './attempts.ts';
import { LimitReached, holdToLimits } from './day-limits.ts';
import { stageMessage } from './outbox.ts';
import { eventData } from './rows.ts';
import type { Codec } from './rows.ts';
import type { Tables } from './schema.ts';
import type { PutStop } from './stops.ts';
import { transact } from './transaction.ts';
import { Overdrawn, lockWallet, spendable, writeTransfers } from './wallet-posting.ts';

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

/** What a step of an order needs beside its own rows. */
export type OrderCompanions = { readonly hash: HashAccount; readonly record: RecordAction; readonly putStop: PutStop };

/** What a person did to an order stands in its history, and in the record of all such deeds. */
const recordDeed = async (
  trx: Transaction<Tables>,
  record: RecordAction,
  id: OrderId,
  event: OrderEvent,
  position: number,
): Promise<void> => {
  if (event.type !== 'ruled' && event.type !== 'revertIntended') return;
  const { by, why, at } = event;
  const after = event.type === 'ruled' ? { ruling: event.ruling, why } : { why };
  await record(trx, { key: `${id}:${position}`, by, at, deed: event.type, target: id, before: null, after });
};

/** All that goes with an order's row: its events, the attempt that they intend, the money, the news and the alert. */
const writeStep = async (
  trx: Transaction<Tables>,
  codec: Codec,
  { record, putStop }: OrderCompanions,
  { id, chat }: OrderTerms,
  version: number,
  step: OrderStep,
): Promise<void> => {
  for (const [index, event] of step.events.entries()) {
    await trx
      .insertInto('order_events')
      .values({ order_id: id, position: version + index + 1, type: event.type, at: event.at, data: eventData(event) })
      .execute();
    await recordDeed(trx, record, id, event, version + index + 1);
    if (event.type !== 'purchaseIntended' && event.type !== 'revertIntended') continue;
    if (step.body === undefined) throw new Error(`What order ${id} is about to send has no body`);
    await recordAttempt(trx, id, event.attempt, codec.sealBody(id, step.body));
  }
  if (step.transfers.length > 0) await writeTransfers(trx, step.transfers, momentOf(step));
  if (step.news !== null) await stageMessage(trx, { orderId: id, chat, news: step.news, dueAt: momentOf(step) });
  if (step.alert !== null) await insertAlert(trx, step.alert, momentOf(step));
  if (step.stop !== undefined) await putStop(trx, step.stop, `${id}:stop`);
};

export const createOrderWriting = (
  db: Kysely<Tables>,
  codec: Codec,
  companions: OrderCompanions,
): Pick<Ledger, 'place' | 'append'> => {
  const hashOf = (terms: OrderTerms): string | null => {
    const number = numberOf(terms);
    return number === null ? null : companions.hash(number);
  };

  /** Null when there is an order of that id already. */
  const insertOrder = (terms: OrderTerms, step: OrderStep, limits: readonly DayLimit[]): Promise<StoredOrder | null> =>
    transact(db, async (trx) => {
      const version = step.events.length;
      const { numInsertedOrUpdatedRows: written } = await trx
        .insertInto('orders')
        .values({
          ...codec.termsColumns(terms),
          account_hash: hashOf(terms),
          ...changingColumns(codec, terms, step, version),
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (written === 0n) return null;
      if (limits.length > 0) await lockWallet(trx, terms.payer);
      await writeStep(trx, codec, companions, terms, 0, step);
      await holdToLimits(trx, terms, limits);
      return { terms, state: step.state, version };
    });

  return {
    place: async (terms, step, limits = []) => {
      try {
        const placed = await insertOrder(terms, step, limits);
        if (placed !== null) return ok({ order: placed, existed: false });
      } catch (error) {
        if (error instanceof LimitReached) return fail({ kind: 'limitReached', problem: error.problem, opensAt: error.opensAt });
        if (!(error instanceof Overdrawn) || error.account !== availableOf(terms.payer)) throw error;
        return fail({ kind: 'outOfFunds', available: await spendable(db, terms.payer, error.currency) });
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
        await writeStep(trx, codec, companions, terms, version, step);
        return ok({ terms, state: step.state, version: next });
      }),
  };
};
