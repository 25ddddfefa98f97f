// Which answers are somebody's own whatever they buy, and under which key they are remembered: a document is one of a country, or of a kind.
import type { Product, RequiredField } from './catalog.ts';
import type { Details } from './keepsake.ts';
import type { Fields } from './order.ts';

export type PersonalKind = Extract<RequiredField['kind'], 'document' | 'name'>;

const KINDS: readonly PersonalKind[] = ['document', 'name'];

type Place = Pick<Product, 'countryId'>;

/** Null for a field that is nobody's own. */
const keyOf = ({ kind, name, document }: RequiredField, { countryId }: Place): string | null => {
  if (kind === 'name') return `name ${name}`;
  return kind === 'document' ? `document ${document ?? countryId} ${name}` : null;
};

/** The answers that are worth remembering. */
export const detailsOf = (fields: readonly RequiredField[], place: Place, answers: Fields): Details =>
  Object.fromEntries(
    fields.flatMap((field) => {
      const [key, value] = [keyOf(field, place), answers[field.name]];
      return key === null || value === undefined ? [] : [[key, value] as const];
    }),
  );

/** What of the fields is remembered. */
export const answersFrom = (details: Details, fields: readonly RequiredField[], place: Place): Fields =>
  Object.fromEntries(
    fields.flatMap((field) => {
      const key = keyOf(field, place);
      const value = key === null ? undefined : details[key];
      return value === undefined ? [] : [[field.name, value] as const];
    }),
  );

export const kindsOf = (details: Details): readonly PersonalKind[] =>
  KINDS.filter((kind) => Object.keys(details).some((key) => key.startsWith(`${kind} `)));
