// The worker: takes due orders, staged messages and the operator's alerts from the ledger and carries them out, several at a time, until it is told to stop.
import type { OrderId } from '../domain/ids.ts';
import { MINUTE, SECOND } from '../domain/time.ts';
import { ALERTS_IN_HAND } from './deliver-alerts.ts';
import type { DeliverAlerts } from './deliver-alerts.ts';
import type { DeliverMessage } from './deliver-outbox.ts';
import type { FulfilOrder } from './fulfil-order.ts';
import type { Alerts } from './ports/alerts.ts';
import type { Clock } from './ports/clock.ts';
import type { Ledger } from './ports/ledger.ts';
import type { Log } from './ports/log.ts';
import type { Telemetry } from './ports/telemetry.ts';
import { createHands } from './work-in-hand.ts';

export type Worker = {
  /** Works until `signal` aborts, then finishes what is in hand; what takes too long is given back, so that another worker may have it at once. */
  run(signal: AbortSignal): Promise<void>;
  /** There may be work now: look without waiting. */
  wake(): void;
  /** Resolves when even what was given back has come to its end: a purchase that was on its way has its outcome stored. */
  rest(): Promise<unknown>;
};

/** Leases are longer than a piece of work takes, its waits for a slow supplier or Telegram included; then another worker may have it. */
const ORDERS = { most: 10, lease: 5 * MINUTE };
const MESSAGES = { most: 20, lease: 2 * MINUTE };
/** How often the ledger is asked when nobody wakes the worker. */
const IDLE = SECOND / 2;
/** How long the end waits for what is in hand. A purchase on its way may take longer: it holds no lease, and its outcome is still stored. */
const FINISH_WITHIN = 15 * SECOND;

export const createWorker = (deps: {
  readonly ledger: Ledger;
  readonly fulfil: FulfilOrder;
  readonly deliver: DeliverMessage;
  readonly alerts: Alerts;
  /** Null where no operator can be told: alerts wait in the ledger until somebody can. */
  readonly deliverAlerts: DeliverAlerts | null;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  readonly log: Log;
}): Worker => {
  const { ledger, alerts, deliverAlerts, telemetry, clock, log } = deps;
  let nap = new AbortController();
  const wake = (): void => nap.abort();
  const handsDeps = { telemetry, clock, log, done: wake };
  const tellOf = (order: OrderId): Promise<void> => alerts.raiseAlert({ type: 'workFails', order }, clock.now());

  const hands = [
    createHands(
      {
        ...ORDERS,
        queue: 'orders',
        orderOf: ({ terms }) => terms.id,
        claim: ledger.claimOrders,
        work: deps.fulfil,
        giveBack: ({ terms }) => ledger.releaseOrder(terms.id),
        fields: ({ terms }) => ({ order: terms.id }),
        worry: ({ terms }) => tellOf(terms.id),
      },
      handsDeps,
    ),
    createHands(
      {
        ...MESSAGES,
        queue: 'messages',
        orderOf: ({ orderId }) => orderId,
        claim: ledger.claimMessages,
        work: deps.deliver,
        giveBack: ({ id }) => ledger.concludeMessage(id, { kind: 'postponed', until: clock.now() }),
        fields: ({ orderId, news }) => ({ order: orderId, news }),
        worry: ({ orderId }) => tellOf(orderId),
      },
      handsDeps,
    ),
    ...(deliverAlerts === null
      ? []
      : [
          createHands(
            {
              ...ALERTS_IN_HAND,
              queue: 'alerts',
              orderOf: () => null,
              claim: deliverAlerts.claim,
              work: deliverAlerts.deliver,
              giveBack: deliverAlerts.giveBack,
              fields: ({ kind, alerts: told }) => ({ alert: kind, total: told.length }),
              worry: () => Promise.resolve(),
            },
            handsDeps,
          ),
        ]),
  ];

  return {
    wake,
    rest: () => Promise.all(hands.map(({ rest }) => rest())),
    run: async (signal) => {
      signal.addEventListener('abort', wake, { once: true });
      while (!signal.aborted) {
        nap = new AbortController();
        try {
          for (const { take } of hands) await take();
        } catch (error) {
          log.error('ledgerFailed', {}, error);
        }
        // Woken at once when the signal or a finished piece of work aborted this nap meanwhile.
        await clock.sleep(IDLE, nap.signal);
      }
      const patience = new AbortController();
      const tooLate = clock.sleep(FINISH_WITHIN, patience.signal);
      await Promise.all(hands.map(({ finish }) => finish(tooLate)));
      patience.abort();
    },
  };
};
