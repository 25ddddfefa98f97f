// Bills: the form of a biller, what an account owes, and the exact bodies of query and payment.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBillParameters } from '../../../src/adapters/evsb/bill-parameters.ts';
import { CALLS } from '../../../src/adapters/evsb/calls.ts';
import { readInvoices } from '../../../src/adapters/evsb/invoices.ts';
import { prepareBill } from './family-samples.ts';
import { ask, recordLog, reply, status, withSupplier } from './loopback.ts';
import { AT, errorOf, must, productId } from './samples.ts';

const WATER = productId(8802);

describe('the parameters of a bill', () => {
  const captured = {
    rc: 0,
    message: 'OK',
    front: [
      { name: 'card_code', label: 'CARD CODE', type: 'INPUT', list: [], minLength: 6, maxLength: 12 },
      { name: 'district', label: 'Zona', type: 'SELECT', list: ['NORTE', 'SUR'] },
    ],
    query: ['card_code', 'district'],
    pay: ['card_code', 'transaction_code'],
  };
  const parametersOf = (json: unknown) => ask(reply(json), (supplier) => supplier.billParameters(WATER));

  it('are asked for at their address, and read as a form with its keys', async () => {
    const { result, requests } = await parametersOf(captured);
    expect(must(result)).toEqual({
      fields: [
        { kind: 'text', name: 'card_code', labels: { und: 'CARD CODE' }, minLength: 6, maxLength: 12 },
        {
          kind: 'choice',
          name: 'district',
          labels: { und: 'Zona' },
          options: [
            { value: 'NORTE', label: 'NORTE' },
            { value: 'SUR', label: 'SUR' },
          ],
          minLength: null,
          maxLength: null,
        },
      ],
      query: ['card_code', 'district'],
      pay: ['card_code', 'transaction_code'],
    });
    expect(requests).toMatchObject([{ method: 'GET', url: '/post-paid/bill-payment/parameters/100001/8802' }]);
    expect(CALLS.billParameters.timeout).toBe(15_000);
  });

  const withFront = (field: object) => ({ ...captured, front: [{ name: 'x', ...field }] });

  it.each([
    ['everything absent', { rc: 0 }, { fields: [], query: [], pay: [] }],
    ['null', { rc: 0, front: null, query: null, pay: null }, { fields: [], query: [], pay: [] }],
    ['a bare name', withFront({}), { fields: [{ kind: 'text', name: 'x', labels: {}, minLength: null, maxLength: null }] }],
    ['an unknown type', withFront({ type: 'CALENDAR', list: ['a'] }), { fields: [{ kind: 'text' }] }],
    ['lengths of a wrong type', withFront({ minLength: '6', maxLength: 0 }), { fields: [{ minLength: null, maxLength: null }] }],
    ['a choice without options', withFront({ type: 'SELECT', list: [] }), { fields: [{ kind: 'text' }] }],
    ['a list of a wrong type', withFront({ type: 'SELECT', list: 'a' }), { fields: [{ kind: 'text' }] }],
    [
      'options that name their value and label',
      withFront({ type: 'SELECT', list: [{ value: 1, label: 'One' }, 2] }),
      {
        fields: [
          {
            kind: 'choice',
            options: [
              { value: '1', label: 'One' },
              { value: '2', label: '2' },
            ],
          },
        ],
      },
    ],
  ])('are read with %s', async (_, json, expected) => {
    expect(must((await parametersOf(json)).result)).toMatchObject(expected);
  });

  it('leave out fields and options that can not be read, and say so', async () => {
    const list = ['a', { key: 'b', value: 'c' }, null, ' '];
    const { result, log } = await parametersOf({
      ...captured,
      front: [{ label: 'no name' }, ['x'], { name: 'x', type: 'SELECT', list }],
    });
    expect(must(result).fields).toMatchObject([{ name: 'x', options: [{ value: 'a', label: 'a' }] }]);
    expect(log.events().filter((event) => event.startsWith('warn'))).toEqual([
      'warn evsb.fieldLeftOut',
      'warn evsb.fieldLeftOut',
      'warn evsb.optionLeftOut',
      'warn evsb.optionLeftOut',
      'warn evsb.optionLeftOut',
    ]);
  });

  it.each([
    ['a key of a wrong type', { ...captured, query: ['card_code', ['district']] }],
    ['keys that are no list', { ...captured, pay: 'card_code' }],
    ['a form that is no list', { ...captured, front: {} }],
    ['rc as text', { ...captured, rc: '0' }],
    ['null', null],
  ])('are unusable with %s', async (_, json) => {
    expect(errorOf((await parametersOf(json)).result)).toMatchObject({ kind: 'answered', httpStatus: 200 });
  });

  it('hand on why they were refused', async () => {
    expect(errorOf((await parametersOf({ rc: -1, message: 'No' })).result)).toMatchObject({ kind: 'answered', message: 'No' });
  });

  it('are read or refused, and never throw', () => {
    const any = fc.jsonValue();
    const json = fc.record({
      rc: fc.constant(0),
      front: fc.array(fc.record({ name: any, type: any, list: any })),
      query: any,
      pay: any,
    });
    fc.assert(
      fc.property(fc.oneof(any, json), (answer) => {
        const result = readBillParameters(answer, WATER, recordLog().log);
        if (result.ok) expect(result.value.query.every((key) => typeof key === 'string')).toBe(true);
        else expect(result.error.kind).toBe('answered');
      }),
    );
  });
});

