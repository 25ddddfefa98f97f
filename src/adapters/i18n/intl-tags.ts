// Which conventions of money, dates and country names each language follows, as the IETF tags that Intl takes.
import { LANGUAGES } from '../../domain/dialog/language.ts';
import type { Language } from '../../domain/dialog/language.ts';

/** Arabic with the digits of codes, phone numbers and typed amounts, so that one message has one kind. */
export const INTL_TAGS: Readonly<Record<Language, string>> = {
  en: 'en',
  es: 'es',
  fr: 'fr',
  pt: 'pt-BR',
  ar: 'ar-u-nu-latn',
  ru: 'ru',
};

/** Makes something once for every language. */
export const inEachLanguage = <T>(make: (language: Language) => T): Readonly<Record<Language, T>> =>
  Object.fromEntries(LANGUAGES.map((language) => [language, make(language)])) as Record<Language, T>;
