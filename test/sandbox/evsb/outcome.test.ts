// What decides a purchase that is right in itself: its reference, its account, and the item of a raffle.
import { describe, expect, it } from 'vitest';
import { codeOf, openTill, terminalId } from './till.ts';

describe('repeated references', () => {
  const order = { amountToSendX100: 2_500 };

  it('are free again on another day, and used on every product of the same day', async () => {
    const till = await openTill();
    expect(codeOf(await till.buy(8201, 1, order))).toBe('10');
    expect(codeOf(await till.buy(8301, 1, order))).toBe('970');
    expect(codeOf(await till.buy(8201, 1, { ...order, localDateTime: '2025-01-02T00:00:00' }))).toBe('10');
    const codes = till.simulator.books.honoured.map((sale) => sale.code);
    expect(new Set(codes).size).toBe(2);
  });

  it('are answered with the first answer in replay', async () => {
    const till = await openTill({ duplicateMode: 'replay' });
    const first = await till.buy(8201, 1, order);
    const second = await till.buy(8201, 1, order);
    expect(second.text).toBe(first.text);
    expect(till.simulator.books.honoured).toHaveLength(1);
  });

  it('are sold twice in double-sell', async () => {
    const till = await openTill({ duplicateMode: 'double-sell' });
    await till.buy(8201, 1, order);
    await till.buy(8201, 1, order);
    const { honoured, balanceX100 } = till.simulator.books;
    expect(new Set(honoured.map((sale) => sale.code)).size).toBe(2);
    expect(balanceX100).toBe(100_000 - 2 * 2_700);
  });
});

describe('suffix of an account', () => {
  it.each([
    [9991, { account: '600000000' }, '10'],
    [9991, { beneficiaryPhoneNumber: '600000000' }, '10'],
    [9991, { account: '600000001' }, '971'],
    [9991, { account: '600000002' }, '990'],
    [9991, { account: '600000010' }, '991'],
    [9991, {}, '991'],
    [8302, {}, '10'],
    [8302, { account: '600000001' }, '971'],
    [8302, { account: '600123456' }, '991'],
  ])('%i with %o gives %s', async (operatorId, fields, code) => {
    const till = await openTill();
    expect(codeOf(await till.buy(operatorId, 1, { amountToSendX100: 1_000, ...fields }))).toBe(code);
  });

  it('stands before the @ of an e-mail address, and can be left to the dummies', async () => {
    const till = await openTill();
    const order = { amountToSendX100: 5_000 };
    expect(codeOf(await till.buy(8110, 1, { ...order, account: 'ana000@mail.example' }))).toBe('10');
    expect(codeOf(await till.buy(8110, 2, { ...order, account: 'ana@mail.example' }))).toBe('991');
    expect(codeOf(await till.buy(8110, 3, { ...order, account: '525512345000' }))).toBe('931');
    till.simulator.control.setSwitches({ suffixRule: 'dummies' });
    expect(codeOf(await till.buy(8110, 4, { ...order, account: 'ana@mail.example' }))).toBe('10');
    expect(codeOf(await till.buy(9991, 5, { amountToSendX100: 500, account: '600123456' }))).toBe('991');
  });
});

describe('raffle', () => {
  it('offers what is open, sells it at its price, and tells what is finished', async () => {
    const till = await openTill();
    const open = await till.get(`/pre-paid/vouchers/products/${terminalId}/8206`);
    expect(open.json).toMatchObject({
      rc: 0,
      items: [
        { id: 'ESTRELLA-1', amountToSendX100: 300, additionalData: [{ key: 'endDate', value: '2025-01-07' }] },
        { id: 'ESTRELLA-2', amountToSendX100: 500 },
      ],
    });
    expect((await till.get(`/pre-paid/vouchers/products/${terminalId}/8206/600000000`)).text).toBe(open.text);
    expect(codeOf(await till.buy(8206, 1, { amountToSendX100: 300 }))).toBe('517');
    expect(codeOf(await till.buy(8206, 2, { amountToSendX100: 300, dynamicProductId: 'ESTRELLA-0' }))).toBe('517');
    expect(codeOf(await till.buy(8206, 3, { amountToSendX100: 500, dynamicProductId: 'ESTRELLA-1' }))).toBe('927');
    expect(codeOf(await till.buy(8206, 4, { amountToSendX100: 300, dynamicProductId: 'ESTRELLA-1' }))).toBe('10');

    const finished = `/pre-paid/vouchers/finished-products/${terminalId}/8206`;
    expect((await till.get(finished)).json).toMatchObject({ items: [{ id: 'ESTRELLA-0' }] });
    till.clock.ms = Date.parse('2025-01-08T00:00:00Z');
    expect((await till.get(finished)).json).toMatchObject({ items: [{ id: 'ESTRELLA-0' }, { id: 'ESTRELLA-1' }] });
  });

  it.each([8101, 9991, 9994, 9995])('%i is none', async (operatorId) => {
    const till = await openTill();
    expect((await till.get(`/pre-paid/vouchers/products/${terminalId}/${operatorId}`)).status).toBe(404);
    expect((await till.get(`/pre-paid/vouchers/finished-products/${terminalId}/${operatorId}`)).status).toBe(404);
  });
});