const first = {
  amountToSendX100: 6_500,
  destinationAmountX100: 6_500,
  serviceFeeX100: 0,
  totalAmountX100: 6_500,
  destinationCurrency: 'EUR',
  date: '2025-01-01',
  expirationDate: '2025-02-01',
  invoiceReference: 'INV-A',
  isElegible: true,
};
const captured = {
  rc: 0,
  message: 'OK',
  additionalData: [{ key: 'transaction_code', value: 'TX-0001' }],
  type: 'DISCRETE',
  paymentType: 'DISCRETE',
  pendingInvoices: 2,
  amountToSendX100: 12_500,
  destinationAmountX100: 12_500,
  serviceFeeX100: 0,
  totalAmountX100: 12_500,
  destinationCurrency: 'EUR',
  items: [first, { ...first, amountToSendX100: 6_000, totalAmountX100: 6_000, invoiceReference: 'INV-B' }],
};
const values = [
  { key: 'card_code', value: '1234567890' },
  { key: 'installments_to_pay', value: '2' },
];
const invoicesOf = (answer: Parameters<typeof ask>[0]) => ask(answer, (supplier) => supplier.invoices(WATER, values));
const debtOf = async (changes: object) => must((await invoicesOf(reply({ ...captured, ...changes }))).result);
const firstInvoiceOf = async (changes: object, debt: object = {}) =>
  (await debtOf({ ...debt, items: [{ ...first, ...changes }] })).invoices[0];

