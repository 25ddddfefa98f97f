// The language of one message: what the renderer needs of languages, bound to the customer's.
import type { Country, CountryId } from '../../domain/catalog.ts';
import type { Language } from '../../domain/dialog/language.ts';
import type { Hundredths } from '../../domain/money.ts';
import type { PhoneBook } from '../../domain/phone.ts';
import type { Instant } from '../../domain/time.ts';
import type en from '../../../locales/en.json';

type WithoutForm<Key extends string> = Key extends `${infer Stem}_${'one' | 'many' | 'other'}` ? Stem : Key;
/** The key of a text; a text with plural forms has one key. */
export type MessageKey = WithoutForm<keyof typeof en>;

type Params = Readonly<Record<string, string | number>>;
type Amount = { readonly hundredths: Hundredths; readonly currency: string };

/** All that depends on the language. Every result is plain text: nothing here knows of markup. */
export type Localization = {
  readonly translate: (language: Language, key: MessageKey, params?: Params) => string;
  readonly formatMoney: (language: Language, amount: Amount) => string;
  readonly formatTime: (language: Language, at: Instant) => string;
  readonly formatDateTime: (language: Language, at: Instant) => string;
  readonly countryName: (language: Language, country: Country) => string;
  readonly countryFlag: (id: CountryId) => string;
  readonly phones: PhoneBook;
};

export type Speech = {
  readonly language: Language;
  readonly say: (key: MessageKey, params?: Params) => string;
  readonly money: (amount: Amount) => string;
  readonly time: (at: Instant) => string;
  readonly dateTime: (at: Instant) => string;
  /** Flag and name. */
  readonly country: (country: Country) => string;
  readonly flag: (id: CountryId) => string;
  /** A number as the purchase sends it, grouped and with its country: `+53 5 2345678, Cuba`. */
  readonly phone: (digits: string, product: CountryId | null) => string;
  readonly phoneExample: (product: CountryId) => string | null;
  /** What a language calls itself. */
  readonly nameOf: (language: Language) => string;
};

/** Numbers may be sent with their country's code or without it. Those that no plan knows are shown as they are. */
const phoneText = (
  { phones, countryName }: Localization,
  language: Language,
  digits: string,
  product: CountryId | null,
): string => {
  const international = phones.read(`+${digits}`, product);
  const read = international.ok ? international : phones.read(digits, product);
  if (!read.ok) return digits;
  const { shown, country, countryId } = read.value;
  return countryId === null ? shown : `${shown}, ${countryName(language, { id: countryId, name: country ?? '' })}`;
};

export const speak = (localization: Localization, language: Language): Speech => ({
  language,
  say: (key, params) => localization.translate(language, key, params),
  money: (amount) => localization.formatMoney(language, amount),
  time: (at) => localization.formatTime(language, at),
  dateTime: (at) => localization.formatDateTime(language, at),
  country: (country) => `${localization.countryFlag(country.id)} ${localization.countryName(language, country)}`,
  flag: localization.countryFlag,
  phone: (digits, product) => phoneText(localization, language, digits, product),
  phoneExample: (product) => localization.phones.example(product),
  nameOf: (other) => localization.translate(other, 'language.name'),
});
