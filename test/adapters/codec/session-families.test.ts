// Stored conversations of top-ups, supermarket vouchers and bills, and those of a time before there were any.
import { describe, expect, it } from 'vitest';
import { createSessionCodec } from '../../../src/adapters/codec/session-codec.ts';
import { createSealer, newSealingKey } from '../../../src/adapters/system/sealing.ts';
import { newDialog, newDraft } from '../../../src/domain/dialog/state.ts';
import type { CompleteDraft, DialogState, Draft, Screen } from '../../../src/domain/dialog/state.ts';
import type { Form } from '../../../src/domain/form.ts';
import { money } from '../../../src/domain/money.ts';
import type { Fields } from '../../../src/domain/order.ts';
import type { Quote } from '../../../src/domain/quote.ts';
import { NOON, orderId } from '../../contracts/orders.ts';
import { EUR, FIELDS, RAFFLE, cents } from '../../domain/sample-catalog.ts';

const sealer = createSealer(newSealingKey());
const codec = createSessionCodec(sealer);

const typed = { account: '5351234567', receiverEmail: 'ana@mail.example' };
const choice = { direction: 'direct', amount: cents(500) } as const;

const form: Form = {
  fields: [
    { name: 'contract', kind: 'text', mask: null, labels: { und: 'Contrato' }, lengths: { least: 8, most: null } },
    { name: 'district', kind: 'choice', mask: null, options: [{ value: 'N', label: 'Norte' }] },
    { name: 'documentNumber', kind: 'document', mask: null, document: 'curp' },
  ],
  itemsBy: null,
  query: ['contract'],
  pay: ['contract', 'transaction_code'],
  suggestions: [],
};

const topUpDraft: Draft = {
  ...newDraft(FIELDS),
  form: { ...form, itemsBy: 'account', suggestions: [{ value: '+5352344000', name: 'ABUELA' }] },
  fields: { account: '34600123456' },
  warnings: ['otherCountry', 'maskDoesNotFit'],
};

const billDraft: CompleteDraft = {
  ...newDraft(FIELDS),
  form,
  choice,
  fields: { contract: '98765432', district: 'N' },
  bill: { payment: { kind: 'invoices', references: ['INV-77'] }, returned: [{ key: 'transaction_code', value: 'TX-0001' }] },
};

const invoices: Screen = {
  at: 'invoices',
  draft: { ...billDraft, choice: null, bill: null },
  debt: {
    paymentType: 'DISCRETE',
    send: 4_711,
    receive: 4_711,
    fee: null,
    destinationCurrency: null,
    pending: 1,
    invoices: [
      {
        reference: 'INV-77',
        send: 4_711,
        receive: null,
        fee: 0,
        destinationCurrency: 'EUR',
        date: null,
        expirationDate: '2026-02-07',
        eligible: true,
      },
    ],
    returned: [{ key: 'customerName', value: 'CLIENTE' }],
  },
  chosen: [0],
  page: 0,
};

const quote: Quote = {
  productId: FIELDS,
  choice,
  cost: money(500, EUR),
  commission: money(0, EUR),
  pay: money(510, EUR),
  receive: money(500, EUR),
  fee: cents(0),
  estimated: false,
  quotedAt: NOON,
  expiresAt: NOON,
};

const price: Screen = { at: 'price', draft: billDraft, order: orderId(1), quote };

const stateAt = (screen: Screen): DialogState => ({ ...newDialog(NOON), screen });

