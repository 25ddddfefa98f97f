// Bills as they are paid: the order of the checks, the rules of the payment types, and the receipt.
import { describe, expect, it } from 'vitest';
import { buyAs, codeOf, info, openTill, pairsOf, payBill, purchasePath, terminalId } from './till.ts';
import type { BillPayment } from './till.ts';

const dummy = (suffix: '000' | '001' | '002') => {
  const code = { '000': 'ABC123XYZ2', '001': 'ABC123XYZ', '002': 'ABC123XYZ3' }[suffix];
  return { account: `123456${suffix}`, customerName: 'TEST CUSTOMER', transactionCode: code };
};
const [one, two, disputed] = ['INV-XYZ-0001-1', 'INV-XYZ-0001-2', 'INV-XYZ-0001-3'] as const;

describe('order of checks', () => {
  const at = { localDateTime: '2025-01-01T12:00:00' };
  const complete = pairsOf(dummy('001'));
  const lacking = (key: string) => complete.filter((pair) => pair.key !== key);
  const named = { additionalData: complete, invoiceNumbers: [one] };
  const path = `${terminalId}/9992/7`;
  const both = { amountToSendX100: 1, destinationAmountX100: 1, localDateTime: 'today' };
  it.each<[what: string, path: string, body: object, code: string | undefined]>([
    ['foreign terminal', '5/9992/7', {}, '517'],
    ['unknown product', `${terminalId}/1/7`, {}, '-1'],
    ['product of another family', `${terminalId}/9993/7`, {}, '-1'],
    ['missing date', path, { ...both, ...named, localDateTime: '' }, '517'],
    ['missing data', path, { ...both, invoiceNumbers: [one] }, '517'],
    ['missing account', path, { ...both, ...named, additionalData: lacking('account') }, '517'],
    ['missing transaction code', path, { ...both, ...named, additionalData: lacking('transactionCode') }, '517'],
    ['missing invoices', path, { ...both, additionalData: complete }, '517'],
    ['both amounts', path, { ...both, ...named }, undefined],
    ['no amount', path, { ...named, localDateTime: 'today' }, undefined],
    ['unreadable date', path, { ...named, amountToSendX100: 1, localDateTime: 'today' }, '925'],
    ['amount', path, { ...named, ...at, amountToSendX100: 1_999 }, '927'],
    ['nothing at all', path, { ...named, ...at, amountToSendX100: 0 }, '927'],
    ['balance', path, { ...named, ...at, amountToSendX100: 2_000 }, '13'],
  ])('%s', async (_what, below, body, code) => {
    const till = await openTill({ openingBalanceX100: 0 });
    expect(codeOf(await till.post(purchasePath('bill', below), body))).toBe(code);
    expect(till.simulator.books).toMatchObject({ balanceX100: 0, honoured: [], refused: [{ code: code ?? null }] });
  });

  it('misses every key that the biller asks for, also one that decides nothing', async () => {
    const till = await openTill();
    const data = { contract: '12345678', transaction_code: 'MN-12345678' };
    const payment = { send: 13_500, invoices: ['MANANTIAL-12345678-2'] };
    expect(codeOf(await payBill(till, 8802, 1, { ...payment, data }))).toBe('517');
    expect(codeOf(await payBill(till, 8802, 2, { ...payment, data: { ...data, district: 'SUR' } }))).toBe('10');
  });

  it('puts the shape of the body before the terminal', async () => {
    const till = await openTill();
    expect((await till.post(purchasePath('bill', '5/9992/7'), { additionalData: { account: '1' } })).status).toBe(400);
  });
});

