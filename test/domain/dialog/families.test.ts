// Each family from the product to its confirmation: what is asked and in which order, the way back, and what is looked up again.
import { describe, expect, it } from 'vitest';
import type { Debt } from '../../../src/domain/bill.ts';
import type { Form } from '../../../src/domain/form.ts';
import { orderIdFromBytes } from '../../../src/domain/ids.ts';
import type { CustomerId, ProductId } from '../../../src/domain/ids.ts';
import type { OrderTerms } from '../../../src/domain/order.ts';
import { fail, ok } from '../../../src/domain/result.ts';
import { cents } from '../sample-catalog.ts';
import {
  BILL,
  BUNDLE,
  MEXICAN_TOP_UP,
  SUPERMARKET,
  TOP_UP,
  billForm,
  bundleForm,
  debtOf,
  familyCatalog,
  holderForm,
  invoiceOf,
  mexicanForm,
  topUpForm,
} from './family-catalog.ts';
import { customer, itemOf, message, openDialog } from './sample-dialog.ts';

type Dialog = ReturnType<typeof openDialog>;

const NUMBER = '5352344000';
const somebody = 4711 as CustomerId;

const open = (product: ProductId, form: Form | null, brand: string): Dialog => {
  const dialog = openDialog(familyCatalog);
  dialog.script.form = form && ok({ form, known: {} });
  dialog.type(brand);
  expect(dialog.state().screen).toMatchObject({ draft: { product } });
  return dialog;
};

const openTopUp = () => open(TOP_UP, topUpForm, 'caracola');
const openBundle = () => open(BUNDLE, bundleForm, 'tritón');
const openSupermarket = () => open(SUPERMARKET, holderForm, 'huerta');

const openBill = (debt: Debt | Dialog['script']['debt']): Dialog => {
  const dialog = open(BILL, billForm, 'faro');
  dialog.script.debt = 'ok' in debt ? debt : ok(debt);
  dialog.type('123456');
  dialog.tap({ type: 'pickOption', index: 1 });
  return dialog;
};

const views = (dialog: Dialog) => dialog.said.map(({ view }) => view.type);
const asked = (dialog: Dialog) => dialog.questions.map(({ type }) => type);

const back = (dialog: Dialog) => {
  dialog.tap({ type: 'back' });
  return dialog.view();
};

const confirmShown = (dialog: Dialog): void => {
  const view = dialog.view();
  if (view.type !== 'price') throw new Error(`no price but ${view.type}`);
  dialog.tap({ type: 'confirm', order: view.order });
};

const orderShown = (dialog: Dialog) => {
  const { screen } = dialog.state();
  return screen.at === 'price' ? screen.order : null;
};

