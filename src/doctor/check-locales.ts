// Checks the language files against English: every text is there, in every plural form, with the placeholders that it is filled through.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { LANGUAGES } from '../domain/dialog/language.ts';
import type { Language } from '../domain/dialog/language.ts';
import { failure, good, listed, reasonOf, warning } from './finding.ts';
import type { Finding } from './finding.ts';

/** Where the files are that the bot reads. */
export const LOCALES = join(import.meta.dirname, '..', '..', 'locales');

const texts = z.record(z.string(), z.string().min(1));
type Texts = z.infer<typeof texts>;

const FORM = /_(zero|one|two|few|many|other)$/;
const stemOf = (key: string): string => key.replace(FORM, '');

/** Which keys a language needs: those of English, a plural in the forms that the language has. */
const keysFor = (language: Language, english: Texts): readonly string[] => {
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
  const keys = Object.keys(english).flatMap((key) =>
    FORM.test(key) ? pluralCategories.map((form) => `${stemOf(key)}_${form}`) : [key],
  );
  return [...new Set(keys)];
};

/** A form that speaks of one number may leave the number out. */
const placeholdersOf = (text = ''): string => {
  const names = Array.from(text.matchAll(/\{\{(\w+)\}\}/g), ([, name]) => name ?? '');
  return [...new Set(names)]
    .filter((name) => name !== 'count')
    .sort()
    .join(' ');
};

type Flaws = { readonly missing: readonly string[]; readonly wrong: readonly string[] };

const compare = (language: Language, own: Texts, english: Texts): Flaws => {
  const keys = keysFor(language, english);
  const englishOf = (key: string): string | undefined => english[FORM.test(key) ? `${stemOf(key)}_other` : key];
  return {
    missing: keys.filter((key) => own[key] === undefined),
    wrong: keys.filter((key) => own[key] !== undefined && placeholdersOf(own[key]) !== placeholdersOf(englishOf(key))),
  };
};

export const checkLocales = async (folder = LOCALES): Promise<Finding> => {
  const read = new Map<Language, Texts>();
  for (const language of LANGUAGES) {
    try {
      read.set(language, texts.parse(JSON.parse(await readFile(join(folder, `${language}.json`), 'utf8'))));
    } catch (error) {
      const reason = error instanceof z.ZodError ? 'not texts by key' : reasonOf(error);
      return failure(`locales/${language}.json can't be read (${reason}); restore the file`);
    }
  }
  const english = read.get('en') ?? {};
  const flaws = [...read].map(([language, own]) => ({ language, ...compare(language, own, english) }));
  const wrong = flaws.flatMap(({ language, wrong: keys }) => keys.map((key) => `${language} ${key}`));
  if (wrong.length > 0) return failure(`other placeholders than in English: ${listed(wrong, 3)}; restore the files`);
  const missing = flaws.flatMap(({ language, missing: keys }) => keys.map((key) => `${language} ${key}`));
  if (missing.length > 0) return warning(`said in English for want of a text: ${listed(missing, 3)}; add them`);
  return good(`${LANGUAGES.length} languages, ${Object.keys(english).length} texts`);
};
