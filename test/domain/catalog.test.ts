import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAmount, composeCatalog, findOperator } from '../../src/domain/catalog.ts';
import { LIST, cents, entry, listOf, listed, productId, rangeOf, sampleCatalog } from './sample-catalog.ts';

const names = (operators: readonly { readonly name: string }[]): readonly string[] => operators.map((operator) => operator.name);

describe('composeCatalog', () => {
  it('sells only what the overlay names', () => {
    expect(sampleCatalog.products.has(productId(5))).toBe(false);
    expect(sampleCatalog.products.get(LIST)?.brand).toBe('Lumbre Home');
  });

  it("groups a country's products by brand, named after the smallest product id", () => {
    const palmera = findOperator(sampleCatalog, productId(2));
    expect(palmera?.products.map((product) => product.id)).toEqual([2, 4, 3]);
    expect(palmera?.products.every((product) => product.operatorId === 2)).toBe(true);
  });

  it('lists countries and operators by name', () => {
    expect(names(sampleCatalog.countries)).toEqual(['Cuba', 'Spain']);
    expect(names(sampleCatalog.operators).slice(0, 2)).toEqual(['Café 0', 'Café 1']);
  });

  it('keeps products of an assumed unit out, except where they may be sold', () => {
    const overlay = { '1': entry('Lumbre', { unit: 'assumed' }) };
    expect(composeCatalog([listed(1)], overlay, false).products.size).toBe(0);
    expect(composeCatalog([listed(1)], overlay, true).products.size).toBe(1);
  });

  it('gives an account field the listed mask, unless it has its own', () => {
    const account = { name: 'account', kind: 'phone', mask: null } as const;
    const masks = (own: string | null) =>
      composeCatalog(
        [listed(1, { mask: '53########' })],
        { '1': entry('A', { fields: [{ ...account, mask: own }] }) },
        false,
      ).products.get(LIST)?.fields[0]?.mask;
    expect(masks(null)).toBe('53########');
    expect(masks('5########')).toBe('5########');
  });
});

describe('checkAmount', () => {
  const range = rangeOf(1_100, 5_500, 10);
  it.each([
    ['a listed value', listOf(1_000, 2_500), 2_500, { ok: true, value: 2_500 }],
    ['an unlisted value', listOf(1_000, 2_500), 2_000, { ok: false, error: { kind: 'notListed' } }],
    ['the lower bound', range, 1_100, { ok: true, value: 1_100 }],
    ['the upper bound', range, 5_500, { ok: true, value: 5_500 }],
    ['below the range', range, 1_099, { ok: false, error: { kind: 'tooSmall', least: 1_100 } }],
    ['above the range', range, 5_501, { ok: false, error: { kind: 'tooLarge', most: 5_500 } }],
    ['off step, nearer below', range, 1_114, { ok: false, error: { kind: 'offStep', step: 10, nearest: 1_110 } }],
    ['off step, nearer above', range, 1_115, { ok: false, error: { kind: 'offStep', step: 10, nearest: 1_120 } }],
    ['off step, nothing above', rangeOf(100, 195, 10), 195, { ok: false, error: { kind: 'offStep', step: 10, nearest: 190 } }],
  ])('%s', (_name, rule, amount, expected) => {
    expect(checkAmount(rule, cents(amount))).toEqual(expected);
  });

  it('suggests only amounts that it would accept', () => {
    fc.assert(
      fc.property(
        fc.nat(10_000),
        fc.nat(10_000),
        fc.integer({ min: 1, max: 500 }),
        fc.nat(25_000),
        (from, width, step, amount) => {
          const rule = rangeOf(from, from + width, step);
          const checked = checkAmount(rule, cents(amount));
          if (!checked.ok && checked.error.kind === 'offStep') expect(checkAmount(rule, checked.error.nearest).ok).toBe(true);
          else expect(checked.ok).toBe(amount >= from && amount <= from + width && (amount - from) % step === 0);
        },
      ),
    );
  });
});
