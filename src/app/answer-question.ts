// Carries out the questions of a transition through the ports; each answer is the next event of the conversation.
import type { Question } from '../domain/dialog/effect.ts';
import type { EffectAnswer } from '../domain/dialog/event.ts';
import { isPrivate } from '../domain/dialog/view.ts';
import type { OrderId } from '../domain/ids.ts';
import type { Money } from '../domain/money.ts';
import type { OrderState } from '../domain/order.ts';
import { standingOf } from '../domain/order-evolve.ts';
import { assertNever } from '../domain/result.ts';
import type { ListItems } from './list-items.ts';
import { grantStartingBalance, summaryOf } from './place-order.ts';
import type { Buyer, PlaceOrder } from './place-order.ts';
import type { Clock } from './ports/clock.ts';
import type { Ledger, StoredOrder } from './ports/ledger.ts';
import type { QuotePrice } from './quote-price.ts';

export type AnswerQuestion = (question: Question, buyer: Buyer) => Promise<EffectAnswer>;

/** How many orders `/orders` lists. */
const LISTED_ORDERS = 10;

/** What was undone and paid back, or may not have been sold at all, is not handed out; nor for the first time while somebody is undoing it. */
const mayBeShown = (state: OrderState): boolean =>
  standingOf(state) !== null && !(state.status === 'reverting' && state.back.status === 'charged');

export const createAnswerQuestion = (deps: {
  readonly quotePrice: QuotePrice;
  readonly listItems: ListItems;
  readonly placeOrder: PlaceOrder;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly startingBalance: readonly Money[];
}): AnswerQuestion => {
  const { ledger, clock } = deps;

  /** Somebody else's order does not exist for this buyer. */
  const ownOrder = async (id: OrderId, buyer: Buyer): Promise<StoredOrder | null> => {
    const order = await ledger.order(id);
    return order?.terms.customer === buyer.customer ? order : null;
  };

  const showOrder = async (id: OrderId, buyer: Buyer): Promise<Extract<EffectAnswer, { type: 'orderShown' }>> => {
    const order = await ownOrder(id, buyer);
    if (order === null) return { type: 'orderShown', found: null };
    const { voucher } = await ledger.secrets(id);
    const shown = mayBeShown(order.state) && isPrivate(buyer.chat) ? voucher : null;
    if (shown !== null) await ledger.recordShowing(id, buyer.chat, clock.now());
    return { type: 'orderShown', found: { order: summaryOf(order), voucher: shown } };
  };

  return async (question, buyer) => {
    switch (question.type) {
      case 'quote':
        return { type: 'quoted', result: await deps.quotePrice(question) };
      case 'listItems': {
        const listed = await deps.listItems(question.product);
        return { type: 'itemsListed', items: listed.ok ? listed.value : null };
      }
      case 'place':
        return { type: 'placed', result: await deps.placeOrder(question, buyer) };
      case 'recall':
        return { type: 'recalled', order: (await ownOrder(question.order, buyer))?.terms ?? null };
      case 'find': {
        const order = await ownOrder(question.order, buyer);
        return { type: 'found', order: order && summaryOf(order) };
      }
      case 'reviveNews':
        await ledger.reviveMessages(buyer.chat, clock.now());
        return { type: 'newsRevived' };
      case 'listOrders':
        return { type: 'ordersListed', orders: (await ledger.ordersOf(buyer.customer, LISTED_ORDERS)).map(summaryOf) };
      case 'showOrder':
        return showOrder(question.order, buyer);
      case 'readBalance':
        await grantStartingBalance(ledger, clock, deps.startingBalance, buyer.customer);
        return { type: 'balanceRead', balances: await ledger.balances(buyer.customer) };
      default:
        return assertNever(question);
    }
  };
};
