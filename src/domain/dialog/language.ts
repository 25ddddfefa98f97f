// The languages of the shop, and how a customer's Telegram language becomes one of them.

export const LANGUAGES = ['en', 'es', 'fr', 'pt', 'ar', 'ru'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Whether the language is written from right to left. */
export const isRightToLeft = (language: Language): boolean => language === 'ar';

export const isLanguage = (text: string): text is Language => (LANGUAGES as readonly string[]).includes(text);

/** Takes the main part of an IETF tag (`es-MX` is `es`); English for languages that the shop does not speak. */
export const languageOf = (tag: string | null): Language => {
  const main = /^[a-z]+/.exec((tag ?? '').toLowerCase())?.[0] ?? '';
  return isLanguage(main) ? main : 'en';
};
