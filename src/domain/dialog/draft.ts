// A purchase as it comes together: what is missing of it, in which order that is asked for, and the way back.
import type { Product, RequiredField } from '../catalog.ts';
import { formOf, hasForm, sellsItems } from '../form.ts';
import type { Form } from '../form.ts';
import type { OrderId } from '../ids.ts';
import type { Fields } from '../order.ts';
import type { Quote } from '../quote.ts';
import { checkField } from '../required-field.ts';
import type { Result } from '../result.ts';
import { assertNever } from '../result.ts';
import type { FormError } from './event.ts';
import type { CompleteDraft, DialogState, Draft, Screen } from './state.ts';
import { newDraft } from './state.ts';
import { ask, goHome, goTo } from './step.ts';
import type { Step, World } from './step.ts';
import type { Notice } from './view.ts';

/** What a draft still needs. `index`: the field's place in the form. */
type Missing =
  | { readonly piece: 'amount' | 'items' | 'form' | 'invoices' }
  | { readonly piece: 'field'; readonly index: number }
  | { readonly piece: 'price'; readonly draft: CompleteDraft };

type DraftScreen = Extract<Screen, { readonly draft: Draft }>;

/** A code is chosen by its amount; what happens to an account begins with the account. */
const asksAmountFirst = ({ family }: Product): boolean => family === 'voucher' || family === 'supermarket';

const missingOf = (product: Product, draft: Draft): Missing => {
  const { choice } = draft;
  if (choice === null && asksAmountFirst(product)) return { piece: sellsItems(product, draft) ? 'items' : 'amount' };
  if (draft.form === null && hasForm(product)) return { piece: 'form' };
  const index = formOf(product, draft).fields.findIndex(({ name }) => draft.fields[name] === undefined);
  if (index >= 0) return { piece: 'field', index };
  if (product.family === 'bill' && draft.bill === null && choice === null) return { piece: 'invoices' };
  if (choice === null) return { piece: sellsItems(product, draft) ? 'items' : 'amount' };
  return { piece: 'price', draft: { ...draft, choice } };
};

/** Where a purchase of a product begins. */
export const beginPurchase = (state: DialogState, product: Product, world: World): Step =>
  completeDraft(state, product, newDraft(product.id), world);

/** Asks for what is missing first, in the end for the price. `notice`: why the customer is asked again. */
export const completeDraft = (
  state: DialogState,
  product: Product,
  draft: Draft,
  world: World,
  notice: Notice | null = null,
): Step => {
  const missing = missingOf(product, draft);
  switch (missing.piece) {
    case 'form':
      return ask(state, { for: 'form', draft }, { type: 'readForm', product });
    case 'field':
      return goTo(state, { at: 'field', draft, index: missing.index }, world, notice);
    case 'items': {
      const { itemsBy } = formOf(product, draft);
      const account = itemsBy === null ? null : (draft.fields[itemsBy] ?? null);
      return ask(state, { for: 'items', draft, notice }, { type: 'listItems', product, account });
    }
    case 'amount':
      return goTo(state, { at: 'amount', draft, entering: 'direct', page: 0 }, world, notice);
    case 'invoices':
      return ask(state, { for: 'invoices', draft, notice }, { type: 'readInvoices', product, draft });
    case 'price':
      return askPrice(state, product, missing.draft, world.newOrderId, null);
    default:
      return assertNever(missing);
  }
};

export const askPrice = (state: DialogState, product: Product, draft: CompleteDraft, order: OrderId, shown: Quote | null): Step =>
  ask(state, { for: 'quote', draft, order, shown }, { type: 'quote', product, draft });

/** The values that fit the form, as it would send them. */
const fitting = (form: Form, typed: Fields): Fields =>
  Object.fromEntries(
    form.fields.flatMap((field) => {
      const checked = checkField(field, typed[field.name] ?? '');
      return checked.ok ? [[field.name, checked.value] as const] : [];
    }),
  );

/** The form has come, with what the shop remembers of the buyer; what an earlier purchase brought along wins. */
export const formRead = (
  state: DialogState,
  draft: Draft,
  result: Result<{ readonly form: Form; readonly known: Fields }, FormError>,
  world: World,
): Step => {
  const product = world.catalog?.products.get(draft.product);
  if (product === undefined) return goHome(state, world, { type: 'productGone' });
  if (!result.ok) return goTo(state, { at: 'quoteFailed', draft, order: world.newOrderId, error: result.error }, world);
  const { form, known } = result.value;
  const fields = { ...fitting(form, known), ...fitting(form, draft.fields) };
  return completeDraft(state, product, { ...draft, form, fields }, world);
};

/** Back to where the draft's amount was chosen. What a dynamic product sells, or an account owes, may have changed since, so it is asked for again. */
export const chooseAgain = (state: DialogState, draft: Draft, world: World, notice: Notice | null): Step => {
  const product = world.catalog?.products.get(draft.product);
  if (product === undefined) return goHome(state, world, { type: 'productGone' });
  const open: Draft = { ...draft, choice: null, dynamic: null, bill: null };
  const entering = draft.choice?.direction ?? 'direct';
  const isTyped = !sellsItems(product, draft) && product.family !== 'bill';
  return isTyped
    ? goTo(state, { at: 'amount', draft: open, entering, page: 0 }, world, notice)
    : completeDraft(state, product, open, world, notice);
};

/** Where "back" leads from a piece of a purchase: a field, the choice of the amount, or null for what is before the purchase. */
const before = (screen: DraftScreen, product: Product): number | 'choice' | null => {
  const { draft } = screen;
  const amountFirst = asksAmountFirst(product);
  const isUnknown = draft.form === null && hasForm(product);
  const { length } = formOf(product, draft).fields;
  const lastField = isUnknown || length === 0 ? null : length - 1;
  switch (screen.at) {
    case 'field':
      return screen.index > 0 ? screen.index - 1 : amountFirst ? 'choice' : null;
    case 'amount':
    case 'items':
    case 'invoices':
      return amountFirst ? null : lastField;
    case 'quoteFailed':
    case 'price':
      if (amountFirst) return lastField ?? 'choice';
      return draft.choice === null ? lastField : 'choice';
    default:
      return assertNever(screen);
  }
};

/** One piece back, or null where that leaves the purchase. */
export const stepBack = (state: DialogState, screen: DraftScreen, world: World): Step | null => {
  const { draft } = screen;
  const product = world.catalog?.products.get(draft.product);
  const back = product === undefined ? null : before(screen, product);
  if (back === null) return null;
  return back === 'choice' ? chooseAgain(state, draft, world, null) : goTo(state, { at: 'field', draft, index: back }, world);
};

/** The field that a screen asks for; null when its product is not sold any more. */
export const fieldOf = (
  screen: Extract<Screen, { at: 'field' }>,
  world: World,
): { readonly product: Product; readonly field: RequiredField } | null => {
  const product = world.catalog?.products.get(screen.draft.product);
  const field = product && formOf(product, screen.draft).fields[screen.index];
  return product === undefined || field === undefined ? null : { product, field };
};
