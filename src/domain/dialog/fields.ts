// Answering the fields of a form: by typing, by a button, or with a shared contact.
import type { Product } from '../catalog.ts';
import { formOf } from '../form.ts';
import type { CustomerId } from '../ids.ts';
import { readField } from '../required-field.ts';
import { completeDraft, fieldOf } from './draft.ts';
import type { DialogState, Draft, Screen } from './state.ts';
import { goHome, goTo, showAgain } from './step.ts';
import type { Step, World } from './step.ts';

type FieldScreen = Extract<Screen, { at: 'field' }>;

/** The draft with a field's value. What was chosen for an account does not hold for another one. */
const withField = (product: Product, draft: Draft, change: Pick<Draft, 'fields' | 'warnings'>): Draft => {
  const next = { ...draft, ...change };
  const dependsOnAccount = product.family === 'bill' || formOf(product, draft).itemsBy !== null;
  return dependsOnAccount ? { ...next, choice: null, dynamic: null, bill: null } : next;
};

/** Takes a text for the field that is being asked, and goes on with the one behind it. */
export const typeField = (state: DialogState, screen: FieldScreen, text: string, world: World): Step => {
  const asked = fieldOf(screen, world);
  if (asked === null) return goHome(state, world, { type: 'productGone' });
  const { product, field } = asked;
  const read = readField(product, field, text, world.phones);
  if (!read.ok) return goTo(state, screen, world, { type: 'badField', field, problem: read.error });
  const { value, warnings } = read.value;
  const { draft } = screen;
  const change = {
    fields: { ...draft.fields, [field.name]: value },
    warnings: field.kind === 'phone' ? warnings : draft.warnings,
  };
  const next = withField(product, draft, change);
  const index = screen.index + 1;
  return formOf(product, draft).fields[index] === undefined
    ? completeDraft(state, product, next, world)
    : goTo(state, { at: 'field', draft: next, index }, world);
};

/** One of the values that a choice offers, by its place. */
export const pickOption = (state: DialogState, screen: FieldScreen, index: number, world: World): Step => {
  const option = fieldOf(screen, world)?.field.options?.[index];
  return option === undefined
    ? showAgain(state, world, { type: 'buttonExpired' })
    : typeField(state, screen, option.value, world);
};

/** One of the numbers that the buyer has used before, by its place. */
export const pickSuggestion = (state: DialogState, screen: FieldScreen, index: number, world: World): Step => {
  const suggestion = screen.draft.form?.suggestions[index];
  return suggestion === undefined
    ? showAgain(state, world, { type: 'buttonExpired' })
    : typeField(state, screen, suggestion.value, world);
};

/**
 * A shared contact answers a phone field. Somebody else's number is what most top-ups are for; for anything else it has to be typed on
 * purpose.
 */
export const shareContact = (state: DialogState, phone: string, owner: CustomerId | null, world: World): Step => {
  const { screen } = state;
  const asked = screen.at === 'field' ? fieldOf(screen, world) : null;
  if (screen.at !== 'field' || asked?.field.kind !== 'phone') return showAgain(state, world, { type: 'contactNotAsked' });
  if (asked.product.family !== 'recharge' && owner !== world.speaker.customer) {
    return showAgain(state, world, { type: 'contactNotYours' });
  }
  // Contacts are stored with their country's code, with or without the sign that says so.
  return typeField(state, screen, asked.product.family === 'recharge' ? `+${phone.replace(/^\+/, '')}` : phone, world);
};
