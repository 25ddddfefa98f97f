// Supermarket vouchers: the document that decides, a token that is the voucher, and no account at all.
import { describe, expect, it } from 'vitest';
import { buyAs, codeOf, itemOf, openTill, purchasePath, terminalId } from './till.ts';

const document = { documentNumber: 'AB00000000', documentType: 'PASSPORT' };

describe('the test product', () => {
  it.each([
    ['AB00000000', '10', 'FDSAGHJKLREWQTYUIO'],
    ['AB00000001', '10', 'POIUYTREWQJHGFDSA'],
    ['AB00000002', '931', undefined],
    ['AB12345678', '931', undefined],
  ])('with document %s gives %s', async (documentNumber, code, token) => {
    const till = await openTill();
    const item = itemOf(await buyAs(till, 'supermarket', 9993, 1, { amountToSendX100: 5_000, documentNumber }));
    expect([item['resultcode'], item['suppliertoken']]).toEqual([code, token]);
    expect(till.simulator.books.honoured.map((sale) => sale.code)).toEqual(token === undefined ? [] : [token]);
  });

  it('answers as the guide says, except for the final status, which follows the profile', async () => {
    const till = await openTill({ finalstatusProfile: 'docs' });
    const reply = await buyAs(till, 'supermarket', 9993, 1, { amountToSendX100: 500, ...document });
    expect(reply.json).toEqual({
      rc: 0,
      items: [
        {
          finalstatus: 0,
          resultcode: '10',
          resultmessage: 'Voucher purchase successful',
          supplierreference: till.simulator.books.honoured[0]?.supplierreference,
          suppliertoken: 'FDSAGHJKLREWQTYUIO',
          destinationcurrency: 'EUR',
          destinationamount: 500,
        },
      ],
    });
  });
});

describe('order of checks', () => {
  const at = { localDateTime: '2025-01-01T12:00:00' };
  const both = { amountToSendX100: 5_001, destinationAmountX100: 5_000 };
  it.each<[what: string, path: string, body: object, code: string | undefined]>([
    ['foreign terminal', '5/1/7', {}, '517'],
    ['product of another family', `${terminalId}/8201/7`, {}, '-1'],
    ['missing document', `${terminalId}/9993/7`, { ...both, localDateTime: 'today' }, '517'],
    ['empty document', `${terminalId}/8701/7`, { ...both, localDateTime: 'today', documentNumber: '' }, '517'],
    ['missing date', `${terminalId}/8701/7`, { ...both, ...document }, '517'],
    ['both amounts', `${terminalId}/8701/7`, { ...both, ...document, localDateTime: 'today' }, undefined],
    ['unreadable date', `${terminalId}/8701/7`, { amountToSendX100: 1, ...document, localDateTime: 'today' }, '925'],
    ['amount', `${terminalId}/8701/7`, { amountToSendX100: 5_001, ...document, ...at }, '927'],
    ['balance', `${terminalId}/8701/7`, { amountToSendX100: 5_000, ...document, ...at }, '13'],
    [
      'balance before the document of the test product',
      `${terminalId}/9993/7`,
      { amountToSendX100: 5_000, ...at, documentNumber: 'x' },
      '13',
    ],
  ])('%s', async (_what, path, body, code) => {
    const till = await openTill({ openingBalanceX100: 0 });
    expect(codeOf(await till.post(purchasePath('supermarket', path), body))).toBe(code);
    expect(till.simulator.books).toMatchObject({ honoured: [], refused: [{ code: code ?? null }] });
  });

  it('refuses a type of document that it has never heard of before anything else', async () => {
    const till = await openTill();
    const body = { amountToSendX100: 5_000, ...document, documentType: 'LIBRARY_CARD' };
    expect((await buyAs(till, 'supermarket', 8701, 1, body)).status).toBe(400);
  });
});

describe('a real voucher', () => {
  it('is the token, whatever number the notice goes to, and a repeated reference is refused', async () => {
    const till = await openTill();
    const body = { amountToSendX100: 15_000, documentNumber: 'X123', beneficiaryPhoneNumber: '525512345001' };
    const item = itemOf(await buyAs(till, 'supermarket', 8702, 1, body));
    const [sale] = till.simulator.books.honoured;
    expect(item).toMatchObject({ resultcode: '10', suppliertoken: sale?.code, destinationcurrency: 'MXN' });
    expect(item).not.toHaveProperty('extraInfo');
    expect(sale).toMatchObject({ family: 'supermarket', account: null, chargedX100: 863, invoices: [] });
    expect(sale?.code).toMatch(/^[A-Z2-9]{16}$/);
    const query = `/pre-paid/vouchers/additional-data/${terminalId}/8702/${sale?.code ?? ''}`;
    expect((await till.get(query)).status).toBe(404);
    expect(codeOf(await buyAs(till, 'supermarket', 8702, 1, body))).toBe('970');
  });
});
