// Carries out the questions of a transition through the ports; each answer is the next event of the conversation.
import type { Product } from '../domain/catalog.ts';
import type { Question } from '../domain/dialog/effect.ts';
import type { EffectAnswer } from '../domain/dialog/event.ts';
import type { DynamicItem } from '../domain/dynamic-item.ts';
import type { OrderId } from '../domain/ids.ts';
import type { Money } from '../domain/money.ts';
import { assertNever, fail, ok } from '../domain/result.ts';
import type { AnswerAdmin } from './answer-admin.ts';
import type { AnswerAgent } from './answer-agent.ts';
import type { AnswerKeepsake } from './answer-keepsake.ts';
import type { KeepDetails } from './keep-details.ts';
import type { ListItems } from './list-items.ts';
import { grantStartingBalance, summaryOf } from './place-order.ts';
import type { Buyer, PlaceOrder } from './place-order.ts';
import type { Clock } from './ports/clock.ts';
import type { Ledger, StoredOrder } from './ports/ledger.ts';
import type { PlaceLines } from './place-lines.ts';
import type { PriceLines } from './price-lines.ts';
import type { QuotePrice } from './quote-price.ts';
import type { ReadDebt } from './read-debt.ts';
import type { ReadForm } from './read-form.ts';
import type { ShopRules } from './shop-rules.ts';
import type { ShowOrder } from './show-order.ts';

export type AnswerQuestion = (question: Question, buyer: Buyer) => Promise<EffectAnswer>;

export const createAnswerQuestion = (deps: {
  readonly quotePrice: QuotePrice;
  readonly listItems: ListItems;
  readonly readForm: ReadForm;
  readonly readDebt: ReadDebt;
  readonly placeOrder: PlaceOrder;
  readonly priceLines: PriceLines;
  readonly placeLines: PlaceLines;
  readonly rules: Pick<ShopRules, 'standingOf' | 'priceFor'>;
  readonly orders: ShowOrder;
  readonly details: Pick<KeepDetails, 'fillIn' | 'repeats'>;
  readonly answerKeepsake: AnswerKeepsake;
  readonly answerAgent: AnswerAgent;
  readonly answerAdmin: AnswerAdmin;
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

  /** A bill is priced by what is owed at this moment, and has to be paid with what comes along with that. */
  const quote = async (question: Extract<Question, { type: 'quote' }>, { customer }: Buyer): Promise<EffectAnswer> => {
    const { product, draft } = question;
    if (draft.bill === null) return { type: 'quoted', result: await deps.quotePrice(question, customer) };
    const debt = await deps.readDebt(product, draft);
    if (debt.ok) {
      return { type: 'quoted', result: await deps.quotePrice(question, customer, debt.value), returned: debt.value.returned };
    }
    const { error } = debt;
    const isGone = error.kind === 'refused' || error.kind === 'noQuery';
    return { type: 'quoted', result: fail(isGone ? { kind: 'itemGone' } : error) };
  };

  /** What is on a list with a price is for sale at that price, so it is the buyer's. */
  const atRetail = async (
    product: Product,
    items: readonly DynamicItem[],
    { customer }: Buyer,
  ): Promise<readonly DynamicItem[]> => {
    const standing = await deps.rules.standingOf(customer);
    return items.map((item) => ({ ...item, pay: deps.rules.priceFor(standing, product, item.price.send).price }));
  };

  return async (question, buyer) => {
    switch (question.type) {
      case 'quote':
        return quote(question, buyer);
      case 'readForm': {
        const { product } = question;
        const form = await deps.readForm(product);
        return { type: 'formRead', result: form.ok ? ok(await deps.details.fillIn(buyer.customer, product, form.value)) : form };
      }
      case 'readInvoices':
        return { type: 'invoicesRead', result: await deps.readDebt(question.product, question.draft) };
      case 'listItems': {
        const { product, account } = question;
        const listed = await deps.listItems(product, account);
        return { type: 'itemsListed', items: listed.ok ? await atRetail(product, listed.value, buyer) : null };
      }
      case 'place':
        return { type: 'placed', result: await deps.placeOrder(question, buyer) };
      case 'priceLines':
        return { type: 'linesPriced', prices: await deps.priceLines(question.lines, buyer) };
      case 'placeLines':
        return { type: 'linesPlaced', results: await deps.placeLines(question, buyer) };
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
        return { type: 'ordersListed', orders: await deps.orders.list(buyer.customer) };
      case 'recentOrders':
        return { type: 'recentOrdersRead', repeats: await deps.details.repeats(buyer.customer) };
      case 'keepsake':
        return { type: 'keepsake', answer: await deps.answerKeepsake(question.question, buyer) };
      case 'agent':
        return { type: 'agent', answer: await deps.answerAgent(question.question, buyer) };
      case 'showOrder':
        return { type: 'orderShown', found: await deps.orders.show(question.order, buyer) };
      case 'admin':
        return { type: 'admin', answer: await deps.answerAdmin(question.question, buyer) };
      case 'readBalance': {
        const { payer } = await deps.rules.standingOf(buyer.customer);
        await grantStartingBalance(ledger, clock, deps.startingBalance, payer);
        return { type: 'balanceRead', balances: await ledger.balances(payer) };
      }
      default:
        return assertNever(question);
    }
  };
};
