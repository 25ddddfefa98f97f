// Top-ups, supermarket vouchers and bills against the simulator of eVSB: every outcome of its tables, and the money rules against its books.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { BillTerms } from '../../../src/app/ports/families.ts';
import type { Debt } from '../../../src/domain/bill.ts';
import type { SaleOutcome } from '../../../src/app/ports/supplier.ts';
import { PHONE, families, prepareBill, prepareForHolder, prepareTopUp } from './family-samples.ts';
import { errorOf, must, productId } from './samples.ts';
import { moneyFaults, openShop } from './shop.ts';

const shop = await openShop();
const { simulator, supplier, impatient, sendsOf } = shop;
afterAll(shop.close);
beforeEach(() => {
  simulator.control.clearFaults();
  simulator.control.setSwitches({
    billSuccessCode: '10',
    infoReportsFailures: false,
    dummy9992Other: 'open',
    invoiceSurchargeX100: 0,
  });
});

const salesOf = (reference: number) => simulator.books.honoured.filter((sale) => sale.localReference === reference);

describe('top-ups', () => {
  /** DummyTopup: the last three digits of the account say what it comes to. */
  const DUMMY = 9990;
  /** Caracola Móvil - Bundles: which there are depends on the line. */
  const BUNDLES = 8613;

  const topUp = (order: Parameters<typeof prepareTopUp>[1]) => prepareTopUp(supplier, { ref: shop.nextReference(), ...order });

  it.each([
    ['600000000', { kind: 'charged' }],
    ['600000001', { kind: 'rejected', reason: 'operatorRefused', resultCode: '971' }],
    ['600000002', { kind: 'unclear', expectation: 'unconfirmed', resultCode: '990' }],
    ['600000003', { kind: 'unclear', expectation: 'unconfirmed', resultCode: '991' }],
  ])('%s comes to what the dummy says', async (account, expected) => {
    const prepared = topUp({ product: DUMMY, amount: 500, fields: { account } });
    expect(await supplier.recharge(prepared)).toMatchObject(expected);
    expect(salesOf(prepared.attempt.reference)).toHaveLength(expected.kind === 'charged' ? 1 : 0);
  });

  it.each([
    ['an amount that is not on sale', { product: DUMMY, amount: 1_001, fields: { account: '600000000' } }, '927'],
    ['an account that does not fit', { product: 8601, amount: 2_000, fields: { account: '1' } }, '931'],
    ['no account', { product: 8601, amount: 2_000, fields: {} }, '517'],
    ['a product of another family', { product: 8701, fields: { account: '5351234000' } }, '-1'],
    [
      'an item that is not offered',
      { product: BUNDLES, amount: 700, dynamic: { id: 'X', description: '', endsAt: null } },
      '517',
    ],
  ])('%s is rejected', async (_, order, resultCode) => {
    expect(await supplier.recharge(topUp(order))).toMatchObject({ kind: 'rejected', resultCode });
  });

  it('is charged by the amount to be received, too', async () => {
    const prepared = topUp({ product: 8612, as: 'receive', amount: 22_500 });
    expect(await supplier.recharge(prepared)).toMatchObject({
      kind: 'charged',
      supplierReference: salesOf(prepared.attempt.reference)[0]?.supplierreference,
      delivery: { authorisation: null, extra: [] },
    });
    expect(salesOf(prepared.attempt.reference)).toMatchObject([{ amountToSendX100: 1_000, account: '5351234000' }]);
  });

  it('asks for the fields that it is sold with', async () => {
    expect(must(await supplier.rechargeParameters(productId(DUMMY)))).toMatchObject({ dynamic: false, dynamicField: null });
    const { dynamic, dynamicField, fields } = must(await supplier.rechargeParameters(productId(8603)));
    expect({ dynamic, dynamicField }).toEqual({ dynamic: false, dynamicField: 'account' });
    expect(fields).toMatchObject([
      { name: 'account', labels: { es: 'Correo con el que inicias sesión' } },
      { name: 'receiverEmail', labels: { en: 'E-mail for the receipt' } },
    ]);
    const typed = Object.fromEntries(fields.map(({ name }) => [name, 'ana.000@example.test']));
    expect(await supplier.recharge(topUp({ product: 8603, amount: 9_900, fields: typed }))).toMatchObject({ kind: 'charged' });
    expect(errorOf(await supplier.rechargeParameters(productId(8701)))).toMatchObject({ kind: 'answered', httpStatus: 200 });
  });

  it('sells a line what it is offered', async () => {
    expect(must(await supplier.rechargeParameters(productId(BUNDLES)))).toMatchObject({ dynamic: true });
    const offered = must(await supplier.rechargeProducts(productId(BUNDLES), '5351234000'));
    expect(offered.map(({ id, send, fee }) => [id, send, fee])).toEqual([
      ['CARACOLA-S', 700, 0],
      ['CARACOLA-M', 1_150, 0],
      ['CARACOLA-L', 1_900, 0],
    ]);
    const [, bundle] = offered;
    const dynamic = { id: bundle?.id ?? '', description: bundle?.description ?? '', endsAt: null };
    const prepared = topUp({ product: BUNDLES, amount: bundle?.send ?? 0, dynamic });
    expect(await supplier.recharge(prepared)).toMatchObject({ kind: 'charged' });
    expect(salesOf(prepared.attempt.reference)).toMatchObject([{ dynamicProductId: 'CARACOLA-M', amountToSendX100: 1_150 }]);
    expect(must(await supplier.rechargeProducts(productId(8612), '5351234000'))).toEqual([]);
    expect(errorOf(await supplier.rechargeProducts(productId(BUNDLES), '1'))).toMatchObject({ resultCode: '931' });
  });
});

