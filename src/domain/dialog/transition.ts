// The heart of the bot: (state, event) -> (state, effects). Pure, total and exhaustive; everything that it may look at is a parameter.
import type { MessageId } from '../ids.ts';
import { assertNever } from '../result.ts';
import type { FlowAction, LastingAction } from './action.ts';
import { parentOf, pickCountry, pickOperator, pickProduct, search, turnPage } from './browse.ts';
import { chooseAmount, shareContact, switchDirection, typeAmount, typeField } from './draft.ts';
import type { Command, DialogEvent } from './event.ts';
import { chooseAgain, itemsListed, pickItem, retryItems } from './items.ts';
import { cancelPrice, confirm, found, placed, quoted, recalled, retryQuote } from './purchase.ts';
import type { DialogState, Screen } from './state.ts';
import { ask, goHome, goTo, homeScreen, refresh, showAgain, showAside } from './step.ts';
import type { Step, World } from './step.ts';
import { isOnSale } from './view-of.ts';

/** One step of the conversation. Throws only for bugs: an answer that nobody asked for. */
export const transition = (state: DialogState, event: DialogEvent, world: World): Step => {
  const { catalog } = world;
  if (catalog !== null && !isOnSale(state.screen, catalog)) return productGone(state, event, world);
  switch (event.type) {
    case 'command':
      return command({ ...state, living: null }, event.command, world);
    case 'unknownCommand':
      return showAside(state, { type: 'help' }, { type: 'unknownCommand' });
    case 'tappedFlow':
      return event.revision === state.revision
        ? flowTap({ ...state, living: event.message }, event.action, world)
        : staleTap(state, event.message, world);
    case 'tappedLasting':
      return lastingTap(state, event.action, world);
    case 'staleButton':
      return staleTap(state, event.message, world);
    case 'typed':
      return typed({ ...state, living: null }, event.text, world);
    case 'sharedContact':
      return shareContact({ ...state, living: null }, event.phone, event.owner, world);
    case 'sentMedia':
      return showAgain(state, world, { type: 'textOnly' });
    case 'returned':
      return ask(state, { for: 'revive' }, { type: 'reviveNews' });
    case 'quoted':
      return state.pending?.for === 'quote' ? quoted(state, state.pending, event, world) : unasked(event);
    case 'itemsListed':
      return state.pending?.for === 'items' ? itemsListed(state, state.pending, event.items, world) : unasked(event);
    case 'placed':
      return state.pending?.for === 'place' ? placed(state, state.pending, event, world) : unasked(event);
    case 'recalled':
      return state.pending?.for === 'recall' ? recalled(state, event.order, world) : unasked(event);
    case 'found':
      return state.pending?.for === 'find' ? found(state, state.pending, event.order, world) : unasked(event);
    case 'newsRevived':
      return state.pending?.for === 'revive' ? { state: { ...state, pending: null }, effects: [] } : unasked(event);
    case 'ordersListed':
      return showAside(state, { type: 'orders', orders: event.orders });
    case 'orderShown': {
      if (event.found === null) return showAside(state, { type: 'notice' }, { type: 'orderNotFound' });
      const { order, voucher } = event.found;
      return showAside(state, voucher === null ? { type: 'order', order } : { type: 'code', order, voucher, shownAgain: true });
    }
    case 'balanceRead':
      return showAside(state, { type: 'balance', balances: event.balances });
    default:
      return assertNever(event);
  }
};

/** The catalogue changed and the screen's product is no longer sold: whatever was done to that screen leads back to the start. */
const productGone = (state: DialogState, event: DialogEvent, world: World): Step => {
  const home = homeScreen(world.catalog);
  switch (event.type) {
    case 'tappedFlow':
      return goTo({ ...state, living: event.message }, home, world, { type: 'productGone' });
    case 'typed':
    case 'sharedContact':
    case 'sentMedia':
    case 'staleButton':
      return goTo({ ...state, living: null }, home, world, { type: 'productGone' });
    default:
      return transition({ ...state, screen: home, pending: null, revision: state.revision + 1 }, event, world);
  }
};

const unasked = (event: DialogEvent): never => {
  throw new Error(`Nobody asked for ${event.type}`);
};

const command = (state: DialogState, name: Command, world: World): Step => {
  switch (name) {
    case 'start':
      return goHome(state, world);
    case 'cancel':
      return cancel(state, world);
    case 'help':
      return showAside(state, { type: 'help' });
    case 'orders':
      return ask(state, null, { type: 'listOrders' });
    case 'balance':
      return ask(state, null, { type: 'readBalance' });
    case 'language':
      return showAside(state, { type: 'languages', current: state.language ?? world.speaker.language });
    case 'forget':
    case 'agent':
    case 'admin':
      return showAside(state, { type: 'help' }, { type: 'unknownCommand' });
    default:
      return assertNever(name);
  }
};

