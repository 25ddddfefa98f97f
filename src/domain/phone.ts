// A phone number as the shop knows it: read from what people paste, shown grouped, sent as the supplier's mask wants it.
import type { CountryId } from './catalog.ts';
import type { Result } from './result.ts';

export type Phone = {
  /** E.164 without the plus sign: `5352345678`. */
  readonly digits: string;
  /** The digits behind the country's calling code: `52345678`. */
  readonly national: string;
  /** ISO 3166-1 alpha-2; null for numbers that are of no country, such as those of satellites. */
  readonly country: string | null;
  /** The same country by its numeric code, as products name it. */
  readonly countryId: CountryId | null;
  /** As people read it, with the plus sign: `+53 5 2345678`. */
  readonly shown: string;
};

/** `notANumber`: no number in the text, or more than one. `impossible`: of a fitting length, but nobody can have it. */
export type PhoneProblem = 'tooShort' | 'tooLong' | 'notANumber' | 'impossible';

export type PhoneBook = {
  /**
   * Reads the one number of a text. Without `+` or `00` it is a number of `country` if it can be one, else an international number;
   * its `country` tells which it was. Null for a country that is not known: international numbers only.
   */
  read(text: string, country: CountryId | null): Result<Phone, PhoneProblem>;
  /** A number of the country that reads back there, as it is shown; null where there is none to show. */
  example(country: CountryId | null): string | null;
  /** `+53 5 2345678` for `5352345678`, in E.164 without the plus sign; a number of no known plan is shown ungrouped. */
  show(digits: string): string;
};
