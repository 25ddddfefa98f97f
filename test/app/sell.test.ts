// How each family is bought: the exact body that leaves the house, and what its answer leaves for the buyer, against the simulator.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createPrepareSale } from '../../src/app/sell.ts';
import type { OrderTerms } from '../../src/domain/order.ts';
import { instant } from '../../src/domain/time.ts';
import { money } from '../../src/domain/money.ts';
import { USD, orderId, reference, termsOf } from '../contracts/orders.ts';
import { openShop } from '../adapters/evsb/shop.ts';
import { productId } from '../domain/sample-catalog.ts';

const shop = await openShop();
afterAll(shop.close);
beforeEach(() => shop.simulator.control.setSwitches({ billSuccessCode: '10' }));

const prepareSale = createPrepareSale(shop.supplier);
let last = 0;

const sale = (product: number, amount: number, terms: Partial<OrderTerms>) => {
  last += 1;
  const sum = money(amount, USD);
  const given = {
    productId: productId(product),
    sent: { as: 'send', amount: sum },
    cost: sum,
    pay: sum,
    fields: {},
    ...terms,
  } as const;
  return prepareSale(termsOf(orderId(last), given), reference(last), instant(Date.now()));
};

const bodyOf = ({ prepared }: ReturnType<typeof sale>): unknown => JSON.parse(prepared.body);
const soldWith = () => shop.simulator.books.honoured.at(-1);

describe('a voucher', () => {
  it('brings its code', async () => {
    const bought = sale(8201, 1_000, { family: 'voucher' });
    expect(bodyOf(bought)).toMatchObject({ amountToSendX100: 1_000 });
    expect(await bought.send()).toMatchObject({
      kind: 'charged',
      delivery: { place: 'here', found: { voucher: { code: soldWith()?.code }, receipt: null } },
    });
  });
});

describe('a top-up', () => {
  it('sends the number and what arrives or is paid, and leaves a receipt without a code', async () => {
    const bought = sale(8612, 1_000, { family: 'recharge', fields: { account: '5352344000' } });
    expect(bodyOf(bought)).toMatchObject({ account: '5352344000', amountToSendX100: 1_000 });
    expect(bodyOf(bought)).not.toHaveProperty('destinationAmountX100');
    const outcome = await bought.send();
    expect(outcome).toMatchObject({
      kind: 'charged',
      delivery: { place: 'here', found: { token: null, voucher: null, receipt: { authorisation: null, extra: [] } } },
    });
    expect(soldWith()).toMatchObject({ localReference: last, account: '5352344000' });
  });

  it('sends each field under the supplier’s key, and the item that was chosen', async () => {
    const typed = { account: 'ana.000@mail.example', receiverEmail: 'bea@mail.example' };
    const login = sale(8603, 9_900, { family: 'recharge', fields: typed });
    expect(bodyOf(login)).toMatchObject(typed);
    expect(await login.send()).toMatchObject({ kind: 'charged' });
    const dynamic = { id: 'CARACOLA-S', description: '2 GB', endsAt: null };
    const bundle = sale(8613, 700, { family: 'recharge', fields: { account: '5352344000' }, dynamic });
    expect(bodyOf(bundle)).toMatchObject({ dynamicProductId: 'CARACOLA-S' });
    expect(await bundle.send()).toMatchObject({ kind: 'charged', delivery: { place: 'here' } });
  });

  it.each([
    ['9990', '600000000', { kind: 'charged', delivery: { place: 'here' } }],
    ['9990', '600000001', { kind: 'rejected', reason: 'operatorRefused', resultCode: '971' }],
    ['9990', '600000002', { kind: 'unclear', resultCode: '990', delivery: null }],
  ])('of %s for %s comes to what the supplier says', async (product, account, expected) => {
    expect(await sale(Number(product), 500, { family: 'recharge', fields: { account } }).send()).toMatchObject(expected);
  });
});

