// The worker: takes due orders, staged messages and the operator's alerts from the ledger and carries them out, several at a time, until it is told to stop.
import type { OrderId } from '../domain/ids.ts';
import { MINUTE, SECOND } from '../domain/time.ts';
import type { DeliverAlert } from './deliver-alert.ts';
import type { DeliverMessage } from './deliver-outbox.ts';
import type { FulfilOrder } from './fulfil-order.ts';
import type { Alerts } from './ports/alerts.ts';
import type { Clock } from './ports/clock.ts';
import type { Ledger } from './ports/ledger.ts';
import type { Log } from './ports/log.ts';
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
/** All go to one chat. */
const ALERTS = { most: 3, lease: 2 * MINUTE };
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
  readonly deliverAlert: DeliverAlert | null;
  readonly clock: Clock;
  readonly log: Log;
}): Worker => {
  const { ledger, alerts, deliverAlert, clock, log } = deps;
  let nap = new AbortController();
  const wake = (): void => nap.abort();
  const handsDeps = { clock, log, done: wake };
  const tellOf = (order: OrderId): Promise<void> => alerts.raiseAlert({ type: 'workFails', order }, clock.now());

  const hands = [
    createHands(
      {
        ...ORDERS,
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
        claim: ledger.claimMessages,
        work: deps.deliver,
        giveBack: ({ id }) => ledger.concludeMessage(id, { kind: 'postponed', until: clock.now() }),
        fields: ({ orderId, news }) => ({ order: orderId, news }),
        worry: ({ orderId }) => tellOf(orderId),
      },
      handsDeps,
    ),
    ...(deliverAlert === null
      ? []
      : [
          createHands(
            {
              ...ALERTS,
              claim: alerts.claimAlerts,
              work: deliverAlert,
              giveBack: ({ id }) => alerts.concludeAlert(id, { kind: 'postponed', until: clock.now() }),
              fields: ({ alert }) => ({ alert: alert.type }),
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
