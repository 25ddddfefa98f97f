// The catalogue holds what clients must cope with, reads well, and the tour shows what it says.
import { describe, expect, it } from 'vitest';
import { snapshots } from '../../../src/sandbox/evsb/catalogue/snapshots.ts';
import { tour } from '../../../src/sandbox/evsb/tour.ts';
import type { TourStop } from '../../../src/sandbox/evsb/tour.ts';
import { codeOf, itemOf, openTill, terminalId } from './till.ts';
import type { Till } from './till.ts';

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
    expect((await till.get('/product/portfolio')).text).toContain('DummyPin');
    till.simulator.control.useSnapshot('empty');
    expect((await till.get('/product/portfolio')).json).toEqual([]);
  });
});

describe('tour', () => {
  const visit = (till: Till, stop: TourStop, reference: number) =>
    till.buy(stop.operatorId, reference, {
      amountToSendX100: stop.amountToSendX100,
      ...(stop.account === null ? {} : { account: stop.account }),
    });

  const expectations: Record<TourStop['shows'], [code: string, item: object]> = {
    immediateCode: ['10', { hasAdditionalData: false }],
    lateCode: ['10', { hasAdditionalData: true, extraInfo: null }],
    veryLateCode: ['10', { hasAdditionalData: true, extraInfo: null }],
    tokenIsCode: ['10', { hasAdditionalData: false, extraInfo: null }],
    tokenThenDetails: ['10', { hasAdditionalData: true, extraInfo: null }],
    accountNeeded: ['10', { hasAdditionalData: false }],
    emailNeeded: ['10', { hasAdditionalData: false }],
    twoCurrencies: ['10', { destinationcurrency: 'CUP' }],
    refusedByOperator: ['11', {}],
    notRouted: ['-1', {}],
    uncertain: ['990', {}],
  };

  it.each(tour)('$shows is what $operatorId does', async (stop) => {
    const till = await openTill();
    const [code, item] = expectations[stop.shows];
    const reply = await visit(till, stop, 1);
    expect(codeOf(reply)).toBe(code);
    expect(itemOf(reply)).toMatchObject(item);
    if (stop.shows === 'accountNeeded' || stop.shows === 'emailNeeded') {
      expect(codeOf(await visit(till, { ...stop, account: null }, 2))).toBe('517');
    }
  });

  it('stops once at each behaviour', () => {
    expect(tour.map((stop) => stop.shows)).toEqual(Object.keys(expectations));
  });
});