describe('a supermarket voucher', () => {
  const holder = { documentNumber: '12345678Z', firstName: 'Ana', surname: 'Núñez' };

  it('is in the name of its holder, and brings its code', async () => {
    const bought = sale(8701, 5_000, { family: 'supermarket', fields: { ...holder, documentType: 'PASSPORT' } });
    expect(bodyOf(bought)).toMatchObject({ ...holder, documentType: 'PASSPORT', amountToSendX100: 5_000 });
    expect(await bought.send()).toMatchObject({
      kind: 'charged',
      delivery: { place: 'here', found: { voucher: { code: soldWith()?.code }, receipt: null } },
    });
  });

  it('names no kind of document that the supplier does not know', () => {
    const body = bodyOf(sale(8701, 5_000, { family: 'supermarket', fields: { ...holder, documentType: 'LIBRARY_CARD' } }));
    expect(JSON.stringify(body)).not.toContain('LIBRARY_CARD');
  });

  it('of the test product takes its outcome from the document', async () => {
    const of = (documentNumber: string) => sale(9993, 5_000, { family: 'supermarket', fields: { documentNumber } }).send();
    expect(await of('X0000000')).toMatchObject({ delivery: { found: { voucher: { code: 'FDSAGHJKLREWQTYUIO' } } } });
    expect(await of('X0000005')).toMatchObject({ kind: 'rejected', reason: 'accountRefused', resultCode: '931' });
  });

  it('without a document is a bug, not a purchase', () => {
    expect(() => sale(8701, 5_000, { family: 'supermarket' })).toThrow('without a document');
  });
});

/** Everything that a line of Grillo Teléfonos owes. */
const billOf = (phone: string) => ({
  values: [{ key: 'phone', value: phone }],
  returned: [{ key: 'transaction_code', value: `GR-${phone}` }],
  invoices: [],
});

describe('a bill', () => {
  it.each(['10', '0'] as const)('that is paid with code %s leaves its authorisation', async (billSuccessCode) => {
    shop.simulator.control.setSwitches({ billSuccessCode });
    // Each run has an account of its own: what was paid once is not owed twice.
    const phone = billSuccessCode === '10' ? '5512345678' : '5512345679';
    const owed = 39_900 + 41_000 + Number(phone.slice(-3));
    const paid = sale(8803, owed, { family: 'bill', bill: billOf(phone) });
    expect(bodyOf(paid)).toMatchObject({
      amountToSendX100: owed,
      additionalData: expect.arrayContaining([
        { key: 'phone', value: phone },
        { key: 'transaction_code', value: `GR-${phone}` },
      ]) as unknown,
    });
    expect(await paid.send()).toMatchObject({
      kind: 'charged',
      delivery: {
        place: 'here',
        found: { voucher: null, receipt: { authorisation: expect.stringMatching(/^TXN-/) as unknown } },
      },
    });
  });

  it('names the invoices that were chosen', async () => {
    const paid = sale(8802, 13_500, {
      family: 'bill',
      bill: {
        values: [
          { key: 'contract', value: '12345650' },
          { key: 'district', value: 'NORTE' },
        ],
        returned: [{ key: 'transaction_code', value: 'MN-12345650' }],
        invoices: ['MANANTIAL-12345650-2'],
      },
    });
    expect(bodyOf(paid)).toMatchObject({ invoiceNumbers: ['MANANTIAL-12345650-2'] });
    expect(await paid.send()).toMatchObject({ kind: 'charged' });
  });

  it('is sent at cost, whatever the buyer pays', () => {
    const paid = sale(8803, 50_000, {
      family: 'bill',
      bill: billOf('5512345670'),
      pay: money(52_000, USD),
      cost: money(50_000, USD),
    });
    expect(bodyOf(paid)).toMatchObject({ amountToSendX100: 50_000 });
  });

  it('of another amount than what is owed is rejected', async () => {
    expect(await sale(8803, 5, { family: 'bill', bill: billOf('5512345670') }).send()).toMatchObject({
      kind: 'rejected',
      resultCode: '927',
    });
  });

  it('without its payment is a bug, not a purchase', () => {
    expect(() => sale(8803, 100, { family: 'bill' })).toThrow('without its payment');
  });
});

describe('an answer that contradicts itself', () => {
  it('is unclear, and keeps the code that it brought', async () => {
    shop.simulator.control.planFaults({ kind: 'contradiction' });
    const bought = sale(8701, 5_000, { family: 'supermarket', fields: { documentNumber: '12345678Z' } });
    expect(await bought.send()).toMatchObject({
      kind: 'unclear',
      delivery: { place: 'here', found: { voucher: { code: soldWith()?.code }, receipt: null } },
    });
  });

  it('to a bill is unclear, and keeps its authorisation', async () => {
    shop.simulator.control.planFaults({ kind: 'contradiction' });
    expect(await sale(8803, 81_580, { family: 'bill', bill: billOf('5512345680') }).send()).toMatchObject({
      kind: 'unclear',
      delivery: { place: 'here', found: { receipt: { authorisation: expect.stringMatching(/^TXN-/) as unknown } } },
    });
  });
});
