// The owner's file: what is assumed where it says nothing, and every mistake with the path to it.
import { describe, expect, it } from 'vitest';
import { parseCatalogFile } from '../../../src/adapters/codec/catalog-file.ts';

const fileOf = (entry: object): string =>
  JSON.stringify({ products: { '8403': { brand: 'Habla Cerca', family: 'voucher', ...entry } } });

describe('parseCatalogFile', () => {
  it('assumes the least of a product that says nothing', () => {
    const parsed = parseCatalogFile(fileOf({}));
    expect(parsed.ok && parsed.value['8403']).toEqual({
      brand: 'Habla Cerca',
      family: 'voucher',
      fields: [],
      unit: 'assumed',
      purchaseBy: 'send',
      ceiling: null,
      revertible: false,
      dynamic: false,
      timeZone: 'UTC',
    });
  });

  it('lets a product be reverted that says so', () => {
    const parsed = parseCatalogFile(fileOf({ revertible: true }));
    expect(parsed.ok && parsed.value['8403']?.revertible).toBe(true);
  });

  it('has a product ask for its items, and read their days in its own zone', () => {
    const parsed = parseCatalogFile(fileOf({ dynamic: true, timeZone: 'America/Mexico_City' }));
    expect(parsed.ok && parsed.value['8403']).toMatchObject({ dynamic: true, timeZone: 'America/Mexico_City' });
  });

  it.each([
    [{ dynamic: 1 }, 'products.8403.dynamic: '],
    [{ timeZone: 'Madrid' }, 'products.8403.timeZone: not a time zone'],
    [{ timeZone: '' }, 'products.8403.timeZone: not a time zone'],
    [{ revertible: 'yes' }, 'products.8403.revertible: '],
    [{ ceiling: 'much' }, 'products.8403.ceiling: not an amount'],
    [{ reversible: true }, 'products.8403: '],
  ])('reports %o with its path', (entry, problem) => {
    expect(parseCatalogFile(fileOf(entry))).toEqual({ ok: false, error: [expect.stringContaining(problem)] });
  });
});
