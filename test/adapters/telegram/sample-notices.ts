// At least one of every notice, so that a new one without samples breaks the build.
import { dayLater } from '../../../src/domain/day.ts';
import type { Notice } from '../../../src/domain/dialog/view.ts';
import { hundredths, money } from '../../../src/domain/money.ts';
import { sampleAdminNotices } from './sample-admin-views.ts';
import { sampleAgentNotices } from './sample-agent-views.ts';
import { keepsakeNotices } from './sample-keepsakes.ts';
import { asSamples, order, DAY, EUR } from './sample-views.ts';
import type { Samples } from './sample-views.ts';

const noticeSamples: Samples<Notice> = {
  useButtons: [{ type: 'useButtons' }],
  buttonExpired: [{ type: 'buttonExpired' }],
  alreadyOrdered: [{ type: 'alreadyOrdered' }],
  textOnly: [{ type: 'textOnly' }],
  notFound: [{ type: 'notFound', query: 'livres' }],
  productGone: [{ type: 'productGone' }],
  notAnAmount: [{ type: 'notAnAmount' }],
  badAmount: [
    { type: 'badAmount', problem: { kind: 'notListed' }, currency: 'EUR' },
    { type: 'badAmount', problem: { kind: 'tooSmall', least: hundredths(500) }, currency: 'EUR' },
    { type: 'badAmount', problem: { kind: 'tooLarge', most: hundredths(25_000) }, currency: 'EUR' },
    { type: 'badAmount', problem: { kind: 'offStep', step: hundredths(500), nearest: hundredths(1_500) }, currency: 'MXN' },
  ],
  quoteFailed: [
    { type: 'quoteFailed', error: { kind: 'aboveCeiling', most: money(10_000, EUR) } },
    { type: 'quoteFailed', error: { kind: 'itemGone' } },
  ],
  billRefused: [{ type: 'billRefused' }],
  debtChanged: [{ type: 'debtChanged' }],
  invoiceNotPayable: [{ type: 'invoiceNotPayable' }],
  chooseInvoices: [{ type: 'chooseInvoices' }],
  badField: [
    { type: 'badField', field: { name: 'surname', kind: 'name', mask: null }, problem: 'doesNotFit' },
    { type: 'badField', field: { name: 'code', kind: 'text', mask: null }, problem: 'doesNotFit' },
    {
      type: 'badField',
      field: { name: 'district', kind: 'choice', mask: null, options: [] },
      problem: 'doesNotFit',
    },
    {
      type: 'badField',
      field: { name: 'documentNumber', kind: 'document', mask: null, document: 'dni' },
      problem: 'wrongCheckDigit',
    },
    { type: 'badField', field: { name: 'code', kind: 'text', mask: null }, problem: 'tooShort' },
    { type: 'badField', field: { name: 'code', kind: 'text', mask: null }, problem: 'tooLong' },
    { type: 'badField', field: { name: 'account', kind: 'phone', mask: null }, problem: 'impossible' },
    { type: 'badField', field: { name: 'account', kind: 'phone', mask: null }, problem: 'doesNotFit' },
    { type: 'badField', field: { name: 'account', kind: 'login', mask: null }, problem: 'doesNotFit' },
    { type: 'badField', field: { name: 'receiverEmail', kind: 'email', mask: null }, problem: 'doesNotFit' },
    { type: 'badField', field: { name: 'documentNumber', kind: 'document', mask: null }, problem: 'doesNotFit' },
  ],
  contactNotYours: [{ type: 'contactNotYours' }],
  contactNotAsked: [{ type: 'contactNotAsked' }],
  itemPriceMoved: [{ type: 'itemPriceMoved', listed: money(300, EUR) }],
  priceMoved: [
    { type: 'priceMoved', pay: money(2_400, EUR), receive: money(2_400, EUR) },
    { type: 'priceMoved', pay: money(2_400, EUR), receive: money(2_300, EUR) },
  ],
  boughtJustNow: [
    { type: 'boughtJustNow', twin: order },
    { type: 'boughtJustNow', twin: { ...order, family: 'bill' } },
  ],
  statement: [
    { type: 'statement', from: DAY, to: DAY },
    { type: 'statement', from: DAY, to: dayLater(DAY, 30) },
  ],
  unknownCommand: [{ type: 'unknownCommand' }],
  outOfFunds: [{ type: 'outOfFunds', available: money(300, EUR) }],
  limitReached: [
    { type: 'limitReached', problem: { kind: 'tooMany', most: 5 }, opensAt: order.placedAt },
    {
      type: 'limitReached',
      problem: { kind: 'tooMuch', most: money(50_000, EUR), left: money(1_250, EUR) },
      opensAt: order.placedAt,
    },
  ],
  blocked: [{ type: 'blocked' }],
  batchMoved: [{ type: 'batchMoved' }],
  tooManyLines: [{ type: 'tooManyLines', most: 20 }],
  cancelled: [{ type: 'cancelled' }],
  languageSet: [{ type: 'languageSet' }],
  orderNotFound: [{ type: 'orderNotFound' }],
  freshStart: [{ type: 'freshStart' }],
  admin: asSamples(sampleAdminNotices.map((notice) => ({ type: 'admin' as const, notice }))),
  agent: sampleAgentNotices,
  keepsake: asSamples(keepsakeNotices.map((notice) => ({ type: 'keepsake' as const, notice }))),
  tooFast: [{ type: 'tooFast' }],
  trouble: [{ type: 'trouble' }],
};

export const sampleNotices: readonly Notice[] = Object.values(noticeSamples).flat();