describe('a top-up', () => {
  it('asks for its form, the number and the amount, and is placed as it was shown', () => {
    const dialog = openTopUp();
    dialog.type('52 34 40 00');
    dialog.tap({ type: 'pickAmount', amount: cents(2_000) });
    expect(dialog.last()).toMatchObject({
      view: { type: 'price', fields: { account: NUMBER }, warnings: [], quote: { pay: { hundredths: 2_000 } } },
    });
    confirmShown(dialog);
    expect(views(dialog)).toEqual(['field', 'amount', 'price', 'processing']);
    expect(asked(dialog)).toEqual(['readForm', 'quote', 'place', 'keepsake']);
    expect(dialog.placed()).toMatchObject([
      { draft: { fields: { account: NUMBER }, choice: { direction: 'direct', amount: 2_000 }, dynamic: null, bill: null } },
    ]);
  });

  it('shows whom it goes to beside its amounts', () => {
    const dialog = openTopUp();
    dialog.type(NUMBER);
    expect(dialog.view()).toMatchObject({ type: 'amount', account: { value: NUMBER, warnings: [] } });
  });

  it('goes back from every screen', () => {
    const dialog = openTopUp();
    dialog.type(NUMBER);
    dialog.tap({ type: 'switchDirection' });
    dialog.type('240');
    expect(dialog.view().type).toBe('price');
    expect(back(dialog)).toMatchObject({ type: 'amount', entering: 'reverse' });
    expect(back(dialog)).toMatchObject({ type: 'field', position: 1 });
    expect(back(dialog).type).toBe('operators');
  });

  it('is for the number that was typed last', () => {
    const dialog = openTopUp();
    dialog.type(NUMBER);
    dialog.tap({ type: 'pickAmount', amount: cents(1_000) });
    back(dialog);
    back(dialog);
    dialog.type('52345000');
    expect(dialog.view()).toMatchObject({ type: 'amount', account: { value: '5352345000' } });
    dialog.tap({ type: 'pickAmount', amount: cents(1_000) });
    confirmShown(dialog);
    expect(dialog.placed()).toMatchObject([{ draft: { fields: { account: '5352345000' } } }]);
  });

  it('takes a number of another country with a warning that stands until the price, and is gone with the number', () => {
    const dialog = openTopUp();
    dialog.type('+34 600 123 456');
    expect(dialog.view()).toMatchObject({ account: { value: '34600123456', warnings: ['otherCountry', 'maskDoesNotFit'] } });
    dialog.tap({ type: 'pickAmount', amount: cents(1_000) });
    expect(dialog.view()).toMatchObject({ type: 'price', warnings: ['otherCountry', 'maskDoesNotFit'] });
    back(dialog);
    back(dialog);
    dialog.type(NUMBER);
    expect(dialog.view()).toMatchObject({ account: { value: NUMBER, warnings: [] } });
  });

  it.each([
    ['nothing like a number', 'hola', 'doesNotFit'],
    ['two numbers', '52344000 o 52345000', 'doesNotFit'],
    ['a number that is too short', '5234', 'tooShort'],
    ['a number that is too long', '52344000123', 'tooLong'],
    ['a number that nobody can have', '99999999', 'impossible'],
  ])('refuses %s and asks again', (_name, text, problem) => {
    const dialog = openTopUp();
    dialog.type(text);
    expect(dialog.last()).toMatchObject({ notice: { type: 'badField', problem }, view: { type: 'field' } });
    dialog.type(NUMBER);
    expect(dialog.view().type).toBe('amount');
  });

  it.each([
    ['of somebody else', '5352344000', somebody],
    ['of nobody on Telegram', '+5352344000', null],
    ['of their own', '+53 5 2344000', customer],
  ])('takes the contact %s', (_name, phone, owner) => {
    const dialog = openTopUp();
    dialog.happen({ type: 'sharedContact', phone, owner });
    expect(dialog.view()).toMatchObject({ type: 'amount', account: { value: NUMBER } });
  });

  it('reads a contact by its country code, whatever country the top-up is for', () => {
    const dialog = openTopUp();
    dialog.happen({ type: 'sharedContact', phone: '34600123456', owner: somebody });
    expect(dialog.view()).toMatchObject({ account: { value: '34600123456', warnings: ['otherCountry', 'maskDoesNotFit'] } });
  });

  it('takes a contact for no number of the top-up’s own country that looks alike', () => {
    const dialog = open(MEXICAN_TOP_UP, mexicanForm, 'quetzal');
    // Somebody in Norway; typed, it would be a number of Lagos de Moreno.
    dialog.happen({ type: 'sharedContact', phone: '4741234567', owner: somebody });
    expect(dialog.view()).toMatchObject({ account: { value: '4741234567', warnings: ['otherCountry', 'maskDoesNotFit'] } });
    const typing = open(MEXICAN_TOP_UP, mexicanForm, 'quetzal');
    typing.type('4741234567');
    expect(typing.view()).toMatchObject({ account: { value: '524741234567', warnings: [] } });
  });

  it('takes a saved number by its place, and no place that is not there', () => {
    const dialog = openTopUp();
    expect(dialog.view()).toMatchObject({ suggestions: [{ name: 'Mamá' }] });
    dialog.tap({ type: 'pickSuggestion', index: 1 });
    expect(dialog.last()).toMatchObject({ notice: { type: 'buttonExpired' }, view: { type: 'field' } });
    dialog.tap({ type: 'pickSuggestion', index: 0 });
    expect(dialog.view()).toMatchObject({ account: { value: NUMBER } });
  });

  it.each([['notAvailable'], ['supplierDown']] as const)('whose form is %s is asked for again, or left', (kind) => {
    const dialog = openDialog(familyCatalog);
    dialog.script.form = fail({ kind });
    dialog.type('caracola');
    expect(dialog.view()).toMatchObject({ type: 'quoteFailed', error: { kind } });
    dialog.tap({ type: 'retry' });
    expect(dialog.view().type).toBe('quoteFailed');
    dialog.script.form = ok({ form: topUpForm, known: {} });
    dialog.tap({ type: 'retry' });
    expect(dialog.view().type).toBe('field');
    const leaving = openDialog(familyCatalog);
    leaving.script.form = fail({ kind });
    leaving.type('caracola');
    expect(back(leaving).type).toBe('operators');
  });

  it('asks only for what is not known, and takes nothing known that does not fit', () => {
    const dialog = openDialog(familyCatalog);
    dialog.script.form = ok({ form: topUpForm, known: { account: NUMBER } });
    dialog.type('caracola');
    expect(dialog.view()).toMatchObject({ type: 'amount', account: { value: NUMBER } });
    const other = openDialog(familyCatalog);
    other.script.form = ok({ form: topUpForm, known: { account: '34600123456' } });
    other.type('caracola');
    expect(other.view().type).toBe('field');
  });
});

