// Masks: how the catalogue writes what an account looks like. `#` is one digit, any other character stands for itself.
import type { CountryId } from './catalog.ts';
import type { Phone } from './phone.ts';
import { fail, ok } from './result.ts';
import type { Result } from './result.ts';

export const fitsMask = (mask: string, text: string): boolean =>
  text.length === mask.length &&
  Array.from(mask).every((sign, i) => (sign === '#' ? /\d/.test(text.charAt(i)) : sign === text.charAt(i)));

/** An example of what fits a mask: `53########` gives `5312345678`. */
export const exampleOf = (mask: string): string => {
  let digit = 0;
  return mask.replaceAll('#', () => String((digit++ % 9) + 1));
};

/** A product of a country, and what its accounts look like. */
export type MaskedProduct = { readonly countryId: CountryId; readonly mask: string | null };

/**
 * The digits of a phone number that a mask asks for: with the country's prefix where the mask has room for it or there is no mask, the
 * national ones otherwise. Those of another country would be somebody else's number here, so they never fit.
 */
export const fitPhone = ({ countryId, mask }: MaskedProduct, phone: Phone): Result<string, 'maskDoesNotFit'> => {
  const forms = phone.countryId === countryId ? [phone.digits, phone.national] : [phone.digits];
  const fitting = forms.find((digits) => mask === null || fitsMask(mask, digits));
  return fitting === undefined ? fail('maskDoesNotFit') : ok(fitting);
};

/** What is sent for a phone number: as the mask asks for it, with its country's prefix where the mask does not fit. */
export const digitsToSend = (product: MaskedProduct, phone: Phone): string => {
  const fitting = fitPhone(product, phone);
  return fitting.ok ? fitting.value : phone.digits;
};
