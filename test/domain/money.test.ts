import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MAX_HUNDREDTHS,
  convertBackUp,
  convertDown,
  formatAmount,
  hundredths,
  parseAmount,
  parseCurrency,
  parseRate,
} from '../../src/domain/money.ts';
import type { Rate } from '../../src/domain/money.ts';

const rateOf = (text: string): Rate => {
  const parsed = parseRate(text);
  if (!parsed.ok) throw new Error(`not a rate: ${text}`);
  return parsed.value;
};

describe('parseAmount', () => {
  it.each([
    ['25', 2500],
    ['25.5', 2550],
    ['25,50', 2550],
    ['0.05', 5],
    ['1 000', 100_000],
    ['1.000,50', 100_050],
    ['1,000.50', 100_050],
    ['1.000', 100_000],
    ['1,000,000', 100_000_000],
    ["1'000", 100_000],
    ['  7 ', 700],
    ['21474836.47', MAX_HUNDREDTHS],
    ['٢٥', 2500],
    ['۲۵', 2500],
    ['٢٥٫٥٠', 2550],
    ['٢٥،٥', 2550],
    ['١٬٠٠٠٫٥٠', 100_050],
    ['1\u00a0000,50', 100_050],
    ['1\u202f000,50', 100_050],
  ])('reads %j as %i hundredths', (text, expected) => {
    expect(parseAmount(text)).toEqual({ ok: true, value: expected });
  });

  it.each([
    '',
    'abc',
    '-5',
    '+5',
    '1.2.3',
    '12.345.6',
    '1,00,000',
    '1.000.50',
    '5 EUR',
    '٢٥٫',
    '1٫000',
    '25٬50',
    '1٬0000',
    '१२',
    '1e3',
    '0x10',
    '.5',
    '5.',
    '12.3456',
    '🙂',
  ])('refuses %j', (text) => {
    expect(parseAmount(text)).toEqual({ ok: false, error: 'notAnAmount' });
  });

  it.each(['21474836.48', '99999999999999999999'])('refuses %s as more than eVSB can carry', (text) => {
    expect(parseAmount(text)).toEqual({ ok: false, error: 'tooLarge' });
  });

  it('is the inverse of formatAmount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MAX_HUNDREDTHS }), (value) => {
        expect(parseAmount(formatAmount(hundredths(value)))).toEqual({ ok: true, value });
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(typeof parseAmount(text).ok).toBe('boolean');
      }),
    );
  });
});

describe('formatAmount', () => {
  it.each([
    [0, '0.00'],
    [5, '0.05'],
    [-5, '-0.05'],
    [1500, '15.00'],
    [-123_456, '-1234.56'],
  ])('%i hundredths are %s', (value, text) => {
    expect(formatAmount(hundredths(value))).toBe(text);
  });
});

describe('hundredths', () => {
  it.each([1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('%d is a bug', (value) => {
    expect(() => hundredths(value)).toThrow('Not an amount');
  });
});

describe('parseCurrency', () => {
  it.each(['eur', 'EURO', 'EU', '', 'E1R'])('refuses %j', (text) => {
    expect(parseCurrency(text).ok).toBe(false);
  });
});

describe('rates', () => {
  it.each([
    ['22', { units: '22', scale: 0 }],
    ['16.9', { units: '169', scale: 1 }],
    ['0.058', { units: '58', scale: 3 }],
  ])('reads %s exactly', (text, expected) => {
    expect(parseRate(text)).toEqual({ ok: true, value: expected });
  });

  it.each(['0', '0.000', '-1', '1e3', '', '1,5', '.5'])('refuses %j', (text) => {
    expect(parseRate(text)).toEqual({ ok: false, error: 'notARate' });
  });

  it('converts where floats go wrong: 30 x 16.9 is 507, not 506', () => {
    expect(convertDown(hundredths(30), rateOf('16.9'))).toBe(507);
    expect(convertBackUp(hundredths(507), rateOf('16.9'))).toBe(30);
  });

  it('there and back: what must be sent for what arrives is never more than what was sent, and always enough', () => {
    const rates = fc
      .tuple(fc.integer({ min: 1, max: 10_000_000 }), fc.integer({ min: 0, max: 6 }))
      .map(([units, scale]): Rate => ({
        units: String(units),
        scale,
      }));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), rates, (amount, rate) => {
        const value = hundredths(amount);
        expect(convertBackUp(convertDown(value, rate), rate)).toBeLessThanOrEqual(value);
        expect(convertDown(convertBackUp(value, rate), rate)).toBeGreaterThanOrEqual(value);
      }),
    );
  });
});
