// Dynamic products: what they sell is asked for when a customer comes, and asked for again before a price is believed.
import type { Product } from '../catalog.ts';
import type { DynamicItem } from '../dynamic-item.ts';
import { completeDraft } from './draft.ts';
import type { DialogState, Draft, Pending, Screen } from './state.ts';
import { ask, goHome, goTo, showAgain } from './step.ts';
import type { Step, World } from './step.ts';
import type { Notice } from './view.ts';

type ItemsScreen = Extract<Screen, { at: 'items' }>;
type PendingItems = Extract<Pending, { for: 'items' }>;

const listItems = (state: DialogState, product: Product, again: Draft | null, notice: Notice | null): Step =>
  ask(state, { for: 'items', product: product.id, again, notice }, { type: 'listItems', product });

/** Where a purchase of a product begins: with what it sells now, or with its amounts. */
export const beginPurchase = (state: DialogState, product: Product, world: World): Step =>
  product.dynamic
    ? listItems(state, product, null, null)
    : goTo(state, { at: 'amount', product: product.id, entering: 'direct', page: 0 }, world);

/** Back to where the draft's amount was chosen. What a dynamic product sells may have changed since, so it is asked for again. */
export const chooseAgain = (state: DialogState, draft: Draft, world: World, notice: Notice | null): Step => {
  const product = world.catalog?.products.get(draft.product);
  if (product === undefined) return goHome(state, world, { type: 'productGone' });
  return product.dynamic
    ? listItems(state, product, null, notice)
    : goTo(state, { at: 'amount', product: product.id, entering: draft.choice.direction, page: 0 }, world, notice);
};

/** An earlier purchase is bought again: its item if it is still there, else whatever there is now. */
export const findItemAgain = (state: DialogState, product: Product, draft: Draft): Step => listItems(state, product, draft, null);

export const retryItems = (state: DialogState, screen: ItemsScreen, world: World): Step => {
  const product = world.catalog?.products.get(screen.product);
  return product === undefined ? goHome(state, world, { type: 'productGone' }) : listItems(state, product, null, null);
};

/** The draft with this item, at the price that was listed. */
const withItem = (draft: Omit<Draft, 'choice' | 'dynamic'>, { id, description, endsAt, price }: DynamicItem): Draft => ({
  ...draft,
  choice: { direction: 'direct', amount: price.send.hundredths },
  dynamic: { id, description, endsAt },
});

export const itemsListed = (
  state: DialogState,
  { product: id, again, notice }: PendingItems,
  items: readonly DynamicItem[] | null,
  world: World,
): Step => {
  const product = world.catalog?.products.get(id);
  if (product === undefined) return goHome(state, world, { type: 'productGone' });
  const same = items?.find((item) => item.id === again?.dynamic?.id);
  if (again !== null && same !== undefined) return completeDraft(state, product, withItem(again, same), world);
  const gone: Notice | null = again === null || items === null ? null : { type: 'quoteFailed', error: { kind: 'itemGone' } };
  return goTo(state, { at: 'items', product: id, items, page: 0 }, world, notice ?? gone);
};

/** Takes the item at a place of the list that the screen shows. */
export const pickItem = (state: DialogState, screen: ItemsScreen, index: number, world: World): Step => {
  const product = world.catalog?.products.get(screen.product);
  if (product === undefined) return goHome(state, world, { type: 'productGone' });
  const item = screen.items?.[index];
  if (item === undefined) return showAgain(state, world, { type: 'buttonExpired' });
  return completeDraft(state, product, withItem({ product: product.id, fields: {}, twin: null }, item), world);
};
