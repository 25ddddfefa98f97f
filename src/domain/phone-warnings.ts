// What is odd about topping up a phone number: worth saying before the price, and no reason to refuse, since catalogues err.
import { fitPhone } from './mask.ts';
import type { MaskedProduct } from './mask.ts';
import type { Phone } from './phone.ts';

export type PhoneWarning = 'otherCountry' | 'maskDoesNotFit';

/** A number of another country than the product's, and one that the catalogue's mask does not fit. */
export const phoneWarnings = (product: MaskedProduct, phone: Phone): readonly PhoneWarning[] => [
  ...(phone.countryId === product.countryId ? [] : (['otherCountry'] as const)),
  ...(fitPhone(product, phone).ok ? [] : (['maskDoesNotFit'] as const)),
];
