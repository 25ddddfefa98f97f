// Top-ups before they are bought: their parameters, the bundles of a line, and addresses that lead nowhere.
import { describe, expect, it } from 'vitest';
import { codeOf, openTill, terminalId } from './till.ts';
import type { Till } from './till.ts';

const BUNDLES = 8613;
const prepaid = '5351234000';
const contract = '5351231000';
const parameters = (till: Till, operatorId: number, terminal = terminalId) =>
  till.get(`/pre-paid/recharge/parameters/${terminal}/${operatorId}`);
const products = (till: Till, operatorId: number, account: string, terminal = terminalId) =>
  till.get(`/pre-paid/recharge/products/${terminal}/${operatorId}/${account}`);

describe('parameters', () => {
  const number = { field: 'account', labels: { en: 'Mobile number', es: 'Número de móvil' } };
  it.each([
    [8601, { dynamic: false, dynamicField: 'account', parameters: [number] }],
    [BUNDLES, { dynamic: true, dynamicField: 'account', parameters: [number] }],
    [9990, { dynamic: false, parameters: [number] }],
    [
      8603,
      {
        dynamic: false,
        dynamicField: 'account',
        parameters: [
          { field: 'account', labels: { en: 'E-mail with which you log in', es: 'Correo con el que inicias sesión' } },
          { field: 'receiverEmail', labels: { en: 'E-mail for the receipt', es: 'Correo para el recibo' } },
        ],
      },
    ],
  ])('of %i', async (operatorId, expected) => {
    const till = await openTill();
    expect((await parameters(till, operatorId)).json).toEqual({ rc: 0, message: 'OK', ...expected });
  });

  it('are refused at the root', async () => {
    const till = await openTill({ failureRc: -7 });
    expect((await parameters(till, 8201)).json).toEqual({ rc: -7, message: 'Producto no disponible en ruta' });
    expect((await parameters(till, 1)).json).toEqual({ rc: -7, message: 'Producto no disponible en ruta' });
    expect((await parameters(till, 8601, 5)).json).toEqual({ rc: -7, message: 'Parámetros no válidos' });
  });
});

describe('products', () => {
  const idsOf = async (till: Till, account: string): Promise<unknown> => {
    const { json } = await products(till, BUNDLES, account);
    return typeof json === 'object' && json !== null && 'items' in json && Array.isArray(json.items)
      ? json.items.map((item: unknown) => (typeof item === 'object' && item !== null && 'id' in item ? item.id : item))
      : json;
  };

  it('depend on the line', async () => {
    const till = await openTill();
    expect(await idsOf(till, prepaid)).toEqual(['CARACOLA-S', 'CARACOLA-M', 'CARACOLA-L']);
    expect(await idsOf(till, contract)).toEqual(['CARACOLA-S', 'CARACOLA-EXTRA']);
  });

  it('tell both sides of the price', async () => {
    const till = await openTill();
    expect((await products(till, BUNDLES, contract)).json).toMatchObject({
      rc: 0,
      items: [
        {
          id: 'CARACOLA-S',
          amountToSendX100: 700,
          destinationAmountX100: 16_800,
          serviceFeeX100: 0,
          totalAmountX100: 700,
          destinationCurrency: 'CUP',
        },
        {},
      ],
    });
  });

  it('are refused, or not there', async () => {
    const till = await openTill();
    expect(codeOf(await products(till, BUNDLES, '5212345'))).toBe('931');
    expect(codeOf(await products(till, 8201, prepaid))).toBe('-1');
    expect(codeOf(await products(till, BUNDLES, prepaid, 5))).toBe('517');
    expect((await products(till, 8612, prepaid)).status).toBe(404);
    expect((await products(till, 9990, '600000000')).status).toBe(404);
  });

  it.each([
    [`/pre-paid/recharge/products/${terminalId}/${BUNDLES}`, 500],
    [`/pre-paid/recharge/products/${terminalId}/${BUNDLES}/`, 500],
    [`/pre-paid/recharge/products/${terminalId}/${BUNDLES}/1/2`, 404],
    [`/pre-paid/recharge/parameters/${terminalId}`, 404],
    ['/pre-paid/recharge/other', 404],
  ])('GET %s gives %i', async (path, status) => {
    const till = await openTill();
    expect((await till.get(path)).status).toBe(status);
  });
});
