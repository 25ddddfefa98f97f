// Top-ups as they are bought: the order of the checks, the rule of the suffix, receipts without a code, and the way back.
import { describe, expect, it } from 'vitest';
import { buyAs, codeOf, info, itemOf, openTill, purchasePath, terminalId } from './till.ts';

const BUNDLES = 8613;
const prepaid = '5351234000';
const contract = '5351231000';

describe('order of checks', () => {
  const at = { localDateTime: '2025-01-01T12:00:00' };
  const both = { amountToSendX100: 1_150, destinationAmountX100: 27_600 };
  const id = { dynamicProductId: 'CARACOLA-M' };
  const path = `${terminalId}/${BUNDLES}/7`;
  /** Each row repairs what the row before complained of. */
  const rows: [what: string, path: string, body: object, code: string | undefined][] = [
    ['foreign terminal', '5/1/7', {}, '517'],
    ['unknown product', `${terminalId}/1/7`, {}, '-1'],
    ['product of another family', `${terminalId}/8403/7`, {}, '-1'],
    ['missing date', path, { ...both, ...id, account: 'x' }, '517'],
    ['missing account', path, { ...both, ...id, localDateTime: 'today' }, '517'],
    ['missing item', path, { ...both, localDateTime: 'today', account: prepaid }, '517'],
    ['item of another line', path, { ...both, ...id, localDateTime: 'today', account: contract }, '517'],
    ['unknown item', path, { ...both, dynamicProductId: 'NONE', localDateTime: 'today', account: prepaid }, '517'],
    ['both amounts', path, { ...both, ...id, localDateTime: 'today', account: prepaid }, undefined],
    ['no amount', path, { ...id, localDateTime: 'today', account: prepaid }, undefined],
    ['unreadable date', path, { amountToSendX100: 700, ...id, localDateTime: 'today', account: prepaid }, '925'],
    ['amount of another item', path, { amountToSendX100: 700, ...id, ...at, account: prepaid }, '927'],
    ['account', path, { amountToSendX100: 1_150, ...id, ...at, account: '5251234000' }, '931'],
    ['balance', path, { amountToSendX100: 1_150, ...id, ...at, account: prepaid }, '13'],
  ];

  it.each(rows)('%s', async (_what, below, body, code) => {
    const till = await openTill({ openingBalanceX100: 0 });
    expect(codeOf(await till.post(purchasePath('recharge', below), body))).toBe(code);
    expect(till.simulator.books).toMatchObject({ balanceX100: 0, honoured: [], refused: [{ code: code ?? null }] });
  });

  it('ends with duplicate, balance and suffix; a reference that was refused before is still free', async () => {
    const till = await openTill({ openingBalanceX100: 500 });
    const buy = (reference: number, amountToSendX100: number, account: string) =>
      buyAs(till, 'recharge', 8612, reference, { amountToSendX100, account });
    expect(codeOf(await buy(7, 505, '5351234001'))).toBe('927');
    expect(codeOf(await buy(7, 510, '5351234001'))).toBe('13');
    expect(codeOf(await buy(7, 500, '5351234001'))).toBe('970');
    expect(codeOf(await buy(8, 500, '5351234001'))).toBe('971');
    expect(codeOf(await buy(9, 500, '5351234000'))).toBe('10');
  });

  it('puts the shape of the body before the terminal', async () => {
    const till = await openTill();
    expect((await till.post(purchasePath('recharge', '5/1/7'), { amountToSendX100: '500' })).status).toBe(400);
    expect((await till.post(purchasePath('recharge', '5/1/x'), {})).status).toBe(400);
    expect(till.simulator.books.refused).toEqual([]);
  });
});

