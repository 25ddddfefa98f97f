// What buyers type for a product's required fields: checked against what the product says, normalised, never guessed.
import type { Product, RequiredField } from './catalog.ts';
import { checkDocument, normaliseDocument } from './check-digit.ts';
import { withLatinDigits } from './digits.ts';
import { digitsToSend, fitsMask } from './mask.ts';
import { phoneWarnings } from './phone-warnings.ts';
import type { PhoneWarning } from './phone-warnings.ts';
import type { PhoneBook } from './phone.ts';
import { assertNever, fail, ok } from './result.ts';
import type { Result } from './result.ts';

/** Longer answers are refused; no field of eVSB needs more. */
const MAX_LENGTH = 100;

/** What is wrong with a typed value. `impossible`: a phone number that nobody can have. */
export type FieldProblem = 'doesNotFit' | 'tooShort' | 'tooLong' | 'wrongCheckDigit' | 'impossible';

/** A value as the purchase sends it, and what is odd about it. */
export type ReadField = { readonly value: string; readonly warnings: readonly PhoneWarning[] };

/** Returns the value as the purchase sends it: phones as digits without `+`, choices by their value, the rest trimmed. */
export const checkField = (field: RequiredField, text: string): Result<string, FieldProblem> => {
  const value = normalised(field, text.trim());
  const { least, most } = { least: field.lengths?.least ?? 1, most: Math.min(field.lengths?.most ?? MAX_LENGTH, MAX_LENGTH) };
  if (value === '' || /[/\\;\p{Cc}]/u.test(value)) return fail('doesNotFit');
  if (field.kind !== 'choice' && value.length < least) return fail('tooShort');
  if (field.kind !== 'choice' && value.length > most) return fail('tooLong');
  if (field.mask !== null && !fitsMask(field.mask, value)) return fail('doesNotFit');
  return checkKind(field, value);
};

/**
 * As `checkField`, for a product. The number of a top-up is read as people paste it, in the product's country; one that is odd is taken
 * with a warning, since catalogues err.
 */
export const readField = (
  product: Pick<Product, 'family' | 'countryId'>,
  field: RequiredField,
  text: string,
  phones: PhoneBook,
): Result<ReadField, FieldProblem> => {
  if (field.kind !== 'phone' || product.family !== 'recharge') {
    const checked = checkField(field, text);
    return checked.ok ? ok({ value: checked.value, warnings: [] }) : checked;
  }
  const phone = phones.read(text, product.countryId);
  if (!phone.ok) return fail(phone.error === 'notANumber' ? 'doesNotFit' : phone.error);
  const masked = { countryId: product.countryId, mask: field.mask };
  return ok({ value: digitsToSend(masked, phone.value), warnings: phoneWarnings(masked, phone.value) });
};

const normalised = (field: RequiredField, text: string): string => {
  switch (field.kind) {
    case 'phone':
      return withLatinDigits(text)
        .replace(/^(\+|00)/, '')
        .replace(/[\s().-]/g, '');
    case 'document':
      return normaliseDocument(text);
    case 'text':
      return withLatinDigits(text);
    case 'choice': {
      const meant = field.options?.find(({ value, label }) => value === text || label.toLowerCase() === text.toLowerCase());
      return meant?.value ?? '';
    }
    case 'login':
    case 'email':
    case 'name':
      return text;
    default:
      return assertNever(field.kind);
  }
};

const fitting = (fits: boolean, value: string): Result<string, FieldProblem> => (fits ? ok(value) : fail('doesNotFit'));

const checkKind = (field: RequiredField, value: string): Result<string, FieldProblem> => {
  switch (field.kind) {
    case 'phone':
      return fitting(/^\d{6,15}$/.test(value), value);
    case 'email':
      return fitting(/^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(value), value);
    case 'document':
      return checkDocument(field.document ?? 'any', value);
    case 'login':
      return fitting(/^\S+$/.test(value), value);
    case 'name':
      return fitting(/^\p{L}[\p{L}\p{M}'’. -]*$/u.test(value), value);
    case 'text':
    case 'choice':
      return ok(value);
    default:
      return assertNever(field.kind);
  }
};