/** A placed order can't be cancelled, so leaving its screen does not claim it. */
const cancel = (state: DialogState, world: World): Step => {
  if (state.screen.at === 'price') return cancelPrice(state, state.screen.order);
  return goHome(state, world, state.screen.at === 'processing' ? null : { type: 'cancelled' });
};

const flowTap = (state: DialogState, action: FlowAction, world: World): Step => {
  const { screen } = state;
  const forged = (): Step => showAgain(state, world, { type: 'buttonExpired' });
  // Nothing is sold without a catalogue, and nothing is lost: the screen comes back with it.
  if (world.catalog === null && action.type !== 'cancel') return goTo(state, screen, world);
  switch (action.type) {
    case 'pickCountry':
      return screen.at === 'countries' ? pickCountry(state, action.country, world) : forged();
    case 'pickOperator':
      return screen.at === 'operators' ? pickOperator(state, action.operator, world) : forged();
    case 'pickProduct':
      return screen.at === 'products' ? pickProduct(state, action.product, world) : forged();
    case 'pickItem':
      return screen.at === 'items' ? pickItem(state, screen, action.index, world) : forged();
    case 'pickAmount':
      return screen.at === 'amount' ? chooseAmount(state, screen, action.amount, world) : forged();
    case 'switchDirection':
      return screen.at === 'amount' ? switchDirection(state, screen, world) : forged();
    case 'turnPage':
      return turnPage(state, action.page, world);
    case 'retry':
      if (screen.at === 'items') return retryItems(state, screen, world);
      return screen.at === 'quoteFailed' ? retryQuote(state, screen, world) : goTo(state, screen, world);
    case 'confirm':
      return screen.at === 'price' ? confirm(state, screen, action.order, world) : forged();
    case 'back':
      return goBack(state, screen, world);
    case 'cancel':
      return cancel(state, world);
    default:
      return assertNever(action);
  }
};

/** From a field or a price to the field before it, else to where the amount was chosen; from anything else to its parent. */
const goBack = (state: DialogState, screen: Screen, world: World): Step => {
  if (!('draft' in screen)) return goTo(state, parentOf(screen, world), world);
  const { draft } = screen;
  const fields = world.catalog?.products.get(draft.product)?.fields ?? [];
  const index = screen.at === 'field' ? screen.index : fields.length;
  return index > 0 ? goTo(state, { at: 'field', draft, index: index - 1 }, world) : chooseAgain(state, draft, world, null);
};

const lastingTap = (state: DialogState, action: LastingAction, world: World): Step => {
  switch (action.type) {
    case 'shop':
      return goHome({ ...state, living: null }, world);
    case 'help':
      return showAside(state, { type: 'help' });
    case 'orders':
      return ask(state, null, { type: 'listOrders' });
    case 'showOrder':
      return ask(state, null, { type: 'showOrder', order: action.order });
    case 'buyAgain':
      return ask({ ...state, living: null }, { for: 'recall' }, { type: 'recall', order: action.order });
    case 'setLanguage':
      return showAgain({ ...state, language: action.language }, world, { type: 'languageSet' });
    default:
      return assertNever(action);
  }
};

/**
 * A button of an earlier screen. On the living message it is a second tap of the same button: the first one counts, and its screen is
 * shown again in case it got lost. Anywhere else the customer scrolled up: they are shown where they are.
 */
const staleTap = (state: DialogState, message: MessageId | null, world: World): Step => {
  if (message !== null && message === state.living) {
    // The message of a placed order shows its progress, which the conversation does not know.
    if (state.screen.at === 'processing') return { state, effects: [{ type: 'toast', notice: { type: 'alreadyOrdered' } }] };
    return refresh(state, world);
  }
  const again = showAgain(state, world, null);
  return { ...again, effects: [{ type: 'toast', notice: { type: 'buttonExpired' } }, ...again.effects] };
};

const typed = (state: DialogState, text: string, world: World): Step => {
  const { screen } = state;
  if (world.catalog === null) return showAgain(state, world, null);
  switch (screen.at) {
    case 'countries':
    case 'operators':
    case 'products':
    case 'items':
    case 'processing':
      return search(state, text, world);
    case 'amount':
      return typeAmount(state, screen, text, world);
    case 'field':
      return typeField(state, screen, text, world);
    case 'quoteFailed':
    case 'price':
      return showAgain(state, world, { type: 'useButtons' });
    default:
      return assertNever(screen);
  }
};
