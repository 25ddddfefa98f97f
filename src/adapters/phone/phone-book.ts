// Phone numbers by the numbering plans of libphonenumber: read as people paste them, grouped as their country groups them.
// Its full metadata: the smaller set groups alike, but takes a third of all mistyped Mexican numbers for valid, and a top-up is money.
import examples from 'libphonenumber-js/examples.mobile.json';
import {
  getExampleNumber,
  isSupportedCountry,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from 'libphonenumber-js/max';
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
import type { CountryId } from '../../domain/catalog.ts';
import { withLatinDigits } from '../../domain/digits.ts';
import type { Phone, PhoneBook, PhoneProblem } from '../../domain/phone.ts';
import { fail, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';

/** Direction marks, soft hyphens and spaces of no width come along when numbers are copied. */
const UNSEEN = /[\p{Cc}\p{Cf}]/gu;

/** Digits with what people put between them, and at most one plus sign, in front. */
const RUN = /\(?\+?\(?\d(?:[\s().\-\u2010-\u2015/]*\d)*/u;

/** The numeric codes of countries that are no more, which `alpha2Of` may give to their successors. */
const RETIRED: ReadonlySet<CountryId> = new Set([
  172, 200, 230, 249, 278, 280, 530, 532, 536, 582, 720, 736, 810, 830, 886, 890, 891,
]);

/** `alpha2Of`: the alpha-2 code of an ISO 3166-1 numeric one, null for a number that is no country's. */
export const createPhoneBook = (alpha2Of: (id: CountryId) => string | null): PhoneBook => {
  const ids = new Map<string, CountryId>();
  for (let id = 999; id > 0; id -= 1) {
    const alpha2 = RETIRED.has(id) ? null : alpha2Of(id);
    if (alpha2 !== null) ids.set(alpha2, id);
  }

  const codeOf = (id: CountryId | null): CountryCode | null => {
    const alpha2 = id === null ? null : alpha2Of(id);
    return alpha2 !== null && isSupportedCountry(alpha2) ? alpha2 : null;
  };

  const phoneOf = (number: PhoneNumber): Phone => {
    const country = number.country ?? null;
    return {
      digits: number.number.slice(1),
      national: number.nationalNumber,
      country,
      countryId: country === null ? null : (ids.get(country) ?? null),
      shown: number.formatInternational(),
    };
  };

  const read = (text: string, country: CountryId | null): Result<Phone, PhoneProblem> => {
    const run = onlyRun(text);
    if (run === null) return fail('notANumber');
    const code = codeOf(country);
    for (const reading of readingsOf(run, code)) {
      const number = parse(reading, code);
      if (number?.isValid() === true) return ok(phoneOf(number));
    }
    return fail(problemOf(run, code));
  };

  return {
    read,

    example(country) {
      const code = codeOf(country);
      const shown = code === null ? undefined : getExampleNumber(code, examples)?.formatInternational();
      if (shown === undefined) return null;
      // Small territories share their numbers with a larger neighbour, to which a number of theirs is given.
      const back = read(shown, country);
      return back.ok && back.value.country === code ? shown : null;
    },

    show: (digits) => parse(`+${digits}`, null)?.formatInternational() ?? `+${digits}`,
  };
};

/** The number of a text, as digits with their plus sign; null for a text with none, with several, or with a number inside a word. */
const onlyRun = (text: string): string | null => {
  const seen = withLatinDigits(text.normalize('NFKC').replace(/\s+/gu, ' ').replace(UNSEEN, '')).replace(/\+ +(?=[\d(])/g, '+');
  const run = RUN.exec(seen);
  if (run === null) return null;
  const before = seen.slice(0, run.index);
  const after = seen.slice(run.index + run[0].length);
  if (/[\p{L}\p{N}*#@_]$/u.test(before) || /^[\p{L}\p{N}*#@_]|\p{N}/u.test(after)) return null;
  return run[0].replace(/[^\d+]/g, '');
};

/** In the order in which they are believed: the country's own, then with `00` or nothing where the plus sign belongs. */
const readingsOf = (run: string, code: CountryCode | null): readonly string[] => {
  if (run.startsWith('+')) return [international(run.slice(1))];
  const abroad = international(run.replace(/^00/, ''));
  return code === null ? [abroad] : [run, abroad];
};

/** Mexican mobiles had a 1 behind the country code until 2019, and contacts still have it. No number of today starts so. */
const international = (digits: string): string => `+${digits.replace(/^521(?=\d{10}$)/, '52')}`;

const parse = (text: string, code: CountryCode | null): PhoneNumber | undefined =>
  parsePhoneNumberFromString(text, code === null ? { extract: false } : { defaultCountry: code, extract: false });

/** What is wrong with a number that has no valid reading, by the first one. */
const problemOf = (run: string, code: CountryCode | null): PhoneProblem => {
  const [first = run] = readingsOf(run, code);
  const problem = validatePhoneNumberLength(first, code === null ? {} : { defaultCountry: code });
  switch (problem) {
    case 'TOO_SHORT':
      return 'tooShort';
    case 'TOO_LONG':
      return 'tooLong';
    case 'NOT_A_NUMBER':
    case 'INVALID_COUNTRY':
    case 'INVALID_LENGTH':
    case undefined:
      return 'impossible';
  }
};
