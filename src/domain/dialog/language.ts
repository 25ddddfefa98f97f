// The languages of the shop, and how a customer's Telegram language becomes one of them.

export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

export const isLanguage = (text: string): text is Language => (LANGUAGES as readonly string[]).includes(text);

/** Takes the main part of an IETF tag (`es-MX` is `es`); English for languages that the shop does not speak. */
export const languageOf = (tag: string | null): Language => {
  const main = (tag ?? '').slice(0, 2).toLowerCase();
  return isLanguage(main) ? main : 'en';
};
