// What the shop remembers for a customer beside their orders: numbers with names, and details that they agreed to have kept.
import type { Branded } from './ids.ts';
import { fail, ok } from './result.ts';
import type { Result } from './result.ts';

export type NumberId = Branded<number, 'NumberId'>;

export const parseNumberId = (value: number): Result<NumberId, 'notAnId'> =>
  Number.isSafeInteger(value) && value > 0 ? ok(value as NumberId) : fail('notAnId');

/** `account`: whatever a product calls an account that is no phone number. */
export type NumberKind = 'phone' | 'account';

/** What a number is saved as. Personal: name and value are sealed at rest. */
export type NewNumber = { readonly kind: NumberKind; readonly name: string; readonly value: string };
export type SavedNumber = NewNumber & { readonly id: NumberId };

/** How many numbers one customer may keep. */
export const MOST_NUMBERS = 50;
/** How many of them a question offers. */
export const MOST_SUGGESTIONS = 6;
const LONGEST_NAME = 30;

/** A name of 1 to 30 characters as a reader counts them, or null. */
export const parseNumberName = (text: string): string | null => {
  const name = text.replace(/\s+/gu, ' ').trim();
  const length = Array.from(new Intl.Segmenter().segment(name)).length;
  return length > 0 && length <= LONGEST_NAME && name.length <= 4 * LONGEST_NAME ? name : null;
};

/** Answers to personal fields, by the names of the fields. Sealed at rest. */
export type Details = Readonly<Record<string, string>>;

/** What a customer said to having details remembered: nothing yet, or not even asked (`null`). */
export type Consent = 'asked' | 'yes' | 'no' | null;
