// Whatever suppliers and customers write, the message can be sent and says nothing in their markup.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/domain/dialog/language.ts';
import { pageOf } from '../../../src/domain/dialog/view.ts';
import type { View } from '../../../src/domain/dialog/view.ts';
import type { DynamicItem } from '../../../src/domain/dynamic-item.ts';
import { hundredths } from '../../../src/domain/money.ts';
import { statementOf } from '../../../src/domain/statement.ts';
import { expectSendable, renderer, textOf } from './render-limits.ts';
import {
  DAY,
  amountView,
  codeView,
  operatorOf,
  order,
  priceView,
  receiptView,
  invoicesView,
  product,
  statementEntries,
} from './sample-views.ts';

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.constantFrom(
    '<b>',
    '</b>',
    '&',
    '&amp;lt;',
    '"',
    '{{count}}',
    '$t(help.text)',
    '👨‍👩‍👧',
    '\u202eمرحبا',
    'שלום',
    '\ud800',
    '\u0000',
    ' ',
    '\n\n\n',
    '',
  ),
);
const longText = fc.tuple(fc.array(hostile, { maxLength: 6 }), fc.nat(5_000)).map(([parts, length]) =>
  parts
    .join('')
    .repeat(Math.ceil(length / Math.max(1, parts.join('').length)))
    .slice(0, 5_000),
);
const text = fc.oneof(hostile, longText);

const viewsOf = (texts: readonly string[]): readonly View[] => {
  const [name = '', other = '', body = '', code = '', extra = ''] = texts;
  const odd = { ...product, name, description: body };
  const summary = { ...order, productName: name, operatorName: other, item: body };
  const price = { send: order.pay, receive: order.receive, fee: hundredths(0) };
  const item: DynamicItem = { id: code, description: body, endsAt: order.placedAt, price };
  const voucher = {
    code,
    account: other,
    instructions: body,
    expiration: extra,
    extra: [
      { key: name, value: extra },
      { key: other, value: body },
    ],
  };
  return [
    { type: 'countries', list: pageOf([{ id: 9999, name }], 0) },
    {
      type: 'operators',
      country: { id: 0, name },
      query: other,
      list: pageOf([operatorOf(name), operatorOf(other)], 0),
      canGoBack: false,
    },
    { type: 'products', operator: operatorOf(other), query: extra, list: pageOf([odd, product], 0) },
    {
      type: 'items',
      product: odd,
      account: { value: code, warnings: ['maskDoesNotFit'] },
      list: {
        items: [
          { index: 8, item },
          { index: 9, item: { ...item, description: name } },
        ],
        page: 1,
        pages: 2,
      },
    },
    { ...amountView, product: odd },
    {
      type: 'field',
      product: odd,
      field: { name: 'account', kind: 'login', mask: extra },
      position: 1,
      total: 2,
      suggestions: [{ value: code, name }],
    },
    { ...invoicesView, product: odd },
    { ...receiptView, order: summary, receipt: { authorisation: code, message: extra, extra: voucher.extra } },
    { type: 'quoteFailed', product: odd, error: { kind: 'noPrices' } },
    { ...priceView, product: odd, item, fields: { account: extra, receiverEmail: other, documentNumber: code } },
    { type: 'processing', order: order.id, productName: name, family: 'voucher', pay: order.pay },
    { type: 'orders', orders: [summary] },
    { type: 'order', order: summary },
    { ...codeView, order: summary, voucher },
    { type: 'codeLate', order: summary },
    { type: 'rejected', order: summary, reason: 'unavailable' },
    { type: 'unknown', order: summary, nextAskAt: order.placedAt },
    { type: 'needsPerson', order: summary },
    {
      type: 'result',
      order: summary,
      result: { description: body, own: [name, other], extra: [...voucher.extra, ...voucher.extra] },
    },
    { type: 'settled', order: summary },
    { type: 'batchSettled', orders: [summary, { ...summary, account: extra }] },
    {
      type: 'batch',
      list: pageOf([{ number: 1, kind: 'problem', text: body, problem: 'unknownProduct', example: { ...odd, brand: other } }], 0),
      total: 1,
      buy: null,
    },
    {
      type: 'statement',
      statement: statementOf(
        { from: DAY, to: DAY },
        [],
        statementEntries.map((entry) => ({ ...entry, description: name, reference: other })),
      ),
    },
  ];
};

const languages = fc.constantFrom(...LANGUAGES);
const revisions = fc.nat(Number.MAX_SAFE_INTEGER);

describe('any text', () => {
  it('gives messages that Telegram takes', () => {
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 5, maxLength: 5 }),
        text,
        languages,
        revisions,
        (texts, query, language, revision) => {
          for (const view of viewsOf(texts)) {
            expectSendable(renderer.render({ view, notice: { type: 'notFound', query }, language, revision }));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is shown as it was written, markup and placeholders included', () => {
    const written = fc.constantFrom(
      '<b>x</b>',
      'a & b',
      '&lt;i&gt;',
      '{{amount}}',
      '$t(help.text)',
      '<a href="x">',
      'שלום',
      '👨‍👩‍👧',
    );
    fc.assert(
      fc.property(written, languages, (name, language) => {
        const render = (view: View): string => textOf(renderer.render({ view, notice: null, language, revision: 1 }));
        expect(render({ type: 'processing', order: order.id, productName: name, family: 'voucher', pay: order.pay })).toContain(
          name,
        );
        expect(render({ ...codeView, voucher: { ...codeView.voucher, code: name } })).toContain(name);
        expect(renderer.renderNotice({ type: 'notFound', query: name }, language)).toContain(name);
      }),
    );
  });
});
