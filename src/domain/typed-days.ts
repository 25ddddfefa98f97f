// Days as people type them: one or two, year first or day before month, whatever stands between the numbers.
import { parseDay } from './day.ts';
import type { Day } from './day.ts';
import { withLatinDigits } from './digits.ts';

/** The first and the last of a range, both included; the same day twice where one was typed. */
export type Days = { readonly from: Day; readonly to: Day };

const isYear = (text: string): boolean => text.length === 4;

/** `2026 11 1` as well as `1 11 2026`; null for a day that no calendar has, and for a year of two digits. */
const dayIn = ([first = '', month = '', last = '']: readonly string[]): Day | null => {
  const [year, day] = isYear(first) ? [first, last] : [last, first];
  const parsed = parseDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  return parsed.ok ? parsed.value : null;
};

/** The first of two days may go without its year, which is that of the second: `1.11. - 15.11.2026`. */
const withYear = (numbers: readonly string[], following: Day): readonly string[] =>
  numbers.length === 2 ? [...numbers, following.slice(0, 4)] : numbers;

/** Reads one day or two, in the order in which they were typed. Null for anything else. */
export const readDays = (text: string): Days | null => {
  const latin = withLatinDigits(text);
  if (!/^[\d\s./,–—-]*$/u.test(latin)) return null;
  const numbers = latin.match(/\d+/gu) ?? [];
  const to = dayIn(numbers.slice(-3));
  if (to === null) return null;
  if (numbers.length === 3) return { from: to, to };
  if (numbers.length > 6) return null;
  const from = dayIn(withYear(numbers.slice(0, -3), to));
  return from && { from, to };
};
