// The catalogue holds what clients must cope with, and is listed in the documented fields.
import { describe, expect, it } from 'vitest';
import { snapshots } from '../../../src/sandbox/evsb/catalogue/snapshots.ts';
import type { Family } from '../../../src/sandbox/evsb/catalogue/product.ts';
import { isSellable } from '../../../src/sandbox/evsb/prices.ts';
import { openTill, terminalId } from './till.ts';

const { first, second } = snapshots;
const brandOf = (name: string): string => name.split(' - ')[0] ?? '';

describe('catalogue', () => {
  it('has enough of everything to fill pages', () => {
    const brands = new Set(first.map((product) => `${product.countryId} ${brandOf(product.name)}`));
    const brandsOf = (countryId: number) => [...brands].filter((brand) => brand.startsWith(`${countryId} `)).length;
    expect(brands.size).toBeGreaterThan(12);
    expect(new Set(first.map((product) => product.countryId)).size).toBe(5);
    expect(new Set(first.map((product) => product.topupType)).size).toBeGreaterThanOrEqual(4);
    expect(brandsOf(484)).toBeGreaterThan(8);
    expect(first.some((product) => product.amounts.type === 'by_list' && product.amounts.list.length > 8)).toBe(true);
    expect(new Set(first.map((product) => product.saleCurrency))).toEqual(new Set(['EUR', 'USD', 'MXN']));
    expect(new Set(first.map((product) => product.destinationCurrency))).toEqual(new Set(['EUR', 'USD', 'MXN', 'CUP', 'BRL']));
  });

  it('has the oddities that real catalogues have', () => {
    expect(first.some((product) => product.name.includes('  '))).toBe(true);
    expect(first.some((product) => product.exchangeRate === null)).toBe(true);
    expect(first.some((product) => product.amounts.type === 'by_tier')).toBe(true);
    expect(first.some((product) => !product.routed)).toBe(true);
    expect(new Set(first.filter((product) => product.countryId === 484).map((product) => product.country))).toEqual(
      new Set(['Mexico', 'México']),
    );
  });

  it('uses each number once, ascending list amounts, and ranges that end on a step', () => {
    for (const products of [first, second]) {
      expect(new Set(products.map((product) => product.articleId)).size).toBe(products.length);
      for (const { name, amounts } of products) {
        if (amounts.type === 'by_range') expect((amounts.to - amounts.from) % amounts.step, name).toBe(0);
        else
          expect(
            [...amounts.list].sort((left, right) => left - right),
            name,
          ).toEqual(amounts.list);
      }
    }
  });

  it('prices every item of a dynamic product as something that is on sale', () => {
    const items = first.flatMap(({ amounts, dynamicItems }) => dynamicItems.map((item) => ({ amounts, item })));
    expect(items.length).toBeGreaterThan(8);
    for (const { amounts, item } of items) expect(isSellable(amounts, item.amountToSendX100), item.id).toBe(true);
  });

  it('has every family, with what its purchases need', () => {
    const numbersOf = (family: Family) =>
      first.filter((product) => product.family === family).map((product) => product.articleId);
    expect(numbersOf('recharge')).toEqual([8601, 8602, 8603, 8611, 8612, 8613, 9990]);
    expect(numbersOf('supermarket')).toEqual([8701, 8702, 9993]);
    expect(numbersOf('bill')).toEqual([8801, 8802, 8803, 8804, 9992, 9989]);
    for (const { family, bill, requires, name } of first) {
      expect(bill !== null, name).toBe(family === 'bill');
      if (family === 'supermarket') expect(requires, name).toContain('documentNumber');
    }
  });

  it('changes in every way between the two snapshots', () => {
    const ids = (products: typeof first) => new Set(products.map((product) => product.articleId));
    expect([...ids(first)].filter((id) => !ids(second).has(id))).toEqual([8105, 8203, 8306]);
    expect([...ids(second)].filter((id) => !ids(first).has(id))).toEqual([8405]);
    const find = (id: number) => second.find((product) => product.articleId === id);
    expect(find(8402)?.exchangeRate).toBeNull();
    expect(find(8302)?.amounts.type).toBe('by_tier');
    expect(find(8107)?.routed).toBe(true);
  });
});

describe('portfolio', () => {
  it('is a bare array of one terminal, in the documented fields', async () => {
    const till = await openTill();
    const { json } = await till.get('/product/portfolio');
    expect(json).toMatchObject([{ terminalId, products: expect.arrayContaining([]) as unknown }]);
    expect(json).toHaveProperty([0, 'products', 0], {
      articleId: 8101,
      name: 'Alondra Books - Gift Card',
      countryId: 484,
      country: 'Mexico',
      topupType: 'Gift Cards',
      mask: null,
      amountType: 'by_list',
      saleAmount: { from: null, to: null, step: null, list: [10_000, 20_000, 30_000, 50_000, 100_000] },
      exchangeRate: 1,
      saleCurrency: 'MXN',
      destinationCurrency: 'MXN',
      discount: null,
      region: null,
      serviceFee: 0,
      productDescription: first[0]?.productDescription,
    });
    expect(json).toHaveProperty([0, 'products', 1, 'saleAmount'], { from: 5_000, to: 200_000, step: 500, list: [] });
  });

  it('hides the dummies when told to, and is an empty array without products', async () => {
    const till = await openTill({ dummiesListed: false });
    expect((await till.get('/product/portfolio')).text).not.toContain('Dummy');
    till.simulator.control.setSwitches({ dummiesListed: true });
    const listed = (await till.get('/product/portfolio')).text;
    for (const number of [9989, 9990, 9991, 9992, 9993, 9994, 9995]) expect(listed).toContain(`"articleId":${number}`);
    till.simulator.control.useSnapshot('empty');
    expect((await till.get('/product/portfolio')).json).toEqual([]);
  });
});
