// What follows from an order's events: the money that they move and the news that they bring.
import type { OrderEvent, OrderNews, OrderState, OrderTerms } from './order.ts';
import { assertNever } from './result.ts';
import { capture, release, reserve } from './wallet.ts';
import type { Transfer } from './wallet.ts';

/** The money that an event moves; most move none. */
export const transferFor = (terms: OrderTerms, event: OrderEvent): Transfer | null => {
  switch (event.type) {
    case 'placed':
      return reserve(terms.id, terms.customer, terms.pay);
    case 'purchaseCharged':
      return capture(terms.id, terms.customer, terms.pay);
    case 'purchaseRejected':
      return release(terms.id, terms.customer, terms.pay);
    case 'purchaseIntended':
    case 'purchaseNotSent':
    case 'outcomeUnclear':
    case 'askedInVain':
    case 'rejectionReported':
    case 'codeMissed':
    case 'codeReceived':
    case 'tokenReceived':
    case 'personNeeded':
    case 'ruled':
    case 'codeDelivered':
      return null;
    default:
      return assertNever(event);
  }
};

/** The news that a step of an order brings, given the events and the state that they led to; null when there is nothing to say. */
export const newsOf = (events: readonly OrderEvent[], state: OrderState): OrderNews | null => {
  const types = events.map((event) => event.type);
  // A ruling that leaves the order with a person tells the customer nothing new.
  if (types.includes('personNeeded')) return types.includes('ruled') ? null : 'needsPerson';
  if (types.includes('codeReceived')) return 'code';
  if (types.includes('purchaseRejected')) return 'rejected';
  if (types.includes('outcomeUnclear')) return 'unknown';
  // Once, after the first poll in vain: most late codes are there by then.
  return types.includes('codeMissed') && state.status === 'awaitingCode' && state.polled === 1 ? 'codeLate' : null;
};
