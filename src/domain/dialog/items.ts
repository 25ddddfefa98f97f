// Dynamic products: what they sell is asked for when a customer comes, and asked for again before a price is believed.
import { payFor } from '../dynamic-item.ts';
import type { DynamicItem } from '../dynamic-item.ts';
import { completeDraft } from './draft.ts';
import type { DialogState, Draft, Pending, Screen } from './state.ts';
import { goHome, goTo, showAgain } from './step.ts';
import type { Step, World } from './step.ts';
import type { Notice } from './view.ts';

type ItemsScreen = Extract<Screen, { at: 'items' }>;
type PendingItems = Extract<Pending, { for: 'items' }>;

export const retryItems = (state: DialogState, { draft }: ItemsScreen, world: World): Step => {
  const product = world.catalog?.products.get(draft.product);
  return product === undefined
    ? goHome(state, world, { type: 'productGone' })
    : completeDraft(state, product, { ...draft, choice: null, dynamic: null }, world);
};

/** The draft with this item, at the price that was listed. */
const withItem = (draft: Draft, item: DynamicItem): Draft => {
  const { id, description, endsAt } = item;
  return {
    ...draft,
    choice: { direction: 'direct', amount: payFor(item).hundredths },
    dynamic: { id, description, endsAt },
  };
};

/** The list has come. An item that was bought before is bought again if it is still there. */
export const itemsListed = (
  state: DialogState,
  { draft, notice }: PendingItems,
  items: readonly DynamicItem[] | null,
  world: World,
): Step => {
  const product = world.catalog?.products.get(draft.product);
  if (product === undefined) return goHome(state, world, { type: 'productGone' });
  const wanted = draft.dynamic;
  const same = wanted && items?.find((item) => item.id === wanted.id);
  if (same) return completeDraft(state, product, withItem(draft, same), world);
  const gone: Notice | null = wanted === null || items === null ? null : { type: 'quoteFailed', error: { kind: 'itemGone' } };
  return goTo(state, { at: 'items', draft: { ...draft, dynamic: null }, items, page: 0 }, world, notice ?? gone);
};

/** Takes the item at a place of the list that the screen shows. */
export const pickItem = (state: DialogState, screen: ItemsScreen, index: number, world: World): Step => {
  const product = world.catalog?.products.get(screen.draft.product);
  if (product === undefined) return goHome(state, world, { type: 'productGone' });
  const item = screen.items?.[index];
  if (item === undefined) return showAgain(state, world, { type: 'buttonExpired' });
  return completeDraft(state, product, withItem(screen.draft, item), world);
};
