// Money as integers in hundredths with a currency, and exchange rates as exact decimals. No float ever holds either.
import { withLatinDigits } from './digits.ts';
import type { Branded } from './ids.ts';
import { fail, ok } from './result.ts';
import type { Result } from './result.ts';

/** An amount in hundredths of a currency unit (eVSB's X100): 1500 is 15.00. A safe integer; negative only in postings. */
export type Hundredths = Branded<number, 'Hundredths'>;
/** ISO 4217 code, three capital letters. */
export type Currency = Branded<string, 'Currency'>;
export type Money = { readonly hundredths: Hundredths; readonly currency: Currency };

/** The largest amount that eVSB's int32 fields can carry: 21,474,836.47. */
export const MAX_HUNDREDTHS = 2 ** 31 - 1;

export const hundredths = (value: number): Hundredths => {
  if (!Number.isSafeInteger(value)) throw new Error(`Not an amount in hundredths: ${value}`);
  return value as Hundredths;
};

/** As `hundredths`, for values that come from outside. */
export const parseHundredths = (value: number): Result<Hundredths, 'notAnAmount'> =>
  Number.isSafeInteger(value) ? ok(value as Hundredths) : fail('notAnAmount');

export const money = (value: number, currency: Currency): Money => ({ hundredths: hundredths(value), currency });

export const parseCurrency = (text: string): Result<Currency, 'notACurrency'> =>
  /^[A-Z]{3}$/.test(text) ? ok(text as Currency) : fail('notACurrency');

export const sameMoney = (a: Money, b: Money): boolean => a.hundredths === b.hundredths && a.currency === b.currency;

/** The Arabic separators say which one they are: a decimal point before three digits, or groups of another length, are mistakes. */
const MISTAKEN_ARABIC = /\u066b\d{3}|\u066c(?!\d{3}(?!\d))/;

/** Arabic digits and separators as Latin ones; null for separators in the wrong place. */
const asTypedInLatin = (text: string): string | null => {
  const digits = withLatinDigits(text.replace(/[\s\u00a0\u202f']/gu, ''));
  return MISTAKEN_ARABIC.test(digits) ? null : digits.replace(/\u066b/g, '.').replace(/[\u066c\u060c]/g, ',');
};

/**
 * Reads an amount as people type it: `25`, `25.5`, `25,50`, `1 000`, `1.000,50`, `1,000.50`, `٢٥٫٥٠`.
 * A separator followed by exactly three digits groups thousands; the last one followed by one or two digits is the decimal point.
 */
export const parseAmount = (text: string): Result<Hundredths, 'notAnAmount' | 'tooLarge'> => {
  const compact = asTypedInLatin(text);
  if (compact === null) return fail('notAnAmount');
  const match = /^(?<whole>\d+|\d{1,3}(?:(?<group>[.,])\d{3})(?:\k<group>\d{3})*)(?:(?<point>[.,])(?<cents>\d{1,2}))?$/.exec(
    compact,
  );
  const { whole, group, point, cents } = match?.groups ?? {};
  if (whole === undefined || (group !== undefined && group === point)) return fail('notAnAmount');
  const digits = whole.replace(/[.,]/g, '') + (cents ?? '').padEnd(2, '0');
  if (digits.length > 15) return fail('tooLarge');
  const value = Number(digits);
  return value > MAX_HUNDREDTHS ? fail('tooLarge') : ok(hundredths(value));
};

/**
 * Reads an amount and the code of its currency as those type them who run the shop: a plain decimal, because `1.234` must not be read as
 * more than a thousand. Never negative.
 */
export const parseExactMoney = (number: string, code: string): Result<Money, 'notMoney'> => {
  const amount = /^\d+(?:\.\d{1,2})?$/.test(number) ? parseAmount(number) : fail('notMoney');
  const currency = parseCurrency(code.toUpperCase());
  return amount.ok && currency.ok ? ok({ hundredths: amount.value, currency: currency.value }) : fail('notMoney');
};

/** The plain decimal form that `parseAmount` reads back: `1500` becomes `15.00`. */
export const formatAmount = (amount: Hundredths): string => {
  const digits = Math.abs(amount).toString().padStart(3, '0');
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** Destination units for one sale unit, exactly: `units / 10 ** scale`. Plain data, so that it can live in a session. */
export type Rate = { readonly units: string; readonly scale: number };

/** Reads a positive decimal: `22`, `0.058`, `16.90`. */
export const parseRate = (text: string): Result<Rate, 'notARate'> => {
  const match = /^(\d{1,12})(?:\.(\d{1,12}))?$/.exec(text);
  if (match === null) return fail('notARate');
  const fraction = match[2] ?? '';
  const units = BigInt((match[1] ?? '') + fraction);
  return units === 0n ? fail('notARate') : ok({ units: units.toString(), scale: fraction.length });
};

/** What arrives for what is sent: rounded down, in hundredths of the destination currency. */
export const convertDown = (send: Hundredths, rate: Rate): Hundredths =>
  hundredths(Number((BigInt(send) * BigInt(rate.units)) / 10n ** BigInt(rate.scale)));

/** What must be sent for what should arrive: rounded up, so that at least that much arrives. */
export const convertBackUp = (receive: Hundredths, rate: Rate): Hundredths => {
  const units = BigInt(rate.units);
  return hundredths(Number((BigInt(receive) * 10n ** BigInt(rate.scale) + units - 1n) / units));
};
