// The language files against each other: the same keys, placeholders, commands and emoji, every plural form that a language has, and
// texts that Telegram takes.
import { describe, expect, it } from 'vitest';
import { MENU } from '../../../src/domain/dialog/event.ts';
import { LANGUAGES } from '../../../src/domain/dialog/language.ts';
import type { Language } from '../../../src/domain/dialog/language.ts';
import ar from '../../../locales/ar.json' with { type: 'json' };
import en from '../../../locales/en.json' with { type: 'json' };
import es from '../../../locales/es.json' with { type: 'json' };
import fr from '../../../locales/fr.json' with { type: 'json' };
import pt from '../../../locales/pt.json' with { type: 'json' };
import ru from '../../../locales/ru.json' with { type: 'json' };

const TEXTS: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en, es, fr, pt, ar, ru };

/** Words of a command that a tap copies: a command line is read from left to right. */
const LATIN_IN_ARABIC = ['alert.number', 'alert.name', 'alert.reason'];

const FORM = /_(zero|one|two|few|many|other)$/;
const stemOf = (key: string): string => key.replace(FORM, '');
const stemsOf = (language: Language): readonly string[] => [...new Set(Object.keys(TEXTS[language]).map(stemOf))];
const PLACEHOLDER = /\{\{\w+\}\}/g;
const namesIn = (text: string): readonly string[] => [...new Set(text.match(PLACEHOLDER))].sort();
const pluralStems = new Set(
  Object.keys(en)
    .filter((key) => FORM.test(key))
    .map(stemOf),
);

/** The English text of the same meaning; of a plural its `other`, which has all placeholders. */
const englishOf = (key: string): string => TEXTS.en[FORM.test(key) ? `${stemOf(key)}_other` : key] ?? '';

const COUNTS = Array.from({ length: 200 }, (_, count) => count);
/** Whether a plural form speaks of one number only, such as `two` in Arabic; `one` in Russian is also 21. No screen counts to zero. */
const isOneNumber = (language: Language, form: string): boolean => {
  const rules = new Intl.PluralRules(language);
  return form === 'zero' || COUNTS.filter((count) => count > 0 && rules.select(count) === form).length === 1;
};

/** What placeholders become at most: the largest amount that can be sold, a query as it is repeated, a time with its zone. */
const LONGEST: Readonly<Record<string, string>> = { '{{query}}': 'q'.repeat(60), '{{time}}': '14:05 GMT+12:45' };
const filledIn = (text: string): string => text.replace(PLACEHOLDER, (name) => LONGEST[name] ?? 'MX$21,474,836.47');

describe.each(LANGUAGES)('%s', (language) => {
  const texts = Object.entries(TEXTS[language]);

  it('has the keys of English, in the same order', () => expect(stemsOf(language)).toEqual(stemsOf('en')));

  it('has a text for every key, without markup or space around it', () => {
    for (const [key, text] of texts) expect([key, text]).toEqual([key, expect.stringMatching(/^[^<>\s](?:[^<>]*[^<>\s])?$/)]);
  });

  it('has the placeholders of English in every text; a form that speaks of one number may leave it out', () => {
    for (const [key, text] of texts) {
      const form = FORM.exec(key)?.[1];
      const optional = form !== undefined && isOneNumber(language, form) && !text.includes('{{count}}') ? ['{{count}}'] : [];
      expect([key, [...namesIn(text), ...optional].sort()]).toEqual([key, namesIn(englishOf(key))]);
      expect([key, text.replace(PLACEHOLDER, '')]).toEqual([key, expect.not.stringMatching(/[{}]/)]);
    }
  });

  it('has exactly the plural forms that its rules ask for, from zero to other', () => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    const forms = ['zero', 'one', 'two', 'few', 'many', 'other'].filter((form) => pluralCategories.some((one) => one === form));
    expect(pluralStems.size).toBeGreaterThan(0);
    for (const stem of pluralStems) {
      const keys = Object.keys(TEXTS[language]).filter((key) => stemOf(key) === stem);
      expect(keys).toEqual(forms.map((form) => `${stem}_${form}`));
    }
  });

  it('names the commands of English, and shows its emoji', () => {
    const signsOf = (text: string) => text.match(/(?<!\w)\/[a-z]+|\p{Extended_Pictographic}/gu);
    for (const [key, text] of texts) expect([key, signsOf(text)]).toEqual([key, signsOf(englishOf(key))]);
  });

  it('has labels that buttons show whole', () => {
    for (const [key, text] of texts.filter(([candidate]) => candidate.startsWith('button.'))) {
      expect([key, filledIn(text).length]).toEqual([key, expect.toSatisfy((length: number) => length <= 60)]);
    }
  });

  it('has notices that fit a toast of 200 characters', () => {
    const toasts = texts.filter(([key]) => /^(?:notice\.(?!hint)|quoteFailed\.(?!title))/.test(key));
    expect(toasts.length).toBeGreaterThan(20);
    for (const [key, text] of toasts) {
      expect([key, filledIn(text).length]).toEqual([key, expect.toSatisfy((length: number) => length <= 200)]);
    }
  });

  it('describes every command in one line of at most 256 characters', () => {
    for (const command of MENU) expect(TEXTS[language][`command.${command}`]).toMatch(/^.{1,256}$/);
  });
});

describe.each(LANGUAGES.filter((language) => language !== 'en'))('%s beside English', (language) => {
  /** Made of placeholders and signs, or words of the trade that two languages share. */
  const shared = [
    'button.previous',
    'button.next',
    'button.page',
    'amount.choice',
    'languages.current',
    'orders.item',
    'items.item',
    'invoices.itemNoDate',
    'button.again',
    'button.againFor',
    'numbers.item',
    ...(language === 'ar' ? LATIN_IN_ARABIC : []),
  ];

  it('uses no text as a copy', () => {
    const same = Object.keys(en).filter((key) => TEXTS[language][key] === TEXTS.en[key]);
    expect(same.filter((key) => !shared.includes(key))).toEqual([]);
  });
});

it.each(['ar', 'ru'] as const)('%s has Latin letters only where they are meant literally', (language) => {
  const literal = /\{\{\w+\}\}|(?<!\w)\/[a-z]+|name@example\.com|orderUnreadable|workFailed|NTP/g;
  const latin = Object.entries(TEXTS[language]).filter(([, text]) => /\p{Script=Latin}/u.test(text.replace(literal, '')));
  expect(latin.map(([key]) => key)).toEqual(language === 'ar' ? LATIN_IN_ARABIC : []);
});
