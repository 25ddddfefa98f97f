// What follows from an order's events: the money that they move, the news that they bring and what the operator has to know.
import type { Alert } from './alert.ts';
import type { OrderEvent, OrderNews, OrderState, OrderTerms } from './order.ts';
import { assertNever } from './result.ts';
import type { NamedStop } from './stop-scope.ts';
import { capture, refund, release, reserve } from './wallet.ts';
import type { Transfer } from './wallet.ts';

/** The money that an event moves; most move none. */
export const transferFor = (terms: OrderTerms, event: OrderEvent): Transfer | null => {
  switch (event.type) {
    case 'placed':
      return reserve(terms);
    case 'purchaseCharged':
      return capture(terms);
    case 'purchaseRejected':
      return release(terms);
    case 'saleReverted':
      return refund(terms);
    case 'purchaseIntended':
    case 'purchaseNotSent':
    case 'chargeCameToLight':
    case 'outcomeUnclear':
    case 'askedInVain':
    case 'rejectionReported':
    case 'codeMissed':
    case 'codeReceived':
    case 'tokenReceived':
    case 'personNeeded':
    case 'ruled':
    case 'codeDelivered':
    case 'resultLearnt':
    case 'resultMissed':
    case 'revertIntended':
    case 'revertNotSent':
    case 'revertRefused':
    case 'revertUnclear':
      return null;
    default:
      return assertNever(event);
  }
};

/** The news that a step of an order brings, given the events and the state that they led to; null when there is nothing to say. */
export const newsOf = (events: readonly OrderEvent[], state: OrderState): OrderNews | null => {
  const types = events.map((event) => event.type);
  if (types.includes('saleReverted')) return 'reverted';
  // Of a revert the customer hears when it is known to have worked: until then nothing has changed for them.
  if (state.status === 'needsPerson' && state.why === 'revertNeverLearnt' && types.includes('personNeeded')) return null;
  // A ruling that leaves the order with a person tells the customer nothing new.
  if (types.includes('personNeeded')) return types.includes('ruled') ? null : 'needsPerson';
  if (types.includes('codeReceived')) return 'code';
  if (types.includes('resultLearnt')) return 'result';
  if (types.includes('purchaseRejected')) return 'rejected';
  if (types.includes('outcomeUnclear')) return 'unknown';
  // Once, after the first poll in vain: most late codes are there by then.
  return types.includes('codeMissed') && state.status === 'awaitingCode' && state.polled === 1 ? 'codeLate' : null;
};

/** What the supplier says of a product that it lists and does not sell to this terminal: nobody will get it until that is settled. */
const NOT_ROUTED = '-1';

const isUnrouted = (event: OrderEvent): boolean => event.type === 'purchaseRejected' && event.resultCode === NOT_ROUTED;

/** What a step takes off sale; null for nearly every one. */
export const stopOf = ({ id, productId, productName: name }: OrderTerms, events: readonly OrderEvent[]): NamedStop | null => {
  const unrouted = events.find(isUnrouted);
  if (unrouted === undefined) return null;
  return { scope: { kind: 'product', product: productId }, name, by: 'bot', why: `${NOT_ROUTED} (${id})`, since: unrouted.at };
};

/** What the operator has to know of a step: that the order waits for a person now, or was charged after all. Whoever rules knows already. */
export const alertOf = (
  { id, productId, productName }: OrderTerms,
  events: readonly OrderEvent[],
  state: OrderState,
): Alert | null => {
  const types = events.map((event) => event.type);
  if (events.some(isUnrouted)) return { type: 'productStopped', product: productId, name: productName, order: id };
  if (types.includes('chargeCameToLight')) return { type: 'chargedAfterAll', order: id };
  if (state.status !== 'needsPerson' || !types.includes('personNeeded') || types.includes('ruled')) return null;
  return { type: 'personNeeded', order: id, why: state.why };
};
