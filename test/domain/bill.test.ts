import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPayable, mayBePaid, priceOfPayment, referencesAt, sumOfChosen, totalOf } from '../../src/domain/bill.ts';
import type { Debt, Invoice, Payment } from '../../src/domain/bill.ts';
import { CUP, EUR, cents } from './sample-catalog.ts';

const currencies = { saleCurrency: EUR, destinationCurrency: CUP };

const invoice = (reference: string | null, send: number | null, changes: Partial<Invoice> = {}): Invoice => ({
  reference,
  send,
  receive: send,
  fee: 0,
  destinationCurrency: null,
  date: null,
  expirationDate: null,
  eligible: true,
  ...changes,
});

const debtOf = (paymentType: Debt['paymentType'], invoices: readonly Invoice[], changes: Partial<Debt> = {}): Debt => ({
  paymentType,
  invoices,
  send: 7_000,
  receive: 7_000,
  fee: 0,
  destinationCurrency: null,
  pending: invoices.length,
  returned: [],
  ...changes,
});

const two = [invoice('A', 2_000), invoice('B', 3_000, { receive: 2_900, fee: 50 })];
const whole: Payment = { kind: 'whole' };
const chosen = (...references: string[]): Payment => ({ kind: 'invoices', references });
const amount = (value: number): Payment => ({ kind: 'amount', amount: cents(value) });

describe('an invoice', () => {
  it.each([
    ['may be paid', invoice('A', 1), true],
    ['of nothing may not', invoice('A', 0), false],
    ['of an unknown amount may not', invoice('A', null), false],
    ['that a payment can not name may not', invoice(null, 1), false],
    ['in dispute may not', invoice('A', 1, { eligible: false }), false],
  ])('%s', (_name, each, expected) => {
    expect(mayBePaid(each)).toBe(expected);
  });
});

describe('a debt', () => {
  it.each([
    ['TOTAL', debtOf('TOTAL', []), true],
    ['TOTAL of nothing', debtOf('TOTAL', [], { send: 0 }), false],
    ['TOTAL of an unknown amount', debtOf('TOTAL', two, { send: null }), false],
    ['DISCRETE', debtOf('DISCRETE', two), true],
    ['DISCRETE without invoices', debtOf('DISCRETE', []), false],
    ['DISCRETE with none that may be paid', debtOf('DISCRETE', [invoice('A', 1, { eligible: false })]), false],
    ['OPEN', debtOf('OPEN', two), true],
    ['OPEN that owes nothing', debtOf('OPEN', [], { send: 0 }), true],
    ['OPEN of an unknown amount', debtOf('OPEN', [], { send: null }), true],
  ])('%s has something to pay: %s', (_name, debt, expected) => {
    expect(isPayable(debt)).toBe(expected);
  });

  it('has its invoices by their places, and says all that is owed where it is known', () => {
    const debt = debtOf('DISCRETE', [...two, invoice(null, 1)]);
    expect(referencesAt(debt, [1, 0, 2, 9])).toEqual(['B', 'A']);
    expect(totalOf(debt, EUR)).toEqual({ hundredths: 7_000, currency: 'EUR' });
    expect(totalOf({ ...debt, send: null }, EUR)).toBeNull();
  });
});