describe('a top-up of items', () => {
  it('asks for the number first, and then what its line is offered', () => {
    const dialog = openBundle();
    expect(views(dialog)).toEqual(['field']);
    dialog.type(NUMBER);
    expect(dialog.questions.at(-1)).toMatchObject({ type: 'listItems', account: NUMBER });
    expect(dialog.view()).toMatchObject({ type: 'items', account: { value: NUMBER } });
    dialog.tap({ type: 'pickItem', index: 2 });
    confirmShown(dialog);
    expect(dialog.placed()).toMatchObject([{ draft: { dynamic: { id: 'D-2' }, fields: { account: NUMBER } } }]);
  });

  it('goes back to a fresh list, and from there to the number; another number is offered its own list', () => {
    const dialog = openBundle();
    dialog.type(NUMBER);
    dialog.tap({ type: 'pickItem', index: 2 });
    dialog.script.items = [itemOf('D-7', 700)];
    expect(back(dialog)).toMatchObject({ type: 'items', list: { items: [{ item: { id: 'D-7' } }] } });
    expect(back(dialog)).toMatchObject({ type: 'field' });
    dialog.type('52345000');
    expect(dialog.questions.at(-1)).toMatchObject({ type: 'listItems', account: '5352345000' });
    expect(dialog.state().screen).toMatchObject({ at: 'items', draft: { choice: null, dynamic: null } });
  });

  it('has a list that can be asked for again when the supplier did not tell', () => {
    const dialog = openBundle();
    dialog.script.items = null;
    dialog.type(NUMBER);
    expect(dialog.view()).toMatchObject({ type: 'items', list: null });
    dialog.script.items = [itemOf('D-7', 700)];
    dialog.tap({ type: 'retry' });
    expect(dialog.questions.at(-1)).toMatchObject({ type: 'listItems', account: NUMBER });
    expect(dialog.view()).toMatchObject({ list: { items: [{ item: { id: 'D-7' } }] } });
  });
});

