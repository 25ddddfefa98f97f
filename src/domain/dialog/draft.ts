// Completing a purchase: the amount, then the fields that the product asks for, then its price.
import { checkAmount } from '../catalog.ts';
import type { Product, RequiredField } from '../catalog.ts';
import type { CustomerId, OrderId } from '../ids.ts';
import { parseAmount } from '../money.ts';
import type { Hundredths } from '../money.ts';
import { checkField } from '../required-field.ts';
import type { Quote } from '../quote.ts';
import type { DialogState, Draft, Screen } from './state.ts';
import { ask, goHome, goTo, showAgain } from './step.ts';
import type { Step, World } from './step.ts';
import { canSwitchDirection } from './view-of.ts';

type AmountScreen = Extract<Screen, { at: 'amount' }>;
type FieldScreen = Extract<Screen, { at: 'field' }>;

export const switchDirection = (state: DialogState, screen: AmountScreen, world: World): Step => {
  const product = world.catalog?.products.get(screen.product);
  if (product === undefined || !canSwitchDirection(product)) return showAgain(state, world, { type: 'useButtons' });
  return goTo(state, { ...screen, entering: screen.entering === 'direct' ? 'reverse' : 'direct', page: 0 }, world);
};

export const typeAmount = (state: DialogState, screen: AmountScreen, text: string, world: World): Step => {
  const amount = parseAmount(text);
  if (amount.ok && amount.value > 0) return chooseAmount(state, screen, amount.value, world);
  return goTo(state, screen, world, { type: 'notAnAmount' });
};

/** Takes an amount of the sale currency (`direct`) or of the destination currency (`reverse`). What the latter costs, the price tells. */
export const chooseAmount = (state: DialogState, screen: AmountScreen, amount: Hundredths, world: World): Step => {
  const product = world.catalog?.products.get(screen.product);
  if (product === undefined) return goHome(state, world, { type: 'productGone' });
  if (screen.entering === 'direct') {
    const checked = checkAmount(product.amount, amount);
    if (!checked.ok) {
      return goTo(state, screen, world, { type: 'badAmount', problem: checked.error, currency: product.saleCurrency });
    }
  }
  const choice = { direction: screen.entering, amount } as const;
  return completeDraft(state, product, { product: product.id, choice, fields: {}, dynamic: null, twin: null }, world);
};

/** Asks for the first field that is missing, else for the price. */
export const completeDraft = (state: DialogState, product: Product, draft: Draft, world: World): Step => {
  const missing = product.fields.findIndex(({ name }) => draft.fields[name] === undefined);
  return nextField(state, product, draft, missing < 0 ? product.fields.length : missing, world);
};

const nextField = (state: DialogState, product: Product, draft: Draft, index: number, world: World): Step =>
  product.fields[index] === undefined
    ? askPrice(state, product, draft, world.newOrderId, null)
    : goTo(state, { at: 'field', draft, index }, world);

export const askPrice = (state: DialogState, product: Product, draft: Draft, order: OrderId, shown: Quote | null): Step =>
  ask(
    state,
    { for: 'quote', draft, order, shown },
    { type: 'quote', product, choice: draft.choice, account: draft.fields.account ?? null, dynamic: draft.dynamic },
  );

/** Typed text for the field that is being asked. */
export const typeField = (state: DialogState, screen: FieldScreen, text: string, world: World): Step => {
  const asked = fieldOf(screen, world);
  if (asked === null) return goHome(state, world, { type: 'productGone' });
  const { product, field } = asked;
  const checked = checkField(field, text);
  if (!checked.ok) return goTo(state, screen, world, { type: 'badField', field });
  const draft = { ...screen.draft, fields: { ...screen.draft.fields, [field.name]: checked.value } };
  return nextField(state, product, draft, screen.index + 1, world);
};

/** A shared contact answers a phone field when it is the sender's own; somebody else's number has to be typed on purpose. */
export const shareContact = (state: DialogState, phone: string, owner: CustomerId | null, world: World): Step => {
  const { screen } = state;
  const asked = screen.at === 'field' ? fieldOf(screen, world) : null;
  if (screen.at !== 'field' || asked?.field.kind !== 'phone') return showAgain(state, world, { type: 'contactNotAsked' });
  if (owner !== world.speaker.customer) return showAgain(state, world, { type: 'contactNotYours' });
  return typeField(state, screen, phone, world);
};

const fieldOf = (screen: FieldScreen, world: World): { readonly product: Product; readonly field: RequiredField } | null => {
  const product = world.catalog?.products.get(screen.draft.product);
  const field = product?.fields[screen.index];
  return product === undefined || field === undefined ? null : { product, field };
};
