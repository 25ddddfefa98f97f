// Adjustments and credits as those who run the shop type them: read exactly, or not at all.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAdjustment, parseCredit, parseCustomerAdjustment } from '../../src/domain/adjustment.ts';
import { MAX_HUNDREDTHS, formatAmount, hundredths, money } from '../../src/domain/money.ts';
import { ALICE, EUR, USD, customer } from '../contracts/orders.ts';

describe('an adjustment', () => {
  it.each([
    ['-5.00 EUR paid twice', -500, EUR, 'paid twice'],
    ['\u22125 eur x', -500, EUR, 'x'],
    ['5 USD Sorry', 500, USD, 'Sorry'],
    ['+0.01  USD  a \n voucher of  Monday', 1, USD, 'a voucher of Monday'],
  ])('is read: %j', (text, amount, currency, why) => {
    const value = { customer: ALICE, amount: money(amount, currency), why };
    expect(parseAdjustment(text, ALICE)).toEqual({ ok: true, value });
    expect(parseCustomerAdjustment(`42 ${text}`)).toEqual({ ok: true, value: { ...value, customer: customer(42) } });
  });

  it.each([
    '',
    '5',
    '-5 EUR',
    '-5 EUR ',
    'EUR 5 x',
    '0 EUR x',
    '-0.00 EUR x',
    '1.234 EUR x',
    '1,50 EUR x',
    '- 5 EUR x',
    '--5 EUR x',
    '5 EURO x',
    '999999999999 EUR x',
    `5 EUR ${'x'.repeat(201)}`,
  ])('is none: %j', (text) => {
    expect(parseAdjustment(text, ALICE).ok).toBe(false);
    expect(parseCustomerAdjustment(`42 ${text}`).ok).toBe(false);
  });

  it.each(['-5 EUR x', '0 -5 EUR x', '-42 5 EUR x', '99999999999999999 5 EUR x', '4.2 5 EUR x'])('is of nobody: %j', (text) => {
    expect(parseCustomerAdjustment(text).ok).toBe(false);
  });

  it('is any amount, exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: MAX_HUNDREDTHS }), fc.boolean(), (amount, isLess) => {
        const signed = hundredths(isLess ? -amount : amount);
        expect(parseAdjustment(`${formatAmount(signed)} EUR x`, ALICE)).toMatchObject({ value: { amount: money(signed, EUR) } });
      }),
    );
  });
});

describe('a credit', () => {
  it.each([
    ['100 USD', 10_000, USD],
    [' 0.50  eur ', 50, EUR],
    ['0 EUR', 0, EUR],
  ])('is read: %j', (text, amount, currency) => {
    expect(parseCredit(text)).toEqual({ ok: true, value: money(amount, currency) });
  });

  it.each(['', '100', 'USD', '-100 USD', '+100 USD', '1.234 USD', '100 USD please', '100USD', '99999999999 USD'])(
    'is none: %j',
    (text) => {
      expect(parseCredit(text).ok).toBe(false);
    },
  );
});
