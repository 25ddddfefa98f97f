// Top-ups: what they ask for, what they offer a line, their exact bodies, and what a buyer keeps of the answer.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CALLS } from '../../../src/adapters/evsb/calls.ts';
import { readRechargeParameters } from '../../../src/adapters/evsb/recharge.ts';
import { prepareTopUp } from './family-samples.ts';
import { ask, recordLog, reply, status, withSupplier } from './loopback.ts';
import { AT, errorOf, must, productId } from './samples.ts';

describe('the parameters of a top-up', () => {
  const captured = {
    rc: 0,
    message: 'OK',
    dynamic: false,
    dynamicField: 'account',
    parameters: [{ field: 'account', labels: { en: 'Mobile number', es: 'Número de móvil' } }],
  };
  const parametersOf = (json: unknown) => ask(reply(json), (supplier) => supplier.rechargeParameters(productId(8601)));

  it('are asked for at their address, and read with their labels', async () => {
    const { result, requests } = await parametersOf(captured);
    expect(must(result)).toEqual({
      dynamic: false,
      dynamicField: 'account',
      fields: [
        {
          kind: 'text',
          name: 'account',
          labels: { en: 'Mobile number', es: 'Número de móvil' },
          minLength: null,
          maxLength: null,
        },
      ],
    });
    expect(requests).toMatchObject([{ method: 'GET', url: '/pre-paid/recharge/parameters/100001/8601', body: '' }]);
    expect(CALLS.rechargeParameters.timeout).toBe(15_000);
  });

  it.each([
    ['everything absent', { rc: 0 }, { dynamic: false, dynamicField: null, fields: [] }],
    ['null', { rc: 0, dynamic: null, dynamicField: null, parameters: null }, { dynamic: false, dynamicField: null, fields: [] }],
    ['a flag as text', { ...captured, dynamic: 'true' }, { dynamic: true }],
    ['no labels', { ...captured, parameters: [{ field: 'account' }] }, { fields: [{ name: 'account', labels: {} }] }],
    ['labels of a wrong type', { ...captured, parameters: [{ field: 'account', labels: ['x'] }] }, { fields: [{ labels: {} }] }],
    [
      'one label of a wrong type',
      { ...captured, parameters: [{ field: 'account', labels: { en: ['x'], es: '', fr: 'Numéro' } }] },
      { fields: [{ labels: { fr: 'Numéro' } }] },
    ],
  ])('are read with %s', async (_, json, expected) => {
    expect(must((await parametersOf(json)).result)).toMatchObject(expected);
  });

  it('leave out a field that can not be read, and say so', async () => {
    const { result, log } = await parametersOf({
      ...captured,
      parameters: [{ labels: {} }, 'account', null, { field: ' ' }, { field: 'x' }],
    });
    expect(must(result).fields.map(({ name }) => name)).toEqual(['x']);
    expect(log.events().filter((event) => event === 'warn evsb.fieldLeftOut')).toHaveLength(4);
  });

  it.each([
    ['a flag of a wrong type, by which a dynamic product may pass for a static one', { ...captured, dynamic: [true] }],
    ['a list of a wrong type', { ...captured, parameters: 'account' }],
    ['rc missing', { ...captured, rc: undefined }],
    ['rc as text', { ...captured, rc: '0' }],
    ['a bare array', []],
    ['null', null],
  ])('are unusable with %s', async (_, json) => {
    expect(errorOf((await parametersOf(json)).result)).toMatchObject({ kind: 'answered', httpStatus: 200, resultCode: null });
  });

  it('hand on why they were refused', async () => {
    const { result } = await parametersOf({ rc: -1, message: 'Product not available in route' });
    expect(errorOf(result)).toEqual({
      kind: 'answered',
      httpStatus: 200,
      resultCode: null,
      message: 'Product not available in route',
    });
  });

  it('are read or refused, and never throw', () => {
    const json = fc.record({ rc: fc.constant(0), dynamic: fc.jsonValue(), parameters: fc.jsonValue() }, { requiredKeys: [] });
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), json), (answer) => {
        const result = readRechargeParameters(answer, productId(8601), recordLog().log);
        if (result.ok) expect(result.value.fields.every(({ name }) => name.trim() !== '')).toBe(true);
        else expect(result.error.kind).toBe('answered');
      }),
    );
  });
});

