// Bills before they are paid: what a biller asks for, what an account owes, and failures that have no receipt.
import { describe, expect, it } from 'vitest';
import { askInvoices, openTill, pairsOf, terminalId } from './till.ts';
import type { Till } from './till.ts';

const parameters = (till: Till, operatorId: number, terminal = terminalId) =>
  till.get(`/post-paid/bill-payment/parameters/${terminal}/${operatorId}`);
const amounts = (amountX100: number, currency: string, feeX100 = 0) => ({
  amountToSendX100: amountX100,
  destinationAmountX100: amountX100,
  serviceFeeX100: feeX100,
  totalAmountX100: amountX100 + feeX100,
  destinationCurrency: currency,
});

describe('parameters', () => {
  it.each([9992, 9989])('of the test product %i', async (operatorId) => {
    const till = await openTill();
    expect((await parameters(till, operatorId)).json).toEqual({
      rc: 0,
      message: 'OK',
      front: [{ name: 'account', label: 'Contract or Account Number', type: 'INPUT', list: [], minLength: 6, maxLength: 12 }],
      query: ['account'],
      pay: ['account'],
    });
  });

  it('may have choices, and keys that only the query returns', async () => {
    const till = await openTill();
    expect((await parameters(till, 8802)).json).toMatchObject({
      front: [{ name: 'contract' }, { name: 'district', type: 'SELECT', list: ['NORTE', 'CENTRO', 'SUR'] }],
      query: ['contract', 'district'],
      pay: ['contract', 'district'],
    });
    expect((await parameters(till, 8803)).json).toMatchObject({ query: ['phone'], pay: ['phone', 'transaction_code'] });
  });

  it('are refused at the root', async () => {
    const till = await openTill({ messageLanguage: 'en' });
    expect((await parameters(till, 8601)).json).toEqual({ rc: -1, message: 'Product not available in route' });
    expect((await parameters(till, 9992, 5)).json).toEqual({ rc: -1, message: 'Invalid parameters' });
  });
});

describe('invoices of the test product', () => {
  const codeAnd = (customerName: string, transactionCode: string) => pairsOf({ customerName, transactionCode });

  it('002 is the example of the guide', async () => {
    const till = await openTill();
    expect((await askInvoices(till, 9992, { account: '123456002' })).json).toEqual({
      rc: 0,
      message: 'OK',
      additionalData: codeAnd('TEST CUSTOMER C', 'ABC123XYZ3'),
      type: 'TOTAL',
      paymentType: 'TOTAL',
      pendingInvoices: 1,
      ...amounts(7_000, 'EUR'),
      items: [
        {
          ...amounts(7_000, 'EUR'),
          date: '2024-12-22',
          expirationDate: '2025-01-22',
          invoiceReference: 'INV-XYZ-0003',
          isElegible: true,
        },
      ],
    });
  });

  it('001 has three of which two may be paid, and sums up these', async () => {
    const till = await openTill();
    expect((await askInvoices(till, 9992, { account: '123456001' })).json).toMatchObject({
      additionalData: codeAnd('TEST CUSTOMER B', 'ABC123XYZ'),
      paymentType: 'DISCRETE',
      pendingInvoices: 2,
      ...amounts(5_000, 'EUR'),
      items: [
        { ...amounts(2_000, 'EUR'), invoiceReference: 'INV-XYZ-0001-1', isElegible: true },
        { ...amounts(3_000, 'EUR'), invoiceReference: 'INV-XYZ-0001-2', isElegible: true },
        { ...amounts(2_000, 'EUR'), invoiceReference: 'INV-XYZ-0001-3', isElegible: false },
      ],
    });
  });

  it.each(['123456000', '123456789'])('%s may be paid with any amount', async (account) => {
    const till = await openTill();
    expect((await askInvoices(till, 9992, { account })).json).toMatchObject({
      additionalData: codeAnd('TEST CUSTOMER A', 'ABC123XYZ2'),
      paymentType: 'OPEN',
      pendingInvoices: 1,
      ...amounts(7_000, 'EUR'),
    });
  });

  it('other endings owe nothing under the switch, and only they', async () => {
    const till = await openTill({ dummy9992Other: 'nothing' });
    expect((await askInvoices(till, 9992, { account: '123456789' })).json).toMatchObject({
      rc: 0,
      pendingInvoices: 0,
      amountToSendX100: 0,
      items: [],
    });
    for (const account of ['123456000', '123456001', '123456002']) {
      expect((await askInvoices(till, 9992, { account })).json).not.toMatchObject({ items: [] });
    }
    expect((await askInvoices(till, 8801, { service_number: '1234567890' })).json).toMatchObject({ pendingInvoices: 1 });
  });

  it('9989 has no invoice query', async () => {
    const till = await openTill();
    expect((await askInvoices(till, 9989, { account: '123456000' })).status).toBe(404);
  });
});

