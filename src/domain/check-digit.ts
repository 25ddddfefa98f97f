// Identity documents whose last sign follows from the others: a slip of the finger is caught before it costs a purchase.
import { withLatinDigits } from './digits.ts';
import { assertNever, fail, ok } from './result.ts';
import type { Result } from './result.ts';

/** `dni`: Spain's, the NIE of foreigners included. `cpf`: Brazil's. `curp`: Mexico's. The others have no check digit that is known here. */
export type DocumentKind = 'dni' | 'cpf' | 'curp' | 'passport' | 'any';

/** A document without the spaces, points and hyphens that people group it with: `123.456.789-09` is `12345678909`. */
export const normaliseDocument = (text: string): string =>
  withLatinDigits(text.normalize('NFC'))
    .replace(/[\s.-]/g, '')
    .toUpperCase();

/** Returns the document as it is sent: capital letters and digits alone. */
export const checkDocument = (kind: DocumentKind, text: string): Result<string, 'wrongCheckDigit' | 'doesNotFit'> => {
  const value = normaliseDocument(text);
  if (!fitsForm(kind, value)) return fail('doesNotFit');
  return isChecked(kind, value) ? ok(value) : fail('wrongCheckDigit');
};

/** A valid document that is nobody's: printed on specimens, kept for foreigners as a whole, or used in every textbook. */
export const exampleOfDocument = (kind: DocumentKind): string => {
  switch (kind) {
    case 'dni':
      return '99999999R';
    case 'cpf':
      return '111.444.777-35';
    case 'curp':
      return 'XEXX010101HNEXXXA4';
    case 'passport':
    case 'any':
      return 'L898902C3';
    default:
      return assertNever(kind);
  }
};

const fitsForm = (kind: DocumentKind, value: string): boolean => {
  switch (kind) {
    case 'dni':
      return /^[\dXYZ]\d{7}[A-Z]$/.test(value);
    case 'cpf':
      // Eleven times the same digit adds up, and is never given to anyone.
      return /^(\d)(?!\1{10}$)\d{10}$/.test(value);
    case 'curp':
      return /^[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z\d]\d$/.test(value);
    case 'passport':
      return /^(?=.*\d)[A-Z\d]{5,9}$/.test(value);
    case 'any':
      return /^[A-Z\d]{4,20}$/.test(value);
    default:
      return assertNever(kind);
  }
};

const isChecked = (kind: DocumentKind, value: string): boolean => {
  switch (kind) {
    case 'dni':
      return value.endsWith(letterOfDni(value.slice(0, -1)));
    case 'cpf':
      return value.endsWith(digitsOfCpf(value.slice(0, 9)));
    case 'curp':
      return value.endsWith(digitOfCurp(value.slice(0, -1)));
    case 'passport':
    case 'any':
      return true;
    default:
      return assertNever(kind);
  }
};

/** The number modulo 23 names the letter; the X, Y and Z that begin a NIE count as 0, 1 and 2. */
const letterOfDni = (number: string): string =>
  'TRWAGMYFPDXBNJZSQVHLCKE'.charAt(Number(number.replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)))) % 23);

/** Values weighted by their distance from the end, the last by `least`. */
const weighted = (values: readonly number[], least: number): number =>
  values.reduce((sum, value, i) => sum + value * (values.length - 1 - i + least), 0);

/** Two digits, the second over the first as well: each is ten times the weighted sum modulo 11, where 10 counts as 0. */
const digitsOfCpf = (number: string): string => {
  const next = (digits: string): string => digits + String(((weighted(Array.from(digits, Number), 2) * 10) % 11) % 10);
  return next(next(number)).slice(-2);
};

/** Letters count from 10 on, with room for an Ñ behind the N; the digit fills the weighted sum up to a multiple of ten. */
const digitOfCurp = (signs: string): string => {
  const values = Array.from(signs, (sign) => '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ'.indexOf(sign));
  return String((10 - (weighted(values, 2) % 10)) % 10);
};
