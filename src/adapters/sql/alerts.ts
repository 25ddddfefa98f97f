// What the operator is owed: stored with what causes it, claimed by whoever delivers, over when it has arrived.
import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import { alertKey, alertKind } from '../../domain/alert.ts';
import type { Alert } from '../../domain/alert.ts';
import { assertNever } from '../../domain/result.ts';
import { HOUR, later } from '../../domain/time.ts';
import type { Instant } from '../../domain/time.ts';
import type { AlertOutcome, Alerts, DueAlert } from '../../app/ports/alerts.ts';
import type { Log } from '../../app/ports/log.ts';
import { alertData } from './alert-data.ts';
import { claimFrom, concludeIn } from './queue.ts';
import { time } from './rows.ts';
import type { Tables } from './schema.ts';
import { transact } from './transaction.ts';

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
      kind: alertKind(alert),
      data: JSON.stringify(alert),
      raised_at: at,
      due_at: at,
      lease_until: null,
      tries: 0,
      message_id: null,
      told_at: null,
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
};

const concludedColumns = (outcome: AlertOutcome) => {
  switch (outcome.kind) {
    case 'delivered':
      return { due_at: null, message_id: outcome.message, told_at: outcome.at };
    case 'overtaken':
      return { due_at: null };
    case 'postponed':
    case 'held':
      return { due_at: outcome.until };
    default:
      return assertNever(outcome);
  }
};

/** When an alert that can't be read is tried again: another version of the bot may know how. Milliseconds. */
const UNREADABLE_PAUSE = HOUR;

export const createAlerts = (db: Kysely<Tables>, log: Log): Alerts => {
  const conclude = (ids: readonly number[], outcome: AlertOutcome): Promise<void> =>
    concludeIn(db, 'alerts', ids, concludedColumns(outcome), { untried: outcome.kind === 'held' });

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
          await conclude([row.id], { kind: 'postponed', until: later(now, UNREADABLE_PAUSE) });
        }
      }
      return alerts;
    },

    concludeAlerts: conclude,

    toldSince: async (since) => {
      const rows = await db
        .selectFrom('alerts')
        .select(['message_id', 'kind', 'told_at'])
        .where('told_at', '>', since)
        .orderBy('told_at')
        .orderBy('message_id')
        .execute();
      return [...Map.groupBy(rows, (row) => row.message_id).values()].map((alerts) => ({
        at: time.parse(alerts[0]?.told_at),
        kinds: [...new Set(alerts.map(({ kind }) => kind ?? ''))],
      }));
    },

    lastAlert: async (kinds) => {
      const row = await db
        .selectFrom('alerts')
        .select(['data', 'raised_at'])
        .where('kind', 'in', kinds)
        // Not by time: a clock may have been set back.
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst();
      if (row === undefined) return null;
      const { data: alert } = alertData.safeParse(JSON.parse(row.data));
      return alert === undefined ? null : { alert, raisedAt: time.parse(row.raised_at) };
    },
  };
};
