// Search by typing: what is found as it stands, with an amount behind it, and with a slip of the finger.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeCatalog, findOperator } from '../../src/domain/catalog.ts';
import { searchOperators, searchProducts } from '../../src/domain/search.ts';
import { entry, listOf, listed, productId, rangeOf, sampleCatalog } from './sample-catalog.ts';

const names = (operators: readonly { readonly name: string }[]): readonly string[] => operators.map((operator) => operator.name);

describe('search', () => {
  it.each([
    ['lumbre', null, ['Lumbre Home']],
    ['  LUMBRE   home ', null, ['Lumbre Home']],
    ['cafe 3', 724, ['Café 3']],
    ['basket', null, ['Palmera']],
    ['palmera', 724, []],
    ['nothing like it', null, []],
    ['🙂🙂', null, []],
  ])('%j in country %j finds %j', (query, country, expected) => {
    expect(names(searchOperators(sampleCatalog, country, query))).toEqual(expected);
  });

  it.each([
    ['зеленые', 'Зелёные ёлки'],
    ['ЁЛКИ', 'Зелёные ёлки'],
    ['اسواق', 'أسواق المدينة'],
    ['أسواق المدينه', 'أسواق المدينة'],
    ['أســواق', 'أسواق المدينة'],
    ['مقهي ۲۴', 'مقهى ٢٤'],
    ['مقهی 24', 'مقهى ٢٤'],
  ])('%j finds %j, as people type it', (query, name) => {
    const shop = composeCatalog([listed(1), listed(2)], { '1': entry(name), '2': entry('Palmera') }, false);
    expect(names(searchOperators(shop, null, query))).toEqual([name]);
  });

  it('puts names that start with the query first', () => {
    const catalog = composeCatalog([listed(1), listed(2)], { '1': entry('Big Palmera'), '2': entry('Palmera') }, false);
    expect(names(searchOperators(catalog, null, 'palmera'))).toEqual(['Palmera', 'Big Palmera']);
  });

  it('finds products of an operator', () => {
    const palmera = findOperator(sampleCatalog, productId(2));
    expect(palmera && searchProducts(palmera, 'any').map((product) => product.id)).toEqual([2]);
  });

  it('survives any query', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (query) => {
        expect(Array.isArray(searchOperators(sampleCatalog, null, query))).toBe(true);
      }),
    );
  });

  it('without a query lists the whole country', () => {
    expect(searchOperators(sampleCatalog, 724, '')).toHaveLength(12);
  });
});

describe('search for more than is written', () => {
  const shop = composeCatalog(
    [
      listed(1, { amount: listOf(2_000, 10_000), name: 'Top-up' }),
      listed(2, { amount: rangeOf(1_000, 5_000, 100), name: 'Card' }),
      listed(3, { amount: listOf(10_000), name: 'Month' }),
      listed(4, { amount: listOf(10_000), name: 'Tickets' }),
    ],
    { '1': entry('Telmar'), '2': entry('Cometa TV'), '3': entry('Telmira'), '4': entry('Ventana', { dynamic: true }) },
    false,
  );

  it.each([
    ['telmar 100', ['Telmar']],
    ['100 telmar', ['Telmar']],
    ['telmar 50', []],
    ['cometa 25', ['Cometa TV']],
    ['cometa 25 75', []],
    ['ventana 100', []],
    ['100', []],
    ['telmr', ['Telmar']],
    ['temlar', ['Telmar']],
    ['telmar', ['Telmar']],
    ['telmaira', ['Telmar', 'Telmira']],
    ['cmoeta', ['Cometa TV']],
    ['cometa vt', []],
    ['ventnaa 100', []],
    ['telmr 100', ['Telmar']],
    ['tlmr', []],
  ])('%j finds %j', (query, expected) => {
    expect(names(searchOperators(shop, null, query))).toEqual(expected);
  });

  it('finds the products of an operator that take an amount', () => {
    const [telmar] = searchOperators(shop, null, 'telmar');
    const find = (query: string) => (telmar ? searchProducts(telmar, query).map(({ id }) => id) : null);
    expect(find('top 100')).toEqual([1]);
    expect(find('top 30')).toEqual([]);
    expect(find('tpo')).toEqual([]);
  });
});
