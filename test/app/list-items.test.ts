// What a dynamic product sells: every item that can be priced without guessing, and none that can't.
import { describe, expect, it } from 'vitest';
import { createListItems } from '../../src/app/list-items.ts';
import type { DynamicVoucher } from '../../src/app/ports/supplier.ts';
import type { Product } from '../../src/domain/catalog.ts';
import { fail, ok } from '../../src/domain/result.ts';
import { got } from '../contracts/orders.ts';
import { CUP, EUR, RAFFLE, sampleCatalog } from '../domain/sample-catalog.ts';
import { silentLog } from './test-clock.ts';

const raffle = sampleCatalog.products.get(RAFFLE);
const voucherOf = (changes: Partial<DynamicVoucher> = {}): DynamicVoucher => ({
  id: 'R-1',
  description: 'A guitar',
  send: 300,
  receive: 300,
  fee: 0,
  destinationCurrency: null,
  extra: [],
  ...changes,
});

const list = async (vouchers: readonly DynamicVoucher[], changes: Partial<Product> = {}) => {
  if (raffle === undefined) throw new Error('not in the sample');
  const warnings: string[] = [];
  const log = { ...silentLog, warn: (event: string) => void warnings.push(event) };
  const supplier = { dynamicVouchers: () => Promise.resolve(ok(vouchers)), rechargeProducts: () => Promise.resolve(ok([])) };
  const items = got(await createListItems({ supplier, log })({ ...raffle, ...changes }, null));
  return { items, warnings };
};

describe('the items of a dynamic product', () => {
  it('come with what is paid, what arrives and the fee', async () => {
    const { items, warnings } = await list([voucherOf({ receive: 7_000, fee: 25, destinationCurrency: 'CUP' })]);
    expect(items).toEqual([
      {
        id: 'R-1',
        description: 'A guitar',
        endsAt: null,
        price: { send: { hundredths: 300, currency: EUR }, receive: { hundredths: 7_000, currency: CUP }, fee: 25 },
      },
    ]);
    expect(warnings).toEqual([]);
  });

  it('take no fee for none', async () => {
    expect((await list([voucherOf({ fee: null })])).items[0]?.price.fee).toBe(0);
  });

  it.each<[string, Partial<DynamicVoucher>]>([
    ['nothing to pay', { send: null }],
    ['zero to pay', { send: 0 }],
    ['nothing that arrives', { receive: null }],
    ['more than an amount can be', { send: 2 ** 31 }],
    ['a currency that is none', { destinationCurrency: 'euro' }],
    ['an id that is too long', { id: 'x'.repeat(201) }],
  ])('with %s are left out, and the log says so', async (_name, changes) => {
    const { items, warnings } = await list([voucherOf(changes), voucherOf({ id: 'R-2' })]);
    expect(items.map(({ id }) => id)).toEqual(['R-2']);
    expect(warnings).toEqual(['dynamicItemLeftOut']);
  });

  it('end on their day in the zone of the product', async () => {
    const extra = [{ key: 'EndDate', value: '2025-01-31' }];
    expect((await list([voucherOf({ extra })])).items[0]?.endsAt).toBe(Date.UTC(2025, 1, 1));
    const mexican = await list([voucherOf({ extra })], { timeZone: 'America/Mexico_City' });
    expect(mexican.items[0]?.endsAt).toBe(Date.UTC(2025, 1, 1, 6));
  });

  it('have no draw to wait for where the product is no voucher', async () => {
    for (const value of ['2025-01-31', 'soon']) {
      const { items, warnings } = await list([voucherOf({ extra: [{ key: 'endDate', value }] })], { family: 'supermarket' });
      expect([items[0]?.endsAt, warnings]).toEqual([null, []]);
    }
  });

  it('are sold also when nobody can say when they end', async () => {
    const { items, warnings } = await list([voucherOf({ extra: [{ key: 'endDate', value: 'soon' }] })]);
    expect(items).toMatchObject([{ id: 'R-1', endsAt: null }]);
    expect(warnings).toEqual(['endDateUnreadable']);
  });

  it('are cut to what a session holds', async () => {
    const { items, warnings } = await list(
      Array.from({ length: 61 }, (_, i) => voucherOf({ id: `R-${i}`, description: 'long '.repeat(100) })),
    );
    expect(items).toHaveLength(60);
    expect(items[0]?.description).toHaveLength(200);
    expect(warnings).toEqual(['dynamicItemsCut']);
  });

  it('are not known while the supplier does not tell', async () => {
    const error = { kind: 'noAnswer', reason: 'reset' } as const;
    const listItems = createListItems({
      supplier: { dynamicVouchers: () => Promise.resolve(fail(error)), rechargeProducts: () => Promise.resolve(ok([])) },
      log: silentLog,
    });
    expect(raffle && (await listItems(raffle, null))).toEqual({ ok: false, error });
  });
});