describe('the invoices of a bill', () => {
  it('are asked for with a bare array, and read', async () => {
    const { result, requests } = await invoicesOf(reply(captured));
    const amounts = { send: 6_500, receive: 6_500, fee: 0, destinationCurrency: 'EUR' };
    const dates = { date: '2025-01-01', expirationDate: '2025-02-01', eligible: true };
    expect(must(result)).toEqual({
      send: 12_500,
      receive: 12_500,
      fee: 0,
      destinationCurrency: 'EUR',
      paymentType: 'DISCRETE',
      pending: 2,
      invoices: [
        { ...amounts, ...dates, reference: 'INV-A' },
        { ...amounts, ...dates, send: 6_000, reference: 'INV-B' },
      ],
      returned: [{ key: 'transaction_code', value: 'TX-0001' }],
    });
    expect(requests).toMatchObject([
      {
        method: 'POST',
        url: '/post-paid/bill-payment/get-invoices/100001/8802',
        body: '[{"key":"card_code","value":"1234567890"},{"key":"installments_to_pay","value":"2"}]',
        headers: { 'content-type': 'application/json' },
      },
    ]);
    expect(CALLS.invoices).toMatchObject({ timeout: 30_000, retries: 1, retryAfter: 2_000 });
  });

  it('keep every returned key and value as they came', async () => {
    const long =
      '{"rc":0,"type":"OPEN","additionalData":[{"key":" Clave ","value":12345678901234567890},{"key":"a","value":" x "}]}';
    const { result } = await invoicesOf((_request, response) => void response.end(long));
    expect(must(result).returned).toEqual([
      { key: ' Clave ', value: '12345678901234567890' },
      { key: 'a', value: ' x ' },
    ]);
    const others = [{ key: 'yes', value: true }, { key: 'none', value: null }, { key: 'absent' }];
    expect((await debtOf({ additionalData: others })).returned).toEqual([
      { key: 'yes', value: 'true' },
      { key: 'none', value: '' },
      { key: 'absent', value: '' },
    ]);
    expect((await debtOf({ additionalData: { key: 'k', value: 'v' } })).returned).toEqual([{ key: 'k', value: 'v' }]);
    for (const nothing of [null, undefined, [], [{ key: '', value: '' }], {}])
      expect((await debtOf({ additionalData: nothing })).returned).toEqual([]);
  });

  it.each([
    ['the older name alone', { paymentType: undefined, type: 'TOTAL' }, 'TOTAL'],
    ['the newer name alone', { paymentType: 'OPEN', type: undefined }, 'OPEN'],
    ['an empty newer name', { paymentType: '', type: 'TOTAL' }, 'TOTAL'],
    ['two that differ', { paymentType: 'OPEN', type: 'TOTAL' }, 'OPEN'],
    ['an older one of a wrong type', { paymentType: 'OPEN', type: ['OPEN'] }, 'OPEN'],
  ])('read the payment type by %s', async (_, changes, type) => {
    expect((await debtOf(changes)).paymentType).toBe(type);
  });

  it.each([
    ['an unknown payment type', { paymentType: 'PARTIAL' }],
    ['an unknown older one', { paymentType: null, type: 'PARTIAL' }],
    ['a payment type in lower case', { paymentType: 'total' }],
    ['no payment type', { paymentType: undefined, type: undefined }],
    ['a total without an amount', { paymentType: 'TOTAL', amountToSendX100: undefined }],
    ['an amount of a wrong type', { amountToSendX100: '12500' }],
    ['a negative amount', { amountToSendX100: -1 }],
    ['a fee of a wrong type', { serviceFeeX100: '0' }],
    ['returned data without a key', { additionalData: [{ value: 'TX' }] }],
    ['returned data of a wrong type', { additionalData: [{ key: 'k', value: ['v'] }] }],
    ['returned data that are no list', { additionalData: 'TX' }],
    ['invoices that are no list', { items: {} }],
    ['rc missing', { rc: undefined }],
    ['rc as text', { rc: '0' }],
  ])('are unusable with %s: nothing is paid by a guess', async (_, changes) => {
    const { result } = await invoicesOf(reply({ ...captured, ...changes }));
    expect(errorOf(result)).toMatchObject({ kind: 'answered', httpStatus: 200, resultCode: null });
  });

  it('are none where nothing is owed', async () => {
    const debt = await debtOf({ pendingInvoices: 0, amountToSendX100: 0, totalAmountX100: 0, paymentType: 'TOTAL', items: [] });
    expect(debt).toMatchObject({ send: 0, pending: 0, invoices: [] });
    expect((await debtOf({ items: undefined })).invoices).toEqual([]);
  });

  it('are refused where the account is unknown, which is not the same as an answer that can not be read', async () => {
    const { result, requests } = await invoicesOf(reply({ rc: -1, message: 'Cuenta no válida' }));
    expect(errorOf(result)).toEqual({ kind: 'refused', resultCode: null, message: 'Cuenta no válida' });
    expect(requests).toHaveLength(1);
    const withCode = { rc: 7, items: [{ resultcode: '931', resultmessage: 'x' }] };
    expect(errorOf((await invoicesOf(reply(withCode))).result)).toEqual({ kind: 'refused', resultCode: '931', message: 'x' });
  });

  it('say so where the biller can not be asked', async () => {
    expect(errorOf((await invoicesOf(status(404))).result)).toEqual({ kind: 'noQuery' });
  });

  it('leave out an invoice that can not be read, and say so', async () => {
    const items = [{ ...first, amountToSendX100: '6500' }, { ...first, isElegible: 'maybe' }, [first], null, first];
    const { result, log } = await invoicesOf(reply({ ...captured, items }));
    expect(must(result).invoices).toHaveLength(1);
    expect(log.events().filter((event) => event === 'warn evsb.invoiceLeftOut')).toHaveLength(4);
  });

  it('take a fee from wherever it shows', async () => {
    expect(await debtOf({ serviceFeeX100: undefined, totalAmountX100: 12_700 })).toMatchObject({ fee: 200 });
    expect(await firstInvoiceOf({ serviceFeeX100: 100 })).toMatchObject({ fee: 100 });
    expect(await firstInvoiceOf({ serviceFeeX100: undefined, totalAmountX100: undefined })).toMatchObject({ fee: null });
  });

  it.each([
    ['a no', {}, { isElegible: false }, false],
    ['a no in the right spelling', {}, { isElegible: undefined, isEligible: false }, false],
    ['a yes in the right spelling', {}, { isElegible: undefined, isEligible: true }, true],
    ['a yes and a no', {}, { isEligible: false }, false],
    ['a yes as text', {}, { isElegible: 'true' }, true],
    ['nothing, among invoices of choice', {}, { isElegible: undefined }, false],
    ['nothing, of a total', { paymentType: 'TOTAL' }, { isElegible: undefined }, true],
    ['nothing, of an open debt', { paymentType: 'OPEN' }, { isElegible: null }, true],
    ['a no, of an open debt', { paymentType: 'OPEN' }, { isElegible: false }, false],
    ['a yes without a reference to name', {}, { invoiceReference: '' }, false],
    ['a yes without an amount', {}, { amountToSendX100: undefined }, false],
    ['a yes with nothing to pay', {}, { amountToSendX100: 0 }, false],
  ])('are eligible or not by %s', async (_, debt, changes, eligible) => {
    expect((await firstInvoiceOf(changes, debt))?.eligible).toBe(eligible);
  });

  it('can not be paid by a reference that several of them have', async () => {
    const items = [first, { ...first, amountToSendX100: 1 }, { ...first, invoiceReference: 'INV-B' }];
    const eligible = async (changes: object) => (await debtOf({ ...changes, items })).invoices.map((each) => each.eligible);
    expect(await eligible({})).toEqual([false, false, true]);
    expect(await eligible({ paymentType: 'TOTAL' })).toEqual([true, true, true]);
  });

  it('keep the digits of a reference that came as a number', async () => {
    for (const digits of ['12345678901234567890', '10.50']) {
      const json = JSON.stringify({ ...captured, items: [first] }).replace('"INV-A"', digits);
      const { result } = await invoicesOf((_request, response) => void response.end(json));
      expect(must(result).invoices[0]?.reference).toBe(digits);
    }
  });

  it('are read or refused, and never throw', () => {
    const any = fc.jsonValue();
    const amount = fc.oneof(any, fc.integer());
    const item = fc.record(
      { amountToSendX100: amount, isElegible: fc.oneof(any, fc.boolean()), invoiceReference: any },
      { requiredKeys: [] },
    );
    const json = fc.record(
      {
        rc: fc.constantFrom(0, 0, 0, -1, '0'),
        paymentType: fc.oneof(any, fc.constantFrom('TOTAL', 'DISCRETE', 'OPEN')),
        amountToSendX100: amount,
        additionalData: any,
        items: fc.oneof(any, fc.array(item)),
      },
      { requiredKeys: ['rc', 'paymentType'] },
    );
    fc.assert(
      fc.property(fc.oneof(any, json), (answer) => {
        const result = readInvoices(answer, WATER, recordLog().log);
        if (!result.ok) {
          expect(['answered', 'refused']).toContain(result.error.kind);
          return;
        }
        const { paymentType, send, invoices } = result.value;
        expect(['TOTAL', 'DISCRETE', 'OPEN']).toContain(paymentType);
        for (const each of [send, ...invoices.map((invoice) => invoice.send)]) expect(each ?? 0).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('leave no trace of the account or of the customer in the log', async () => {
    const named = {
      ...captured,
      additionalData: [{ key: 'customerName', value: 'SECRET-NAME' }],
      items: [{ ...first, date: 'SECRET' }, 7],
    };
    for (const answer of [reply(named), reply({ rc: -1, message: 'SECRET-NAME 1234567890' }), status(500), status(404)]) {
      const { log } = await invoicesOf(answer);
      const written = JSON.stringify(log.lines);
      for (const secret of ['SECRET', '1234567890', 'card_code', 'INV-A', 'TX-0001']) expect(written).not.toContain(secret);
      expect(log.lines.some(({ fields }) => fields['call'] === 'invoices')).toBe(true);
    }
  });
});

describe('the body of a payment', () => {
  const bodyOf = (terms: NonNullable<Parameters<typeof prepareBill>[1]>['terms']) =>
    withSupplier('http://127.0.0.1:9', {}, (supplier) =>
      Promise.resolve(prepareBill(supplier, { at: AT, amount: 6_500, terms: { values, ...terms } }).body),
    );
  const returned = [{ key: 'transaction_code', value: 'TX-0001' }];

  it('repeats the values and everything that the query returned, and names the chosen invoices', async () => {
    expect(await bodyOf({ returned, invoices: ['INV-A'], phone: '600000000' })).toBe(
      '{"amountToSendX100":6500,"localDateTime":"2025-01-01T06:00:00","beneficiaryPhoneNumber":"600000000","additionalData":' +
        '[{"key":"card_code","value":"1234567890"},{"key":"installments_to_pay","value":"2"},{"key":"transaction_code","value":"TX-0001"}],' +
        '"invoiceNumbers":["INV-A"]}',
    );
  });

  it('leaves out what there is not', async () => {
    expect(await bodyOf({ returned: [], values: values.slice(0, 1) })).toBe(
      '{"amountToSendX100":6500,"localDateTime":"2025-01-01T06:00:00","additionalData":[{"key":"card_code","value":"1234567890"}]}',
    );
  });

  const dataOf = async (terms: Parameters<typeof bodyOf>[0]): Promise<unknown> =>
    (JSON.parse(await bodyOf(terms)) as { additionalData: unknown }).additionalData;

  it('has each key once: what the query returned wins, unless it is empty', async () => {
    const twice = [
      ...returned,
      { key: 'card_code', value: 'NEW' },
      { key: 'installments_to_pay', value: '' },
      { key: 'kept', value: '' },
    ];
    expect(await dataOf({ returned: twice })).toEqual([
      { key: 'card_code', value: 'NEW' },
      { key: 'installments_to_pay', value: '2' },
      { key: 'transaction_code', value: 'TX-0001' },
      { key: 'kept', value: '' },
    ]);
  });

  it('keeps keys as they are spelt', async () => {
    const spelt = [
      { key: 'transactionCode', value: '1' },
      { key: 'transaction_code', value: '2' },
      { key: '__proto__', value: '3' },
    ];
    expect(await dataOf({ values: [], returned: spelt })).toEqual(spelt);
  });
});
