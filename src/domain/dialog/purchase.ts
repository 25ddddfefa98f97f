// The price card, its confirmation, and what comes of it. Nothing is bought without a confirmation of exactly the price that was shown.
import { findOperator } from '../catalog.ts';
import type { OrderId } from '../ids.ts';
import { hasForm, sellsItems } from '../form.ts';
import type { OrderStatus } from '../order.ts';
import { isExpired, isSellable, samePrice } from '../quote.ts';
import type { Quote, QuoteError } from '../quote.ts';
import { assertNever } from '../result.ts';
import { askPrice, chooseAgain, completeDraft } from './draft.ts';
import type { EffectAnswer, RecalledOrder } from './event.ts';
import { noteSale } from './keepsakes.ts';
import { newDraft } from './state.ts';
import type { CompleteDraft, DialogState, Pending, Screen } from './state.ts';
import { ask, goHome, goTo, homeScreen, showAgain, showAside } from './step.ts';
import type { Step, World } from './step.ts';
import type { Notice, OrderSummary } from './view.ts';

type PriceScreen = Extract<Screen, { at: 'price' }>;
type FailedScreen = Extract<Screen, { at: 'quoteFailed' }>;
type PendingQuote = Extract<Pending, { for: 'quote' }>;
type PendingFind = Extract<Pending, { for: 'find' }>;
type PendingPlace = Extract<Pending, { for: 'place' }>;
type Answer<Type extends EffectAnswer['type']> = Extract<EffectAnswer, { type: Type }>;

/**
 * The customer confirmed. An expired price is renewed first. The order id stays the same for the life of the price card, renewals
 * included: whatever is tapped, lost or sent again, the card can become one order only.
 */
export const confirm = (state: DialogState, screen: PriceScreen, order: OrderId, world: World): Step => {
  const product = world.catalog?.products.get(screen.draft.product);
  if (product === undefined || order !== screen.order || !isSellable(screen.quote)) {
    return showAgain(state, world, { type: 'buttonExpired' });
  }
  // The first tap may have become an order although its answer got lost: nobody is asked for a new price then. What an account owes may
  // have been paid elsewhere a moment ago, and the supplier's key to it may have lapsed: a bill is always looked up again.
  const { draft } = screen;
  const lapsed =
    product.family === 'bill' || isExpired(screen.quote, world.now) || sellsItems(product, draft) !== (draft.dynamic !== null);
  if (lapsed) return ask(state, { for: 'find', before: 'renewing' }, { type: 'find', order });
  return place(state, { for: 'place', draft, order, quote: screen.quote }, world);
};

/** Leaves the price card; whether its order was placed all the same is looked up first. */
export const cancelPrice = (state: DialogState, order: OrderId): Step =>
  ask(state, { for: 'find', before: 'cancelling' }, { type: 'find', order });

/** What to do about the price card, now that it is known whether its order exists. */
export const found = (state: DialogState, pending: PendingFind, order: OrderSummary | null, world: World): Step => {
  if (order !== null) return showPlaced(state, order, world);
  const { screen } = state;
  const product = screen.at === 'price' ? world.catalog?.products.get(screen.draft.product) : undefined;
  if (screen.at !== 'price' || product === undefined) return goHome(state, world, { type: 'productGone' });
  return pending.before === 'renewing'
    ? askPrice(state, product, screen.draft, screen.order, screen.quote)
    : goHome(state, world, { type: 'cancelled' });
};

/** The statuses of an order that is still being bought. */
const UNDER_WAY: readonly OrderStatus[] = ['placed', 'sending', 'unknown', 'awaitingCode', 'charged'];

/** An order that is under way shows its progress where it was confirmed; any other is shown as it is. */
const showPlaced = (state: DialogState, order: OrderSummary, world: World): Step => {
  if (UNDER_WAY.includes(order.status)) {
    return goTo(
      state,
      { at: 'processing', order: order.id, productName: order.productName, family: order.family, pay: order.pay },
      world,
    );
  }
  return showAside({ ...state, screen: homeScreen(world.catalog), revision: state.revision + 1 }, { type: 'order', order });
};

const place = (state: DialogState, pending: PendingPlace, world: World): Step => {
  const { draft, quote, order } = pending;
  const product = world.catalog?.products.get(draft.product);
  const operator = product && world.catalog && findOperator(world.catalog, product.operatorId);
  if (product === undefined || !operator) return goHome(state, world, { type: 'productGone' });
  if (state.living === null) throw new Error('An order was confirmed without a button');
  const question = { type: 'place', product, operatorName: operator.name, draft, quote, order, progress: state.living } as const;
  return ask(state, pending, question);
};

const priceMoved = ({ pay, receive }: Quote): Notice => ({ type: 'priceMoved', pay, receive });

