// What a purchase asks for: the overlay's fields and those that the supplier names, asked of it over real HTTP and of scripted answers.
import { afterAll, describe, expect, it } from 'vitest';
import type { BillParameters, RechargeParameters } from '../../src/app/ports/families.ts';
import type { SupplierError } from '../../src/app/ports/supplier.ts';
import { createReadForm } from '../../src/app/read-form.ts';
import { composeCatalog } from '../../src/domain/catalog.ts';
import type { ListedProduct, OverlayEntry, Product, RequiredField } from '../../src/domain/catalog.ts';
import { fail, ok } from '../../src/domain/result.ts';
import { openShop } from '../adapters/evsb/shop.ts';
import { entry, listed, productId } from '../domain/sample-catalog.ts';

const shop = await openShop();
afterAll(shop.close);

const productOf = (overlay: Partial<OverlayEntry>, changes: Partial<ListedProduct> = {}, id = 1): Product => {
  const product = composeCatalog([listed(id, changes)], { [id]: entry('Brand', overlay) }, false).products.get(productId(id));
  if (product === undefined) throw new Error('The product is not on sale');
  return product;
};

const noAnswer = fail({ kind: 'noAnswer', reason: 'reset' } as const);

/** Reads forms from a supplier that answers with these. */
const readerOf = (answers: {
  readonly recharge?: RechargeParameters | SupplierError;
  readonly bill?: BillParameters | SupplierError;
}) => {
  const { recharge, bill } = answers;
  return createReadForm({
    rechargeParameters: () =>
      Promise.resolve(recharge === undefined ? noAnswer : 'kind' in recharge ? fail(recharge) : ok(recharge)),
    billParameters: () => Promise.resolve(bill === undefined ? noAnswer : 'kind' in bill ? fail(bill) : ok(bill)),
  });
};

const text = { kind: 'text', labels: {}, minLength: null, maxLength: null } as const;
const asked = (name: string) => ({ ...text, name });
const named = (...names: string[]): RechargeParameters => ({ dynamic: false, dynamicField: null, fields: names.map(asked) });

const email: RequiredField = { name: 'receiverEmail', kind: 'email', mask: null };

describe('the form of a code', () => {
  it.each(['voucher', 'supermarket'] as const)('of family %s is the overlay’s, and nobody is asked', async (family) => {
    const form = await readerOf({})(productOf({ family, fields: [email] }));
    expect(form).toEqual({ ok: true, value: { fields: [email], itemsBy: null, query: [], pay: [], suggestions: [] } });
  });
});

describe('the form of a top-up', () => {
  it('asks for a phone number where the catalogue has a mask, and for a login where it has none', async () => {
    const read = readerOf({ recharge: named('account') });
    const masked = await read(productOf({ family: 'recharge' }, { mask: '53########' }));
    expect(masked).toMatchObject({ value: { fields: [{ name: 'account', kind: 'phone', mask: '53########' }], itemsBy: null } });
    const bare = await read(productOf({ family: 'recharge' }));
    expect(bare).toMatchObject({ value: { fields: [{ name: 'account', kind: 'login', mask: null }] } });
  });

  it('knows the supplier’s own keys, and takes any other as a text', async () => {
    const names = ['receiverEmail', 'documentNumber', 'firstName', 'surname', 'secondSurname', 'meter'];
    const form = await readerOf({ recharge: named(...names) })(productOf({ family: 'recharge' }));
    expect(form.ok && form.value.fields.map(({ kind }) => kind)).toEqual(['email', 'document', 'name', 'name', 'name', 'text']);
  });

  it('believes the overlay where the two differ, keeps the supplier’s words and order, and adds what only the overlay asks for', async () => {
    const labels = { en: 'Your login' };
    const read = readerOf({
      recharge: { ...named(), fields: [asked('receiverEmail'), { ...asked('account'), labels, minLength: 3 }] },
    });
    const account: RequiredField = { name: 'account', kind: 'email', mask: null };
    const documentNumber: RequiredField = { name: 'documentNumber', kind: 'document', mask: null, document: 'curp' };
    const form = await read(productOf({ family: 'recharge', fields: [documentNumber, account] }));
    expect(form).toMatchObject({
      value: {
        fields: [
          { name: 'receiverEmail', kind: 'email' },
          { name: 'account', kind: 'email', labels, lengths: { least: 3, most: null } },
          { name: 'documentNumber', document: 'curp' },
        ],
      },
    });
  });

  it.each([
    ['the field that the supplier names', { dynamic: true, dynamicField: 'line' }, 'line'],
    ['the first one where it names none', { dynamic: true, dynamicField: null }, 'account'],
    ['nothing where it sells fixed amounts', { dynamic: false, dynamicField: 'account' }, null],
  ])('lists its items by %s', async (_name, dynamic, itemsBy) => {
    const form = await readerOf({ recharge: { ...named('account', 'line'), ...dynamic } })(productOf({ family: 'recharge' }));
    expect(form).toMatchObject({ ok: true, value: { itemsBy } });
  });

  it.each([
    ['nothing', { fields: [], dynamicField: null }, ['account'], 'account'],
    ['a field that lists them', { fields: [], dynamicField: 'line' }, ['line'], 'line'],
    ['another field than the one that lists them', { fields: [asked('pin')], dynamicField: 'line' }, ['line', 'pin'], 'line'],
  ])('is asked for what lists its items where the supplier describes %s', async (_name, parameters, names, itemsBy) => {
    const form = await readerOf({ recharge: { dynamic: true, ...parameters } })(productOf({ family: 'recharge' }));
    expect(form).toMatchObject({ ok: true, value: { itemsBy, fields: names.map((name) => ({ name })) } });
  });
});

