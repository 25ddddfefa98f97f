// Reads orders: one, a customer's newest, what is sealed in one, and those that a worker takes.
import type { Kysely } from 'kysely';
import type { Instant } from '../../domain/time.ts';
import { HOUR, later } from '../../domain/time.ts';
import type { Ledger, StoredOrder } from '../../app/ports/ledger.ts';
import type { Log } from '../../app/ports/log.ts';
import { insertAlert } from './alerts.ts';
import { parseSupplierReference } from './rows.ts';
import type { Codec } from './rows.ts';
import type { OrderRow, Tables } from './schema.ts';
import { transact } from './transaction.ts';

type Reading = Pick<
  Ledger,
  'claimOrders' | 'releaseOrder' | 'order' | 'secrets' | 'supplierReference' | 'recordShowing' | 'ordersOf'
>;

/** When an order that can't be read is tried again: another version of the bot may know how. Milliseconds. */
const UNREADABLE_PAUSE = HOUR;

const dueOrders = (db: Kysely<Tables>, now: Instant) =>
  db
    .selectFrom('orders')
    .where('due_at', '<=', now)
    .where((row) => row.or([row('lease_until', 'is', null), row('lease_until', '<=', now)]));

export const createOrderReading = (db: Kysely<Tables>, codec: Codec, log: Log): Reading => {
  /** Null for a row that can't be read; the log has the cause. */
  const readIfPossible = (row: OrderRow): StoredOrder | null => {
    try {
      return codec.readOrder(row);
    } catch (error) {
      log.error('orderUnreadable', { order: row.id }, error);
      return null;
    }
  };

  /** Takes a row out of the worker's way for a while, so that it holds up nobody else's order, and tells the operator that it stands still. */
  const park = ({ id, version }: OrderRow, now: Instant): Promise<void> =>
    transact(db, async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable('orders')
        .set({ due_at: later(now, UNREADABLE_PAUSE) })
        .where('id', '=', id)
        .where('version', '=', version)
        .executeTakeFirst();
      if (numUpdatedRows > 0n) await insertAlert(trx, { type: 'orderUnreadable', order: id }, now);
    });

  return {
    claimOrders: async (now, leaseUntil, limit) => {
      // An idle worker asks twice a second: it must not take SQLite's one write lock for that.
      if ((await dueOrders(db, now).select('id').limit(1).executeTakeFirst()) === undefined) return [];
      const rows = await transact(db, async (trx) => {
        const due = await dueOrders(trx, now)
          .selectAll()
          .orderBy('due_at')
          .orderBy('id')
          .limit(limit)
          .forUpdate()
          .skipLocked()
          .execute();
        const ids = due.map((row) => row.id);
        if (ids.length > 0) await trx.updateTable('orders').set({ lease_until: leaseUntil }).where('id', 'in', ids).execute();
        return due;
      });
      const orders: StoredOrder[] = [];
      for (const row of rows) {
        const order = readIfPossible(row);
        if (order === null) await park(row, now);
        else orders.push(order);
      }
      return orders;
    },

    releaseOrder: async (id) => {
      await db.updateTable('orders').set({ lease_until: null }).where('id', '=', id).execute();
    },

    order: async (id) => {
      const row = await db.selectFrom('orders').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : codec.readOrder(row);
    },

    secrets: async (id) => {
      const row = await db.selectFrom('orders').select('secrets_sealed').where('id', '=', id).executeTakeFirst();
      if (row === undefined) throw new Error(`There is no order ${id}`);
      return codec.openSecrets(id, row.secrets_sealed);
    },

    supplierReference: async (id) => {
      const row = await db
        .selectFrom('order_events')
        .select('data')
        .where('order_id', '=', id)
        .where('type', '=', 'purchaseCharged')
        .orderBy('position', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? null : parseSupplierReference(row.data);
    },

    recordShowing: async (id, chat, at) => {
      await db.insertInto('showings').values({ order_id: id, chat, at }).execute();
    },

    ordersOf: async (customer, limit) => {
      const rows = await db
        .selectFrom('orders')
        .selectAll()
        .where('customer', '=', customer)
        .orderBy('placed_at', 'desc')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(readIfPossible).filter((order) => order !== null);
    },
  };
};