describe('a stored purchase', () => {
  it.each<[string, Screen]>([
    ['what an account owes', invoices],
    ['what is asked, and what was answered', { at: 'field', draft: billDraft, index: 1 }],
    [
      'the amount of a top-up, and what is odd about its number',
      { at: 'amount', draft: topUpDraft, entering: 'direct', page: 0 },
    ],
    ['what a line is offered', { at: 'items', draft: topUpDraft, items: null, page: 0 }],
    ['the price of a bill', price],
    ['the price of a whole bill', { ...price, draft: { ...billDraft, bill: { payment: { kind: 'whole' }, returned: [] } } }],
    [
      'the price of an amount',
      { ...price, draft: { ...billDraft, bill: { payment: { kind: 'amount', amount: cents(7) }, returned: [] } } },
    ],
    [
      'a form that could not be had',
      { at: 'quoteFailed', draft: newDraft(FIELDS), order: orderId(1), error: { kind: 'supplierDown' } },
    ],
    ['a bill that is being paid', { at: 'processing', order: orderId(1), productName: 'Faro', family: 'bill', pay: quote.pay }],
  ])('comes back with %s', (_name, screen) => {
    expect(codec.decode(codec.encode(stateAt(screen)))).toEqual(stateAt(screen));
  });

  it.each<[string, Screen]>([
    ['what somebody owes', invoices],
    ['what a biller returned', price],
    ['saved numbers', { at: 'field', draft: topUpDraft, index: 0 }],
  ])('shows nothing of %s', (_name, screen) => {
    const text = codec.encode(stateAt(screen));
    const personal = ['98765432', 'TX-0001', 'INV-77', '4711', 'ABUELA', '5352344000', '34600123456', 'CLIENTE'];
    expect(personal.filter((value) => text.includes(value))).toEqual([]);
    const encoded = personal.map((value) => Buffer.from(value).toString('base64').replace(/=+$/, '').slice(0, -1));
    expect(encoded.filter((value) => text.includes(value))).toEqual([]);
    // The form is no secret.
    expect(text).toContain('"label":"Norte"');
  });
});

describe('a conversation of a time with vouchers alone', () => {
  /** As it was written then: the sealed fields are a bare record. */
  const seal = (fields: Fields): string => Buffer.from(sealer.seal(JSON.stringify(fields), 'session')).toString('base64');
  const textOf = (screen: object): string => {
    const { revision, living, language } = newDialog(NOON);
    return JSON.stringify({ v: 1, screen, revision, living, language });
  };
  const oldDraft = { product: FIELDS, choice, fields: seal(typed), dynamic: null, twin: null };
  const draft = { ...newDraft(FIELDS), choice, fields: typed };
  const oldQuote = { ...quote, cost: undefined, commission: undefined };

  it.each<[string, object, Screen]>([
    [
      'an amount',
      { at: 'amount', product: FIELDS, entering: 'reverse', page: 1 },
      { at: 'amount', draft: newDraft(FIELDS), entering: 'reverse', page: 1 },
    ],
    [
      'items',
      { at: 'items', product: RAFFLE, items: null, page: 0 },
      { at: 'items', draft: newDraft(RAFFLE), items: null, page: 0 },
    ],
    ['a field', { at: 'field', draft: oldDraft, index: 2 }, { at: 'field', draft, index: 2 }],
    [
      'a price',
      { at: 'price', draft: oldDraft, order: orderId(1), quote: oldQuote },
      { at: 'price', draft, order: orderId(1), quote: { ...quote, cost: quote.pay } },
    ],
    [
      'an order under way',
      { at: 'processing', order: orderId(1), productName: 'Palmera', pay: quote.pay },
      { at: 'processing', order: orderId(1), productName: 'Palmera', family: 'voucher', pay: quote.pay },
    ],
  ])('comes back at %s', (_name, old, screen) => {
    expect(codec.decode(textOf(old))).toEqual(stateAt(screen));
  });

  it.each([
    ['fields that no key opens', { at: 'field', draft: { ...oldDraft, fields: 'AAAA' }, index: 2 }],
    ['no product', { at: 'amount', entering: 'direct', page: 0 }],
    ['a price without a choice', { at: 'price', draft: { ...oldDraft, choice: null }, order: orderId(1), quote }],
  ])('is unreadable with %s', (_name, old) => {
    expect(codec.decode(textOf(old))).toBeNull();
  });
});
