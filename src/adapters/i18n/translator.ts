// Texts by language and key: i18next on the flat files in locales/, with the plural forms of each language.
import { createInstance } from 'i18next';
import type { Language } from '../../domain/dialog/language.ts';
import { inEachLanguage } from './intl-tags.ts';
import ar from '../../../locales/ar.json' with { type: 'json' };
import en from '../../../locales/en.json' with { type: 'json' };
import es from '../../../locales/es.json' with { type: 'json' };
import fr from '../../../locales/fr.json' with { type: 'json' };
import pt from '../../../locales/pt.json' with { type: 'json' };
import ru from '../../../locales/ru.json' with { type: 'json' };

/** `orders.title_one` and `orders.title_other` are the forms of one key: `orders.title`. */
type WithoutForm<Key extends string> = Key extends `${infer Stem}_${'one' | 'many' | 'other'}` ? Stem : Key;

/** The key of a text. English is the reference; the other languages have the same keys and placeholders. */
export type Key = WithoutForm<keyof typeof en>;

/** Gives a text with its `{{placeholders}}` filled in, unescaped. The parameter `count` chooses the plural form. */
export type Translate = (language: Language, key: Key, params?: Readonly<Record<string, string | number>>) => string;

const TEXTS = { en, es, fr, pt, ar, ru } satisfies Record<Language, object>;

/** A placeholder without a parameter is a bug and throws. */
export const createTranslator = (): Translate => {
  const i18n = createInstance();
  void i18n.init({
    initAsync: false,
    lng: 'en',
    fallbackLng: 'en',
    resources: inEachLanguage((language) => ({ translation: TEXTS[language] })),
    keySeparator: false,
    interpolation: { escapeValue: false },
    missingInterpolationHandler: (text: string, [placeholder]: string[]) => {
      throw new Error(`No parameter for ${placeholder ?? 'a placeholder'} in the text “${text}”`);
    },
  });
  const translations = inEachLanguage((language) => i18n.getFixedT(language));
  // Most texts take no parameters, and a screen has a dozen of them: looked up once, they cost nothing after that.
  const plain = inEachLanguage(() => new Map<Key, string>());
  return (language, key, params) => {
    if (params !== undefined) return translations[language](key, params);
    const text = plain[language].get(key) ?? translations[language](key);
    plain[language].set(key, text);
    return text;
  };
};
