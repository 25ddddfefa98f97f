// The heart of the bot: (state, event) -> (state, effects). Pure, total and exhaustive; everything that it may look at is a parameter.
import { isHandOverArgument } from '../hand-over.ts';
import type { MessageId } from '../ids.ts';
import { assertNever } from '../result.ts';
import type { FlowAction, LastingAction } from './action.ts';
import { adminAnswered, openAdmin, tapAdmin, tapAdminLasting, typeForAdmin } from './admin-flow.ts';
import {
  acceptInvitation,
  agentAnswered,
  commandAgent,
  invitationIn,
  openAgentHome,
  tapAgent,
  typeForAgent,
} from './agent-flow.ts';
import { linesPlaced, linesPriced, tapBatch, typeBatch } from './batch.ts';
import { parentOf, pickCountry, pickOperator, pickProduct, search, turnPage } from './browse.ts';
import { chooseAmount, switchDirection, typeAmount } from './amounts.ts';
import { invoicesRead, payDebt, toggleInvoice, typePayment } from './debts.ts';
import { formRead, stepBack } from './draft.ts';
import type { Command, DialogEvent } from './event.ts';
import { pickOption, pickSuggestion, shareContact, typeField } from './fields.ts';
import { askKeepsake, keepsakeAnswered, tapKeepsake, typeName } from './keepsakes.ts';
import { goHomeWithRepeats, openLink, orderView } from './hand-over.ts';
import { itemsListed, pickItem, retryItems } from './items.ts';
import { cancelPrice, confirm, found, placed, quoted, recalled, retryQuote } from './purchase.ts';
import type { DialogState, Screen } from './state.ts';
import { ask, goHome, goTo, homeScreen, isPlaced, refresh, showAgain, showAside } from './step.ts';
import type { Step, World } from './step.ts';
import { isOnSale } from './view-of.ts';