/** A dynamic item was chosen by a price that the list no longer has. */
const movedSinceListed = ({ dynamic, choice }: CompleteDraft, { pay }: Quote): Notice | null =>
  dynamic === null || choice.amount === pay.hundredths
    ? null
    : { type: 'itemPriceMoved', listed: { hundredths: choice.amount, currency: pay.currency } };

const hasDebtChanged = ({ bill }: CompleteDraft, { kind }: QuoteError): boolean => bill !== null && kind === 'itemGone';

/** The price that was asked for. Confirmed already and unchanged: it is bought. Changed: the customer confirms again. */
export const quoted = (state: DialogState, pending: PendingQuote, { result, returned }: Answer<'quoted'>, world: World): Step => {
  const { order, shown } = pending;
  // A bill is priced by what is owed now, and paid with what the supplier returned now.
  const { bill } = pending.draft;
  const draft = bill === null || returned === undefined ? pending.draft : { ...pending.draft, bill: { ...bill, returned } };
  if (result.ok) {
    const quote: Quote = result.value;
    if (shown !== null && samePrice(shown, quote)) return place(state, { for: 'place', draft, order, quote }, world);
    const notice = shown === null ? movedSinceListed(draft, quote) : priceMoved(shown);
    return goTo(state, { at: 'price', draft, order, quote }, world, notice);
  }
  const { error } = result;
  switch (error.kind) {
    case 'amountNotAllowed':
    case 'aboveCeiling':
    case 'itemGone':
      return chooseAgain(
        state,
        draft,
        world,
        hasDebtChanged(draft, error) ? { type: 'debtChanged' } : { type: 'quoteFailed', error },
      );
    case 'notAvailable':
    case 'noPrices':
    case 'supplierDown':
      return goTo(state, { at: 'quoteFailed', draft, order, error }, world);
    default:
      return assertNever(error);
  }
};

export const retryQuote = (state: DialogState, screen: FailedScreen, world: World): Step => {
  const { draft, order } = screen;
  const product = world.catalog?.products.get(draft.product);
  if (product === undefined) return goHome(state, world, { type: 'productGone' });
  const { choice } = draft;
  return choice === null || (draft.form === null && hasForm(product))
    ? completeDraft(state, product, draft, world)
    : askPrice(state, product, { ...draft, choice }, order, null);
};

export const placed = (state: DialogState, pending: PendingPlace, { result }: Answer<'placed'>, world: World): Step => {
  if (result.ok) return noteSale(showPlaced(state, result.value, world), pending.order, pending.draft, world);
  const { draft, order, quote } = pending;
  switch (result.error.kind) {
    case 'outOfFunds':
      return goTo(state, { at: 'price', draft, order, quote }, world, { type: 'outOfFunds', available: result.error.available });
    case 'boughtJustNow': {
      const { twin } = result.error;
      return goTo(state, { at: 'price', draft: { ...draft, twin: twin.id }, order, quote }, world, {
        type: 'boughtJustNow',
        twin,
      });
    }
    case 'limitReached': {
      const { problem, opensAt } = result.error;
      return goTo(state, { at: 'price', draft, order, quote }, world, { type: 'limitReached', problem, opensAt });
    }
    case 'priceMoved': {
      const product = world.catalog?.products.get(draft.product);
      if (product === undefined) return goHome(state, world, { type: 'productGone' });
      return askPrice(state, product, draft, order, quote);
    }
    case 'blocked':
      return goHome(state, world, { type: 'blocked' });
    case 'stopped':
      return goHome(state, world, { type: 'productGone' });
    case 'idTaken':
      return goHome(state, world, { type: 'buttonExpired' });
    default:
      return assertNever(result.error);
  }
};

/** A past order is bought again: straight to today's price, unless the product asks for something else today. What is owed, and on offer, is asked anew. */
export const recalled = (state: DialogState, order: RecalledOrder | null, world: World): Step => {
  if (order === null) return showAside(state, { type: 'notice' }, { type: 'orderNotFound' });
  const product = world.catalog?.products.get(order.productId);
  if (product === undefined) return goHome(state, world, { type: 'productGone' });
  const { id: twin } = order;
  const isItem = product.family === 'recharge' ? order.dynamic !== null : product.dynamic;
  const dynamic = isItem ? order.dynamic : null;
  const choice = isItem || product.family === 'bill' ? null : order.choice;
  const draft = { ...newDraft(product.id), fields: hasForm(product) ? order.fields : {}, choice, dynamic, twin };
  const gone: Notice | null = isItem && dynamic === null ? { type: 'quoteFailed', error: { kind: 'itemGone' } } : null;
  return completeDraft(state, product, draft, world, gone);
};
