// At least one of every view, so that a new one without samples breaks the build.
import type { Debt, Invoice } from '../../../src/domain/bill.ts';
import type { Operator, Product } from '../../../src/domain/catalog.ts';
import { formOf } from '../../../src/domain/form.ts';
import { CHANGED_PARTS } from '../../../src/domain/catalog-difference.ts';
import { dayLater, parseDay } from '../../../src/domain/day.ts';
import type { DynamicItem } from '../../../src/domain/dynamic-item.ts';
import { pageOf } from '../../../src/domain/dialog/view.ts';
import type { OrderSummary, View } from '../../../src/domain/dialog/view.ts';
import { parseCustomerId, parseOrderId, parseProductId } from '../../../src/domain/ids.ts';
import { parseNumberId } from '../../../src/domain/keepsake.ts';
import { hundredths, money, parseCurrency, parseRate } from '../../../src/domain/money.ts';
import type { OrderStatus, RejectionReason } from '../../../src/domain/order.ts';
import { ENTRY_KINDS } from '../../../src/domain/float-movement.ts';
import type { StatementEntry } from '../../../src/domain/float-movement.ts';
import { statementOf } from '../../../src/domain/statement.ts';
import type { Quote } from '../../../src/domain/quote.ts';
import type { Result } from '../../../src/domain/result.ts';
import { instant } from '../../../src/domain/time.ts';
import type { DrawResult } from '../../../src/domain/voucher.ts';
import { sampleAdminViews } from './sample-admin-views.ts';
import { sampleAgentViews } from './sample-agent-views.ts';
import { batchSamples } from './sample-batch.ts';
import { handOverSamples, keepsakeSamples } from './sample-keepsakes.ts';

const valueOf = <T>(result: Result<T, unknown>): T => {
  if (!result.ok) throw new Error(`A sample does not parse: ${String(result.error)}`);
  return result.value;
};

export const EUR = valueOf(parseCurrency('EUR'));
const MXN = valueOf(parseCurrency('MXN'));
const orderId = valueOf(parseOrderId('7KQ2M9XW4T0B'));
/** 2026-08-09 12:05 UTC, 14:05 in Madrid. */
const at = instant(Date.UTC(2026, 7, 9, 12, 5));

export const product: Product = {
  id: valueOf(parseProductId(8101)),
  operatorId: valueOf(parseProductId(8101)),
  name: 'Alondra Books - Gift Card',
  description: '<p>Three floors of stories &amp; a café.</p><p>Valid in all <b>forty</b> shops.</p>',
  countryId: 484,
  countryName: 'México',
  topupType: 'Gift Cards',
  mask: null,
  amount: { kind: 'list', values: [hundredths(1_000), hundredths(2_500)] },
  saleCurrency: EUR,
  destinationCurrency: MXN,
  rate: valueOf(parseRate('17.6')),
  fee: 0,
  brand: 'Alondra Books',
  family: 'voucher',
  fields: [
    { name: 'account', kind: 'phone', mask: '52##########' },
    { name: 'receiverEmail', kind: 'email', mask: null },
    { name: 'documentNumber', kind: 'document', mask: null },
  ],
  unit: 'confirmed',
  purchaseBy: 'send',
  ceiling: null,
  revertible: false,
  dynamic: false,
  timeZone: 'UTC',
  order: 0,
  hidden: false,
};

export const operatorOf = (name: string): Operator => ({ id: product.operatorId, name, countryId: 484, products: [product] });

export const quote: Quote = {
  productId: product.id,
  choice: { direction: 'direct', amount: hundredths(2_500) },
  cost: money(2_500, EUR),
  pay: money(2_500, EUR),
  commission: money(0, EUR),
  receive: money(44_000, MXN),
  fee: hundredths(0),
  estimated: false,
  quotedAt: at,
  expiresAt: at,
};

export const order: OrderSummary = {
  id: orderId,
  productName: product.name,
  operatorName: 'Alondra Books',
  family: 'voucher',
  account: null,
  item: null,
  pay: quote.pay,
  receive: quote.receive,
  status: 'delivered',
  placedAt: at,
};

export const codeView: Extract<View, { type: 'code' }> = {
  type: 'code',
  order,
  voucher: {
    code: 'ALON-4821-7733',
    account: '525512345678',
    instructions: 'Show the code at the till.<br>Or type it on the website.',
    expiration: '31/12/2026',
    extra: [{ key: 'Serial', value: '00417' }],
  },
  shownAgain: false,
};

