// Digits of other scripts that people type on their phones, as the digits that codes, amounts and phone numbers are made of.

/** Arabic-Indic `٢٥` and its eastern form `۲۵` both read `25`. */
export const withLatinDigits = (text: string): string =>
  // Both rows of ten start at a multiple of sixteen, so the last four bits are the digit.
  text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