describe('a supermarket voucher', () => {
  it('asks for the amount first, then for whoever it belongs to', () => {
    const dialog = openSupermarket();
    dialog.tap({ type: 'pickAmount', amount: cents(5_000) });
    dialog.type('12.345.678-A');
    expect(dialog.last()).toMatchObject({ notice: { type: 'badField', problem: 'wrongCheckDigit' } });
    dialog.type('12.345.678-z');
    dialog.type('Ana María');
    dialog.type('Núñez');
    expect(views(dialog)).toEqual(['amount', 'field', 'field', 'field', 'field', 'price']);
    confirmShown(dialog);
    expect(dialog.placed()).toMatchObject([
      { draft: { choice: { amount: 5_000 }, fields: { documentNumber: '12345678Z', firstName: 'Ana María', surname: 'Núñez' } } },
    ]);
  });

  it('goes back field by field to the amount, and keeps what was typed', () => {
    const dialog = openSupermarket();
    dialog.tap({ type: 'pickAmount', amount: cents(5_000) });
    for (const text of ['12345678Z', 'Ana', 'Núñez']) dialog.type(text);
    expect(back(dialog)).toMatchObject({ type: 'field', position: 3 });
    expect(back(dialog)).toMatchObject({ type: 'field', position: 2 });
    expect(back(dialog)).toMatchObject({ type: 'field', position: 1 });
    expect(back(dialog).type).toBe('amount');
    dialog.tap({ type: 'pickAmount', amount: cents(2_000) });
    expect(dialog.view()).toMatchObject({
      type: 'price',
      quote: { pay: { hundredths: 2_000 } },
      fields: { documentNumber: '12345678Z', firstName: 'Ana', surname: 'Núñez' },
    });
    expect(back(dialog)).toMatchObject({ type: 'field', position: 3 });
  });

  it('takes no contact for a document', () => {
    const dialog = openSupermarket();
    dialog.tap({ type: 'pickAmount', amount: cents(5_000) });
    dialog.happen({ type: 'sharedContact', phone: '+5352344000', owner: customer });
    expect(dialog.last()).toMatchObject({ notice: { type: 'contactNotAsked' }, view: { type: 'field' } });
  });
});

const two = [invoiceOf('A', 2_000), invoiceOf('B', 3_000), invoiceOf('C', 900, false)];
const sum = (dialog: Dialog) => {
  const view = dialog.view();
  return view.type === 'invoices' ? (view.sum?.hundredths ?? null) : 'not shown';
};