export const priceView: Extract<View, { type: 'price' }> = {
  type: 'price',
  product,
  quote,
  form: formOf(product, { form: null }),
  fields: { account: '525512345678', receiverEmail: 'ana@example.com' },
  warnings: [],
  invoices: [],
  item: null,
  order: orderId,
  twin: null,
  sellable: true,
};

export const DAY = valueOf(parseDay('2026-08-09'));

/** An entry of every kind. */
export const statementEntries: readonly StatementEntry[] = ENTRY_KINDS.map((kind, index) => ({
  at,
  kind,
  money: money(kind === 'sale' || kind === 'commissionTakenBack' ? -2_500 : 1_000 + index, EUR),
  orderId: index % 2 === 0 ? orderId : null,
  reference: kind === 'topUp' ? 'receipt-17' : null,
  description: index % 2 === 0 ? product.name : null,
}));

export const statementView: Extract<View, { type: 'statement' }> = {
  type: 'statement',
  statement: statementOf(
    { from: DAY, to: dayLater(DAY, 1) },
    [money(50_000, EUR), money(700, MXN)],
    [...statementEntries, ...statementEntries],
  ),
};

const ticket: DynamicItem = {
  id: 'RF-2026-08',
  description: 'Grand draw: an <b>electric</b> bicycle',
  endsAt: at,
  price: { send: money(500, EUR), receive: money(500, EUR), fee: hundredths(0) },
};

export const itemsView: Extract<View, { type: 'items' }> = {
  type: 'items',
  product,
  account: null,
  list: pageOf(
    Array.from({ length: 10 }, (_, index) => ({ index, item: { ...ticket, endsAt: index === 0 ? at : null } })),
    0,
  ),
};

const invoiceOf = (reference: string, send: number, eligible: boolean): Invoice => ({
  reference,
  send,
  receive: send,
  fee: 0,
  destinationCurrency: 'EUR',
  date: reference === 'INV-C' ? null : '2026-10-01',
  expirationDate: reference === 'INV-C' ? null : '2026-11-01',
  eligible,
});

const debt: Debt = {
  paymentType: 'DISCRETE',
  pending: 2,
  send: 25_500,
  receive: 25_500,
  fee: 0,
  destinationCurrency: 'EUR',
  invoices: [invoiceOf('INV-A', 12_000, true), invoiceOf('INV-B', 13_500, true), invoiceOf('INV-C', 9_900, false)],
  returned: [{ key: 'transaction_code', value: 'TX-0001' }],
};

export const invoicesView: Extract<View, { type: 'invoices' }> = {
  type: 'invoices',
  product,
  debt,
  list: pageOf(
    debt.invoices.map((invoice, index) => ({ index, invoice, chosen: index === 0, payable: invoice.eligible })),
    0,
  ),
  payable: true,
  sum: null,
};

export const receiptView: Extract<View, { type: 'receipt' }> = {
  type: 'receipt',
  order: { ...order, family: 'recharge', account: '5255512345678' },
  receipt: { authorisation: 'AUT-0042', message: 'Recarga <b>exitosa</b>', extra: [{ key: 'Serial', value: '00417' }] },
  shownAgain: false,
};

export const drawResult: DrawResult = {
  description: 'Grand draw: an electric bicycle',
  own: ['winningTicket'],
  extra: [
    { key: 'Winning number', value: '161803' },
    { key: '', value: '<p>Congratulations &amp; good luck</p>' },
  ],
};

export const amountView: Extract<View, { type: 'amount' }> = {
  type: 'amount',
  product,
  account: null,
  entering: 'direct',
  marked: false,
  canSwitch: true,
  choices: pageOf(
    [
      { amount: hundredths(1_000), receive: hundredths(17_600) },
      { amount: hundredths(2_500), receive: null },
    ],
    0,
  ),
  bounds: { least: money(1_000, EUR), most: money(2_500, EUR), step: hundredths(1) },
};

const repeats = [
  { order: orderId, product: product.id, productName: product.name, pay: money(2_500, EUR), to: null },
  { order: orderId, product: product.id, productName: 'Nube Móvil', pay: money(1_000, EUR), to: '…2345' },
];

