// All that depends on the language, in one object for whoever writes to customers.
import type { PhoneBook } from '../../domain/phone.ts';
import { countryFlag, countryName } from './countries.ts';
import { createTimeFormats } from './dates.ts';
import type { TimeFormats } from './dates.ts';
import { createMoneyFormat } from './money.ts';
import { createTranslator } from './translator.ts';
import type { Translate } from './translator.ts';

export type Localization = TimeFormats & {
  readonly translate: Translate;
  readonly formatMoney: ReturnType<typeof createMoneyFormat>;
  readonly countryName: typeof countryName;
  readonly countryFlag: typeof countryFlag;
  /** Numbers are grouped as their country does, in every language. */
  readonly phones: PhoneBook;
};

/** `timeZone` is an IANA name such as `Europe/Madrid`; throws a RangeError for one that does not exist. */
export const createLocalization = (timeZone: string, phones: PhoneBook): Localization => ({
  translate: createTranslator(),
  formatMoney: createMoneyFormat(),
  ...createTimeFormats(timeZone),
  countryName,
  countryFlag,
  phones,
});