describe('a bill', () => {
  it('asks for its form, its fields and what is owed', () => {
    const dialog = openBill(debtOf('TOTAL', [invoiceOf('A', 2_000)]));
    expect(views(dialog)).toEqual(['field', 'field', 'invoices']);
    expect(asked(dialog)).toEqual(['readForm', 'readInvoices']);
    expect(dialog.questions.at(-1)).toMatchObject({ draft: { fields: { contract: '123456', district: 'S-1' } } });
  });

  it('takes an option by its label, too, and none that is not offered', () => {
    const dialog = open(BILL, billForm, 'faro');
    dialog.type('123456');
    dialog.type('Este');
    expect(dialog.last()).toMatchObject({ notice: { type: 'badField', problem: 'doesNotFit' } });
    dialog.tap({ type: 'pickOption', index: 2 });
    expect(dialog.last()).toMatchObject({ notice: { type: 'buttonExpired' } });
    dialog.script.debt = ok(debtOf('TOTAL', two));
    dialog.type('norte');
    expect(dialog.state().screen).toMatchObject({ at: 'invoices', draft: { fields: { district: 'N-1' } } });
  });

  it('is paid as a whole, and looked up again right before', () => {
    const dialog = openBill(debtOf('TOTAL', two, 'TX-1'));
    expect(sum(dialog)).toBe(5_000);
    dialog.tap({ type: 'payDebt' });
    expect(dialog.view()).toMatchObject({ type: 'price', quote: { pay: { hundredths: 5_000 } }, invoices: [] });
    dialog.script.debt = ok(debtOf('TOTAL', two, 'TX-2'));
    confirmShown(dialog);
    expect(asked(dialog).slice(2)).toEqual(['quote', 'find', 'quote', 'place', 'keepsake']);
    expect(dialog.placed()).toMatchObject([
      { draft: { bill: { payment: { kind: 'whole' }, returned: [{ key: 'transaction_code', value: 'TX-2' }] } } },
    ]);
  });

  it('whose amount changed is confirmed again, as the same order', () => {
    const dialog = openBill(debtOf('TOTAL', two));
    dialog.tap({ type: 'payDebt' });
    const order = orderShown(dialog);
    dialog.script.debt = ok(debtOf('TOTAL', [invoiceOf('A', 6_000)]));
    confirmShown(dialog);
    expect(dialog.placed()).toEqual([]);
    expect(dialog.last()).toMatchObject({
      notice: { type: 'priceMoved', pay: { hundredths: 5_000 } },
      view: { type: 'price', order, quote: { pay: { hundredths: 6_000 } } },
    });
    confirmShown(dialog);
    expect(dialog.placed()).toMatchObject([{ order, quote: { pay: { hundredths: 6_000 }, choice: { amount: 6_000 } } }]);
  });

  it('adds up the invoices that are tapped, by their places', () => {
    const dialog = openBill(debtOf('DISCRETE', two));
    expect(sum(dialog)).toBeNull();
    dialog.tap({ type: 'toggleInvoice', index: 1 });
    expect(sum(dialog)).toBe(3_000);
    dialog.tap({ type: 'toggleInvoice', index: 0 });
    expect(sum(dialog)).toBe(5_000);
    expect(dialog.state().screen).toMatchObject({ chosen: [0, 1] });
    dialog.tap({ type: 'toggleInvoice', index: 1 });
    expect(sum(dialog)).toBe(2_000);
    dialog.tap({ type: 'payDebt' });
    confirmShown(dialog);
    expect(dialog.placed()).toMatchObject([
      { draft: { bill: { payment: { kind: 'invoices', references: ['A'] } } }, quote: { pay: { hundredths: 2_000 } } },
    ]);
  });

  it.each([
    ['an invoice that may not be paid', 2, 'invoiceNotPayable'],
    ['an invoice that is not there', 3, 'buttonExpired'],
  ])('does not take %s', (_name, index, type) => {
    const dialog = openBill(debtOf('DISCRETE', two));
    dialog.tap({ type: 'toggleInvoice', index });
    expect(dialog.last()).toMatchObject({ notice: { type }, view: { type: 'invoices' } });
    expect(sum(dialog)).toBeNull();
  });

  it('has to have something chosen', () => {
    const dialog = openBill(debtOf('DISCRETE', two));
    dialog.tap({ type: 'payDebt' });
    expect(dialog.last()).toMatchObject({ notice: { type: 'chooseInvoices' }, view: { type: 'invoices' } });
  });

  it('of which a chosen invoice is paid meanwhile leads to what is owed now', () => {
    const dialog = openBill(debtOf('DISCRETE', two));
    dialog.tap({ type: 'toggleInvoice', index: 0 });
    dialog.tap({ type: 'payDebt' });
    dialog.script.debt = ok(debtOf('DISCRETE', [invoiceOf('B', 3_000)]));
    confirmShown(dialog);
    expect(dialog.placed()).toEqual([]);
    expect(dialog.last()).toMatchObject({
      notice: { type: 'debtChanged' },
      view: { type: 'invoices', list: { items: [{ invoice: { reference: 'B' }, chosen: false }] } },
    });
  });

  it.each([
    ['300', { type: 'price', quote: { pay: { hundredths: 30_000 } } }, null],
    ['12,35', { type: 'price', quote: { pay: { hundredths: 1_235 } } }, null],
    ['12,34', { type: 'invoices' }, { type: 'badAmount', problem: { kind: 'offStep', nearest: 1_235 } }],
    ['2000', { type: 'invoices' }, { type: 'badAmount', problem: { kind: 'tooLarge', most: 100_000 } }],
    ['0,50', { type: 'invoices' }, { type: 'badAmount', problem: { kind: 'tooSmall', least: 100 } }],
    ['0', { type: 'invoices' }, { type: 'notAnAmount' }],
    ['-5', { type: 'invoices' }, { type: 'notAnAmount' }],
    ['mucho', { type: 'invoices' }, { type: 'notAnAmount' }],
  ])('of any amount answers %j', (text, view, notice) => {
    const dialog = openBill(debtOf('OPEN', two));
    dialog.type(text);
    expect(dialog.last()).toMatchObject(notice === null ? { view } : { view, notice });
  });

  it('of any amount is paid in full by its button, or in advance', () => {
    const dialog = openBill(debtOf('OPEN', two));
    dialog.tap({ type: 'payDebt' });
    expect(dialog.view()).toMatchObject({ type: 'price', quote: { pay: { hundredths: 5_000 } } });
    const ahead = openBill(debtOf('OPEN', []));
    expect(ahead.view()).toMatchObject({ type: 'invoices', payable: true, sum: null });
    ahead.type('20');
    confirmShown(ahead);
    expect(ahead.placed()).toMatchObject([{ draft: { bill: { payment: { kind: 'amount', amount: 2_000 } } } }]);
  });

  it.each(['TOTAL', 'DISCRETE'] as const)('of kind %s takes no typed amount, and nothing where nothing is owed', (type) => {
    const dialog = openBill(debtOf(type, two));
    dialog.type('20');
    expect(dialog.last()).toMatchObject({ notice: { type: 'useButtons' }, view: { type: 'invoices' } });
    const nothing = openBill(debtOf(type, []));
    expect(nothing.view()).toMatchObject({ type: 'invoices', payable: false, sum: null });
    nothing.tap({ type: 'payDebt' });
    expect(nothing.last()).toMatchObject({ view: { type: 'invoices' } });
    expect(asked(nothing)).toEqual(['readForm', 'readInvoices']);
  });

  it('of an account that the biller does not know leads back to its last field', () => {
    const dialog = openBill(fail({ kind: 'refused' }));
    expect(dialog.last()).toMatchObject({ notice: { type: 'billRefused' }, view: { type: 'field', position: 2 } });
    expect(back(dialog)).toMatchObject({ type: 'field', position: 1 });
    dialog.script.debt = ok(debtOf('TOTAL', two));
    dialog.type('654321');
    expect(dialog.view()).toMatchObject({ type: 'field', position: 2 });
    dialog.tap({ type: 'pickOption', index: 0 });
    expect(dialog.state().screen).toMatchObject({ at: 'invoices', draft: { fields: { contract: '654321', district: 'N-1' } } });
  });

  it('that can not be asked what is owed is paid by its amount', () => {
    const dialog = openBill(fail({ kind: 'noQuery' }));
    expect(dialog.view()).toMatchObject({ type: 'amount', account: null });
    dialog.type('12.35');
    expect(back(dialog).type).toBe('amount');
    expect(back(dialog)).toMatchObject({ type: 'field', position: 2 });
    dialog.tap({ type: 'pickOption', index: 0 });
    dialog.type('12.35');
    confirmShown(dialog);
    expect(dialog.placed()).toMatchObject([{ draft: { bill: null, choice: { amount: 1_235 } } }]);
  });

  it.each(['notAvailable', 'supplierDown'] as const)('that is %s can be asked for again', (kind) => {
    const dialog = openBill(fail({ kind }));
    expect(dialog.view()).toMatchObject({ type: 'quoteFailed', error: { kind } });
    dialog.script.debt = ok(debtOf('TOTAL', two));
    dialog.tap({ type: 'retry' });
    expect(dialog.view().type).toBe('invoices');
    const leaving = openBill(fail({ kind }));
    expect(back(leaving)).toMatchObject({ type: 'field', position: 2 });
  });

  it('goes back from every screen, to what is owed now', () => {
    const dialog = openBill(debtOf('TOTAL', two));
    dialog.tap({ type: 'payDebt' });
    dialog.script.debt = ok(debtOf('TOTAL', [invoiceOf('Z', 100)]));
    expect(back(dialog)).toMatchObject({ type: 'invoices', sum: { hundredths: 100 } });
    expect(dialog.state().screen).toMatchObject({ draft: { choice: null, bill: null } });
    expect(back(dialog)).toMatchObject({ type: 'field', position: 2 });
    expect(back(dialog)).toMatchObject({ type: 'field', position: 1 });
    expect(back(dialog).type).toBe('operators');
  });

  it('with a fee is shown and not sold', () => {
    const dialog = openBill({ ...debtOf('TOTAL', two), fee: 50 });
    dialog.tap({ type: 'payDebt' });
    expect(dialog.view()).toMatchObject({ type: 'price', sellable: false });
    confirmShown(dialog);
    expect(dialog.placed()).toEqual([]);
  });
});

