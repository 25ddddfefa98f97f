// What reconciliation reads in SQL: pages of attempts with what their orders say of them, and readings of the balance.
import type { Kysely, Transaction } from 'kysely';
import { standingOf } from '../../domain/attempt-standing.ts';
import type { LedgerAttempt, Reconciliations } from '../../app/ports/reconciliation.ts';
import type { Log } from '../../app/ports/log.ts';
import { createReconciliationLeases } from './reconciliation-leases.ts';
import { ATTEMPT_EVENTS, parseAttempt, parseAttemptEvent, parseReading } from './reconciliation-rows.ts';
import { parseOpenTerms, parseState } from './rows.ts';
import type { Tables } from './schema.ts';

/** So that an order's state and its events are those of one moment. */
const atOneMoment = <T>(db: Kysely<Tables>, read: (trx: Transaction<Tables>) => Promise<T>): Promise<T> =>
  db.transaction().setIsolationLevel('repeatable read').execute(read);

const attemptsOf = (trx: Transaction<Tables>, terminalId: number) =>
  trx
    .selectFrom('attempts')
    .select(['terminal_id', 'reference', 'order_id', 'local_time', 'at'])
    .where('terminal_id', '=', terminalId);

type AttemptRow = Parameters<typeof parseAttempt>[0] & { readonly order_id: string };

/** The contents of a page of attempts, whose orders are read together. */
const readContents = async (
  trx: Transaction<Tables>,
  rows: readonly AttemptRow[],
  log: Log,
): Promise<readonly LedgerAttempt[]> => {
  const ids = [...new Set(rows.map((row) => row.order_id))];
  if (ids.length === 0) return [];
  const orders = await trx.selectFrom('orders').select(['id', 'terms', 'state']).where('id', 'in', ids).execute();
  const events = await trx
    .selectFrom('order_events')
    .select(['order_id', 'type', 'at', 'data'])
    .where('order_id', 'in', ids)
    .where('type', 'in', ATTEMPT_EVENTS)
    .orderBy('order_id')
    .orderBy('position')
    .execute();
  return rows.map((row) => {
    const attempt = parseAttempt(row);
    try {
      const order = orders.find(({ id }) => id === row.order_id);
      if (order === undefined) throw new Error('An attempt without an order');
      const own = events.filter((event) => event.order_id === row.order_id).map(parseAttemptEvent);
      const standing = standingOf(attempt, own, parseState(order.state));
      if (standing === null) throw new Error('An attempt that no event of its order knows');
      return { order: row.order_id, attempt, content: { terms: parseOpenTerms(order.terms), standing } };
    } catch (error) {
      log.error('orderUnreadable', { order: row.order_id, reference: attempt.reference }, error);
      return { order: row.order_id, attempt, content: null };
    }
  });
};

export const createReconciliations = (db: Kysely<Tables>, log: Log): Reconciliations => {
  const firstReadingFrom = async (terminalId: number, from: number) => {
    const row = await db
      .selectFrom('balance_readings')
      .select(['at', 'hundredths'])
      .where('terminal_id', '=', terminalId)
      .where('at', '>=', from)
      .orderBy('at')
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? null : parseReading(row);
  };

  return {
    ...createReconciliationLeases(db),

    attemptsBetween: (terminalId, { from, to }, after, limit) =>
      atOneMoment(db, async (trx) => {
        let page = attemptsOf(trx, terminalId)
          .where('at', '>=', after === null ? from : after.at)
          .where('at', '<', to);
        if (after !== null) {
          page = page.where((row) =>
            row.or([row('at', '>', after.at), row.and([row('at', '=', after.at), row('reference', '>', after.reference)])]),
          );
        }
        return readContents(trx, await page.orderBy('at').orderBy('reference').limit(limit).execute(), log);
      }),

    attemptOf: (terminalId, reference) =>
      atOneMoment(db, async (trx) => {
        const rows = await attemptsOf(trx, terminalId).where('reference', '=', reference).execute();
        return (await readContents(trx, rows, log))[0] ?? null;
      }),

    recordBalance: async (terminalId, { at, hundredths }) => {
      await db
        .insertInto('balance_readings')
        .values({ terminal_id: terminalId, at, hundredths })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    balancesAround: async (terminalId, { from, to }) => ({
      opening: await firstReadingFrom(terminalId, from),
      closing: await firstReadingFrom(terminalId, to),
    }),
  };
};