describe('supermarket vouchers', () => {
  const voucher = (order: Parameters<typeof prepareForHolder>[1]) =>
    prepareForHolder(supplier, { ref: shop.nextReference(), ...order });

  it.each([
    ['X000', 'FDSAGHJKLREWQTYUIO'],
    ['X001', 'POIUYTREWQJHGFDSA'],
  ])('the document %s gets its code', async (documentNumber, code) => {
    const prepared = voucher({ product: 9993, amount: 500, changes: { documentNumber } });
    expect(await supplier.buySupermarketVoucher(prepared)).toMatchObject({
      kind: 'charged',
      delivery: { kind: 'here', token: code, voucher: { code } },
    });
    expect(salesOf(prepared.attempt.reference)).toMatchObject([{ code }]);
  });

  it.each([
    ['another document', { product: 9993, changes: { documentNumber: 'X002' } }, 'accountRefused', '931'],
    ['no document', { changes: { documentNumber: '' } }, 'shopProblem', '517'],
    ['an amount that is not on sale', { amount: 1 }, 'amountRefused', '927'],
  ])('%s is rejected', async (_, order, reason, resultCode) => {
    expect(await supplier.buySupermarketVoucher(voucher(order))).toMatchObject({ kind: 'rejected', reason, resultCode });
  });

  it('takes every field that there is', async () => {
    const changes = { secondSurname: 'Ejemplo', phone: '600000000', email: 'ana@example.test', message: 'Hola' };
    const prepared = voucher({ changes });
    const outcome = await supplier.buySupermarketVoucher(prepared);
    expect(outcome).toMatchObject({ delivery: { voucher: { code: salesOf(prepared.attempt.reference)[0]?.code } } });
  });
});