describe('suffix of the account', () => {
  it.each([
    [9990, { account: '600000000' }, '10'],
    [9990, { account: '600000001' }, '971'],
    [9990, { account: '600000002' }, '990'],
    [9990, { account: '600000003' }, '991'],
    [9990, {}, '991'],
    [8602, { account: '525512345000' }, '10'],
    [8602, { account: '525512345678' }, '991'],
  ])('%i with %o gives %s', async (operatorId, fields, code) => {
    const till = await openTill();
    expect(codeOf(await buyAs(till, 'recharge', operatorId, 1, { amountToSendX100: 1_000, ...fields }))).toBe(code);
  });

  it.each([99, 1_001])('comes after the amount: %i is not sold', async (amountToSendX100) => {
    const till = await openTill();
    expect(codeOf(await buyAs(till, 'recharge', 9990, 1, { amountToSendX100, account: '600000002' }))).toBe('927');
  });

  it('can be left to the dummies', async () => {
    const till = await openTill({ suffixRule: 'dummies' });
    const buy = (operatorId: number, reference: number, account: string) =>
      buyAs(till, 'recharge', operatorId, reference, { amountToSendX100: 1_000, account });
    expect(codeOf(await buy(8602, 1, '525512345678'))).toBe('10');
    expect(codeOf(await buy(9990, 2, '600000003'))).toBe('991');
  });
});

describe('a top-up', () => {
  it('has a receipt without a code, and books without one', async () => {
    const till = await openTill();
    const reply = await buyAs(till, 'recharge', 8612, 1, { destinationAmountX100: 50_000, account: prepaid });
    const [sale] = till.simulator.books.honoured;
    expect(reply.json).toEqual({
      rc: 0,
      items: [
        {
          finalstatus: 10,
          resultcode: '10',
          resultmessage: 'Operación efectuada correctamente',
          supplierreference: sale?.supplierreference,
          suppliertoken: '',
        },
      ],
    });
    expect(sale).toEqual({
      family: 'recharge',
      terminalId,
      operatorId: 8612,
      localReference: 1,
      localDateTime: '2025-01-01T12:00:00',
      amountToSendX100: 2_230,
      chargedX100: 2_230,
      currency: 'USD',
      destinationAmountX100: 50_175,
      destinationCurrency: 'CUP',
      account: prepaid,
      dynamicProductId: null,
      invoices: [],
      code: '',
      supplierreference: expect.stringMatching(/^17\d{11}$/) as unknown,
      suppliertoken: '',
      at: till.clock.ms,
    });
    expect(till.simulator.books.balanceX100).toBe(100_000 - 2_230);
    expect(itemOf(await info(till))).toMatchObject({ resultcode: '10', supplierreference: sale?.supplierreference });
  });

  it('sells the bundle of a line, and ignores an id where nothing is dynamic', async () => {
    const till = await openTill();
    const bundle = { amountToSendX100: 2_350, account: contract, dynamicProductId: 'CARACOLA-EXTRA' };
    expect(codeOf(await buyAs(till, 'recharge', BUNDLES, 1, bundle))).toBe('10');
    const plain = { amountToSendX100: 1_000, account: prepaid, dynamicProductId: '8611' };
    expect(codeOf(await buyAs(till, 'recharge', 8611, 2, plain))).toBe('10');
    expect(till.simulator.books.honoured).toMatchObject([
      { dynamicProductId: 'CARACOLA-EXTRA', destinationAmountX100: 56_400 },
      { dynamicProductId: null },
    ]);
  });

  it.each([
    ['the last moment', 15 * 60_000, '20', 100_000],
    ['one millisecond too late', 15 * 60_000 + 1, '923', 99_500],
  ])('can be reverted for a quarter of an hour: %s', async (_what, ms, code, balanceX100) => {
    const till = await openTill();
    await buyAs(till, 'recharge', 9990, 1, { amountToSendX100: 500, account: '600000000' });
    till.clock.ms += ms;
    const reply = await till.post(`/util/revert/${terminalId}/9990/2`, {
      amountToSendX100: 500,
      localDateTime: '2025-01-01T12:15:00',
      account: '600000000',
      originalLocalReference: 1,
      originalLocalDate: '2025-01-01T12:00:00',
    });
    expect(codeOf(reply)).toBe(code);
    expect(till.simulator.books.balanceX100).toBe(balanceX100);
  });
});
