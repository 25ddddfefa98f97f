// What the operator is owed: stored with what causes it, claimed by whoever delivers, over when it has arrived.
import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import { alertKey } from '../../domain/alert.ts';
import type { Alert } from '../../domain/alert.ts';
import { CHANGED_PARTS } from '../../domain/catalog-difference.ts';
import type { PersonReason } from '../../domain/order.ts';
import { assertNever } from '../../domain/result.ts';
import { HOUR, later } from '../../domain/time.ts';
import type { Instant } from '../../domain/time.ts';
import type { AlertOutcome, Alerts, DueAlert } from '../../app/ports/alerts.ts';
import type { Log } from '../../app/ports/log.ts';
import { claimFrom, concludeIn } from './queue.ts';
import { orderId, productId, time } from './rows.ts';
import type { Tables } from './schema.ts';
import { transact } from './transaction.ts';

/** Spelled out so that a new reason breaks the build. */
const personReason = z.enum({
  paidWithoutCode: 'paidWithoutCode',
  outcomeNeverLearnt: 'outcomeNeverLearnt',
  revertNeverLearnt: 'revertNeverLearnt',
} satisfies { [Reason in PersonReason]: Reason });

const catalogDifference = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['added', 'removed']), product: productId }),
  z.object({ kind: z.literal('changed'), product: productId, parts: z.array(z.enum(CHANGED_PARTS)) }),
]);

const alertData: z.ZodType<Alert> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('personNeeded'), order: orderId, why: personReason }),
  z.object({ type: z.literal('orderUnreadable'), order: z.string() }),
  z.object({ type: z.literal('workFails'), order: z.string() }),
  z.object({ type: z.literal('chargedAfterAll'), order: orderId }),
  z.object({
    type: z.literal('booksDiffer'),
    terminalId: z.int(),
    day: z.iso.date(),
    differences: z.int(),
    drift: z.int().nullable(),
  }),
  z.object({ type: z.literal('catalogChanged'), differences: z.array(catalogDifference), total: z.int() }),
  z.object({ type: z.literal('productStopped'), product: productId, name: z.string(), order: orderId }),
  z.object({ type: z.literal('lowBalance'), balance: z.int(), limit: z.int(), day: z.iso.date() }),
  z.object({ type: z.literal('productsMissing'), products: z.array(productId), total: z.int() }),
]);

const dueAlert = z
  .object({ id: z.int(), data: z.string(), raised_at: time, tries: z.int() })
  .transform(({ id, data, raised_at: raisedAt, tries }): DueAlert => {
    return { id, alert: alertData.parse(JSON.parse(data)), raisedAt, tries };
  });

/** For the transaction of whatever causes the alert. A key that was raised before changes nothing. */
export const insertAlert = async (trx: Transaction<Tables>, alert: Alert, at: Instant): Promise<void> => {
  await trx
    .insertInto('alerts')
    .values({
      key: alertKey(alert, at),
      data: JSON.stringify(alert),
      raised_at: at,
      due_at: at,
      lease_until: null,
      tries: 0,
      message_id: null,
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
};

const concludedColumns = (outcome: AlertOutcome) => {
  switch (outcome.kind) {
    case 'delivered':
      return { due_at: null, message_id: outcome.message };
    case 'overtaken':
      return { due_at: null };
    case 'postponed':
      return { due_at: outcome.until };
    default:
      return assertNever(outcome);
  }
};

/** When an alert that can't be read is tried again: another version of the bot may know how. Milliseconds. */
const UNREADABLE_PAUSE = HOUR;

export const createAlerts = (db: Kysely<Tables>, log: Log): Alerts => {
  const conclude = (id: number, outcome: AlertOutcome): Promise<void> => concludeIn(db, 'alerts', id, concludedColumns(outcome));

  return {
    raiseAlert: (alert, at) => transact(db, (trx) => insertAlert(trx, alert, at)),

    claimAlerts: async (now, leaseUntil, limit) => {
      const ids = await claimFrom(db, 'alerts', now, leaseUntil, limit);
      if (ids.length === 0) return [];
      const rows = await db
        .selectFrom('alerts')
        .select((row) => ['id', 'data', 'raised_at', row('tries', '-', 1).as('tries')])
        .where('id', 'in', ids)
        .orderBy('due_at')
        .orderBy('id')
        .execute();
      const alerts: DueAlert[] = [];
      for (const row of rows) {
        try {
          alerts.push(dueAlert.parse(row));
        } catch (error) {
          // Out of the way for a while: it must not keep the others from the operator.
          log.error('alertUnreadable', { alert: row.id }, error);
          await conclude(row.id, { kind: 'postponed', until: later(now, UNREADABLE_PAUSE) });
        }
      }
      return alerts;
    },

    concludeAlert: conclude,
  };
};
