// Country names and flags from numeric codes. Intl knows both: its locale data maps ISO 3166-1 numeric codes to alpha-2.
import type { Country, CountryId } from '../../domain/catalog.ts';
import type { Language } from '../../domain/dialog/language.ts';
import { INTL_TAGS, inEachLanguage } from './intl-tags.ts';

const NAMES = inEachLanguage((language) => new Intl.DisplayNames(INTL_TAGS[language], { type: 'region' }));

/** 192 is `CU`; null for numbers that are no country's. */
const readAlpha2 = (id: CountryId): string | null => {
  if (!Number.isInteger(id) || id < 1 || id > 999) return null;
  const { region } = new Intl.Locale(`und-${String(id).padStart(3, '0')}`);
  // ZZ is Unicode's "unknown region"; codes of continents stay numeric.
  return region !== undefined && /^[A-Z]{2}$/.test(region) && region !== 'ZZ' ? region : null;
};

/** Reading a locale is slow for what it is, and the shop has few countries. */
const known = new Map<CountryId, string | null>();

export const alpha2Of = (id: CountryId): string | null => {
  const found = known.get(id);
  if (found !== undefined) return found;
  const alpha2 = readAlpha2(id);
  known.set(id, alpha2);
  return alpha2;
};

const readName = (language: Language, id: CountryId): string | null => {
  const alpha2 = alpha2Of(id);
  return (alpha2 === null ? undefined : NAMES[language].of(alpha2)) ?? null;
};

const knownNames = inEachLanguage(() => new Map<CountryId, string | null>());

/** The country's name in the language; the listed name for a number that is no country's. */
export const countryName = (language: Language, country: Country): string => {
  const names = knownNames[language];
  let name = names.get(country.id);
  if (name === undefined) {
    name = readName(language, country.id);
    names.set(country.id, name);
  }
  return name ?? country.name;
};

const REGIONAL_A = 0x1f1e6;

const drawFlag = (alpha2: string): string =>
  String.fromCodePoint(...Array.from(alpha2, (letter) => REGIONAL_A + letter.charCodeAt(0) - 'A'.charCodeAt(0)));

const knownFlags = new Map<CountryId, string>();

/** The flag as an emoji: two regional indicator letters. A globe for a number that is no country's. */
export const countryFlag = (id: CountryId): string => {
  const found = knownFlags.get(id);
  if (found !== undefined) return found;
  const alpha2 = alpha2Of(id);
  const flag = alpha2 === null ? '🌐' : drawFlag(alpha2);
  knownFlags.set(id, flag);
  return flag;
};