describe('rules of the payment types', () => {
  const rows: [what: string, payment: BillPayment, code: string][] = [
    ['TOTAL, all of it', { data: dummy('002'), send: 7_000 }, '10'],
    ['TOTAL, less', { data: dummy('002'), send: 6_999 }, '927'],
    ['TOTAL, more', { data: dummy('002'), send: 7_001 }, '927'],
    ['TOTAL, wrong transaction code', { data: { ...dummy('002'), transactionCode: 'ABC123XYZ' }, send: 7_000 }, '517'],
    ['OPEN, less', { data: dummy('000'), send: 1 }, '10'],
    ['OPEN, more', { data: dummy('000'), send: 9_000 }, '10'],
    ['OPEN, nothing', { data: dummy('000'), send: 0 }, '927'],
    ['OPEN, less than nothing', { data: dummy('000'), send: -1 }, '927'],
    ['DISCRETE, one', { data: dummy('001'), send: 3_000, invoices: [two] }, '10'],
    ['DISCRETE, two', { data: dummy('001'), send: 5_000, invoices: [two, one] }, '10'],
    ['DISCRETE, wrong sum', { data: dummy('001'), send: 4_000, invoices: [one, two] }, '927'],
    ['DISCRETE, one that may not be paid', { data: dummy('001'), send: 4_000, invoices: [one, disputed] }, '927'],
    ['DISCRETE, one that does not count', { data: dummy('001'), send: 2_000, invoices: [one, disputed] }, '927'],
    ['DISCRETE, an unknown one', { data: dummy('001'), send: 2_000, invoices: [one, 'INV-NONE'] }, '927'],
    ['DISCRETE, the same one twice', { data: dummy('001'), send: 4_000, invoices: [one, one] }, '927'],
    ['DISCRETE, no list', { data: dummy('001'), send: 2_000 }, '517'],
    ['DISCRETE, empty list', { data: dummy('001'), send: 2_000, invoices: [] }, '517'],
  ];
  it.each(rows)('%s', async (_what, payment, code) => {
    const till = await openTill();
    expect(codeOf(await payBill(till, 9992, 1, payment))).toBe(code);
    expect(till.simulator.books.honoured).toHaveLength(code === '10' ? 1 : 0);
  });

  it('9989 takes any amount, and its outcome from the account', async () => {
    const till = await openTill();
    const codes: unknown[] = [];
    for (const [index, suffix] of ['000', '001', '002', '003'].entries()) {
      codes.push(codeOf(await payBill(till, 9989, index + 1, { data: { account: `123456${suffix}` }, send: 20_000 })));
    }
    expect(codes).toEqual(['10', '971', '990', '991']);
    expect(codeOf(await payBill(till, 9989, 8, { data: { account: '123456000' }, send: 0 }))).toBe('927');
    expect(codeOf(await payBill(till, 9989, 9, { data: { other: '123456000' }, send: 100 }))).toBe('517');
  });

  it('the test product never remembers', async () => {
    const till = await openTill();
    for (const reference of [1, 2]) {
      expect(codeOf(await payBill(till, 9992, reference, { data: dummy('002'), send: 7_000 }))).toBe('10');
    }
    expect(till.simulator.books.honoured.map((sale) => sale.invoices)).toEqual([['INV-XYZ-0003'], ['INV-XYZ-0003']]);
  });
});

describe('a payment', () => {
  it('has a receipt like a supermarket voucher, and books with what it has cleared', async () => {
    const till = await openTill();
    const reply = await payBill(till, 9992, 1, { data: dummy('001'), send: 5_000, invoices: [one, two] });
    const [sale] = till.simulator.books.honoured;
    expect(reply.json).toEqual({
      rc: 0,
      items: [
        {
          finalstatus: 10,
          resultcode: '10',
          resultmessage: 'Payment successful',
          supplierreference: sale?.supplierreference,
          suppliertoken: sale?.suppliertoken,
          destinationcurrency: 'EUR',
          destinationamount: 5_000,
        },
      ],
    });
    expect(sale).toMatchObject({
      family: 'bill',
      amountToSendX100: 5_000,
      chargedX100: 5_400,
      currency: 'EUR',
      account: '123456001',
      invoices: [one, two],
      code: '',
      suppliertoken: expect.stringMatching(/^TXN-[A-Z2-9]{8}$/) as unknown,
    });
    expect(till.simulator.books.balanceX100).toBe(100_000 - 5_400);
  });

  it('may be shown as 0, in its answer and in the look-up, and moves the balance all the same', async () => {
    const till = await openTill({ billSuccessCode: '0' });
    const reply = await payBill(till, 9992, 1, { data: dummy('002'), send: 7_000 });
    expect(reply.json).toMatchObject({ rc: 0, items: [{ finalstatus: 0, resultcode: '0' }] });
    expect(till.simulator.books).toMatchObject({ balanceX100: 100_000 - 7_560, refused: [] });
    expect((await info(till)).json).toMatchObject({ rc: 0, items: [{ resultcode: '0' }] });
    expect(codeOf(await buyAs(till, 'voucher', 8201, 2, { amountToSendX100: 2_500 }))).toBe('10');
    expect(codeOf(await info(till, 2))).toBe('10');
  });

  it('charges the fee on top', async () => {
    const till = await openTill();
    const data = { service_number: '1234567000', transactionCode: 'LL-1234567000' };
    expect(codeOf(await payBill(till, 8804, 1, { data, send: 30_000 }))).toBe('10');
    expect(till.simulator.books.honoured).toMatchObject([{ amountToSendX100: 30_000, chargedX100: 1_794 }]);
  });

  it('is judged by the amounts of that moment', async () => {
    const till = await openTill({ invoiceSurchargeX100: 150 });
    expect(codeOf(await payBill(till, 9992, 1, { data: dummy('002'), send: 7_000 }))).toBe('927');
    expect(codeOf(await payBill(till, 9992, 1, { data: dummy('002'), send: 7_150 }))).toBe('10');
  });

  it('takes the first of two values of a key', async () => {
    const till = await openTill();
    const additionalData = [...pairsOf(dummy('002')), { key: 'transactionCode', value: 'LATER' }];
    expect(codeOf(await buyAs(till, 'bill', 9992, 1, { amountToSendX100: 7_000, additionalData }))).toBe('10');
  });
});
