// Phone numbers as people paste them: read in the product's country, never guessed, shown as their country groups them.
import fc from 'fast-check';
import { getCountries } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { alpha2Of } from '../../../src/adapters/i18n/countries.ts';
import { createPhoneBook } from '../../../src/adapters/phone/phone-book.ts';
import type { CountryId } from '../../../src/domain/catalog.ts';

const book = createPhoneBook(alpha2Of);

const AR = 32;
const BR = 76;
const CO = 170;
const CU = 192;
const DO = 214;
const EG = 818;
const ES = 724;
const FR = 250;
const IN = 356;
const IT = 380;
const MA = 504;
const MX = 484;
const NG = 566;
const RU = 643;
const US = 840;

describe('reading', () => {
  it.each<[text: string, country: CountryId | null, digits: string, shown: string]>([
    ['+53 5 234-5678', CU, '5352345678', '+53 5 2345678'],
    ['52345678', CU, '5352345678', '+53 5 2345678'],
    ['5352345678', CU, '5352345678', '+53 5 2345678'],
    ['0053 52345678', CU, '5352345678', '+53 5 2345678'],
    ['(55) 1234 5678', MX, '525512345678', '+52 55 1234 5678'],
    ['52 55 1234 5678', MX, '525512345678', '+52 55 1234 5678'],
    ['+52 1 55 1234 5678', MX, '525512345678', '+52 55 1234 5678'],
    ['5215512345678', MX, '525512345678', '+52 55 1234 5678'],
    ['600 123 456', ES, '34600123456', '+34 600 12 34 56'],
    ['0034600123456', ES, '34600123456', '+34 600 12 34 56'],
    ['(11) 96123-4567', BR, '5511961234567', '+55 11 96123 4567'],
    ['011961234567', BR, '5511961234567', '+55 11 96123 4567'],
    ['(201) 555-0123', US, '12015550123', '+1 201 555 0123'],
    ['1 201 555 0123', US, '12015550123', '+1 201 555 0123'],
    ['+54 9 11 2345-6789', AR, '5491123456789', '+54 9 11 2345 6789'],
    ['321 123 4567', CO, '573211234567', '+57 321 1234567'],
    ['809 234 5678', DO, '18092345678', '+1 809 234 5678'],
    ['06 12 34 56 78', FR, '33612345678', '+33 6 12 34 56 78'],
    ['312 345 6789', IT, '393123456789', '+39 312 345 6789'],
    ['0650-123456', MA, '212650123456', '+212 6 50 12 34 56'],
    ['0802 123 4567', NG, '2348021234567', '+234 802 123 4567'],
    ['8 (912) 345-67-89', RU, '79123456789', '+7 912 345 67 89'],
    ['٠١٠٠١٢٣٤٥٦٧', EG, '201001234567', '+20 10 01234567'],
    ['۰۱۰۰۱۲۳۴۵۶۷', EG, '201001234567', '+20 10 01234567'],
    ['09123456789', IN, '919123456789', '+91 91234 56789'],
  ])('%j in country %s is %s', (text, country, digits, shown) => {
    const read = book.read(text, country);
    expect(read).toMatchObject({ ok: true, value: { digits, countryId: country } });
    expect(read.ok && [read.value.shown, book.show(digits)]).toEqual([shown, shown]);
    expect(read.ok && digits.endsWith(read.value.national)).toBe(true);
  });

  it.each([
    ['a link', 'tel:+53-5-234-5678'],
    ['direction marks', '\u202a+53\u00a05 234\u00a05678\u202c\u200e'],
    ['words', 'mi numero es +53 52345678'],
    ['words, the number between them', 'Ana: 52345678, gracias'],
    ['brackets around the code', '(+53) 5 2345678'],
    ['a plus sign of its own', '+ 53 52345678'],
    ['full-width signs', '＋５３５２３４５６７８'],
    ['dashes of print', '5\u2011234\u20135678'],
    ['a line break', 'Móvil\n52345678'],
  ])('takes %s', (_what, text) => {
    expect(book.read(text, CU)).toMatchObject({ ok: true, value: { digits: '5352345678', national: '52345678', country: 'CU' } });
  });

  it.each([
    ['+34 600 123 456', CU, 'ES', ES],
    ['34600123456', CU, 'ES', ES],
    ['0034600123456', US, 'ES', ES],
    ['011 53 52345678', US, 'CU', CU],
    ['(416) 555-0123', US, 'CA', 124],
    ['5352345678', null, 'CU', CU],
    ['+881612345678', CU, null, null],
  ])('says that %j is of another country than %s: %s', (text, country, alpha2, countryId) => {
    expect(book.read(text, country)).toMatchObject({ ok: true, value: { country: alpha2, countryId } });
  });

  it('takes a number that has two readings for one of the product’s country', () => {
    expect(book.read('656 212 3456', US)).toMatchObject({ ok: true, value: { digits: '16562123456', country: 'US' } });
    expect(book.read('656 212 3456', null)).toMatchObject({ ok: true, value: { digits: '6562123456', country: 'SG' } });
    expect(book.read('+656 212 3456', US)).toMatchObject({ ok: true, value: { digits: '6562123456', country: 'SG' } });
  });

  it.each([
    ['', CU, 'notANumber'],
    ['hola', CU, 'notANumber'],
    ['+', CU, 'notANumber'],
    ['60012345a', ES, 'notANumber'],
    ['x60012345', ES, 'notANumber'],
    ['*133#52345678', CU, 'notANumber'],
    ['600123456 ext 22', ES, 'notANumber'],
    ['52345678 o 52345679', CU, 'notANumber'],
    ['+53 52345678 +53 52345679', CU, 'notANumber'],
    ['casa 4: 52345678', CU, 'notANumber'],
    ['52345678 / 52345679', CU, 'tooLong'],
    ['5234567', CU, 'impossible'],
    ['123', CU, 'tooShort'],
    ['+53 5234', CU, 'tooShort'],
    ['523456789', CU, 'impossible'],
    ['+53 52345678901', CU, 'tooLong'],
    ['55123456789', MX, 'tooLong'],
    ['551234567', MX, 'tooShort'],
    ['52345678', null, 'tooShort'],
    ['99999999', CU, 'impossible'],
    // No city of Mexico has 50, though its numbers may begin so.
    ['5012345678', MX, 'impossible'],
    ['+999 123 456 789', null, 'impossible'],
    ['60012345', 999, 'tooShort'],
  ])('refuses %j in country %s: %s', (text, country, problem) => {
    expect(book.read(text, country)).toEqual({ ok: false, error: problem });
  });
});

