// Purchases: the order of the checks, the captured shapes of failures, and a balance that moves on success alone.
import { describe, expect, it } from 'vitest';
import { fitsMask, isReadableDateTime } from '../../../src/sandbox/evsb/sale-checks.ts';
import { codeOf, itemOf, openTill, terminalId } from './till.ts';
import type { Till } from './till.ts';

const bothAmounts = { amountToSendX100: 5_000, destinationAmountX100: 5_000 };

/**
 * A purchase that is wrong in every way, made right one step at a time: each row repairs what the row before
 * complained of. 8113 needs an account that fits a mask; 8107 is not routed.
 */
const rows: [what: string, path: string, body: object, code: string | undefined][] = [
  ['foreign terminal', '5/1/7', {}, '517'],
  ['unknown product', `${terminalId}/1/7`, {}, '-1'],
  ['product of another family', `${terminalId}/9990/7`, {}, '-1'],
  ['missing date', `${terminalId}/8113/7`, { ...bothAmounts, account: 'x' }, '517'],
  ['missing account', `${terminalId}/8113/7`, { ...bothAmounts, localDateTime: 'today' }, '517'],
  ['empty account', `${terminalId}/8113/7`, { ...bothAmounts, localDateTime: 'today', account: '' }, '517'],
  ['both amounts', `${terminalId}/8113/7`, { ...bothAmounts, localDateTime: 'today', account: 'x' }, undefined],
  ['no amount', `${terminalId}/8113/7`, { amountToSendX100: null, localDateTime: 'today', account: 'x' }, undefined],
  ['unreadable date', `${terminalId}/8113/7`, { amountToSendX100: 1, localDateTime: 'today', account: 'x' }, '925'],
  ['not routed', `${terminalId}/8107/7`, { amountToSendX100: 1, localDateTime: '2025-01-01T12:00:00' }, '-1'],
  ['amount', `${terminalId}/8113/7`, { amountToSendX100: 1, localDateTime: '2025-01-01T12:00:00', account: 'x' }, '927'],
  ['account', `${terminalId}/8113/7`, { amountToSendX100: 20_000, localDateTime: '2025-01-01T12:00:00', account: 'x' }, '931'],
];

describe('order of checks', () => {
  it.each(rows)('%s', async (_what, path, body, code) => {
    const till = await openTill({ openingBalanceX100: 0 });
    expect(codeOf(await till.post(`/pre-paid/vouchers/purchase/${path}`, body))).toBe(code);
    expect(till.simulator.books).toMatchObject({ balanceX100: 0, honoured: [], refused: [{ code: code ?? null }] });
  });

  it('ends with duplicate, balance and outcome, and none of the checks before uses the reference up', async () => {
    const till = await openTill({ openingBalanceX100: 400 });
    const account = '525512345001';
    expect(codeOf(await till.buy(8113, 7, { amountToSendX100: 1, account }))).toBe('927');
    expect(codeOf(await till.buy(8113, 7, { amountToSendX100: 10_000, account }))).toBe('13');
    expect(codeOf(await till.buy(8113, 7, { amountToSendX100: 5_000, account }))).toBe('970');
    expect(codeOf(await till.buy(8113, 8, { amountToSendX100: 5_000, account }))).toBe('971');
    expect(codeOf(await till.buy(8113, 8, { amountToSendX100: 5_000, account: '525512345000' }))).toBe('970');
    expect(till.simulator.books.balanceX100).toBe(400);
  });
});