describe('the products of a top-up', () => {
  const bundle = { id: 'B-1', description: '2 GB', amountToSendX100: 700, destinationAmountX100: 16_800, serviceFeeX100: 0 };
  const productsOf = (answer: Parameters<typeof ask>[0], account = '5350000000') =>
    ask(answer, (supplier) => supplier.rechargeProducts(productId(8613), account));

  it('are asked for by account, and read', async () => {
    const extra = [{ key: 'promo', value: '7' }];
    const { result, requests } = await productsOf(reply({ rc: 0, items: [{ ...bundle, additionalData: extra }] }), 'ana @x');
    expect(must(result)).toEqual([
      { id: 'B-1', description: '2 GB', send: 700, receive: 16_800, fee: 0, destinationCurrency: null, extra },
    ]);
    expect(requests).toMatchObject([{ method: 'GET', url: '/pre-paid/recharge/products/100001/8613/ana%20%40x' }]);
    expect(CALLS.rechargeProducts.timeout).toBe(30_000);
  });

  it('are none when there are none', async () => {
    expect(must((await productsOf(status(404))).result)).toEqual([]);
  });

  it.each([
    ['the id by its other name', { ...bundle, id: undefined, dynamicProductId: 'B-2' }, { id: 'B-2' }],
    ['the currency by its other name', { ...bundle, currency: 'CUP' }, { destinationCurrency: 'CUP' }],
    ['no price where its unit is unknown', { id: 'B-3', amount: 7 }, { id: 'B-3', send: null }],
  ])('are read with %s', async (_, item, expected) => {
    expect(must((await productsOf(reply({ rc: 0, items: [item] }))).result)).toMatchObject([expected]);
  });

  it('leave out what can not be read, and say so without the account', async () => {
    const { result, log } = await productsOf(reply({ rc: 0, items: [{ ...bundle, amountToSendX100: '700' }, [bundle], bundle] }));
    expect(must(result)).toHaveLength(1);
    expect(log.events().filter((event) => event.startsWith('warn'))).toHaveLength(2);
    expect(JSON.stringify(log.lines)).not.toContain('5350000000');
  });

  it.each(['', '..', 'a/b', 'a;b'])('are not asked for the account %j', async (account) => {
    const { result, requests } = await productsOf(status(404), account);
    expect(errorOf(result)).toMatchObject({ kind: 'notSent' });
    expect(requests).toHaveLength(0);
  });

  it('hand on why they were refused', async () => {
    const refused = { rc: -1, items: [{ resultcode: '931', resultmessage: 'Invalid account' }] };
    expect(errorOf((await productsOf(reply(refused))).result)).toMatchObject({ kind: 'answered', resultCode: '931' });
  });
});

describe('the body of a top-up', () => {
  const bodyOf = (order: Parameters<typeof prepareTopUp>[1]) =>
    withSupplier('http://127.0.0.1:9', { legacyBeneficiaryField: true }, (supplier) =>
      Promise.resolve(prepareTopUp(supplier, { at: AT, ...order }).body),
    );

  it('has the amount, the local time and the account, and nothing without a value', async () => {
    expect(await bodyOf({ fields: { account: '600000000', receiverEmail: '', documentNumber: undefined } })).toBe(
      '{"amountToSendX100":1000,"localDateTime":"2025-01-01T06:00:00","account":"600000000"}',
    );
  });

  it('names the other amount alone where that was chosen', async () => {
    expect(await bodyOf({ as: 'receive', amount: 24_000, fields: {} })).toBe(
      '{"destinationAmountX100":24000,"localDateTime":"2025-01-01T06:00:00"}',
    );
  });

  it('has every field under the name that was asked for, and the item of a dynamic product', async () => {
    const fields = { account: 'a@example.test', receiverEmail: 'b@example.test', documentNumber: 'AB0', other: 'x' };
    expect(await bodyOf({ fields, dynamic: { id: 'B-1', description: '2 GB', endsAt: null } })).toBe(
      '{"amountToSendX100":1000,"localDateTime":"2025-01-01T06:00:00","account":"a@example.test",' +
        '"receiverEmail":"b@example.test","documentNumber":"AB0","other":"x","dynamicProductId":"B-1"}',
    );
  });

  it('takes a constant item of a static product, which never replaces the chosen one', async () => {
    expect(await bodyOf({ fields: { dynamicProductId: '8612' } })).toContain('"dynamicProductId":"8612"');
    const chosen = { id: 'B-1', description: '', endsAt: null };
    const body = await bodyOf({ fields: { dynamicProductId: '8612' }, dynamic: chosen });
    expect(JSON.parse(body)).toMatchObject({ dynamicProductId: 'B-1' });
  });

  it('lets no field change the amount or the time', async () => {
    const fields = { amountToSendX100: '1', destinationAmountX100: '1', localDateTime: 'never' };
    expect(await bodyOf({ fields })).toBe('{"amountToSendX100":1000,"localDateTime":"2025-01-01T06:00:00"}');
  });
});

describe('the receipt of a top-up', () => {
  const receiptOf = async (text: string) => {
    const { result } = await ask(
      (_request, response) => void response.end(text),
      (supplier) => supplier.recharge(prepareTopUp(supplier)),
    );
    return result;
  };

  it('has the authorisation, the words and whatever else the answer tells', async () => {
    const item =
      '{"finalstatus":10,"resultcode":"10","resultmessage":"OK","supplierreference":"17","suppliertoken":"5555-6666",' +
      '"destinationcurrency":"CUP","destinationamount":24000,"units":"12 kWh","meter":12345678901234567890,' +
      '"nested":{"a":1},"none":"","additionalData":{"key":"operation","value":7}}';
    expect(await receiptOf(`{"rc":0,"items":[${item}]}`)).toMatchObject({
      kind: 'charged',
      supplierReference: '17',
      delivery: {
        authorisation: '5555-6666',
        message: 'OK',
        extra: [
          { key: 'operation', value: '7' },
          { key: 'units', value: '12 kWh' },
          { key: 'meter', value: '12345678901234567890' },
        ],
      },
    });
  });

  it('may have nothing', async () => {
    expect(await receiptOf('{"rc":0,"items":[{"resultcode":"10","suppliertoken":""}]}')).toMatchObject({
      kind: 'charged',
      supplierReference: null,
      delivery: { authorisation: null, message: null, extra: [] },
    });
  });
});
