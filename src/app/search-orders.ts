// Finds orders for those who run the shop: by number, by phone or account, by customer; and looks at one with its history.
import { numberOf } from '../domain/account-number.ts';
import type { AdminOrder } from '../domain/dialog/admin.ts';
import { maskAccount } from '../domain/masked-account.ts';
import { parseCustomerId, parseOrderId } from '../domain/ids.ts';
import type { OrderId } from '../domain/ids.ts';
import type { OrderNews, OrderState, Ruling } from '../domain/order.ts';
import { isPaid, standingOf } from '../domain/order-evolve.ts';
import { assertNever } from '../domain/result.ts';
import type { Overlay } from '../domain/catalog.ts';
import { summaryOf } from './place-order.ts';
import type { Ledger, StoredOrder } from './ports/ledger.ts';
import type { Operations } from './ports/operations.ts';

/** How many orders a search lists. */
const MOST_FOUND = 10;

export type SearchOrders = {
  /** The newest first. */
  search(text: string): Promise<readonly StoredOrder[]>;
  look(id: OrderId): Promise<AdminOrder | null>;
};

/** What a person may find out of an order that waits for one. */
export const rulingsFor = (state: OrderState): readonly Ruling[] => {
  if (state.status !== 'needsPerson') return [];
  switch (state.why) {
    case 'outcomeNeverLearnt':
      return ['chargedWithCode', 'charged', 'notCharged'];
    case 'paidWithoutCode':
      return ['chargedWithCode'];
    case 'revertNeverLearnt':
      return ['reverted', 'notReverted'];
    default:
      return assertNever(state);
  }
};

/** Which message says how an order stands; null while it is on its way and there is nothing to say. */
export const newsToRepeat = (state: OrderState): OrderNews | null => {
  const standing = standingOf(state) ?? state;
  switch (standing.status) {
    case 'charged':
    case 'delivered':
      return 'code';
    case 'awaitingCode':
      return 'codeLate';
    case 'unknown':
    case 'rejected':
    case 'needsPerson':
    case 'reverted':
      return standing.status;
    case 'placed':
    case 'sending':
    case 'reverting':
    case 'revertUnknown':
      return null;
    default:
      return assertNever(standing);
  }
};

export const createSearchOrders = (deps: {
  readonly ledger: Pick<Ledger, 'order' | 'ordersOf'>;
  readonly operations: Pick<Operations, 'ordersFor' | 'history'>;
  readonly overlay: Overlay;
}): SearchOrders => {
  const { ledger, operations, overlay } = deps;

  return {
    search: async (text) => {
      const wanted = text.trim();
      const id = parseOrderId(wanted.toUpperCase());
      const order = id.ok ? await ledger.order(id.value) : null;
      if (order !== null) return [order];
      const customer = /^[1-9]\d*$/.test(wanted) ? parseCustomerId(Number(wanted)) : null;
      const bought = customer?.ok === true ? await ledger.ordersOf(customer.value, MOST_FOUND) : [];
      const sent = await operations.ordersFor(wanted, MOST_FOUND);
      // Somebody's Telegram id may have the digits of somebody else's phone number.
      const found = new Map([...bought, ...sent].map((each) => [each.terms.id, each]));
      return [...found.values()].toSorted((a, b) => b.terms.placedAt - a.terms.placedAt).slice(0, MOST_FOUND);
    },

    look: async (id) => {
      const order = await ledger.order(id);
      if (order === null) return null;
      const { terms, state } = order;
      const number = numberOf(terms);
      const isRevertible = overlay[String(terms.productId)]?.revertible === true && terms.sent.as === 'send';
      return {
        order: summaryOf(order),
        customer: terms.customer,
        account: number === null ? null : maskAccount(number),
        history: await operations.history(id),
        rulings: rulingsFor(state),
        canResend: newsToRepeat(state) !== null,
        canRevert: isPaid(state) && isRevertible,
      };
    },
  };
};
