// The operator has a sale undone that is known to have been charged. The intent is stored before the call, the outcome after it, once.
import type { Overlay } from '../domain/catalog.ts';
import type { OrderId } from '../domain/ids.ts';
import type { OrderStatus, RevertSettlement } from '../domain/order.ts';
import { isPaid } from '../domain/order-evolve.ts';
import { isReverting } from '../domain/order-revert.ts';
import { assertNever, fail, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import type { WriteStep } from './order-step.ts';
import type { Clock } from './ports/clock.ts';
import type { Ledger } from './ports/ledger.ts';
import type { Log } from './ports/log.ts';
import type { RevertOutcome, Reverter } from './ports/supplier.ts';
import { createSendOnce } from './send-once.ts';

/** Who wants an order undone, and why; both are kept with it. */
export type RevertingOrder = { readonly id: OrderId; readonly by: string; readonly why: string };

/** Nothing was sent. */
export type RevertRefusal =
  | { readonly kind: 'noSuchOrder' }
  /** Not paid, undone already, or an earlier revert of it is not proven to have failed. */
  | { readonly kind: 'notNow'; readonly status: OrderStatus }
  /** The catalogue file does not say that the product can be reverted. */
  | { readonly kind: 'notRevertible' }
  /** The purchase named the amount to be received: what its revert would have to name, nobody knows. */
  | { readonly kind: 'soldByReceivedAmount' }
  | { readonly kind: 'stale' };

/** What the supplier said, and what the order is now. Not `stored`: the order went on without the outcome. */
export type Reverted = {
  readonly outcome: RevertOutcome['kind'];
  readonly resultCode: string | null;
  readonly status: OrderStatus;
  readonly stored: boolean;
};

export type RevertOrder = (asked: RevertingOrder) => Promise<Result<Reverted, RevertRefusal>>;

export const createRevertOrder = (deps: {
  readonly ledger: Ledger;
  readonly reverter: Pick<Reverter, 'prepareRevert' | 'revert'>;
  readonly overlay: Overlay;
  readonly write: WriteStep;
  readonly clock: Clock;
  readonly log: Log;
}): RevertOrder => {
  const { ledger, reverter, overlay, clock, log } = deps;
  const sendOnce = createSendOnce(deps);

  return async ({ id, by, why }) => {
    const order = await ledger.order(id);
    if (order === null) return fail({ kind: 'noSuchOrder' });
    const { state, terms } = order;
    const notNow = fail({ kind: 'notNow', status: state.status } as const);
    if (!isPaid(state)) return notNow;
    if (overlay[String(terms.productId)]?.revertible !== true) return fail({ kind: 'notRevertible' });
    if (terms.sent.as !== 'send') return fail({ kind: 'soldByReceivedAmount' });

    const known = await ledger.secrets(id);
    const sale = { productId: terms.productId, fields: terms.fields, send: terms.sent.amount, attempt: state.attempt };
    const reference = await ledger.nextReference(state.attempt.terminalId);
    const prepared = reverter.prepareRevert(sale, reference, clock.now());
    const { attempt } = prepared;
    const sent = await sendOnce(order, {
      prepared,
      intent: { type: 'intendRevert', attempt, by, why },
      isInFlight: (current) => isReverting(current, attempt),
      send: (revert) => reverter.revert(revert),
      settle: (outcome) => ({ type: 'settleRevert', attempt, settlement: settlementOf(outcome) }),
      known,
      learn: (secrets, { raw }) => (raw === null ? secrets : { ...secrets, raw: [...secrets.raw, raw] }),
    });
    if (!sent.ok) return sent.error === 'stale' ? fail({ kind: 'stale' }) : notNow;
    const { outcome, stored } = sent.value;
    const { status } = sent.value.order.state;
    const resultCode = outcome.kind === 'refused' || outcome.kind === 'unclear' ? outcome.resultCode : null;
    log.info('orderReverted', { order: id, status, outcome: outcome.kind, resultCode, uid: outcome.uid });
    return ok({ outcome: outcome.kind, resultCode, status, stored });
  };
};

const settlementOf = (outcome: RevertOutcome): RevertSettlement => {
  switch (outcome.kind) {
    case 'reverted':
      return { kind: 'reverted', supplierReference: outcome.supplierReference };
    case 'refused':
      return { kind: 'refused', resultCode: outcome.resultCode };
    case 'notSent':
      return { kind: 'notSent' };
    case 'unclear':
      return { kind: 'unclear', resultCode: outcome.resultCode };
    default:
      return assertNever(outcome);
  }
};
