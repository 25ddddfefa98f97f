// From a decision to what the ledger stores: the one place where events, state, money, news and alerts are put together.
import type { OrderCommand, OrderEvent, OrderRefusal, OrderState, OrderTerms } from '../domain/order.ts';
import { alertOf, newsOf, stopOf, transferFor } from '../domain/order-consequences.ts';
import { decide } from '../domain/order-decide.ts';
import { dueAt, evolve } from '../domain/order-evolve.ts';
import { fail, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import type { Instant } from '../domain/time.ts';
import type { Clock } from './ports/clock.ts';
import type { Ledger, OrderStep, StoredOrder } from './ports/ledger.ts';
import type { Log } from './ports/log.ts';

/** Everything that follows from events: the state they lead to, the money they move, when to look again, whom to tell what. */
export const stepOf = (terms: OrderTerms, before: OrderState, events: readonly OrderEvent[]): OrderStep => {
  const state = events.reduce(evolve, before);
  const transfers = events.map((event) => transferFor(terms, event)).filter((transfer) => transfer !== null);
  const stop = stopOf(terms, events);
  return {
    events,
    state,
    transfers,
    dueAt: dueAt(state, terms),
    news: newsOf(events, state),
    alert: alertOf(terms, events, state),
    ...(stop === null ? {} : { stop }),
  };
};

/** Decides a command for a stored order. */
export const stepFor = (order: StoredOrder, command: OrderCommand, at: Instant): Result<OrderStep, OrderRefusal> => {
  const decided = decide(order.state, command, at);
  return decided.ok ? ok(stepOf(order.terms, order.state, decided.value)) : decided;
};

/** What is stored with a step beside what follows from its events. */
export type StepExtras = Pick<OrderStep, 'secrets' | 'body'>;

/**
 * Decides a command for an order and stores what follows. `notNow`: the order's state does not allow it. `stale`: somebody else wrote
 * first. Either way nothing was written. Throws when the ledger does.
 */
export type WriteStep = (
  order: StoredOrder,
  command: OrderCommand,
  extras?: StepExtras,
) => Promise<Result<StoredOrder, 'notNow' | 'stale'>>;

export const createWriteStep =
  ({ ledger, clock, log }: { readonly ledger: Ledger; readonly clock: Clock; readonly log: Log }): WriteStep =>
  async (order, command, extras = {}) => {
    const step = stepFor(order, command, clock.now());
    if (!step.ok) return fail('notNow');
    const written = await ledger.append(order, { ...step.value, ...extras });
    if (written.ok && written.value.state.status === 'needsPerson') {
      log.error('personNeeded', { order: order.terms.id, reason: written.value.state.why });
    }
    return written;
  };