/** One step of the conversation. Throws only for bugs: an answer that nobody asked for. */
export const transition = (state: DialogState, event: DialogEvent, world: World): Step => {
  const { catalog } = world;
  if (catalog !== null && !isOnSale(state.screen, catalog)) return productGone(state, event, world);
  // Who runs the shop no more has nothing of it left on the screen.
  if (state.screen.at === 'admin' && !world.isAdmin)
    return transition({ ...state, screen: homeScreen(catalog), pending: null, revision: state.revision + 1 }, event, world);
  switch (event.type) {
    case 'command':
      return command({ ...state, living: null }, event.command, event.argument, world);
    case 'unknownCommand':
      return showAside(state, { type: 'help' }, { type: 'unknownCommand' });
    case 'tappedFlow':
      return event.revision === state.revision
        ? flowTap({ ...state, living: event.message }, event.action, world)
        : staleTap(state, event.message, world);
    case 'tappedLasting':
      return lastingTap(state, event.action, event.message, world);
    case 'staleButton':
      return staleTap(state, event.message, world);
    case 'typed':
      return typed({ ...state, living: null }, event, world);
    case 'sharedContact':
      return shareContact({ ...state, living: null }, event.phone, event.owner, world);
    case 'sentMedia':
      return showAgain(state, world, { type: 'textOnly' });
    case 'returned':
      return ask(state, { for: 'revive' }, { type: 'reviveNews' });
    case 'quoted':
      return state.pending?.for === 'quote' ? quoted(state, state.pending, event, world) : unasked(event);
    case 'formRead':
      return state.pending?.for === 'form' ? formRead(state, state.pending.draft, event.result, world) : unasked(event);
    case 'invoicesRead':
      return state.pending?.for === 'invoices' ? invoicesRead(state, state.pending, event.result, world) : unasked(event);
    case 'itemsListed':
      return state.pending?.for === 'items' ? itemsListed(state, state.pending, event.items, world) : unasked(event);
    case 'placed':
      return state.pending?.for === 'place' ? placed(state, state.pending, event, world) : unasked(event);
    case 'linesPriced':
      return state.pending?.for === 'priceLines' ? linesPriced(state, state.pending, event, world) : unasked(event);
    case 'linesPlaced':
      return state.pending?.for === 'placeLines' ? linesPlaced(state, state.pending, event, world) : unasked(event);
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
      return showAside(state, orderView(event.found, true));
    }
    case 'admin':
      return state.pending?.for === 'admin' ? adminAnswered(state, event.answer, world) : unasked(event);
    case 'agent':
      return state.pending?.for === 'agent' ? agentAnswered(state, state.pending, event.answer, world) : unasked(event);
    case 'recentOrdersRead':
      return goHomeWithRepeats(state, event.repeats, world);
    case 'keepsake':
      return state.pending?.for === 'keepsake' ? keepsakeAnswered(state, state.pending, event.answer, world) : unasked(event);
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

const command = (state: DialogState, name: Command, argument: string, world: World): Step => {
  switch (name) {
    case 'start': {
      const invitation = invitationIn(argument);
      if (invitation !== null) return acceptInvitation(state, invitation, world);
      return isHandOverArgument(argument) ? openLink(state, argument) : ask(state, null, { type: 'recentOrders' });
    }
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
    case 'agent':
      return commandAgent(state, argument, world);
    case 'forget':
      return askKeepsake(state, { type: 'readKept' }, null);
    case 'admin':
      return world.isAdmin ? openAdmin(state, world) : showAside(state, { type: 'help' }, { type: 'unknownCommand' });
    default:
      return assertNever(name);
  }
};

/** A placed order can't be cancelled, so leaving its screen does not claim it. */
const cancel = (state: DialogState, world: World): Step => {
  if (state.screen.at === 'admin') return openAdmin(state, world);
  if (state.screen.at === 'agent') return openAgentHome(state, world);
  if (state.screen.at === 'price') return cancelPrice(state, state.screen.order);
  return goHome(state, world, isPlaced(state.screen) ? null : { type: 'cancelled' });
};

const flowTap = (state: DialogState, action: FlowAction, world: World): Step => {
  const { screen } = state;
  const forged = (): Step => showAgain(state, world, { type: 'buttonExpired' });
  // Nothing is sold without a catalogue, and nothing is lost: the screen comes back with it.
  if (world.catalog === null && action.type !== 'cancel' && action.type !== 'admin') return goTo(state, screen, world);
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
    case 'pickOption':
      return screen.at === 'field' ? pickOption(state, screen, action.index, world) : forged();
    case 'pickSuggestion':
      return screen.at === 'field' ? pickSuggestion(state, screen, action.index, world) : forged();
    case 'toggleInvoice':
      return screen.at === 'invoices' ? toggleInvoice(state, screen, action.index, world) : forged();
    case 'payDebt':
      return screen.at === 'invoices' ? payDebt(state, screen, world) : forged();
    case 'switchDirection':
      return screen.at === 'amount' ? switchDirection(state, screen, world) : forged();
    case 'admin':
      return screen.at === 'admin' ? tapAdmin(state, screen, action.action, world) : forged();
    case 'batch':
      return screen.at === 'batch' ? tapBatch(state, screen, action.action, world) : forged();
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

/** From a piece of a purchase to the one before it; from anything else to its parent. */
const goBack = (state: DialogState, screen: Screen, world: World): Step =>
  ('draft' in screen ? stepBack(state, screen, world) : null) ?? goTo(state, parentOf(screen, world), world);

const lastingTap = (state: DialogState, action: LastingAction, message: MessageId, world: World): Step => {
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
    case 'admin':
      return world.isAdmin ? tapAdminLasting(state, action.action, message) : staleTap(state, message, world);
    case 'agent':
      return tapAgent(state, action.action, message, world);
    case 'keepsake':
      return tapKeepsake(state, action.action, message, world);
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
    if (isPlaced(state.screen)) return { state, effects: [{ type: 'toast', notice: { type: 'alreadyOrdered' } }] };
    // What was done and what came of it stands there: a second tap must not wipe it away.
    if (state.screen.at === 'admin' && state.screen.asking.for === 'nothing') return { state, effects: [] };
    return refresh(state, world);
  }
  const again = showAgain(state, world, null);
  return { ...again, effects: [{ type: 'toast', notice: { type: 'buttonExpired' } }, ...again.effects] };
};

const typed = (state: DialogState, event: Extract<DialogEvent, { type: 'typed' }>, world: World): Step => {
  const { screen } = state;
  const { text } = event;
  if (screen.at === 'admin') return typeForAdmin(state, screen, event, world);
  if (screen.at === 'agent') return typeForAgent(state, screen, text, world);
  if (screen.at === 'naming') return typeName(state, screen, text, world);
  if (world.catalog === null) return showAgain(state, world, null);
  switch (screen.at) {
    case 'countries':
    case 'operators':
    case 'products':
    case 'items':
    case 'processing':
    case 'batch':
    case 'batchPlaced':
      return typeBatch(state, event.lines, world.catalog, world) ?? search(state, text, world);
    case 'amount':
      return typeAmount(state, screen, text, world);
    case 'field':
      return typeField(state, screen, text, world);
    case 'invoices':
      return typePayment(state, screen, text, world);
    case 'quoteFailed':
    case 'price':
      return showAgain(state, world, { type: 'useButtons' });
    default:
      return assertNever(screen);
  }
};
