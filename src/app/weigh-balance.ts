// The balance of a day: reads it at the supplier, and weighs what it lost between two readings against the books.
import { costOf, driftBetween, movementOf } from '../domain/balance-drift.ts';
import type { Balance, Movement, Reading } from '../domain/balance-drift.ts';
import type { Span } from '../domain/day.ts';
import type { ProductId } from '../domain/ids.ts';
import { hundredths } from '../domain/money.ts';
import type { Currency } from '../domain/money.ts';
import { HOUR, instant, later } from '../domain/time.ts';
import { attemptPages } from './attempt-pages.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Reconciliations } from './ports/reconciliation.ts';
import type { Supplier } from './ports/supplier.ts';

/** Reads the balance and keeps the reading; null when the supplier did not say. */
export type ReadBalance = () => Promise<Reading | null>;

type ReadDeps = {
  readonly books: Reconciliations;
  readonly supplier: Pick<Supplier, 'balance'>;
  readonly terminalId: number;
  readonly clock: Clock;
  readonly log: Log;
};

export const createReadBalance =
  ({ books, supplier, terminalId, clock, log }: ReadDeps): ReadBalance =>
  async () => {
    const at = clock.now();
    const answer = await supplier.balance();
    if (!answer.ok) {
      log.warn('balanceNotRead', { error: answer.error.kind });
      return null;
    }
    const reading = { at, hundredths: hundredths(answer.value.hundredths) };
    await books.recordBalance(terminalId, reading);
    return reading;
  };

/** How long an outcome may stay unknown before a person decides: a purchase from before the opening may still be charged after it. */
const LOOK_BACK = 48 * HOUR;
/** How long after the closing a purchase may have been sent and still have been seen by a reading that took its time. */
const LOOK_AHEAD = HOUR;

/** Whether the money had moved before the opening, and everybody knew. */
const isOver = ({ sentAt, settledAt }: Movement, opening: Reading): boolean =>
  sentAt < opening.at && settledAt !== null && settledAt <= opening.at;

export const createWeighBalance = (
  deps: ReadDeps & {
    readonly supplier: Pick<Supplier, 'balance' | 'portfolio'>;
    readonly balanceCurrency: Currency | null;
  },
): ((span: Span) => Promise<Balance>) => {
  const { books, supplier, terminalId, balanceCurrency, clock } = deps;
  const readBalance = createReadBalance(deps);

  /** The readings around a day; one that has no closing yet is closed now. */
  const readings = async ({ from, to }: Span): Promise<{ readonly opening: Reading; readonly closing: Reading } | null> => {
    const around = { from, to: instant(Math.min(to, clock.now())) };
    const { opening, closing } = await books.balancesAround(terminalId, around);
    const end = closing ?? (await readBalance());
    return opening === null || end === null || opening.at >= end.at ? null : { opening, closing: end };
  };

  /** What moved the balance, or may have; the order of the first attempt that can't be judged instead. */
  const movementsBetween = async (
    opening: Reading,
    closing: Reading,
  ): Promise<readonly Movement[] | { readonly unclear: string }> => {
    const movements: Movement[] = [];
    const span = { from: later(opening.at, 0 - LOOK_BACK), to: later(closing.at, LOOK_AHEAD) };
    for await (const page of attemptPages(books, terminalId, span)) {
      for (const { order, attempt, content } of page) {
        if (content === null || (content.standing.of === 'sale' && content.standing.says.kind === 'unclear')) {
          if (attempt.at >= opening.at && attempt.at < closing.at) return { unclear: order };
          continue;
        }
        const { terms, standing } = content;
        const cost = costOf(terms);
        const movement = movementOf(standing, { order, product: terms.productId, cost, sentAt: attempt.at });
        if (movement !== null && !isOver(movement, opening)) movements.push(movement);
      }
    }
    return movements;
  };

  return async (span) => {
    if (balanceCurrency === null) return { kind: 'skipped', why: 'noBalanceCurrency' };
    const around = await readings(span);
    if (around === null) return { kind: 'skipped', why: 'noReadings' };
    const movements = await movementsBetween(around.opening, around.closing);
    if ('unclear' in movements) return { kind: 'skipped', why: 'ledgerUnclear', order: movements.unclear };
    const withoutFees = driftBetween(around, balanceCurrency, movements, new Map());
    if (withoutFees.kind === 'skipped' || movements.length === 0) return withoutFees;
    const listed = await supplier.portfolio();
    if (!listed.ok) return { kind: 'skipped', why: 'feesNotKnown' };
    const fees = new Map<ProductId, number>(listed.value.map(({ id, fee }) => [id, fee]));
    return driftBetween(around, balanceCurrency, movements, fees);
  };
};
