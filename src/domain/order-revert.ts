// What the outcome of a revert means for its order. Whatever does not prove that the sale stands leaves the revert unknown: it is never sent again.
import type { Attempt, OrderEvent, OrderState, RevertSettlement, Ruling } from './order.ts';
import { assertNever } from './result.ts';
import type { Instant } from './time.ts';

export const isSame = (a: Attempt, b: Attempt): boolean =>
  a.terminalId === b.terminalId && a.reference === b.reference && a.at === b.at;

/** Whether this is the revert that the order has in flight: tells a write that was kept from one that was lost. */
export const isReverting = (state: OrderState, attempt: Attempt): boolean =>
  state.status === 'reverting' && isSame(state.revert, attempt);

const settled = (outcome: RevertSettlement, at: Instant): OrderEvent => {
  switch (outcome.kind) {
    case 'reverted':
      return { type: 'saleReverted', supplierReference: outcome.supplierReference, at };
    case 'refused':
      return { type: 'revertRefused', resultCode: outcome.resultCode, at };
    case 'notSent':
      return { type: 'revertNotSent', at };
    case 'unclear':
      return { type: 'revertUnclear', resultCode: outcome.resultCode, at };
    default:
      return assertNever(outcome);
  }
};

/**
 * The revert call's own answer, also after its sender was given up: then it is the best proof there is, unless it is unclear itself.
 * Null when the order has no use for it: it belongs to an earlier revert, or a person has ruled.
 */
export const eventsOfRevert = (
  state: OrderState,
  attempt: Attempt,
  outcome: RevertSettlement,
  at: Instant,
): readonly OrderEvent[] | null => {
  if (!('back' in state) || !isSame(state.revert, attempt)) return null;
  return outcome.kind === 'unclear' && state.status !== 'reverting' ? [] : [settled(outcome, at)];
};

/** What a person found out of a revert; null for a ruling that is about the purchase. */
export const eventsOfRevertRuling = (ruling: Ruling, at: Instant): readonly OrderEvent[] | null => {
  switch (ruling) {
    case 'reverted':
      return [{ type: 'saleReverted', supplierReference: null, at }];
    case 'notReverted':
      return [{ type: 'revertRefused', resultCode: null, at }];
    case 'chargedWithCode':
    case 'charged':
    case 'notCharged':
      return null;
    default:
      return assertNever(ruling);
  }
};