describe('captured shapes', () => {
  const order = { amountToSendX100: 5_000 };
  const receipt = async (till: Till, operatorId: number, body: object) => (await till.buy(operatorId, 1, body)).json;

  it('two amounts: no result code, no supplier fields', async () => {
    const till = await openTill();
    expect(await receipt(till, 8101, { ...order, destinationAmountX100: 5_000 })).toEqual({
      rc: -1,
      items: [
        {
          finalstatus: 0,
          resultmessage:
            'amountToSendX100 and destinationAmountX100 must not be informed at the same time, please inform only one of it',
        },
      ],
    });
  });

  it('wrong amount: no supplier fields', async () => {
    const till = await openTill();
    expect(await receipt(till, 8101, order)).toEqual({
      rc: -1,
      items: [{ finalstatus: -1, resultcode: '927', resultmessage: 'Importe incorrecto para la ruta 8101' }],
    });
  });

  it('not routed: empty supplier fields', async () => {
    const till = await openTill();
    expect(await receipt(till, 8107, order)).toEqual({
      rc: -1,
      items: [
        {
          finalstatus: -1,
          resultcode: '-1',
          resultmessage: 'Producto no disponible en ruta',
          supplierreference: '',
          suppliertoken: '',
        },
      ],
    });
  });

  it.each([
    ['evsb', 'en', -1, 'System error'],
    ['evsbCode', 'es', 991, 'Error de sistema'],
    ['docs', 'en', 0, 'System error'],
  ] as const)('system error under the profile %s', async (finalstatusProfile, messageLanguage, finalstatus, resultmessage) => {
    const till = await openTill({ finalstatusProfile, messageLanguage, failureRc: -7 });
    expect(await receipt(till, 9991, { amountToSendX100: 500, account: '600000009' })).toEqual({
      rc: -7,
      items: [{ finalstatus, resultcode: '991', resultmessage, supplierreference: '', suppliertoken: '' }],
    });
  });

  it('success carries a reference, a token and the details', async () => {
    const till = await openTill();
    const item = itemOf(await till.buy(8201, 1, { amountToSendX100: 2_500 }));
    const [sale] = till.simulator.books.honoured;
    expect(item).toEqual({
      finalstatus: 10,
      resultcode: '10',
      resultmessage: 'Operación efectuada correctamente',
      supplierreference: sale?.supplierreference,
      suppliertoken: sale?.suppliertoken,
      extraInfo: {
        resultcode: 10,
        resultmessage: 'Operación efectuada correctamente',
        redeemAccount: '',
        redeemInstructions: 'Show the code at the till or type it in the basket under “Tarjeta regalo”.',
        redeemCode: sale?.code,
        expiration: '2026-01-01',
        additionalData: { key: 'serial', value: expect.stringMatching(/^\d{8}$/) as unknown },
      },
      hasAdditionalData: false,
      destinationcurrency: 'EUR',
      destinationamount: 2_500,
    });
    expect(sale?.supplierreference).toMatch(/^17\d{11}$/);
    expect(sale?.code).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/);
  });
});

describe('balance', () => {
  it('is charged in its own currency, rounded up, fee included, and told in major units', async () => {
    const till = await openTill();
    await till.buy(8201, 1, { amountToSendX100: 2_500 });
    await till.buy(8101, 2, { amountToSendX100: 10_000 });
    await till.buy(8307, 3, { amountToSendX100: 2_000 });
    const { books } = till.simulator;
    expect(books.honoured.map((sale) => sale.chargedX100)).toEqual([2_700, 575, 2_050]);
    expect(books.balanceX100).toBe(100_000 - 2_700 - 575 - 2_050);
    expect((await till.get('/external-point-of-sale/by-file/balances')).json).toEqual({
      rc: 0,
      items: [{ id: terminalId, balance: 946.75 }],
    });
  });

  it('may be spent to the last hundredth', async () => {
    const till = await openTill({ openingBalanceX100: 2_700 });
    expect(codeOf(await till.buy(8201, 1, { amountToSendX100: 2_500 }))).toBe('10');
    expect(till.simulator.books.balanceX100).toBe(0);
    expect(codeOf(await till.buy(8201, 2, { amountToSendX100: 2_500 }))).toBe('13');
  });
});

describe('destination amounts', () => {
  it('sell the smallest amount that is enough', async () => {
    const till = await openTill();
    expect(itemOf(await till.buy(8402, 1, { destinationAmountX100: 50_000 }))).toMatchObject({
      destinationcurrency: 'CUP',
      destinationamount: 50_175,
    });
    expect(till.simulator.books.honoured).toMatchObject([{ amountToSendX100: 2_230, currency: 'USD' }]);
  });

  it('cannot be sold where nothing can be converted, while sale amounts can', async () => {
    const till = await openTill();
    expect(codeOf(await till.buy(8303, 1, { destinationAmountX100: 1_500 }))).toBe('927');
    expect(itemOf(await till.buy(8303, 2, { amountToSendX100: 1_500 }))).toMatchObject({
      resultcode: '10',
      destinationcurrency: null,
      destinationamount: null,
    });
  });
});

describe('formats', () => {
  it.each([
    ['2025-01-01T12:00:00', true],
    ['2025-01-01T12:00:00.000Z', true],
    ['2025-01-01T12:00:00+02:00', true],
    ['2024-02-29T23:59:59', true],
    ['2025-02-29T12:00:00', false],
    ['2025-13-01T12:00:00', false],
    ['2025-01-01T24:00:00', false],
    ['2025-01-01 12:00:00', false],
    ['01/01/2025', false],
  ])('date %s is readable: %s', (text, expected) => {
    expect(isReadableDateTime(text)).toBe(expected);
  });

  it.each([
    ['525512345000', '52##########', true],
    ['5512345000', '52##########', false],
    ['535512345000', '52##########', false],
    ['52551234500x', '52##########', false],
    ['+53(12)', '+53(##)', true],
    ['5553(12)', '+53(##)', false],
  ])('account %s fits %s: %s', (account, mask, expected) => {
    expect(fitsMask(account, mask)).toBe(expected);
  });
});
