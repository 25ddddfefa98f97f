// Bills after they were paid: debts that vanish or shrink, and references that are repeated.
import { describe, expect, it } from 'vitest';
import { invoice } from '../../../src/sandbox/evsb/catalogue/bill.ts';
import { snapshots } from '../../../src/sandbox/evsb/catalogue/snapshots.ts';
import { openDebts } from '../../../src/sandbox/evsb/debts.ts';
import { askInvoices, codeOf, openTill, payBill } from './till.ts';
import type { Till } from './till.ts';

describe('money that is spread over open invoices', () => {
  const [product] = snapshots.first.filter(({ articleId }) => articleId === 8801);
  if (!product?.bill) throw new Error('The catalogue has lost its biller');
  const debt = { paymentType: 'OPEN', customer: 'A', transactionCode: 'A' } as const;
  const biller = {
    ...product,
    bill: {
      ...product.bill,
      debtOf: () => ({ ...debt, invoices: [invoice('OLD', 100, 60), invoice('MIDDLE', 100, 30), invoice('NEW', 100, 1)] }),
    },
  };

  it('covers the oldest first, and counts nothing twice', () => {
    const debts = openDebts();
    const owed = () => debts.owedBy(biller, '1', 0)?.invoices.map(({ reference, amountX100 }) => [reference, amountX100]);
    const pay = (sendX100: number) => debts.pay(biller, '1', { sendX100, invoices: [] }, 0);
    expect(pay(150)).toEqual(['OLD']);
    expect(owed()).toEqual([
      ['MIDDLE', 50],
      ['NEW', 100],
    ]);
    expect(pay(60)).toEqual(['MIDDLE']);
    expect(owed()).toEqual([['NEW', 90]]);
    expect(pay(100)).toEqual(['NEW']);
    expect(owed()).toEqual([]);
  });
});

describe('what was paid is no longer owed', () => {
  const owedBy = async (till: Till, operatorId: number, keys: Record<string, string>) =>
    (await askInvoices(till, operatorId, keys)).json;

  it('TOTAL: all of it, of this account alone', async () => {
    const till = await openTill();
    const data = { phone: '5512345020', transaction_code: 'GR-5512345020' };
    expect(codeOf(await payBill(till, 8803, 1, { data, send: 80_920 }))).toBe('10');
    expect(await owedBy(till, 8803, { phone: '5512345020' })).toMatchObject({ pendingInvoices: 0, items: [] });
    expect(await owedBy(till, 8803, { phone: '5512345021' })).toMatchObject({ pendingInvoices: 2 });
    expect(codeOf(await payBill(till, 8803, 2, { data, send: 80_920 }))).toBe('927');
    expect(till.simulator.books.honoured).toMatchObject([{ invoices: ['GRILLO-5512345020-1', 'GRILLO-5512345020-2'] }]);
  });

  it('DISCRETE: one after the other', async () => {
    const till = await openTill();
    const keys = { contract: '12345678', district: 'SUR' };
    const data = { ...keys, transaction_code: 'MN-12345678' };
    const [first, second, third] = ['MANANTIAL-12345678-1', 'MANANTIAL-12345678-2', 'MANANTIAL-12345678-3'];
    expect(codeOf(await payBill(till, 8802, 1, { data, send: 13_500, invoices: [second] }))).toBe('10');
    expect(await owedBy(till, 8802, keys)).toMatchObject({
      pendingInvoices: 1,
      amountToSendX100: 12_678,
      items: [{ invoiceReference: first }, { invoiceReference: third, isElegible: false }],
    });
    expect(codeOf(await payBill(till, 8802, 2, { data, send: 13_500, invoices: [second] }))).toBe('927');
    expect(codeOf(await payBill(till, 8802, 3, { data, send: 12_678, invoices: [first] }))).toBe('10');
    expect(await owedBy(till, 8802, keys)).toMatchObject({ pendingInvoices: 0, items: [{ invoiceReference: third }] });
  });

  it('OPEN: shrinks, vanishes, and takes money in advance', async () => {
    const till = await openTill();
    const keys = { service_number: '1234567890' };
    const data = { ...keys, transactionCode: 'FA-1234567890' };
    expect(codeOf(await payBill(till, 8801, 1, { data, send: 10_000 }))).toBe('10');
    expect(await owedBy(till, 8801, keys)).toMatchObject({ amountToSendX100: 28_900, items: [{ amountToSendX100: 28_900 }] });
    expect(codeOf(await payBill(till, 8801, 2, { data, send: 30_000 }))).toBe('10');
    expect(await owedBy(till, 8801, keys)).toMatchObject({ pendingInvoices: 0, amountToSendX100: 0, items: [] });
    expect(codeOf(await payBill(till, 8801, 3, { data, send: 5_000 }))).toBe('10');
    expect(till.simulator.books.honoured.map((sale) => sale.invoices)).toEqual([[], ['FARO-1234567890-1'], []]);
  });

  it('not by a payment that failed', async () => {
    const till = await openTill();
    till.simulator.control.planFaults({ kind: 'resultCode', code: '16', match: { endpoint: 'billPayment' } });
    const data = { phone: '5512345020', transaction_code: 'GR-5512345020' };
    expect(codeOf(await payBill(till, 8803, 1, { data, send: 80_920 }))).toBe('16');
    expect(await owedBy(till, 8803, { phone: '5512345020' })).toMatchObject({ pendingInvoices: 2 });
  });

  it('a repeated reference is told as one, though its invoices are gone', async () => {
    const data = { phone: '5512345020', transaction_code: 'GR-5512345020' };
    const twice = async (duplicateMode: 'reject' | 'replay' | 'double-sell') => {
      const till = await openTill({ duplicateMode });
      await payBill(till, 8803, 1, { data, send: 80_920 });
      return [codeOf(await payBill(till, 8803, 1, { data, send: 80_920 })), till.simulator.books.honoured.length];
    };
    expect(await twice('reject')).toEqual(['970', 1]);
    expect(await twice('replay')).toEqual(['10', 1]);
    expect(await twice('double-sell')).toEqual(['10', 2]);
  });

  it('an account that the biller does not know pays nothing', async () => {
    const till = await openTill();
    const data = { phone: '5512345404', transaction_code: 'GR-5512345404' };
    expect(codeOf(await payBill(till, 8803, 1, { data, send: 80_920 }))).toBe('931');
  });
});
