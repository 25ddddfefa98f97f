// Links that hand an order over. One opening wins: the condition stands in the statement that writes it.
import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import type { HandOver, HandOverRefusal, Recipient } from '../../domain/hand-over.ts';
import { fail, ok } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { TokenHash } from '../../domain/token.ts';
import type { HandOvers } from '../../app/ports/keepsakes.ts';
import { stageMessage } from './outbox.ts';
import { chatId, customerId, orderId, time } from './rows.ts';
import type { Tables } from './schema.ts';
import { transact } from './transaction.ts';

const storedHandOver = z
  .object({ order_id: orderId, seller: customerId, made_at: time, expires_at: time })
  .transform((row): HandOver => ({ order: row.order_id, seller: row.seller, madeAt: row.made_at, expiresAt: row.expires_at }));
const standingRow = z.object({
  expires_at: time,
  opened_by: customerId.nullable(),
  opened_chat: chatId.nullable(),
  opened_at: time.nullable(),
});

/** The one link of an order that was not taken back. */
const liveLink = (db: Kysely<Tables>, order: string) =>
  db
    .selectFrom('hand_overs')
    .select(['expires_at', 'opened_by', 'opened_chat', 'opened_at'])
    .where('order_id', '=', order)
    .where('taken_back_at', 'is', null);

const takeBackUnused = (trx: Transaction<Tables>, order: string, seller: number, at: Instant) =>
  trx
    .updateTable('hand_overs')
    .set({ taken_back_at: at })
    .where('order_id', '=', order)
    .where('seller', '=', seller)
    .where('opened_by', 'is', null)
    .where('taken_back_at', 'is', null)
    .execute();

/** Makes the opener the one who has the order; false where the link is not, or no longer, good for that. */
const claimLink = async (trx: Transaction<Tables>, hash: TokenHash, opener: Recipient, at: Instant): Promise<boolean> => {
  const { numUpdatedRows } = await trx
    .updateTable('hand_overs')
    .set({ opened_by: opener.customer, opened_chat: opener.chat, opened_at: at })
    .where('token_hash', '=', hash)
    .where('opened_by', 'is', null)
    .where('taken_back_at', 'is', null)
    .where('expires_at', '>', at)
    .where('seller', '<>', opener.customer)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
};

type LinkState = {
  readonly opened_by: number | null;
  readonly taken_back_at: number | null;
  readonly expires_at: number;
};

/** Why a link gives nothing to somebody who could not claim it; null when it is theirs already. */
const refusalOf = (link: LinkState | undefined, opener: Recipient, at: Instant): HandOverRefusal | null => {
  if (link === undefined) return 'unknown';
  if (link.opened_by !== null) return link.opened_by === opener.customer ? null : 'used';
  if (link.taken_back_at !== null) return 'takenBack';
  return link.expires_at > at ? 'own' : 'expired';
};

export const createHandOvers = (db: Kysely<Tables>): HandOvers => ({
  makeHandOver: (hash, { order, seller, madeAt, expiresAt }) =>
    transact(db, async (trx) => {
      // Two links of one order are made one after the other: the later one takes the place of the earlier.
      await trx.selectFrom('orders').select('id').where('id', '=', order).forUpdate().executeTakeFirstOrThrow();
      await takeBackUnused(trx, order, seller, madeAt);
      const { numInsertedOrUpdatedRows: made } = await trx
        .insertInto('hand_overs')
        .values({
          token_hash: hash,
          order_id: order,
          seller,
          made_at: madeAt,
          expires_at: expiresAt,
          opened_by: null,
          opened_chat: null,
          opened_at: null,
          taken_back_at: null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return made === 1n ? 'made' : 'handedOver';
    }),

  handOverOf: async (hash) => {
    const row = await db.selectFrom('hand_overs').selectAll().where('token_hash', '=', hash).executeTakeFirst();
    return row === undefined ? null : storedHandOver.parse(row);
  },

  openHandOver: (hash, opener, at) =>
    transact(db, async (trx) => {
      const isFirst = await claimLink(trx, hash, opener, at);
      const link = await trx.selectFrom('hand_overs').selectAll().where('token_hash', '=', hash).executeTakeFirst();
      const refusal = refusalOf(link, opener, at);
      if (link === undefined || refusal !== null) {
        const why = refusal ?? 'unknown';
        await trx.insertInto('hand_over_refusals').values({ token_hash: hash, customer: opener.customer, at, why }).execute();
        return fail(why);
      }
      const { order } = storedHandOver.parse(link);
      await trx.insertInto('showings').values({ order_id: order, chat: opener.chat, at }).execute();
      if (isFirst) {
        const { chat } = await trx.selectFrom('orders').select('chat').where('id', '=', order).executeTakeFirstOrThrow();
        await stageMessage(trx, { orderId: order, chat: chatId.parse(chat), news: 'handedOver', dueAt: at });
      }
      return ok(order);
    }),

  takeBackHandOver: (order, seller, at) =>
    transact(db, async (trx) => {
      await takeBackUnused(trx, order, seller, at);
      return (await liveLink(trx, order).executeTakeFirst()) === undefined ? 'takenBack' : 'handedOver';
    }),

  handOverStanding: async (order, at) => {
    const row = await liveLink(db, order).executeTakeFirst();
    if (row === undefined) return { kind: 'none' };
    const { expires_at: expiresAt, opened_by: customer, opened_chat: chat, opened_at: openedAt } = standingRow.parse(row);
    if (customer !== null && chat !== null && openedAt !== null) {
      return { kind: 'handedOver', to: { customer, chat }, at: openedAt };
    }
    return expiresAt > at ? { kind: 'linked', expiresAt } : { kind: 'none' };
  },

  handedOver: async (orders) => {
    if (orders.length === 0) return new Set();
    const rows = await db
      .selectFrom('hand_overs')
      .select('order_id')
      .where('order_id', 'in', orders)
      .where('opened_by', 'is not', null)
      .execute();
    return new Set(rows.map((row) => orderId.parse(row.order_id)));
  },

  receivedBy: async (customer, limit) => {
    const rows = await db
      .selectFrom('hand_overs')
      .select('order_id')
      .where('opened_by', '=', customer)
      .orderBy('opened_at', 'desc')
      .orderBy('order_id')
      .limit(limit)
      .execute();
    return rows.map((row) => orderId.parse(row.order_id));
  },
});
