// What is kept for customers beside their orders: numbers under names, details by consent, and repeats of what they bought.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { createKeepDetails } from '../../src/app/keep-details.ts';
import type { KeepDetails } from '../../src/app/keep-details.ts';
import type { Product, RequiredField } from '../../src/domain/catalog.ts';
import { formOf } from '../../src/domain/form.ts';
import { MOST_SUGGESTIONS } from '../../src/domain/keepsake.ts';
import type { OrderTerms } from '../../src/domain/order.ts';
import { product as sample } from '../adapters/telegram/sample-views.ts';
import { ALICE, BOB, EUR, after, got, grant, orderId, placed, sending, step, termsOf } from '../contracts/orders.ts';
import { money } from '../../src/domain/money.ts';
import { phones } from '../domain/phones.ts';
import { createTestClock, silentLog } from './test-clock.ts';

const account: RequiredField = { name: 'account', kind: 'phone', mask: null };
const document: RequiredField = { name: 'documentNumber', kind: 'document', mask: null };
const surname: RequiredField = { name: 'surname', kind: 'name', mask: null };
const product: Product = { ...sample, countryId: 192, fields: [account, document, surname] };
const answers = { account: '5351234567', documentNumber: 'AB123456', surname: 'Ruiz' };

let ledger: SqlLedger;
let clock: ReturnType<typeof createTestClock>;
let details: KeepDetails;

beforeEach(async () => {
  ledger = await openLedger({ file: ':memory:', sealer: createSealer(newSealingKey()), log: silentLog });
  clock = createTestClock();
  details = createKeepDetails({
    keepsakes: ledger,
    ledger,
    catalog: () => ({ products: new Map([[product.id, product]]) }),
    fieldsOf: ({ fields }) => Promise.resolve(fields),
    phones,
    clock,
  });
  await grant(ledger, ALICE, 99_000);
});
afterEach(() => ledger.close());

const buy = async (index: number, given: Partial<OrderTerms> = {}) => {
  const id = orderId(index);
  const terms = termsOf(id, { productId: product.id, fields: answers, placedAt: after(index), ...given });
  const order = await placed(ledger, terms);
  const noted = await details.noteSale(ALICE, { type: 'noteSale', order: id, product, fields: product.fields });
  return { id, order, ask: noted.ask };
};
const bought = async (index: number, given: Partial<OrderTerms> = {}): Promise<void> => {
  const { order } = await buy(index, given);
  const sent = await sending(ledger, order, index);
  const settlement = { kind: 'charged', code: 'here', supplierReference: null } as const;
  got(await ledger.append(sent, step(sent, { type: 'settle', settlement })));
};
const fillIn = (asked: Product = product) => details.fillIn(ALICE, asked, formOf(asked, { form: null }));
const suggested = async () => (await fillIn()).form.suggestions;

describe('a number', () => {
  it('is saved with its country, whatever the purchase sent, and offered where a phone number is asked', async () => {
    const { id } = await buy(1);
    const saved = await details.name(ALICE, { kind: 'order', order: id }, 'Mum');
    expect(saved).toMatchObject({ notice: { what: 'saved' }, numbers: [{ kind: 'phone', name: 'Mum', value: '+5351234567' }] });
    expect(await suggested()).toEqual([{ name: 'Mum', value: '+5351234567' }]);
    expect((await fillIn({ ...product, fields: [document] })).form.suggestions).toEqual([]);
  });

  it('is an account where the product says so, and offered nowhere as a phone number', async () => {
    const login: Product = { ...product, fields: [{ ...account, kind: 'login' }] };
    const of = createKeepDetails({
      keepsakes: ledger,
      ledger,
      catalog: () => ({ products: new Map([[login.id, login]]) }),
      fieldsOf: () => Promise.resolve(null),
      phones,
      clock,
    });
    const { id } = await buy(1, { fields: { account: '5351234567' } });
    const saved = await of.name(ALICE, { kind: 'order', order: id }, 'Games');
    expect(saved.numbers).toMatchObject([{ kind: 'account', value: '5351234567' }]);
    expect(await suggested()).toEqual([]);
  });

  it('is offered first when it was used last, and only some are', async () => {
    for (let index = 0; index < MOST_SUGGESTIONS + 3; index += 1) {
      clock.advance(1);
      await ledger.saveNumber(ALICE, { kind: 'phone', name: `N${index}`, value: `+535123450${index}` }, clock.now());
    }
    clock.advance(1);
    await buy(1, { fields: { ...answers, account: '5351234500' } });
    const names = (await suggested()).map(({ name }) => name);
    expect(names).toEqual(['N0', 'N8', 'N7', 'N6', 'N5', 'N4']);
  });

  it('of somebody else’s order, or of none, is not saved', async () => {
    const { id } = await buy(1);
    const naming = { kind: 'order', order: id } as const;
    expect(await details.name(BOB, naming, 'Mum')).toMatchObject({ notice: { what: 'gone' }, numbers: [] });
    const none = await buy(2, { fields: {} });
    expect(await details.name(ALICE, { kind: 'order', order: none.id }, 'Mum')).toMatchObject({ notice: { what: 'gone' } });
  });
});