const country = { id: 484, name: 'México' };
const operators = Array.from({ length: 20 }, (_, i) => operatorOf(`Brand ${i}`));

const STATUSES = [
  'placed',
  'sending',
  'unknown',
  'awaitingCode',
  'charged',
  'delivered',
  'rejected',
  'needsPerson',
  'reverting',
  'revertUnknown',
  'reverted',
] as const satisfies readonly OrderStatus[];
const REASONS = [
  'operatorRefused',
  'accountRefused',
  'amountRefused',
  'unavailable',
  'shopProblem',
] as const satisfies readonly RejectionReason[];
const statuses = STATUSES.map((status) => ({ ...order, status }));

export type Samples<Union extends { readonly type: string }> = {
  readonly [Type in Union['type']]: readonly [Extract<Union, { type: Type }>, ...Extract<Union, { type: Type }>[]];
};

/** Of a list that is written elsewhere. */
export const asSamples = <T>([first, ...others]: readonly T[]): readonly [T, ...T[]] => {
  if (first === undefined) throw new Error('There is no sample');
  return [first, ...others];
};

const batches = batchSamples({ product, quote, order });

const viewSamples: Samples<View> = {
  batch: asSamples(batches.batch),
  batchPlaced: asSamples(batches.batchPlaced),
  batchSettled: asSamples(batches.batchSettled),
  closed: [{ type: 'closed' }],
  countries: [
    { type: 'countries', list: pageOf([country, { id: 192, name: 'Cuba' }], 0) },
    { type: 'countries', list: pageOf([], 0) },
    { type: 'countries', list: pageOf([country], 0), again: repeats },
  ],
  operators: [
    { type: 'operators', country, query: null, list: pageOf(operators, 1), canGoBack: true },
    { type: 'operators', country: null, query: 'libros', list: pageOf(operators, 0), canGoBack: true },
    { type: 'operators', country: null, query: null, list: pageOf(operators, 2), canGoBack: false },
    { type: 'operators', country, query: null, list: pageOf([], 0), canGoBack: false },
    { type: 'operators', country, query: null, list: pageOf(operators, 0), canGoBack: false, again: repeats },
  ],
  products: [
    { type: 'products', operator: operatorOf('Alondra Books'), query: null, list: pageOf([product], 0) },
    { type: 'products', operator: operatorOf('Alondra Books'), query: 'gift', list: pageOf([], 0) },
  ],
  amount: [
    amountView,
    { ...amountView, entering: 'reverse' },
    { ...amountView, account: { value: '5355512345', warnings: ['otherCountry', 'maskDoesNotFit'] } },
    { ...amountView, marked: true },
    { ...amountView, marked: true, entering: 'reverse' },
    {
      ...amountView,
      choices: pageOf([], 0),
      bounds: { least: money(505, EUR), most: money(50_005, EUR), step: hundredths(250) },
    },
    { ...amountView, choices: pageOf([], 0), bounds: null, canSwitch: false },
  ],
  items: [
    itemsView,
    { ...itemsView, list: pageOf([], 0) },
    { ...itemsView, list: null, account: { value: '5355512345', warnings: [] } },
  ],
  field: [
    {
      type: 'field',
      product,
      field: { name: 'account', kind: 'phone', mask: '52##########' },
      position: 1,
      total: 3,
      suggestions: [],
    },
    { type: 'field', product, field: { name: 'account', kind: 'login', mask: null }, position: 1, total: 1, suggestions: [] },
    {
      type: 'field',
      product,
      field: { name: 'receiverEmail', kind: 'email', mask: null },
      position: 2,
      total: 3,
      suggestions: [],
    },
    {
      type: 'field',
      product,
      field: { name: 'documentNumber', kind: 'document', mask: null },
      position: 3,
      total: 3,
      suggestions: [],
    },
    {
      type: 'field',
      product,
      field: { name: 'documentNumber', kind: 'document', mask: null, document: 'dni' },
      position: 1,
      total: 1,
      suggestions: [],
    },
    {
      type: 'field',
      product,
      field: { name: 'account', kind: 'phone', mask: null, labels: { es: 'Número de móvil', und: 'Mobile' } },
      position: 1,
      total: 1,
      suggestions: [{ value: '5215512345678', name: 'Mamá' }],
    },
    { type: 'field', product, field: { name: 'surname', kind: 'name', mask: null }, position: 1, total: 1, suggestions: [] },
    { type: 'field', product, field: { name: 'firstName', kind: 'name', mask: null }, position: 1, total: 1, suggestions: [] },
    {
      type: 'field',
      product,
      field: { name: 'secondSurname', kind: 'name', mask: null },
      position: 1,
      total: 1,
      suggestions: [],
    },
    { type: 'field', product, field: { name: 'holder', kind: 'name', mask: null }, position: 1, total: 1, suggestions: [] },
    {
      type: 'field',
      product: { ...product, family: 'recharge' },
      field: { name: 'account', kind: 'phone', mask: null },
      position: 1,
      total: 1,
      suggestions: [],
    },
    {
      type: 'field',
      product,
      field: { name: 'contract', kind: 'text', mask: null, labels: { und: 'CONTRACT' }, lengths: { least: 8, most: 10 } },
      position: 1,
      total: 2,
      suggestions: [],
    },
    {
      type: 'field',
      product,
      field: { name: 'code', kind: 'text', mask: null, lengths: { least: 8, most: 8 } },
      position: 1,
      total: 1,
      suggestions: [],
    },
    {
      type: 'field',
      product,
      field: { name: 'code', kind: 'text', mask: null, lengths: { least: null, most: 8 } },
      position: 1,
      total: 1,
      suggestions: [],
    },
    {
      type: 'field',
      product,
      field: { name: 'code', kind: 'text', mask: null, lengths: { least: 8, most: null } },
      position: 1,
      total: 1,
      suggestions: [],
    },
    {
      type: 'field',
      product,
      field: {
        name: 'district',
        kind: 'choice',
        mask: null,
        options: [
          { value: 'N', label: 'NORTE' },
          { value: 'S', label: 'SUR' },
        ],
      },
      position: 2,
      total: 2,
      suggestions: [],
    },
  ],
  invoices: [
    invoicesView,
    { ...invoicesView, sum: money(12_000, EUR) },
    { ...invoicesView, debt: { ...debt, paymentType: 'TOTAL' }, sum: money(25_500, EUR) },
    { ...invoicesView, debt: { ...debt, paymentType: 'OPEN' }, sum: money(25_500, EUR) },
    { ...invoicesView, debt: { ...debt, paymentType: 'OPEN', invoices: [], send: 0 }, list: pageOf([], 0), sum: null },
    { ...invoicesView, debt: { ...debt, paymentType: 'TOTAL', invoices: [], send: 0 }, list: pageOf([], 0), payable: false },
  ],
  quoteFailed: [
    { type: 'quoteFailed', product, error: { kind: 'amountNotAllowed' } },
    { type: 'quoteFailed', product, error: { kind: 'notAvailable' } },
    { type: 'quoteFailed', product, error: { kind: 'aboveCeiling', most: money(10_000, EUR) } },
    { type: 'quoteFailed', product, error: { kind: 'noPrices' } },
    { type: 'quoteFailed', product, error: { kind: 'supplierDown' } },
    { type: 'quoteFailed', product, error: { kind: 'itemGone' } },
  ],
  price: [
    priceView,
    { ...priceView, twin: orderId },
    { ...priceView, quote: { ...quote, commission: money(125, EUR) } },
    { ...priceView, item: ticket },
    {
      ...priceView,
      form: {
        ...priceView.form,
        fields: (['name', 'text', 'choice'] as const).map((kind) => ({ name: kind, kind, mask: null })),
      },
      fields: { name: 'Ana', text: '12345678', choice: 'NORTE' },
    },
    { ...priceView, warnings: ['otherCountry', 'maskDoesNotFit'], invoices: ['INV-A', 'INV-B'] },
    { ...priceView, quote: { ...quote, choice: { direction: 'reverse', amount: hundredths(43_950) } } },
    { ...priceView, fields: {}, quote: { ...quote, estimated: true } },
    {
      ...priceView,
      product: { ...product, fields: [{ name: 'account', kind: 'login', mask: null }, ...product.fields.slice(2)] },
      form: formOf(
        { ...product, fields: [{ name: 'account', kind: 'login', mask: null }, ...product.fields.slice(2)] },
        { form: null },
      ),
      fields: { account: 'ana.1984', documentNumber: 'X1234567' },
    },
    { ...priceView, sellable: false, quote: { ...quote, fee: hundredths(150) } },
    { ...priceView, sellable: false, quote: { ...quote, fee: hundredths(150), estimated: true } },
    { ...priceView, product: { ...product, family: 'bill' } },
    { ...priceView, product: { ...product, family: 'bill' }, quote: { ...quote, receive: quote.pay }, twin: orderId },
  ],
  agentAsking: [
    { type: 'agentAsking', asking: { for: 'days' } },
    { type: 'agentAsking', asking: { for: 'clerkName' } },
    { type: 'agentAsking', asking: { for: 'clerkLimit', clerk: valueOf(parseCustomerId(1_002)) } },
  ],
  processing: [
    { type: 'processing', order: orderId, productName: product.name, family: 'voucher', pay: quote.pay },
    { type: 'processing', order: orderId, productName: product.name, family: 'bill', pay: quote.pay },
  ],
  naming: [
    { type: 'naming', naming: { kind: 'order', order: orderId } },
    { type: 'naming', naming: { kind: 'number', number: valueOf(parseNumberId(12)) } },
  ],
  help: [{ type: 'help' }],
  languages: [
    { type: 'languages', current: 'en' },
    { type: 'languages', current: 'es' },
  ],
  balance: [
    { type: 'balance', balances: [quote.pay, quote.receive] },
    { type: 'balance', balances: [] },
  ],
  orders: [
    { type: 'orders', orders: [] },
    { type: 'orders', orders: [order] },
    { type: 'orders', orders: statuses },
    {
      type: 'orders',
      orders: [
        { ...order, hands: 'handedOver' },
        { ...order, hands: 'received' },
      ],
    },
  ],
  order: [
    { type: 'order', order },
    { type: 'order', order: { ...order, family: 'recharge', status: 'charged' } },
    { type: 'order', order: { ...order, hands: 'handedOver', hasNumber: true } },
    { type: 'order', order: { ...order, hasNumber: true } },
    { type: 'order', order: { ...order, hands: 'received' } },
    { type: 'order', order: { ...order, status: 'reverted', hands: 'received' } },
    ...statuses.map((summary) => ({ type: 'order' as const, order: summary })),
  ],
  notice: [{ type: 'notice' }],
  statement: [
    statementView,
    { ...statementView, statement: { from: DAY, to: DAY, currencies: [] } },
    { ...statementView, statement: statementOf({ from: DAY, to: DAY }, [money(100, EUR)], []) },
  ],
  admin: asSamples(sampleAdminViews(order).map((view) => ({ type: 'admin' as const, view }))),
  agent: sampleAgentViews,
  keepsake: asSamples(keepsakeSamples(order).map((view) => ({ type: 'keepsake' as const, view }))),
  handOver: asSamples(handOverSamples(order).map((view) => ({ type: 'handOver' as const, view }))),
  code: [
    codeView,
    { ...codeView, order: { ...order, hands: 'received' } },
    { ...codeView, shownAgain: true },
    { ...codeView, voucher: { ...codeView.voucher, code: 'LONG-'.repeat(500) } },
  ],
  receipt: [
    receiptView,
    { ...receiptView, shownAgain: true },
    { ...receiptView, order: { ...receiptView.order, family: 'bill', account: null } },
    { ...receiptView, order: { ...receiptView.order, family: 'bill', receive: receiptView.order.pay } },
    { ...receiptView, receipt: { authorisation: null, message: null, extra: [] } },
  ],
  codeLate: [{ type: 'codeLate', order }],
  rejected: [
    { type: 'rejected', order, reason: 'operatorRefused' },
    ...REASONS.map((reason) => ({ type: 'rejected' as const, order, reason })),
  ],
  unknown: [{ type: 'unknown', order, nextAskAt: at }],
  needsPerson: [{ type: 'needsPerson', order }],
  reverted: [{ type: 'reverted', order }],
  result: [
    { type: 'result', order: { ...order, item: ticket.description }, result: drawResult },
    { type: 'result', order, result: { description: '', own: [], extra: [] } },
  ],
  settled: [
    { type: 'settled', order },
    { type: 'settled', order: { ...order, family: 'recharge', status: 'delivered' } },
    ...statuses.map((summary) => ({ type: 'settled' as const, order: summary })),
  ],
  groupHint: [{ type: 'groupHint' }],
  alert: [
    { type: 'alert', alert: { type: 'personNeeded', order: orderId, why: 'outcomeNeverLearnt' }, raisedAt: at },
    { type: 'alert', alert: { type: 'personNeeded', order: orderId, why: 'paidWithoutCode' }, raisedAt: at },
    { type: 'alert', alert: { type: 'personNeeded', order: orderId, why: 'revertNeverLearnt' }, raisedAt: at },
    { type: 'alert', alert: { type: 'orderUnreadable', order: orderId }, raisedAt: at },
    { type: 'alert', alert: { type: 'workFails', order: orderId }, raisedAt: at },
    { type: 'alert', alert: { type: 'chargedAfterAll', order: orderId }, raisedAt: at },
    {
      type: 'alert',
      alert: { type: 'booksDiffer', terminalId: 31, day: '2026-08-08', differences: 1, drift: null },
      raisedAt: at,
    },
    {
      type: 'alert',
      alert: { type: 'booksDiffer', terminalId: 31, day: '2026-08-08', differences: 12, drift: -1_234 },
      raisedAt: at,
    },
    {
      type: 'alert',
      alert: {
        type: 'catalogChanged',
        differences: [
          { kind: 'added', product: product.id },
          { kind: 'removed', product: product.id },
          { kind: 'changed', product: product.id, parts: CHANGED_PARTS },
        ],
        total: 12,
      },
      raisedAt: at,
    },
    {
      type: 'alert',
      alert: { type: 'productStopped', product: product.id, name: product.name, order: orderId },
      raisedAt: at,
    },
    { type: 'alert', alert: { type: 'lowBalance', balance: 12_345, limit: 20_000, day: '2026-08-08' }, raisedAt: at },
    { type: 'alert', alert: { type: 'productsMissing', products: [product.id], total: 1 }, raisedAt: at },
    ...(['notReached', 'noAnswer', 'refused', 'systemError'] as const).map((trouble) => ({
      type: 'alert' as const,
      alert: { type: 'supplierFailing' as const, since: at, trouble, follows: null },
      raisedAt: at,
    })),
    { type: 'alert', alert: { type: 'supplierBack', since: at, follows: at }, raisedAt: at },
    { type: 'alert', alert: { type: 'clockSkew', skew: 25_400 }, raisedAt: at },
    { type: 'alert', alert: { type: 'clockSkew', skew: -3_600_000 }, raisedAt: at },
    {
      type: 'alert',
      alert: {
        type: 'ordersStuck',
        orders: [orderId],
        counts: { unknown: 1, awaitingCode: 0, revertUnknown: 0 },
        follows: null,
      },
      raisedAt: at,
    },
    {
      type: 'alert',
      alert: {
        type: 'ordersStuck',
        orders: Array.from({ length: 10 }, () => orderId),
        counts: { unknown: 31, awaitingCode: 2, revertUnknown: 1 },
        follows: at,
      },
      raisedAt: at,
    },
  ],
  alerts: [
    { type: 'alerts', alerts: [0, 1].map(() => ({ type: 'orderUnreadable', order: 'no order id' })), raisedAt: at },
    ...(['outcomeNeverLearnt', 'paidWithoutCode', 'revertNeverLearnt'] as const).map((why) => ({
      type: 'alerts' as const,
      alerts: [0, 1].map(() => ({ type: 'personNeeded' as const, order: orderId, why })),
      raisedAt: at,
    })),
    ...(['orderUnreadable', 'workFails', 'chargedAfterAll'] as const).map((type) => ({
      type: 'alerts' as const,
      alerts: [0, 1].map(() => ({ type, order: orderId })),
      raisedAt: at,
    })),
    {
      type: 'alerts',
      alerts: [
        { type: 'personNeeded', order: orderId, why: 'paidWithoutCode' },
        { type: 'workFails', order: orderId },
        { type: 'lowBalance', balance: 12_345, limit: 20_000, day: '2026-08-08' },
        { type: 'supplierBack', since: at, follows: at },
        { type: 'productsMissing', products: [product.id], total: 1 },
      ],
      raisedAt: at,
    },
  ],
};

export const sampleViews: readonly View[] = Object.values(viewSamples).flat();
