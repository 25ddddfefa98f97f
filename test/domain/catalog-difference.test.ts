// Two lists of the supplier beside each other: what came, what went, what changed, and what is only written differently.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ListedProduct } from '../../src/domain/catalog.ts';
import { CHANGED_PARTS, differences } from '../../src/domain/catalog-difference.ts';
import { CUP, listOf, listed, rangeOf, rate } from './sample-catalog.ts';

describe('differences', () => {
  it('are none between equal lists, in whatever order', () => {
    expect(differences([listed(1), listed(2)], [listed(2), listed(1)])).toEqual([]);
  });

  it('name what came and what went, by product id', () => {
    expect(differences([listed(3), listed(1)], [listed(2), listed(3), listed(4)])).toEqual([
      { kind: 'removed', product: 1 },
      { kind: 'added', product: 2 },
      { kind: 'added', product: 4 },
    ]);
  });

  it.each<[Partial<ListedProduct>, readonly string[]]>([
    [{ name: 'Another' }, ['name']],
    [{ amount: listOf(1_000, 2_500) }, ['amounts']],
    [{ amount: rangeOf(1_000, 5_000, 100) }, ['amounts']],
    [{ saleCurrency: CUP }, ['currency']],
    [{ destinationCurrency: CUP }, ['currency']],
    [{ rate: rate('11', 1) }, ['rate']],
    [{ rate: rate('1', 1) }, ['rate']],
    [{ rate: null }, ['rate']],
    [{ mask: '53########' }, ['mask']],
    [{ fee: 0.5 }, ['fee']],
    [{ fee: 1, mask: '#', rate: null, destinationCurrency: CUP, amount: listOf(1), name: 'X' }, CHANGED_PARTS],
    // Written in another way, and still the same.
    [{ rate: rate('10', 1) }, []],
    [{ rate: rate('100000', 5) }, []],
    [{ amount: listOf(5_000, 1_000, 2_500, 1_000) }, []],
    // Nothing that a sale depends on.
    [{ description: 'Other words' }, []],
  ])('name the parts that changed: %o', (changes, parts) => {
    const found = differences([listed(1)], [listed(1, changes)]);
    expect(found).toEqual(parts.length === 0 ? [] : [{ kind: 'changed', product: 1, parts }]);
  });

  it.each([
    [rangeOf(100, 900, 10), rangeOf(200, 900, 10)],
    [rangeOf(100, 900, 10), rangeOf(100, 800, 10)],
    [rangeOf(100, 900, 10), rangeOf(100, 900, 20)],
  ])('see each bound of a range', (before, after) => {
    expect(differences([listed(1, { amount: before })], [listed(1, { amount: after })])).toHaveLength(1);
  });

  const lists = fc.uniqueArray(
    fc.record({ id: fc.integer({ min: 1, max: 9 }), name: fc.constantFrom('A', 'B'), fee: fc.constantFrom(0, 1) }),
    { selector: ({ id }) => id },
  );
  const productsOf = (list: readonly { readonly id: number; readonly name: string; readonly fee: number }[]) =>
    list.map(({ id, ...rest }) => listed(id, rest));

  it('the other way round have what came for what went, and the same changes', () => {
    const turned = { added: 'removed', removed: 'added', changed: 'changed' } as const;
    fc.assert(
      fc.property(lists, lists, (a, b) => {
        const there = differences(productsOf(a), productsOf(b));
        const back = differences(productsOf(b), productsOf(a));
        expect(back).toEqual(there.map((difference) => ({ ...difference, kind: turned[difference.kind] })));
        expect(new Set(there.map(({ product }) => product)).size).toBe(there.length);
        expect(there.length === 0).toBe(
          new Set([...a, ...b].map((one) => JSON.stringify(one))).size === a.length && a.length === b.length,
        );
      }),
    );
  });
});
