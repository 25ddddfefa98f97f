import { describe, expect, it } from 'vitest';
import { digitsToSend, fitPhone } from '../../src/domain/mask.ts';
import { phoneWarnings } from '../../src/domain/phone-warnings.ts';
import type { Phone } from '../../src/domain/phone.ts';

const mexican: Phone = {
  digits: '525512345678',
  national: '5512345678',
  country: 'MX',
  countryId: 484,
  shown: '+52 55 1234 5678',
};
const american: Phone = {
  digits: '12015550123',
  national: '2015550123',
  country: 'US',
  countryId: 840,
  shown: '+1 201 555 0123',
};
const satellite: Phone = {
  digits: '881612345678',
  national: '612345678',
  country: null,
  countryId: null,
  shown: '+881 6 123 45678',
};

describe('a phone number for a product of Mexico', () => {
  it.each([
    ['with its prefix', '52##########', mexican, '525512345678', []],
    ['national', '##########', mexican, '5512345678', []],
    ['without a mask', null, mexican, '525512345678', []],
    ['that the mask does not fit', '52########', mexican, '525512345678', ['maskDoesNotFit']],
    ['of another city than the mask', '81########', mexican, '525512345678', ['maskDoesNotFit']],
    // Its national digits would be a Mexican's.
    [
      'of another country, where the mask is for national digits',
      '##########',
      american,
      '12015550123',
      ['otherCountry', 'maskDoesNotFit'],
    ],
    ['of another country, without a mask', null, american, '12015550123', ['otherCountry']],
    ['of another country, as long as the mask', '############', satellite, '881612345678', ['otherCountry']],
  ] as const)('%s', (_what, mask, phone, sent, warnings) => {
    const product = { countryId: 484, mask };
    expect(digitsToSend(product, phone)).toBe(sent);
    expect(phoneWarnings(product, phone)).toEqual(warnings);
    expect(fitPhone(product, phone)).toEqual(
      warnings.some((warning) => warning === 'maskDoesNotFit')
        ? { ok: false, error: 'maskDoesNotFit' }
        : { ok: true, value: sent },
    );
  });
});
