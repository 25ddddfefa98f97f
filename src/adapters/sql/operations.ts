// What those who run the shop read of the ledger in SQL: orders by account, their history, a day's sales, and how long the queues are.
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { hundredths } from '../../domain/money.ts';
import type { OrderStatus } from '../../domain/order.ts';
import { SHOP_ACCOUNTS } from '../../domain/wallet.ts';
import { OPEN_STATUSES } from '../../domain/operations.ts';
import type { AccountTotal, HistoryEntry, QueueDepth, Sales } from '../../domain/operations.ts';
import type { Operations } from '../../app/ports/operations.ts';
import type { Log } from '../../app/ports/log.ts';
import type { HashAccount } from './account-hash.ts';
import type { RecordAction } from './admin-actions.ts';
import { stageMessage } from './outbox.ts';
import { orderId, parseOpenTerms, parseState, time } from './rows.ts';
import type { Codec } from './rows.ts';
import type { Tables } from './schema.ts';
import { transact } from './transaction.ts';

type Reading = Pick<
  Operations,
  'restage' | 'ordersFor' | 'history' | 'salesOf' | 'queues' | 'ordersIn' | 'ordersByStatus' | 'oldestByStatus' | 'accountTotals'
>;

const entryData = z.object({
  by: z.string().default(''),
  why: z.string().default(''),
  resultCode: z.string().nullable().default(null),
});

const eventType = z.custom<HistoryEntry['type']>((value) => typeof value === 'string');
const status = z.custom<OrderStatus>((value) => typeof value === 'string');

const isShopAccount = (kind: AccountTotal['kind']): boolean => SHOP_ACCOUNTS.some((account) => account === kind);
const ACCOUNT_KINDS: readonly AccountTotal['kind'][] = ['available', 'reserved', ...SHOP_ACCOUNTS];

const orNull = (text: string): string | null => (text === '' ? null : text);

export const createOperations = (
  db: Kysely<Tables>,
  codec: Codec,
  hash: HashAccount,
  record: RecordAction,
  log: Log,
): Reading => {
  const depthOf = async (queue: 'orders' | 'outbox' | 'alerts' | 'announcement_recipients', now: number): Promise<QueueDepth> => {
    const { due, oldest } = await db
      .selectFrom(queue)
      .select(({ fn }) => [fn.countAll().as('due'), fn.min<number | null>('due_at').as('oldest')])
      .where('due_at', '<=', now)
      .executeTakeFirstOrThrow();
    return { due: Number(due), oldest: oldest === null ? null : time.parse(oldest) };
  };

  return {
    restage: ({ terms: { id: orderId, chat } }, news, confirmed) =>
      transact(db, async (trx) => {
        const action = { ...confirmed, deed: 'messageResent', target: orderId, before: null, after: { news } } as const;
        if (!(await record(trx, action))) return 'existed';
        await stageMessage(trx, { orderId, chat, news, dueAt: confirmed.at });
        return 'staged';
      }),

    ordersFor: async (account, limit) => {
      const rows = await db
        .selectFrom('orders')
        .selectAll()
        .where('account_hash', '=', hash(account))
        .orderBy('placed_at', 'desc')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.flatMap((row) => {
        try {
          return [codec.readOrder(row)];
        } catch (error) {
          log.error('orderUnreadable', { order: row.id }, error);
          return [];
        }
      });
    },

    history: async (order) => {
      const rows = await db
        .selectFrom('order_events')
        .select(['type', 'at', 'data'])
        .where('order_id', '=', order)
        .orderBy('position')
        .execute();
      return rows.map(({ type, at, data }) => {
        const { by, why, resultCode } = entryData.parse(JSON.parse(data));
        return { type: eventType.parse(type), at: time.parse(at), by: orNull(by), why: orNull(why), resultCode };
      });
    },

    salesOf: async ({ from, to }) => {
      const rows = await db
        .selectFrom('orders')
        .select(['id', 'terms', 'state'])
        .where('placed_at', '>=', from)
        .where('placed_at', '<', to)
        .execute();
      const sums = new Map<string, Sales>();
      for (const row of rows) {
        try {
          const { pay, cost, commission } = parseOpenTerms(row.terms);
          const { status: reached } = parseState(row.state);
          const name = `${reached} ${pay.currency}`;
          const sum = sums.get(name);
          sums.set(name, {
            status: reached,
            currency: pay.currency,
            count: (sum?.count ?? 0) + 1,
            pay: hundredths((sum?.pay ?? 0) + pay.hundredths),
            cost: hundredths((sum?.cost ?? 0) + cost.hundredths),
            commission: hundredths((sum?.commission ?? 0) + commission.hundredths),
          });
        } catch (error) {
          log.error('orderUnreadable', { order: row.id }, error);
        }
      }
      return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
    },

    queues: async (now) => ({
      orders: await depthOf('orders', now),
      messages: await depthOf('outbox', now),
      alerts: await depthOf('alerts', now),
      announcements: await depthOf('announcement_recipients', now),
    }),

    ordersIn: async (statuses) => {
      const rows = await db
        .selectFrom('orders')
        .select(['id', 'state'])
        .where('due_at', 'is not', null)
        .where('status', 'in', statuses)
        .execute();
      return rows.flatMap((row) => {
        try {
          return [{ id: orderId.parse(row.id), state: parseState(row.state) }];
        } catch {
          // Whoever works on it has said so.
          return [];
        }
      });
    },

    ordersByStatus: async () => {
      const rows = await db
        .selectFrom('orders')
        .select(({ fn }) => ['status', fn.countAll().as('count')])
        .groupBy('status')
        .execute();
      return Object.fromEntries(rows.map((row) => [status.parse(row.status), Number(row.count)]));
    },

    oldestByStatus: async () => {
      const rows = await db
        .selectFrom('orders')
        .select(({ fn }) => ['status', fn.min('placed_at').as('oldest')])
        .where('status', 'in', OPEN_STATUSES)
        .groupBy('status')
        .orderBy('status')
        .execute();
      return rows.map((row) => ({ status: status.parse(row.status), placedAt: time.parse(row.oldest) }));
    },

    accountTotals: async () => {
      const totals = db
        .selectFrom('accounts')
        .select(({ fn }) => ['currency', fn.sum<number>('balance').as('total')])
        .groupBy('currency')
        .orderBy('currency');
      const found: AccountTotal[] = [];
      for (const kind of ACCOUNT_KINDS) {
        // The range of the key, where there is one account of the kind a customer; ";" is the character behind ":".
        const ofKind = isShopAccount(kind)
          ? totals.where('account', '=', kind)
          : totals.where('account', '>=', `${kind}:`).where('account', '<', `${kind};`);
        const rows = await ofKind.execute();
        found.push(...rows.map(({ currency, total }) => ({ kind, currency, total: hundredths(total) })));
      }
      return found;
    },
  };
};
