import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAmount, composeCatalog, findCountry, findOperator } from '../../src/domain/catalog.ts';
import type { StopScope } from '../../src/domain/stop.ts';
import { instant } from '../../src/domain/time.ts';
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

describe('the order of the catalogue', () => {
  const inOrder = (...orders: readonly number[]) => {
    const products = orders.map((_, index) => listed(index + 1));
    const entries = orders.map((order, index) => [String(index + 1), entry('AABB'.charAt(index), { order })] as const);
    return composeCatalog(products, Object.fromEntries(entries), false).operators;
  };

  it.each([
    ['by name where none is given', [0, 0, 0, 0], ['A', 'B'], [1, 2]],
    ["by the lowest order of an operator's products", [0, 0, 5, -1], ['B', 'A'], [1, 2]],
    ['lower first among the products of an operator', [2, 1, 0, 0], ['B', 'A'], [2, 1]],
    ['by name among equals', [7, 7, 7, 9], ['A', 'B'], [1, 2]],
  ])('is %s', (_what, orders, operators, productsOfA) => {
    const shown = inOrder(...orders);
    expect(names(shown)).toEqual(operators);
    expect(shown.find(({ name }) => name === 'A')?.products.map(({ id }) => id)).toEqual(productsOfA);
  });
});

describe('what is left out of the catalogue', () => {
  const cuba = { countryId: 192, countryName: 'Cuba' };
  const listing = [listed(1), listed(2), listed(3, cuba), listed(4, cuba)];
  const overlay = { '1': entry('A'), '2': entry('A'), '3': entry('B'), '4': entry('C') };
  const sold = (...scopes: readonly StopScope[]) => {
    const stops = scopes.map((scope) => ({ scope, by: 'operator', why: 'for a while', since: instant(0) }));
    const catalog = composeCatalog(listing, overlay, false, stops);
    expect(catalog.operators.flatMap(({ products }) => products.map(({ id }) => id)).sort()).toEqual(
      [...catalog.products.keys()].sort(),
    );
    return catalog;
  };

  it.each<[readonly StopScope[], readonly number[]]>([
    [[], [1, 2, 3, 4]],
    [[{ kind: 'all' }], []],
    [[{ kind: 'country', country: 192 }], [1, 2]],
    [[{ kind: 'operator', operator: productId(1) }], [3, 4]],
    [[{ kind: 'operator', operator: productId(2) }], [1, 2, 3, 4]],
    [[{ kind: 'product', product: productId(2) }], [1, 3, 4]],
    [
      [
        { kind: 'product', product: productId(1) },
        { kind: 'product', product: productId(4) },
      ],
      [2, 3],
    ],
  ])('are the stopped products: %j', (scopes, expected) => {
    expect([...sold(...scopes).products.keys()].sort()).toEqual(expected);
  });

  it('are operators and countries without a product on sale', () => {
    const catalog = sold({ kind: 'country', country: 192 });
    expect(names(catalog.operators)).toEqual(['A']);
    expect(findCountry(catalog, 192)).toBeNull();
    expect(sold({ kind: 'all' })).toMatchObject({ countries: [], operators: [] });
  });

  it('keeps its name when it is stopped: an operator is not called after another product meanwhile', () => {
    const catalog = sold({ kind: 'product', product: productId(1) });
    expect(findOperator(catalog, productId(1))?.products.map(({ id }) => id)).toEqual([2]);
    expect(catalog.products.get(productId(2))?.operatorId).toBe(1);
  });

  it('are hidden products, after which no operator is named', () => {
    const catalog = composeCatalog(listing, { ...overlay, '1': entry('A', { hidden: true }) }, false);
    expect([...catalog.products.keys()].sort()).toEqual([2, 3, 4]);
    expect(catalog.products.get(productId(2))?.operatorId).toBe(2);
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
