// The fields of a purchase: how each is called and asked for, and how its value is shown.
import type { RequiredField } from '../../domain/catalog.ts';
import { exampleOfDocument } from '../../domain/check-digit.ts';
import type { Account, FlowView } from '../../domain/dialog/view.ts';
import type { Product } from '../../domain/catalog.ts';
import type { PhoneWarning } from '../../domain/phone-warnings.ts';
import { exampleOf } from '../../domain/mask.ts';
import { checkField } from '../../domain/required-field.ts';
import { exits, grid } from './keyboard.ts';
import type { Buttons } from './keyboard.ts';
import { bold, code, escape, italic, labelled, lines, oneLine, paragraphs, plainText } from './render-html.ts';
import type { Html } from './render-html.ts';
import { message } from './render-message.ts';
import type { RenderedMessage } from './render-message.ts';
import type { Speech } from './render-speech.ts';

type FieldView = Extract<FlowView, { type: 'field' }>;

/** A supplier's label for one line. */
const MOST_LABEL = 80;

/** The names that the shop has words for, whatever their kind. */
const NAMED = { firstName: 'field.firstName', surname: 'field.surname', secondSurname: 'field.secondSurname' } as const;

const isNamed = (name: string): name is keyof typeof NAMED => Object.hasOwn(NAMED, name);

/** What a field is called in particular: by the supplier, or by the shop for names; null where its kind says it all. */
const ownLabel = ({ name, labels = {} }: RequiredField, { say, language }: Speech): string | null => {
  const theirs = labels[language] ?? labels['und'] ?? labels['en'] ?? Object.values(labels)[0];
  if (theirs !== undefined) return oneLine(plainText(theirs), MOST_LABEL);
  return isNamed(name) ? say(NAMED[name]) : null;
};

export const fieldLabel = (field: RequiredField, speech: Speech): string =>
  ownLabel(field, speech) ?? speech.say(`field.${field.kind}.label`);

/** A value as its buyer reads it: numbers grouped, with their country; choices by their label. */
export const fieldValue = (field: RequiredField, value: string, { countryId }: Product, speech: Speech): Html => {
  if (field.kind === 'phone') return escape(oneLine(speech.phone(value, countryId), 100));
  return code(oneLine(field.options?.find((option) => option.value === value)?.label ?? value, 100));
};

/** An example of what fits a field; null where none would help. */
const fieldExample = (field: RequiredField, countryId: number, speech: Speech): string | null => {
  const phone = field.kind === 'phone' ? speech.phoneExample(countryId) : null;
  // A mask's own example may be a number that nobody can have.
  if (phone !== null && checkField(field, phone).ok) return phone;
  if (field.mask !== null) return oneLine(exampleOf(field.mask), 40);
  return field.kind === 'document' && field.document !== undefined ? exampleOfDocument(field.document) : null;
};

const lengthText = ({ lengths }: RequiredField, { say }: Speech): string | null => {
  const { least, most } = lengths ?? { least: null, most: null };
  if (least !== null && most !== null) {
    return least === most ? say('field.lengthExact', { most }) : say('field.lengths', { least, most });
  }
  if (most !== null) return say('field.lengthMost', { most });
  return least === null ? null : say('field.lengthLeast', { least });
};

export const warningLines = (warnings: readonly PhoneWarning[], product: Product, { say, country }: Speech): Html | null =>
  warnings.length === 0
    ? null
    : lines(
        ...warnings.map((warning) =>
          escape(
            warning === 'otherCountry'
              ? say('field.warning.otherCountry', { country: country({ id: product.countryId, name: product.countryName }) })
              : say('field.warning.maskDoesNotFit', { operator: oneLine(product.brand, 60) }),
          ),
        ),
      );

/** Whom a top-up goes to, above its amounts. */
export const accountLines = (account: Account | null, product: Product, speech: Speech): Html | null =>
  account === null
    ? null
    : lines(
        escape(speech.say('field.for', { account: oneLine(speech.phone(account.value, product.countryId), 100) })),
        warningLines(account.warnings, product, speech),
      );

/**
 * Keeps the inline keyboard for a phone number too: a message carries either inline buttons or a button that shares the contact, and
 * the former edit the flow's message in place and offer the way back. The contact comes by the paperclip.
 */
export const renderField = (view: FieldView, speech: Speech, buttons: Buttons): RenderedMessage => {
  const { product, field, position, total, suggestions } = view;
  const { say } = speech;
  const label = ownLabel(field, speech);
  const example = fieldExample(field, product.countryId, speech);
  const length = field.kind === 'choice' ? null : lengthText(field, speech);
  // What a top-up is for may be anybody's number; what is the buyer's own is shared by them alone.
  const hint =
    field.kind === 'phone' && product.family === 'recharge' ? 'field.phone.hintAnybody' : (`field.${field.kind}.hint` as const);
  const options = field.options?.map((option, index) => buttons.flow(option.label, { type: 'pickOption', index })) ?? [];
  const known = suggestions.map(({ name, value }, index) =>
    buttons.flow(`${name} · ${speech.phone(value, product.countryId)}`, { type: 'pickSuggestion', index }),
  );
  return message(
    paragraphs(
      lines(bold(oneLine(product.name, 100)), total > 1 ? italic(say('field.position', { position, total })) : null),
      bold(label ?? say(`field.${field.kind}.ask`)),
      lines(
        escape(say(hint)),
        length === null ? null : escape(length),
        example === null ? null : labelled(say('field.example'), code(example)),
      ),
    ),
    ...grid(options),
    ...known.map((button) => [button]),
    exits(speech, buttons),
  );
};