describe('personal details', () => {
  it('are asked about after the first purchase that has any, and kept with a yes', async () => {
    expect((await buy(1, { fields: { account: '5351234567' } })).ask).toBeNull();
    const { id, ask } = await buy(2);
    expect(ask).toBe(id);
    expect((await fillIn()).known).toEqual({});
    expect(await details.consent(ALICE, id)).toEqual({ type: 'consentStored', remembered: true });
    expect((await fillIn()).known).toEqual({ documentNumber: 'AB123456', surname: 'Ruiz' });
    expect((await buy(3, { fields: { ...answers, surname: 'Soto' } })).ask).toBeNull();
    expect((await fillIn()).known).toMatchObject({ surname: 'Soto' });
  });

  it('are of a country: another one’s document is asked for, the name is not', async () => {
    await details.consent(ALICE, (await buy(1)).id);
    expect((await fillIn({ ...product, countryId: 724 })).known).toEqual({ surname: 'Ruiz' });
  });

  it('are not kept, and not asked about again, after a no', async () => {
    expect((await buy(1)).ask).toBe(orderId(1));
    await details.consent(ALICE, null);
    expect((await buy(2)).ask).toBeNull();
    expect((await fillIn()).known).toEqual({});
  });

  it('of somebody else’s order are not remembered', async () => {
    await details.consent(BOB, (await buy(1)).id);
    expect((await details.fillIn(BOB, product, formOf(product, { form: null }))).known).toEqual({});
  });

  it('are told by their kinds and erased with the numbers and the answer; the orders stay', async () => {
    const { id } = await buy(1);
    await details.name(ALICE, { kind: 'order', order: id }, 'Mum');
    await details.consent(ALICE, id);
    expect((await details.read(ALICE)).kept).toEqual({ numbers: 1, details: ['document', 'name'], answered: true });
    await details.forget(ALICE);
    expect((await details.read(ALICE)).kept).toEqual({ numbers: 0, details: [], answered: false });
    expect(await fillIn()).toMatchObject({ known: {}, form: { suggestions: [] } });
    expect(await ledger.order(id)).not.toBeNull();
    expect((await buy(2)).ask).toBe(orderId(2));
  });
});

describe('repeats', () => {
  it('are what was bought last, each thing once, three at most, with the name of the number', async () => {
    await bought(1);
    await bought(2, { fields: { ...answers, account: '5357654321' } });
    await bought(3);
    await bought(4, {
      fields: {},
      productName: 'No number',
      choice: { direction: 'direct', amount: money(700, EUR).hundredths },
    });
    await bought(5, { fields: {} });
    await ledger.saveNumber(ALICE, { kind: 'phone', name: 'Mum', value: '+5351234567' }, clock.now());
    const repeats = await details.repeats(ALICE);
    expect(repeats.map(({ order, to }) => [order, to])).toEqual([
      [orderId(5), null],
      [orderId(4), null],
      [orderId(3), 'Mum'],
    ]);
    await ledger.forgetCustomer(ALICE);
    expect((await details.repeats(ALICE))[2]?.to).toBe('…4567');
  });

  it('leave out what came to nothing, and what is not bought yet', async () => {
    const { order } = await buy(1);
    expect(await details.repeats(ALICE)).toEqual([]);
    const sent = await sending(ledger, order, 1);
    const settlement = { kind: 'rejected', reason: 'unavailable', resultCode: '16' } as const;
    got(await ledger.append(sent, step(sent, { type: 'settle', settlement })));
    expect(await details.repeats(ALICE)).toEqual([]);
    expect(await details.repeats(BOB)).toEqual([]);
  });
});
