// The vocabulary of transitions: what they may look at, what they result in, and the few ways to make one.
import type { Catalog } from '../catalog.ts';
import type { OrderId } from '../ids.ts';
import type { PhoneBook } from '../phone.ts';
import type { Instant } from '../time.ts';
import type { Effect, Question } from './effect.ts';
import type { DialogState, Pending, Screen, Speaker } from './state.ts';
import type { AsideView, Notice } from './view.ts';
import { viewOf } from './view-of.ts';

/** What a transition may look at beside state and event: data, never a port. `catalog` is the last good copy, null before the first. */
export type World = {
  readonly now: Instant;
  readonly catalog: Catalog | null;
  /** A fresh id, used if this transition starts an order. */
  readonly newOrderId: OrderId;
  /** Reads phone numbers; pure. */
  readonly phones: PhoneBook;
  readonly speaker: Speaker;
  /** Whether the speaker is one of those who run the shop, as the configuration says; never what an update says of itself. */
  readonly isAdmin: boolean;
};

export type Step = { readonly state: DialogState; readonly effects: readonly Effect[] };

/** Goes to a screen and shows it where the flow lives. Its buttons are new: those of the screen before become stale. */
export const goTo = (state: DialogState, screen: Screen, world: World, notice: Notice | null = null): Step => {
  const next: DialogState = { ...state, screen, pending: null, revision: state.revision + 1 };
  return { state: next, effects: [{ type: 'show', view: viewOf(screen, world.catalog), notice, replace: state.living }] };
};

/** Whether a screen shows what was bought on it: that goes on by itself. */
export const isPlaced = ({ at }: Screen): boolean => at === 'processing' || at === 'batchPlaced';

/** Shows the current screen again below everything else, with the same revision: the buttons of both copies work. */
export const showAgain = (state: DialogState, world: World, notice: Notice | null): Step => {
  // A placed order goes on by itself and has its own messages; the conversation does not come back to it.
  if (isPlaced(state.screen)) return goHome({ ...state, living: null }, world, notice);
  const view = viewOf(state.screen, world.catalog);
  return { state: { ...state, living: null, pending: null }, effects: [{ type: 'show', view, notice, replace: null }] };
};

/** Shows the current screen where the flow lives, in case the last showing got lost. */
export const refresh = (state: DialogState, world: World): Step => ({
  state,
  effects: [{ type: 'show', view: viewOf(state.screen, world.catalog), notice: null, replace: state.living }],
});

/** Shows something beside the flow, which stays where it is. */
export const showAside = (state: DialogState, view: AsideView, notice: Notice | null = null): Step => ({
  state: { ...state, pending: null },
  effects: [{ type: 'show', view, notice, replace: null }],
});

/** Asks a question; its answer is the next event. */
export const ask = (state: DialogState, pending: Pending | null, question: Question): Step => ({
  state: { ...state, pending },
  effects: [{ type: 'ask', question }],
});

/** The first screen: countries, or the operators of the only one. */
export const homeScreen = (catalog: Catalog | null): Screen => {
  const [only, ...others] = catalog?.countries ?? [];
  return only !== undefined && others.length === 0
    ? { at: 'operators', country: only.id, query: null, page: 0 }
    : { at: 'countries', page: 0 };
};

export const goHome = (state: DialogState, world: World, notice: Notice | null = null): Step =>
  goTo(state, homeScreen(world.catalog), world, notice);
