// What buyers type for a product's required fields: checked against what the product says, normalised, never guessed.
import type { RequiredField } from './catalog.ts';
import { assertNever, fail, ok } from './result.ts';
import type { Result } from './result.ts';

/** Longer answers are refused; no field of eVSB needs more. */
const MAX_LENGTH = 100;

/** Whether a text fits a mask: `#` is one digit, any other character stands for itself. */
export const fitsMask = (mask: string, text: string): boolean =>
  text.length === mask.length &&
  Array.from(mask).every((sign, i) => (sign === '#' ? /\d/.test(text.charAt(i)) : sign === text.charAt(i)));

/** An example of what fits a mask: `53########` gives `5312345678`. */
export const exampleOf = (mask: string): string => {
  let digit = 0;
  return mask.replaceAll('#', () => String((digit++ % 9) + 1));
};

/** Returns the value as the purchase sends it: phones as digits without `+`, the rest trimmed. */
export const checkField = (field: RequiredField, text: string): Result<string, 'doesNotFit'> => {
  const value = normalised(field, text.trim());
  const fits = value.length > 0 && value.length <= MAX_LENGTH && !/[/\\;\p{Cc}]/u.test(value) && fitsKind(field, value);
  return fits && (field.mask === null || fitsMask(field.mask, value)) ? ok(value) : fail('doesNotFit');
};

const normalised = (field: RequiredField, text: string): string => {
  switch (field.kind) {
    case 'phone':
      return text.replace(/^(\+|00)/, '').replace(/[\s().-]/g, '');
    case 'document':
      return text.replace(/[\s.-]/g, '').toUpperCase();
    case 'login':
    case 'email':
      return text;
    default:
      return assertNever(field.kind);
  }
};

const fitsKind = (field: RequiredField, value: string): boolean => {
  switch (field.kind) {
    case 'phone':
      return /^\d{6,15}$/.test(value);
    case 'email':
      return /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(value);
    case 'document':
      return /^[A-Z0-9]{4,20}$/.test(value);
    case 'login':
      return /^\S+$/.test(value);
    default:
      return assertNever(field.kind);
  }
};