describe('the price of a payment', () => {
  it.each([
    ['the whole', debtOf('TOTAL', [invoice('A', 7_000)]), whole, [7_000, 7_000, CUP, 0]],
    ['the whole with its fee', debtOf('TOTAL', [], { receive: 6_900, fee: 30 }), whole, [7_000, 6_900, CUP, 30]],
    ['the whole with the fee of an invoice', debtOf('TOTAL', two), whole, [7_000, 7_000, CUP, 50]],
    ['the whole where nothing else is said', debtOf('TOTAL', [], { receive: null, fee: null }), whole, [7_000, 7_000, EUR, 0]],
    ['the whole of another currency', debtOf('TOTAL', [], { destinationCurrency: 'USD' }), whole, [7_000, 7_000, 'USD', 0]],
    ['the whole of no currency', debtOf('TOTAL', [], { receive: 1, destinationCurrency: '?' }), whole, [7_000, 7_000, EUR, 0]],
    ['one invoice', debtOf('DISCRETE', two), chosen('A'), [2_000, 2_000, CUP, 0]],
    ['one invoice of many with a fee', debtOf('DISCRETE', two, { fee: 50 }), chosen('A'), [2_000, 2_000, CUP, 0]],
    ['one invoice with a fee of the total', debtOf('DISCRETE', two, { fee: 70 }), chosen('A'), [2_000, 2_000, CUP, 20]],
    ['two invoices', debtOf('DISCRETE', two), chosen('B', 'A'), [5_000, 4_900, CUP, 50]],
    ['an amount', debtOf('OPEN', [], { fee: 12 }), amount(1), [1, 1, EUR, 12]],
    ['an amount beside an invoice with a fee', debtOf('OPEN', two), amount(1), [1, 1, EUR, 50]],
    ['an amount in advance', debtOf('OPEN', [], { send: 0 }), amount(9_999), [9_999, 9_999, EUR, 0]],
  ])('is that of %s', (_name, debt, payment, [send, receive, currency, fee]) => {
    expect(priceOfPayment(debt, payment, currencies)).toEqual({
      ok: true,
      value: { send: { hundredths: send, currency: 'EUR' }, receive: { hundredths: receive, currency }, fee },
    });
  });

  it.each([
    ['a whole that is paid by now', debtOf('TOTAL', [], { send: 0 }), whole],
    ['a whole that is not known any more', debtOf('TOTAL', [], { send: null }), whole],
    ['an invoice that is gone', debtOf('DISCRETE', two), chosen('A', 'C')],
    ['an invoice that is in dispute by now', debtOf('DISCRETE', [invoice('A', 1, { eligible: false })]), chosen('A')],
    ['no invoice', debtOf('DISCRETE', two), chosen()],
    ['nothing', debtOf('OPEN', two), amount(0)],
    ...(['DISCRETE', 'OPEN'] as const).map((type) => [`the whole of a ${type}`, debtOf(type, two), whole] as const),
    ...(['TOTAL', 'OPEN'] as const).map((type) => [`invoices of a ${type}`, debtOf(type, two), chosen('A')] as const),
    ...(['TOTAL', 'DISCRETE'] as const).map((type) => [`an amount of a ${type}`, debtOf(type, two), amount(1)] as const),
  ] as const)('is not there for %s', (_name, debt, payment) => {
    expect(priceOfPayment(debt, payment, currencies)).toEqual({ ok: false, error: 'gone' });
  });

  it('of chosen invoices is their sum, in whatever order they were chosen, and the sum that was shown', () => {
    const invoices = fc
      .array(fc.record({ send: fc.integer({ min: 1, max: 900_000 }), eligible: fc.boolean(), isChosen: fc.boolean() }), {
        maxLength: 12,
      })
      .map((rows) => rows.map((row, i) => ({ ...row, reference: `I-${i}` })));
    fc.assert(
      fc.property(invoices, fc.boolean(), (rows, isReversed) => {
        const debt = debtOf(
          'DISCRETE',
          rows.map(({ reference, send, eligible }) => invoice(reference, send, { eligible })),
        );
        const wanted = rows.filter(({ isChosen }) => isChosen);
        const references = wanted.map(({ reference }) => reference);
        const price = priceOfPayment(debt, chosen(...(isReversed ? references.toReversed() : references)), currencies);
        const isPossible = wanted.length > 0 && wanted.every(({ eligible }) => eligible);
        expect(price.ok).toBe(isPossible);
        if (!price.ok) return;
        expect(price.value.send.hundredths).toBe(wanted.reduce((sum, { send }) => sum + send, 0));
        expect(price.value.send.hundredths).toBe(sumOfChosen(debt, references));
      }),
    );
  });
});