describe('bills', () => {
  /** DummyBills, and the one without an invoice query. */
  const DUMMY = 9992;
  const BLIND = 9989;
  const WATER = 8802;
  const TELEPHONE = 8803;

  const debtOf = async (product: number, values: Record<string, string>): Promise<Debt> =>
    must(await supplier.invoices(productId(product), pairsOf(values)));
  const pairsOf = (values: Record<string, string>) => Object.entries(values).map(([key, value]) => ({ key, value }));
  const bill = (product: number, amount: number, terms: Partial<BillTerms>) =>
    prepareBill(supplier, { product, amount, ref: shop.nextReference(), terms });

  it('asks for its form', async () => {
    expect(must(await supplier.billParameters(productId(DUMMY)))).toEqual({
      fields: [{ kind: 'text', name: 'account', labels: { und: 'Contract or Account Number' }, minLength: 6, maxLength: 12 }],
      query: ['account'],
      pay: ['account'],
    });
    const { fields, query, pay } = must(await supplier.billParameters(productId(WATER)));
    expect(fields).toMatchObject([
      { kind: 'text', name: 'contract', minLength: 8, maxLength: 10 },
      { kind: 'choice', name: 'district', options: [{ value: 'NORTE' }, { value: 'CENTRO' }, { value: 'SUR' }] },
    ]);
    expect([query, pay]).toEqual([
      ['contract', 'district'],
      ['contract', 'district'],
    ]);
    expect(errorOf(await supplier.billParameters(productId(8701)))).toMatchObject({ kind: 'answered', httpStatus: 200 });
  });

  it.each([
    ['123000', 'OPEN', 'ABC123XYZ2', 7_000],
    ['123001', 'DISCRETE', 'ABC123XYZ', 5_000],
    ['123002', 'TOTAL', 'ABC123XYZ3', 7_000],
    ['123009', 'OPEN', 'ABC123XYZ2', 7_000],
  ])('%s owes what the dummy says, and can pay it', async (account, paymentType, code, send) => {
    const debt = await debtOf(DUMMY, { account });
    expect(debt).toMatchObject({ paymentType, send, fee: 0, destinationCurrency: 'EUR' });
    expect(debt.returned).toEqual([
      { key: 'customerName', value: expect.stringMatching(/^TEST/) as unknown },
      { key: 'transactionCode', value: code },
    ]);
    const eligible = debt.invoices.filter((invoice) => invoice.eligible);
    expect(debt.pending).toBe(eligible.length);
    const invoices = paymentType === 'DISCRETE' ? eligible.map(({ reference }) => reference ?? '') : [];
    const prepared = bill(DUMMY, send, { values: pairsOf({ account }), returned: debt.returned, invoices });
    const outcome = await supplier.payBill(prepared);
    const [sale] = salesOf(prepared.attempt.reference);
    expect(outcome).toMatchObject({
      kind: 'charged',
      supplierReference: sale?.supplierreference,
      delivery: { authorisation: sale?.suppliertoken, message: 'Payment successful', extra: [] },
    });
    expect(sale).toMatchObject({ amountToSendX100: send, account });
  });

  it('names the invoices that may not be paid', async () => {
    const { invoices } = await debtOf(DUMMY, { account: '123001' });
    expect(invoices.map(({ reference, send, eligible }) => [reference, send, eligible])).toEqual([
      ['INV-XYZ-0001-1', 2_000, true],
      ['INV-XYZ-0001-2', 3_000, true],
      ['INV-XYZ-0001-3', 2_000, false],
    ]);
    expect(invoices[0]?.date).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it('owes nothing, has no such account, or can not be asked', async () => {
    expect(await debtOf(TELEPHONE, { phone: '5512345999' })).toMatchObject({ paymentType: 'TOTAL', send: 0, invoices: [] });
    const unknown = await supplier.invoices(productId(TELEPHONE), [{ key: 'phone', value: '5512345404' }]);
    expect(errorOf(unknown)).toMatchObject({ kind: 'refused', resultCode: null });
    expect(errorOf(await supplier.invoices(productId(TELEPHONE), []))).toMatchObject({ kind: 'refused' });
    expect(errorOf(await supplier.invoices(productId(BLIND), [{ key: 'account', value: '123000' }]))).toEqual({
      kind: 'noQuery',
    });
  });

  it.each([
    ['600000000', { kind: 'charged' }],
    ['600000001', { kind: 'rejected', resultCode: '971' }],
    ['600000002', { kind: 'unclear', expectation: 'unconfirmed', resultCode: '990' }],
    ['600000003', { kind: 'unclear', expectation: 'unconfirmed', resultCode: '991' }],
  ])('%s of a biller that can not be asked comes to what the dummy says', async (account, expected) => {
    const prepared = bill(BLIND, 1_234, { values: pairsOf({ account }), returned: [] });
    expect(await supplier.payBill(prepared)).toMatchObject(expected);
  });

  const phone = pairsOf({ phone: PHONE });
  it.each<[string, number, Partial<BillTerms>, string]>([
    ['a part of a total', 100, {}, '927'],
    ['another transaction code', 80_920, { returned: pairsOf({ transaction_code: 'X' }) }, '517'],
    ['no transaction code', 80_920, { returned: [] }, '517'],
    ['no account', 80_920, { values: [] }, '517'],
  ])('%s is rejected', async (_, amount, terms, resultCode) => {
    const prepared = bill(TELEPHONE, amount, { values: phone, ...terms });
    expect(await supplier.payBill(prepared)).toMatchObject({ kind: 'rejected', resultCode });
  });

  it('owes less after a payment', async () => {
    const values = pairsOf({ contract: '20000123', district: 'SUR' });
    const before = must(await supplier.invoices(productId(WATER), values));
    const [oldest] = before.invoices;
    const invoices = [oldest?.reference ?? ''];
    const paid = bill(WATER, oldest?.send ?? 0, { values, returned: before.returned, invoices });
    expect(await supplier.payBill(paid)).toMatchObject({ kind: 'charged' });
    expect(salesOf(paid.attempt.reference)).toMatchObject([{ invoices }]);
    const after = must(await supplier.invoices(productId(WATER), values));
    expect(after.invoices.map(({ reference }) => reference)).toEqual(before.invoices.slice(1).map(({ reference }) => reference));
  });

  it('shows a fee, which the whole and each invoice have', async () => {
    const debt = await debtOf(8804, { service_number: '1234567020' });
    expect(debt).toMatchObject({ fee: 1_200, invoices: [{ fee: 1_200 }] });
  });

  it('is charged by 0 where the supplier says so, at once and when it is asked', async () => {
    simulator.control.setSwitches({ billSuccessCode: '0' });
    const prepared = bill(BLIND, 500, { values: pairsOf({ account: '600000000' }), returned: [] });
    const outcome = await supplier.payBill(prepared);
    expect(outcome).toMatchObject({ kind: 'charged' });
    const [sale] = salesOf(prepared.attempt.reference);
    const charged = { kind: 'charged', supplierReference: sale?.supplierreference };
    expect(must(await supplier.billPaymentInfo(prepared.attempt))).toEqual(charged);
    expect(must(await supplier.transactionInfo(prepared.attempt))).toEqual({ kind: 'stillUnknown' });
    simulator.control.setSwitches({ billSuccessCode: '10' });
    expect(must(await supplier.transactionInfo(prepared.attempt))).toEqual(charged);
  });

  it('learns of a rejection when failures are reported, and of nothing that never was', async () => {
    simulator.control.setSwitches({ infoReportsFailures: true });
    const prepared = bill(BLIND, 500, { values: pairsOf({ account: '600000001' }), returned: [] });
    await supplier.payBill(prepared);
    const rejected = { kind: 'rejected', reason: 'operatorRefused', resultCode: '971' };
    expect(must(await supplier.billPaymentInfo(prepared.attempt))).toEqual(rejected);
    const never = bill(BLIND, 500, {});
    expect(must(await supplier.billPaymentInfo(never.attempt))).toEqual({ kind: 'stillUnknown' });
  });

  it.each(['garbled', 'otherAdditionalData'] as const)('a debt with %s is read as it is or not at all', async (shape) => {
    simulator.control.planFaults({ kind: 'wrongTypes', shape, match: { endpoint: 'billInvoices' } });
    const result = await supplier.invoices(productId(TELEPHONE), phone);
    if (shape === 'garbled') expect(errorOf(result)).toMatchObject({ kind: 'answered', httpStatus: 200 });
    else expect(must(result)).toMatchObject({ paymentType: 'TOTAL' });
  });

  it('a debt is asked for again when its answer was lost, and moves no money', async () => {
    const before = simulator.books.balanceX100;
    for (const kind of ['dropBefore', 'dropAfter', 'cutBody', 'status500After'] as const) {
      simulator.control.planFaults({ kind, match: { endpoint: 'billInvoices' } });
      expect((await supplier.invoices(productId(TELEPHONE), phone)).ok).toBe(true);
    }
    expect(simulator.books.balanceX100).toBe(before);
  });
});

/** What may never be said, given what the books will say in the end. */
const agreesWithBooks = (outcome: SaleOutcome<unknown>, sales: number): boolean => {
  switch (outcome.kind) {
    case 'charged':
      return sales === 1;
    case 'rejected':
    case 'notSent':
      return sales === 0;
    case 'unclear':
      return sales <= 1;
  }
};

describe.each(families)('a sale of the family $family', ({ family, endpoint, ready }) => {
  /** A bill is one of a biller whose debt never ends: what is paid elsewhere is not owed a second time. */
  const prepareOne = () => {
    const ref = shop.nextReference();
    if (family !== 'bill') return ready(supplier, { ref });
    const account = '600000000';
    const values = [{ key: 'account', value: account }];
    const prepared = prepareBill(supplier, { product: 9989, amount: 500, ref, terms: { values, returned: [] } });
    return { prepared, send: (through = supplier) => through.payBill(prepared) };
  };

  it.each(moneyFaults)('%o: sent once, and never against the books', async (fault) => {
    simulator.control.planFaults({ ...fault, match: { endpoint } });
    const { prepared, send } = prepareOne();
    const { reference } = prepared.attempt;
    const outcome = await send(impatient);
    if (fault.kind === 'serverGoesOn' || fault.kind === 'chargedAfter990') {
      await expect.poll(() => salesOf(reference).length).toBe(1);
    }
    expect(sendsOf(reference)).toBe(1);
    expect(agreesWithBooks(outcome, salesOf(reference).length)).toBe(true);
  });

  it('is found by its own reference when its answer was lost', async () => {
    simulator.control.planFaults({ kind: 'dropAfter', match: { endpoint } });
    const { prepared, send } = prepareOne();
    expect(await send()).toMatchObject({ kind: 'unclear', expectation: 'open' });
    const [sale] = salesOf(prepared.attempt.reference);
    const info = family === 'bill' ? supplier.billPaymentInfo : supplier.transactionInfo;
    expect(must(await info(prepared.attempt))).toEqual({ kind: 'charged', supplierReference: sale?.supplierreference });
  });

  it('under a reference that was used is in doubt, not rejected', async () => {
    const { send } = prepareOne();
    expect(await send()).toMatchObject({ kind: 'charged' });
    expect(await send()).toMatchObject({ kind: 'unclear', expectation: 'unconfirmed', resultCode: '970' });
  });
});
