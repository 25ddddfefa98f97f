// The language files against each other: the same keys, the same placeholders, and every plural form that a language has.
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/domain/dialog/language.ts';
import type { Language } from '../../../src/domain/dialog/language.ts';
import en from '../../../locales/en.json' with { type: 'json' };
import es from '../../../locales/es.json' with { type: 'json' };

const TEXTS: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en, es };

const FORM = /_(?:zero|one|two|few|many|other)$/;
const stemOf = (key: string): string => key.replace(FORM, '');
const stemsOf = (language: Language): readonly string[] => [...new Set(Object.keys(TEXTS[language]).map(stemOf))];
const placeholdersOf = (text: string): readonly string[] => [...new Set(text.match(/\{\{\w+\}\}/g))].sort();
const pluralStems = Object.keys(en)
  .filter((key) => FORM.test(key))
  .map(stemOf);

describe.each(LANGUAGES)('%s', (language) => {
  it('has the keys of English, in the same order', () => expect(stemsOf(language)).toEqual(stemsOf('en')));

  it('has a text for every key, without markup or space around it', () => {
    for (const text of Object.values(TEXTS[language])) expect(text).toMatch(/^[^<>\s](?:[^<>]*[^<>\s])?$/);
  });

  it('has the placeholders of English in every text', () => {
    for (const [key, text] of Object.entries(TEXTS[language]).filter(([candidate]) => !FORM.test(candidate))) {
      expect([key, placeholdersOf(text)]).toEqual([key, placeholdersOf(TEXTS.en[key] ?? '')]);
    }
  });

  it('has exactly the plural forms that its rules ask for', () => {
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    expect(pluralStems.length).toBeGreaterThan(0);
    for (const stem of pluralStems) {
      const forms = Object.keys(TEXTS[language]).filter((key) => stemOf(key) === stem && FORM.test(key));
      expect(forms.sort()).toEqual(categories.map((category) => `${stem}_${category}`).sort());
    }
  });
});

it('uses every text somewhere other than as a copy of English', () => {
  const shared = [
    'button.previous',
    'button.next',
    'button.page',
    'amount.choice',
    'languages.current',
    'orders.item',
    'items.item',
  ];
  const same = Object.keys(en).filter((key) => TEXTS.es[key] === TEXTS.en[key]);
  expect(same.filter((key) => !shared.includes(key))).toEqual([]);
});