describe('the form of a bill', () => {
  const district = {
    kind: 'choice',
    name: 'district',
    labels: { und: 'Zona' },
    minLength: 3,
    maxLength: 6,
    options: [{ value: 'N', label: 'NORTE' }],
  } as const;

  it('asks for what the query or the payment names, and for nothing else', async () => {
    const parameters: BillParameters = {
      fields: [asked('contract'), district, asked('colour')],
      query: ['contract'],
      pay: ['district'],
    };
    const form = await readerOf({ bill: parameters })(productOf({ family: 'bill' }));
    expect(form).toMatchObject({
      value: {
        fields: [
          { name: 'contract', kind: 'text' },
          { name: 'district', kind: 'choice', labels: { und: 'Zona' }, options: district.options },
        ],
        query: ['contract'],
        pay: ['district'],
        itemsBy: null,
      },
    });
  });

  it('asks for a key of the query without a field by its name, and never for what the query returns', async () => {
    const parameters: BillParameters = { fields: [], query: ['meter'], pay: ['meter', 'transaction_code'] };
    const form = await readerOf({ bill: parameters })(productOf({ family: 'bill' }));
    expect(form.ok && form.value.fields).toEqual([{ name: 'meter', kind: 'text', mask: null, labels: { und: 'meter' } }]);
  });

  it('lets the overlay say what a key stands for', async () => {
    const contract: RequiredField = { name: 'contract', kind: 'phone', mask: null };
    const parameters: BillParameters = { fields: [asked('contract')], query: ['contract'], pay: [] };
    const form = await readerOf({ bill: parameters })(productOf({ family: 'bill', fields: [contract] }));
    expect(form).toMatchObject({ value: { fields: [{ name: 'contract', kind: 'phone' }] } });
  });
});

describe('a form that the supplier does not tell', () => {
  const answered = (httpStatus: number): SupplierError => ({ kind: 'answered', httpStatus, resultCode: '-1', message: 'no' });

  it.each([
    ['refused', answered(200), 'notAvailable'],
    ['broken', answered(500), 'supplierDown'],
    ['silent', { kind: 'noAnswer', reason: 'reset' }, 'supplierDown'],
    ['not reached', { kind: 'notSent', reason: 'refused' }, 'supplierDown'],
  ] as const)('is %s: %j', async (_name, error, kind) => {
    const read = readerOf({ recharge: error, bill: error });
    for (const family of ['recharge', 'bill'] as const) {
      expect(await read(productOf({ family }))).toEqual({ ok: false, error: { kind } });
    }
  });
});

describe('the forms of the simulator', () => {
  const read = createReadForm(shop.supplier);

  it.each([
    [8601, 'recharge', ['account'], null],
    [8603, 'recharge', ['account', 'receiverEmail'], null],
    [8613, 'recharge', ['account'], 'account'],
    [8802, 'bill', ['contract', 'district'], null],
    [8803, 'bill', ['phone'], null],
    [9989, 'bill', ['account'], null],
  ] as const)('of %d ask for %j', async (id, family, names, itemsBy) => {
    const form = await read(productOf({ family }, {}, id));
    expect(form.ok && form.value.fields.map(({ name }) => name)).toEqual(names);
    expect(form).toMatchObject({ value: { itemsBy } });
  });

  it('are not there for a product of another family', async () => {
    expect(await read(productOf({ family: 'recharge' }, {}, 8701))).toEqual({ ok: false, error: { kind: 'notAvailable' } });
  });
});
