// Sends what moves money, once: the intent is durable before the call, the outcome after it, come what may. Purchases and reverts share it.
import type { OrderCommand, OrderState } from '../domain/order.ts';
import { fail, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import { SECOND } from '../domain/time.ts';
import type { OrderSecrets } from '../domain/voucher.ts';
import type { WriteStep } from './order-step.ts';
import type { Clock } from './ports/clock.ts';
import type { Ledger, StoredOrder } from './ports/ledger.ts';
import type { Log } from './ports/log.ts';
import type { PreparedPurchase } from './ports/supplier.ts';

/** `kind` and `uid` are what may be logged of an outcome. */
type Told = { readonly kind: string; readonly uid: string | null };

/** A call that moves money, and what it means to its order. */
export type Sending<Outcome extends Told> = {
  readonly prepared: PreparedPurchase;
  readonly intent: OrderCommand;
  /** Whether a state of the order has this very call in flight. */
  readonly isInFlight: (state: OrderState) => boolean;
  readonly send: (prepared: PreparedPurchase) => Promise<Outcome>;
  readonly settle: (outcome: Outcome) => OrderCommand;
  /** The order's secrets before the intent. */
  readonly known: OrderSecrets;
  /** What the outcome adds to the secrets that are known already. */
  readonly learn: (known: OrderSecrets, outcome: Outcome) => OrderSecrets;
};

/** `order` as the outcome left it. Not `stored`: it came too late, and the order has gone on without it. */
export type Sent<Outcome> = { readonly order: StoredOrder; readonly outcome: Outcome; readonly stored: boolean };

/**
 * `notNow` and `stale` as of a write of the intent: nothing was sent. Throws when the ledger does before anything was sent; afterwards a
 * ledger that fails is tried again for as long as this process lives.
 */
export type SendOnce = <Outcome extends Told>(
  order: StoredOrder,
  sending: Sending<Outcome>,
) => Promise<Result<Sent<Outcome>, 'notNow' | 'stale'>>;

/** The pause before an outcome that could not be stored is tried again. */
const STORE_AGAIN_AFTER = SECOND;

export const createSendOnce = ({
  ledger,
  write,
  clock,
  log,
}: {
  readonly ledger: Ledger;
  readonly write: WriteStep;
  readonly clock: Clock;
  readonly log: Log;
}): SendOnce => {
  /** Stores the intent. A write that failed may have been kept all the same: then the call is ours. */
  const intend = async (
    order: StoredOrder,
    { prepared, intent, isInFlight }: Pick<Sending<never>, 'prepared' | 'intent' | 'isInFlight'>,
  ): ReturnType<WriteStep> => {
    try {
      return await write(order, intent, { body: prepared.body });
    } catch (error) {
      const kept = await ledger.order(order.terms.id);
      if (kept !== null && isInFlight(kept.state)) return ok(kept);
      throw error;
    }
  };

  /**
   * Stores the outcome, come what may: it may be the only copy of a paid code. An order that was given up meanwhile takes the outcome as a
   * late answer.
   */
  const store = async <Outcome extends Told>(
    intended: StoredOrder,
    { settle, known: knownBefore, learn }: Sending<Outcome>,
    outcome: Outcome,
  ): Promise<Pick<Sent<Outcome>, 'order' | 'stored'>> => {
    const { id } = intended.terms;
    let order: StoredOrder | null = intended;
    for (;;) {
      try {
        order ??= await ledger.order(id);
        if (order === null) throw new Error(`Order ${id} is not stored any more`);
        const known = order === intended ? knownBefore : await ledger.secrets(id);
        const settled = await write(order, settle(outcome), { secrets: learn(known, outcome) });
        if (settled.ok) return { order: settled.value, stored: true };
        if (settled.error === 'notNow') {
          log.warn('outcomeTooLate', { order: id, status: order.state.status, outcome: outcome.kind, uid: outcome.uid });
          return { order, stored: false };
        }
      } catch (error) {
        log.error('outcomeNotStored', { order: id, outcome: outcome.kind, uid: outcome.uid }, error);
        await clock.sleep(STORE_AGAIN_AFTER);
      }
      order = null;
    }
  };

  return async (order, sending) => {
    const intended = await intend(order, sending);
    if (!intended.ok) return fail(intended.error);
    // From here on the supplier's lines can be told apart by the reference, whatever becomes of the call.
    log.info('orderSending', { order: order.terms.id, reference: sending.prepared.attempt.reference });
    const outcome = await sending.send(sending.prepared);
    return ok({ ...(await store(intended.value, sending, outcome)), outcome });
  };
};