describe('invoices of billers', () => {
  it.each([
    [8801, { service_number: '1234567890' }, 'OPEN', 'transactionCode', 'FA-1234567890', [38_900], 1],
    [8802, { contract: '12345678', district: 'SUR' }, 'DISCRETE', 'transaction_code', 'MN-12345678', [12_678, 13_500, 9_900], 2],
    [8803, { phone: '5512345020' }, 'TOTAL', 'transaction_code', 'GR-5512345020', [39_900, 41_020], 2],
  ])('%i', async (operatorId, keys, paymentType, key, value, owed, pendingInvoices) => {
    const till = await openTill();
    const { json } = await askInvoices(till, operatorId, keys);
    expect(json).toMatchObject({
      type: paymentType,
      paymentType,
      pendingInvoices,
      additionalData: [{ key: 'customerName' }, { key, value }],
      items: owed.map((amountX100) => amounts(amountX100, 'MXN')),
    });
  });

  it('tell a fee beside the amounts', async () => {
    const till = await openTill();
    expect((await askInvoices(till, 8804, { service_number: '1234567000' })).json).toMatchObject({
      ...amounts(30_000, 'MXN', 1_200),
      items: [amounts(30_000, 'MXN', 1_200)],
    });
  });

  it('owe nothing, or are not known', async () => {
    const till = await openTill();
    expect((await askInvoices(till, 8803, { phone: '5512345999' })).json).toMatchObject({
      rc: 0,
      pendingInvoices: 0,
      totalAmountX100: 0,
      items: [],
    });
    expect((await askInvoices(till, 8803, { phone: '5512345404' })).json).toEqual({ rc: -1, message: 'Cuenta no válida' });
  });

  const refused: [what: string, operatorId: number, keys: Record<string, string>, message: string][] = [
    ['a missing key', 8802, { contract: '12345678' }, 'Parámetros no válidos'],
    ['an empty key', 8802, { contract: '', district: 'SUR' }, 'Parámetros no válidos'],
    ['a value that is too short', 8803, { phone: '551234502' }, 'Cuenta no válida'],
    ['a value that is too long', 8803, { phone: '55123450200' }, 'Cuenta no válida'],
    ['an option that is none', 8802, { contract: '12345678', district: 'OESTE' }, 'Cuenta no válida'],
    ['a product of another family', 8601, { account: '525512345000' }, 'Producto no disponible en ruta'],
  ];
  it.each(refused)('refuse %s at the root', async (_what, operatorId, keys, message) => {
    const till = await openTill();
    expect((await askInvoices(till, operatorId, keys)).json).toEqual({ rc: -1, message });
  });

  it('are asked with a bare list of keys and values, by this terminal', async () => {
    const till = await openTill();
    const path = `/post-paid/bill-payment/get-invoices/${terminalId}/8803`;
    expect((await till.post(path, { phone: '5512345020' })).status).toBe(400);
    expect((await till.post(path, [{ key: 'phone', value: 5_512_345_020 }])).status).toBe(400);
    expect((await till.get(path)).status).toBe(405);
    const foreign = await till.post('/post-paid/bill-payment/get-invoices/5/8803', pairsOf({ phone: '5512345020' }));
    expect(foreign.json).toEqual({ rc: -1, message: 'Parámetros no válidos' });
    expect(till.simulator.books).toMatchObject({ honoured: [], refused: [], balanceX100: 100_000 });
  });
});

describe('amounts that change', () => {
  const account = { account: '123456002' };

  it('with the switch, from the next query on', async () => {
    const till = await openTill();
    expect((await askInvoices(till, 9992, account)).json).toMatchObject(amounts(7_000, 'EUR'));
    till.simulator.control.setSwitches({ invoiceSurchargeX100: 150 });
    expect((await askInvoices(till, 9992, account)).json).toMatchObject({
      ...amounts(7_150, 'EUR'),
      items: [amounts(7_150, 'EUR')],
    });
  });

  it('with a fault, at the query that is named', async () => {
    const till = await openTill();
    till.simulator.control.planFaults({
      kind: 'invoicesMoved',
      surchargeX100: 25,
      match: { endpoint: 'billInvoices', nth: 2 },
    });
    const totals: unknown[] = [];
    while (totals.length < 3) totals.push((await askInvoices(till, 8803, { phone: '5512345000' })).json);
    expect(totals).toMatchObject([{ amountToSendX100: 80_900 }, { amountToSendX100: 80_950 }, { amountToSendX100: 80_950 }]);
  });
});
