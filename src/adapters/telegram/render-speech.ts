// The language of one message: what the renderer needs of languages, bound to the customer's.
import type { Country, CountryId } from '../../domain/catalog.ts';
import type { Language } from '../../domain/dialog/language.ts';
import type { Hundredths } from '../../domain/money.ts';
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
};

export type Speech = {
  readonly say: (key: MessageKey, params?: Params) => string;
  readonly money: (amount: Amount) => string;
  readonly time: (at: Instant) => string;
  readonly dateTime: (at: Instant) => string;
  /** Flag and name. */
  readonly country: (country: Country) => string;
  readonly flag: (id: CountryId) => string;
  /** What a language calls itself. */
  readonly nameOf: (language: Language) => string;
};

export const speak = (localization: Localization, language: Language): Speech => ({
  say: (key, params) => localization.translate(language, key, params),
  money: (amount) => localization.formatMoney(language, amount),
  time: (at) => localization.formatTime(language, at),
  dateTime: (at) => localization.formatDateTime(language, at),
  country: (country) => `${localization.countryFlag(country.id)} ${localization.countryName(language, country)}`,
  flag: localization.countryFlag,
  nameOf: (other) => localization.translate(other, 'language.name'),
});
