// The worker: takes due orders and staged messages from the ledger and carries them out, several at a time, until it is told to stop.
import { MINUTE, SECOND, later } from '../domain/time.ts';
import type { DeliverMessage } from './deliver-outbox.ts';
import type { FulfilOrder } from './fulfil-order.ts';
import type { Clock } from './ports/clock.ts';
import type { Ledger } from './ports/ledger.ts';
import type { Log, LogFields } from './ports/log.ts';

export type Worker = {
  /** Works until `signal` aborts, then finishes what is in hand. */
  run(signal: AbortSignal): Promise<void>;
  /** There may be work now: look without waiting. */
  wake(): void;
};

/** Orders in hand at once; the supplier caps its own calls. */
const ORDERS_AT_ONCE = 10;
const MESSAGES_AT_ONCE = 20;
/** Longer than a piece of work takes, its waits for a slow supplier or Telegram included; then another worker may have it. */
const ORDER_LEASE = 5 * MINUTE;
const MESSAGE_LEASE = 2 * MINUTE;
/** How often the ledger is asked when nobody wakes the worker. */
const IDLE = SECOND / 2;

export const createWorker = (deps: {
  readonly ledger: Ledger;
  readonly fulfil: FulfilOrder;
  readonly deliver: DeliverMessage;
  readonly clock: Clock;
  readonly log: Log;
}): Worker => {
  const { ledger, clock, log } = deps;
  const inHand = { orders: new Set<Promise<void>>(), messages: new Set<Promise<void>>() };
  let nap = new AbortController();

  const wake = (): void => nap.abort();

  /** Starts a piece of work. A throw is a bug or an outage: it is logged, and the lease's end brings the work back. */
  const start = (hands: Set<Promise<void>>, work: Promise<void>, fields: LogFields): void => {
    const done = work
      .catch((error: unknown) => log.error('workFailed', fields, error))
      .finally(() => {
        hands.delete(done);
        wake();
      });
    hands.add(done);
  };

  const takeOrders = async (): Promise<void> => {
    const free = ORDERS_AT_ONCE - inHand.orders.size;
    if (free <= 0) return;
    const now = clock.now();
    for (const order of await ledger.claimOrders(now, later(now, ORDER_LEASE), free)) {
      start(inHand.orders, deps.fulfil(order), { order: order.terms.id });
    }
  };

  const takeMessages = async (): Promise<void> => {
    const free = MESSAGES_AT_ONCE - inHand.messages.size;
    if (free <= 0) return;
    const now = clock.now();
    for (const message of await ledger.claimMessages(now, later(now, MESSAGE_LEASE), free)) {
      start(inHand.messages, deps.deliver(message), { order: message.orderId, news: message.news });
    }
  };

  return {
    wake,
    run: async (signal) => {
      signal.addEventListener('abort', wake, { once: true });
      while (!signal.aborted) {
        nap = new AbortController();
        try {
          await takeOrders();
          await takeMessages();
        } catch (error) {
          log.error('ledgerFailed', {}, error);
        }
        // Woken at once when the signal or a finished piece of work aborted this nap meanwhile.
        await clock.sleep(IDLE, nap.signal);
      }
      await Promise.all([...inHand.orders, ...inHand.messages]);
    },
  };
};
