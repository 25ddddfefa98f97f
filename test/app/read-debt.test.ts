// What somebody owes: asked with what the biller wants to know, and nothing else; each failure in the shop's own words.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { InvoicesError } from '../../src/app/ports/families.ts';
import { createReadDebt, valuesOf } from '../../src/app/read-debt.ts';
import { composeCatalog } from '../../src/domain/catalog.ts';
import type { Product } from '../../src/domain/catalog.ts';
import type { Form } from '../../src/domain/form.ts';
import { fail } from '../../src/domain/result.ts';
import { openShop } from '../adapters/evsb/shop.ts';
import { entry, listed, productId } from '../domain/sample-catalog.ts';

const shop = await openShop();
afterAll(shop.close);
beforeEach(() => shop.simulator.control.setSwitches({ invoiceSurchargeX100: 0 }));

const billerOf = (id: number): Product => {
  const product = composeCatalog([listed(id)], { [id]: entry('Biller', { family: 'bill' }) }, false).products.get(productId(id));
  if (product === undefined) throw new Error('The biller is not on sale');
  return product;
};

const formWith = (...query: string[]): Form => ({ fields: [], itemsBy: null, query, pay: [], suggestions: [] });
const read = createReadDebt(shop.supplier);

describe('the values of a query', () => {
  it('are those of its keys, in its order; a key without a value is left out', () => {
    expect(valuesOf(['b', 'c', 'a'], { a: '1', b: '2', d: '4' })).toEqual([
      { key: 'b', value: '2' },
      { key: 'a', value: '1' },
    ]);
  });
});

describe('a debt at the simulator', () => {
  it('is read with the answers of the form, and again with what has changed', async () => {
    const asking = { form: formWith('phone'), fields: { phone: '5512345678' } };
    expect(await read(billerOf(8803), asking)).toMatchObject({ value: { paymentType: 'TOTAL', send: 81_578, fee: 0 } });
    shop.simulator.control.setSwitches({ invoiceSurchargeX100: 1_500 });
    expect(await read(billerOf(8803), asking)).toMatchObject({ value: { send: 84_578 } });
  });

  it.each([
    ['an account that nobody has', 8803, { phone: '5512345404' }, formWith('phone'), { kind: 'refused' }],
    ['a biller that can not be asked', 9989, { account: '123456000' }, formWith('account'), { kind: 'noQuery' }],
  ])('is not there for %s', async (_name, id, fields, form, error) => {
    expect(await read(billerOf(id), { form, fields })).toEqual({ ok: false, error });
  });
});

describe('a debt', () => {
  it('is asked for with the keys of the query, and nothing else that was typed', async () => {
    const asked: unknown[] = [];
    const reading = createReadDebt({
      invoices: (id, values) => {
        asked.push([id, values]);
        return Promise.resolve(fail({ kind: 'noQuery' }));
      },
    });
    await reading(billerOf(8802), { form: formWith('contract'), fields: { contract: '12345678', surname: 'Núñez' } });
    expect(asked).toEqual([[8802, [{ key: 'contract', value: '12345678' }]]]);
  });

  it('of a biller that wants to know nothing is not asked for', async () => {
    const before = shop.simulator.books.requests.length;
    expect(await read(billerOf(8803), { form: formWith(), fields: {} })).toEqual({ ok: false, error: { kind: 'noQuery' } });
    expect(await read(billerOf(8803), { form: null, fields: {} })).toEqual({ ok: false, error: { kind: 'noQuery' } });
    expect(shop.simulator.books.requests).toHaveLength(before);
  });

  it.each<[InvoicesError, string]>([
    [{ kind: 'refused', resultCode: '931', message: 'ANA' }, 'refused'],
    [{ kind: 'noQuery' }, 'noQuery'],
    [{ kind: 'noAnswer', reason: 'reset' }, 'supplierDown'],
    [{ kind: 'notSent', reason: 'refused' }, 'supplierDown'],
    [{ kind: 'answered', httpStatus: 500, resultCode: null, message: null }, 'supplierDown'],
    [{ kind: 'answered', httpStatus: 200, resultCode: '-1', message: 'no' }, 'notAvailable'],
  ])('that is not told because of %j is %s, without the supplier’s words', async (error, kind) => {
    const reading = createReadDebt({ invoices: () => Promise.resolve(fail(error)) });
    expect(await reading(billerOf(8803), { form: formWith('phone'), fields: {} })).toEqual({ ok: false, error: { kind } });
  });
});
