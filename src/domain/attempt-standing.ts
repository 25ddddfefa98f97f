// What the ledger says of one attempt: read out of its order's events, and checked against the state that the order is in.
import type { Attempt, OrderState } from './order.ts';
import { assertNever } from './result.ts';
import type { Instant } from './time.ts';

/** The events that begin or end an attempt, with what is needed of them here. */
export type AttemptEvent = { readonly at: Instant } & (
  | { readonly type: 'purchaseIntended' | 'revertIntended'; readonly attempt: Attempt }
  | { readonly type: 'purchaseCharged'; readonly supplierReference: string | null }
  | { readonly type: 'purchaseRejected'; readonly resultCode: string | null }
  | { readonly type: 'purchaseNotSent' | 'revertNotSent' | 'revertRefused' | 'saleReverted' }
);

/** What the ledger says of a sale. `rejected`: also one that provably never left us. */
export type LedgerSays =
  | { readonly kind: 'charged' | 'reverted'; readonly supplierReference: string | null }
  | { readonly kind: 'rejected'; readonly resultCode: string | null }
  | { readonly kind: 'open' }
  /** The order can't be read, or its state is not what its events led to. */
  | { readonly kind: 'unclear' };

/** What an attempt was for, what came of it, and when that was learnt: null while it is open. */
export type Standing = { readonly settledAt: Instant | null } & (
  { readonly of: 'sale'; readonly says: LedgerSays } | { readonly of: 'revert'; readonly says: 'reverted' | 'refused' | 'open' }
);

type Sale = Extract<Standing, { of: 'sale' }>;
type Revert = Extract<Standing, { of: 'revert' }>;

const isSame = (a: Attempt, b: Attempt): boolean => a.terminalId === b.terminalId && a.reference === b.reference;

const saleAfter = (sale: Sale, event: AttemptEvent): Sale => {
  const settled = (says: LedgerSays): Sale => ({ of: 'sale', says, settledAt: event.at });
  switch (event.type) {
    case 'purchaseCharged':
      return settled({ kind: 'charged', supplierReference: event.supplierReference });
    case 'purchaseRejected':
      return sale.says.kind === 'open' ? settled({ kind: 'rejected', resultCode: event.resultCode }) : sale;
    case 'purchaseNotSent':
      return settled({ kind: 'rejected', resultCode: null });
    case 'saleReverted':
      // The moment of the charge stays: what came back later is the revert's own affair.
      return sale.says.kind === 'charged' ? { ...sale, says: { ...sale.says, kind: 'reverted' } } : sale;
    case 'purchaseIntended':
    case 'revertIntended':
    case 'revertNotSent':
    case 'revertRefused':
      return sale;
    default:
      return assertNever(event);
  }
};

const revertAfter = (revert: Revert, event: AttemptEvent): Revert => {
  switch (event.type) {
    case 'saleReverted':
      return { of: 'revert', says: 'reverted', settledAt: event.at };
    case 'revertNotSent':
    case 'revertRefused':
      return { of: 'revert', says: 'refused', settledAt: event.at };
    case 'purchaseIntended':
    case 'purchaseCharged':
    case 'purchaseRejected':
    case 'purchaseNotSent':
    case 'revertIntended':
      return revert;
    default:
      return assertNever(event);
  }
};

/** What the state alone says of the order's last purchase. */
const kindOf = (state: OrderState): LedgerSays['kind'] => {
  switch (state.status) {
    case 'placed':
    case 'rejected':
      return 'rejected';
    case 'sending':
    case 'unknown':
      return 'open';
    case 'awaitingCode':
    case 'charged':
    case 'delivered':
    case 'reverting':
    case 'revertUnknown':
      return 'charged';
    case 'needsPerson':
      return state.why === 'outcomeNeverLearnt' ? 'open' : 'charged';
    case 'reverted':
      return 'reverted';
    default:
      return assertNever(state);
  }
};

const agrees = (says: LedgerSays, state: OrderState, attempt: Attempt): boolean =>
  kindOf(state) === says.kind && (!('attempt' in state) || isSame(state.attempt, attempt));

/**
 * The standing of an attempt, by its order's events in their order. Null when no event knows it. A reference may be used again after it
 * provably never left us: the last use counts.
 */
export const standingOf = (attempt: Attempt, events: readonly AttemptEvent[], state: OrderState): Standing | null => {
  let standing: Standing | null = null;
  let [saleIsOurs, revertIsOurs] = [false, false];
  for (const event of events) {
    if (event.type === 'purchaseIntended') {
      saleIsOurs = isSame(event.attempt, attempt);
      if (saleIsOurs) standing = { of: 'sale', says: { kind: 'open' }, settledAt: null };
    } else if (event.type === 'revertIntended') {
      revertIsOurs = isSame(event.attempt, attempt);
      if (revertIsOurs) standing = { of: 'revert', says: 'open', settledAt: null };
    } else if (standing?.of === 'sale' && saleIsOurs) standing = saleAfter(standing, event);
    else if (standing?.of === 'revert' && revertIsOurs) standing = revertAfter(standing, event);
  }
  if (standing?.of === 'sale' && saleIsOurs && !agrees(standing.says, state, attempt)) {
    return { ...standing, says: { kind: 'unclear' } };
  }
  return standing;
};