describe('buying again', () => {
  const again = (
    product: ProductId,
    form: Form,
    recalled: Partial<Pick<OrderTerms, 'fields' | 'dynamic'>> & { readonly amount: number },
    change: (dialog: Dialog) => void = () => undefined,
  ): Dialog => {
    const dialog = openDialog(familyCatalog);
    dialog.script.form = ok({ form, known: {} });
    dialog.script.debt = ok(debtOf('DISCRETE', two));
    change(dialog);
    const id = orderIdFromBytes(new Uint8Array(12));
    const { amount, fields = {}, dynamic = null } = recalled;
    dialog.script.recalled = { id, productId: product, choice: { direction: 'direct', amount: cents(amount) }, fields, dynamic };
    dialog.happen({ type: 'tappedLasting', action: { type: 'buyAgain', order: id }, message: message(1) });
    return dialog;
  };

  it('a top-up leads straight to its price', () => {
    const dialog = again(TOP_UP, topUpForm, { amount: 2_000, fields: { account: NUMBER } });
    expect(dialog.view()).toMatchObject({ type: 'price', fields: { account: NUMBER }, quote: { pay: { hundredths: 2_000 } } });
    expect(asked(dialog)).toEqual(['recall', 'readForm', 'quote']);
  });

  it('a top-up for a number that was odd asks for the number, so that it is warned of again', () => {
    const dialog = again(TOP_UP, topUpForm, { amount: 2_000, fields: { account: '34600123456' } });
    expect(dialog.view().type).toBe('field');
  });

  it('a top-up that sells items by now asks for one', () => {
    const dialog = again(TOP_UP, bundleForm, { amount: 2_000, fields: { account: NUMBER } });
    expect(dialog.view().type).toBe('items');
  });

  it('an item leads to its price while the line is offered it', () => {
    const dynamic = { id: 'D-2', description: 'Draw D-2', endsAt: null };
    const there = again(BUNDLE, bundleForm, { amount: 302, fields: { account: NUMBER }, dynamic });
    expect(there.view()).toMatchObject({ type: 'price', item: { id: 'D-2' } });
    const gone = again(BUNDLE, bundleForm, { amount: 302, fields: { account: NUMBER }, dynamic }, ({ script }) => {
      script.items = [itemOf('D-7', 700)];
    });
    expect(gone.last()).toMatchObject({ notice: { type: 'quoteFailed', error: { kind: 'itemGone' } }, view: { type: 'items' } });
  });

  it('an item for another number asks what that one is offered', () => {
    const dynamic = { id: 'D-2', description: 'Draw D-2', endsAt: null };
    const dialog = again(BUNDLE, bundleForm, { amount: 302, fields: { account: '34600123456' }, dynamic });
    expect(dialog.view().type).toBe('field');
    dialog.type(NUMBER);
    expect(dialog.state().screen).toMatchObject({ at: 'items', draft: { dynamic: null } });
  });

  it('a supermarket voucher leads straight to its price', () => {
    const fields = { documentNumber: '12345678Z', firstName: 'Ana', surname: 'Núñez' };
    const dialog = again(SUPERMARKET, holderForm, { amount: 5_000, fields });
    expect(dialog.view()).toMatchObject({ type: 'price', fields, quote: { pay: { hundredths: 5_000 } } });
  });

  it('a bill leads to what is owed now, of the same account', () => {
    const fields = { contract: '123456', district: 'S-1' };
    const dialog = again(BILL, billForm, { amount: 2_000, fields });
    expect(dialog.state().screen).toMatchObject({ at: 'invoices', chosen: [], draft: { fields, choice: null, bill: null } });
    expect(asked(dialog)).toEqual(['recall', 'readForm', 'readInvoices']);
  });
});