const everyCountry = Array.from({ length: 999 }, (_, i) => i + 1).filter((id) => book.example(id) !== null);

describe('an example', () => {
  it('reads back in its country, by the same numeric code', () => {
    // All that have numbers of their own: small territories share those of a neighbour.
    const own = new Set(everyCountry.map(alpha2Of));
    expect(getCountries().filter((code) => !own.has(code))).toEqual(
      expect.arrayContaining(['AX', 'BL', 'CC', 'CX', 'EH', 'IM', 'MF', 'SJ', 'VA']),
    );
    expect(own.size).toBeGreaterThan(230);
    for (const id of everyCountry) {
      const read = book.read(book.example(id) ?? '', id);
      expect(read).toMatchObject({ ok: true, value: { country: alpha2Of(id) } });
      expect(read.ok && alpha2Of(read.value.countryId ?? 0)).toBe(alpha2Of(id));
    }
  });

  it('has none where no country is known', () => {
    expect([book.example(null), book.example(0), book.example(999)]).toEqual([null, null, null]);
  });

  it.each([CU, MX, ES, BR, US, RU, 231, 203, 250, 688])('has the number of today for country %i', (id) => {
    const read = book.read(book.example(id) ?? '', null);
    expect(read.ok && read.value.countryId).toBe(id);
  });
});

describe('laws', () => {
  const country = fc.option(fc.constantFrom(...everyCountry), { nil: null });
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom(...Array.from('0123456789+ ()-.٥x')) }),
    fc.string({ unit: 'binary' }),
    fc
      .tuple(fc.constantFrom(...everyCountry), fc.array(fc.nat(9), { minLength: 4, maxLength: 4 }))
      .map(([id, tail]) => (book.example(id) ?? '').slice(0, -4) + tail.join('')),
  );

  it('what is shown reads back as the same number', () => {
    let count = 0;
    fc.assert(
      fc.property(text, country, (typed, id) => {
        const read = book.read(typed, id);
        if (!read.ok) return;
        count += 1;
        expect(read.value.digits).toMatch(/^[1-9]\d{5,14}$/);
        expect(book.show(read.value.digits)).toBe(read.value.shown);
        expect(book.read(book.show(read.value.digits), id)).toEqual(read);
        expect(book.read(book.show(read.value.digits), null)).toEqual(read);
      }),
      { numRuns: 2000 },
    );
    expect(count).toBeGreaterThan(100);
  });

  it('anything can be shown', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (digits) => {
        expect(book.show(digits).startsWith('+')).toBe(true);
      }),
    );
  });
});
