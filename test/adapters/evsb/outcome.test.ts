// The money rules: every result code, every captured shape, every contradiction, and arbitrary nonsense.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  RESULT_CODES,
  judgeBill,
  judgeBillInfo,
  judgeInfo,
  judgeRevertInfo,
  judgeSale,
  judgeStatus,
} from '../../../src/adapters/evsb/outcome.ts';
import { parseJson } from '../../../src/adapters/evsb/wire.ts';

const refusal = (resultcode: unknown, more: object = {}) => ({
  rc: -1,
  items: [{ finalstatus: -1, resultcode, resultmessage: 'text', supplierreference: '', suppliertoken: '', ...more }],
});

/** The whole table: code, what a purchase with a refusing `rc` comes to, whether the operator hears of it. */
const table = [
  [-1, 'unavailable', 'always'],
  [0, 'open', 'always'],
  [10, 'open', 'always'],
  [11, 'operatorRefused', 'never'],
  [12, 'unconfirmed', 'never'],
  [13, 'shopProblem', 'always'],
  [14, 'accountRefused', 'never'],
  [15, 'unconfirmed', 'never'],
  [16, 'unavailable', 'never'],
  [17, 'unconfirmed', 'never'],
  [18, 'accountRefused', 'never'],
  [20, 'open', 'always'],
  [516, 'shopProblem', 'always'],
  [517, 'shopProblem', 'always'],
  [900, 'open', 'always'],
  [911, 'shopProblem', 'always'],
  [923, 'shopProblem', 'always'],
  [925, 'shopProblem', 'always'],
  [927, 'amountRefused', 'always'],
  [931, 'accountRefused', 'never'],
  [933, 'unavailable', 'never'],
  [934, 'accountRefused', 'never'],
  [970, 'unconfirmed', 'never'],
  [971, 'operatorRefused', 'never'],
  [977, 'unavailable', 'always'],
  [980, 'unavailable', 'always'],
  [990, 'unconfirmed', 'inProduction'],
  [991, 'unconfirmed', 'inProduction'],
  [992, 'unconfirmed', 'inProduction'],
  [993, 'unconfirmed', 'inProduction'],
  [998, 'unconfirmed', 'inProduction'],
] as const;

const isFinal = (meaning: string): boolean => meaning !== 'open' && meaning !== 'unconfirmed';

describe('judgeSale', () => {
  it('knows exactly the listed codes', () => {
    expect([...RESULT_CODES.keys()]).toEqual(table.map(([code]) => code));
  });

  it.each(table)('%i with a refusing rc is %s', (code, meaning, alert) => {
    const expected = isFinal(meaning)
      ? { kind: 'rejected', reason: meaning, resultCode: String(code), alert }
      : { kind: 'unclear', expectation: meaning, resultCode: String(code), alert };
    expect(judgeSale(refusal(String(code)))).toMatchObject(expected);
    expect(judgeSale(refusal(code))).toMatchObject(expected);
    expect(judgeSale(refusal(` ${code} `))).toMatchObject(expected);
    expect(judgeSale({ ...refusal(code), rc: 7 })).toMatchObject(expected);
  });

  it.each(table.filter(([code]) => code !== 10))('%i with rc 0 is a contradiction', (code) => {
    expect(judgeSale({ ...refusal(String(code)), rc: 0 })).toMatchObject({
      kind: 'unclear',
      expectation: 'open',
      alert: 'always',
      resultCode: String(code),
    });
  });

  it.each([1, 999, 12345, -7])('%i, an unlisted code, is unconfirmed and heard of', (code) => {
    expect(judgeSale(refusal(code))).toMatchObject({ kind: 'unclear', expectation: 'unconfirmed', alert: 'always' });
  });

  it.each([
    [
      '{"rc":0,"items":[{"finalstatus":10,"resultcode":"10","resultmessage":"Operación efectuada correctamente","supplierreference":"1700000000001","suppliertoken":""}]}',
      'charged',
    ],
    [
      '{"rc":-1,"items":[{"finalstatus":-1,"resultcode":"991","resultmessage":"System error","supplierreference":"","suppliertoken":""}]}',
      'unconfirmed',
    ],
    [
      '{"rc":-1,"items":[{"finalstatus":991,"resultcode":"991","resultmessage":"Error de sistema","supplierreference":"","suppliertoken":""}]}',
      'unconfirmed',
    ],
    [
      '{"rc":-1,"items":[{"finalstatus":-1,"resultcode":"927","resultmessage":"Importe incorrecto para la ruta 993"}]}',
      'amountRefused',
    ],
    [
      '{"rc":-1,"items":[{"finalstatus":-1,"resultcode":"-1","resultmessage":"Producto no disponible en ruta","supplierreference":"","suppliertoken":""}]}',
      'unavailable',
    ],
    [
      '{"rc":-1,"items":[{"finalstatus":0,"resultmessage":"amountToSendX100 and destinationAmountX100 must not be informed at the same time, please inform only one of it"}]}',
      'shopProblem',
    ],
    ['{"rc":-1,"items":[{"finalstatus":0,"resultcode":"900","resultmessage":"Invalid parameters"}]}', 'open'],
  ])('reads the captured shape %s', (text, meaning) => {
    const json = parseJson(text);
    const verdict = judgeSale(json.ok ? json.value : null);
    expect(verdict.kind === 'done' ? 'charged' : verdict.kind === 'rejected' ? verdict.reason : verdict.expectation).toBe(
      meaning,
    );
  });

  it.each([
    ['no code, finalstatus -1', { rc: -1, items: [{ finalstatus: -1, resultmessage: 'x' }] }],
    ['no code, a reference', { rc: -1, items: [{ finalstatus: 0, resultmessage: 'x', supplierreference: '17' }] }],
    ['no code, a numeric reference', { rc: -1, items: [{ finalstatus: 0, resultmessage: 'x', supplierreference: 17 }] }],
    ['no code, no message', { rc: -1, items: [{ finalstatus: 0 }] }],
    ['no code, rc 0', { rc: 0, items: [{ finalstatus: 0, resultmessage: 'x' }] }],
    ['a code that is no number', refusal('11a')],
    ['a code with decimals', refusal('11.0')],
    ['a code of a wrong type', refusal({ code: 11 })],
    ['a refusal with a token', refusal('11', { suppliertoken: 'T-1' })],
    ['a refusal with a redeem code', refusal('11', { extraInfo: { redeemCode: 'ABCD' } })],
    ['two receipts', { rc: -1, items: [refusal('11').items[0], { resultcode: '10' }] }],
    ['rc missing', { items: [{ resultcode: '11' }] }],
    ['rc as text', { rc: '-1', items: [{ resultcode: '11' }] }],
    ['rc 0 as text', { rc: '0', items: [{ resultcode: '10' }] }],
    ['items missing', { rc: 0 }],
    ['items empty', { rc: -1, items: [] }],
    ['items an object', { rc: -1, items: { resultcode: '11' } }],
    ['an item that is null', { rc: -1, items: [null] }],
    ['a bare array', []],
    ['null', null],
  ])('%s is open', (_, json) => {
    expect(judgeSale(json)).toMatchObject({ kind: 'unclear', expectation: 'open', alert: 'always' });
  });

  it('keeps what an answer carries although it contradicts itself', () => {
    expect(judgeSale({ rc: 0, items: [{ resultcode: '991', suppliertoken: 'T-1' }] })).toMatchObject({
      receipt: { suppliertoken: 'T-1' },
    });
  });

  it('lets nothing but rc 0 and code 10 charge, whatever else the answer says', () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom(0, -1, 10, '10', '0', ' 10 ', '11', '991', '', null));
    const item = fc.oneof(
      fc.jsonValue(),
      fc.record(
        { resultcode: value, finalstatus: value, resultmessage: value, suppliertoken: value, extraInfo: value },
        { requiredKeys: [] },
      ),
    );
    const answer = fc.oneof(
      fc.jsonValue(),
      fc.record({ rc: value, items: fc.oneof(value, fc.array(item, { maxLength: 2 })) }, { requiredKeys: [] }),
    );
    fc.assert(
      fc.property(answer, (built) => {
        const json = parseJson(JSON.stringify(built));
        if (!json.ok) throw new Error('JSON.stringify wrote no JSON');
        const verdict = judgeSale(json.value);
        const sale = built as { rc?: unknown; items?: { resultcode?: unknown }[] } | null;
        const code = Array.isArray(sale?.items) ? (sale.items[0] as { resultcode?: unknown } | null)?.resultcode : undefined;
        const charges = sale?.rc === 0 && (code === 10 || (typeof code === 'string' && code.trim() === '10'));
        expect(verdict.kind === 'done').toBe(charges);
        if (judgeInfo(json.value).kind === 'charged') expect(charges).toBe(true);
        const settles = sale?.rc === 0 && (code === 0 || (typeof code === 'string' && code.trim() === '0'));
        expect(judgeBill(json.value).kind === 'done').toBe(charges || settles);
        expect(judgeBillInfo(json.value).kind === 'charged').toBe(charges || settles);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('judgeBill', () => {
  it.each(['10', '0', 10, 0, ' 0 '])('takes rc 0 with code %j for a payment', (code) => {
    expect(judgeBill({ rc: 0, items: [{ resultcode: code }] })).toMatchObject({ kind: 'done' });
    // A refusal with a code of success contradicts itself.
    expect(judgeBill(refusal(code))).toMatchObject({ kind: 'unclear', expectation: 'open', alert: 'always' });
  });

  it.each(table.filter(([code]) => code !== 10 && code !== 0))('%i means what it means of a purchase', (code) => {
    expect(judgeBill(refusal(code))).toEqual(judgeSale(refusal(code)));
    expect(judgeBill({ ...refusal(code), rc: 0 })).toMatchObject({ kind: 'unclear', expectation: 'open', alert: 'always' });
  });

  it.each([
    ['no code', undefined],
    ['a code that is no number', 'OK'],
    ['a code of a wrong type', [0]],
    ['a code that is false', false],
    ['a blank code', ' '],
  ])('%s with rc 0 proves nothing', (_, code) => {
    expect(judgeBill({ rc: 0, items: [{ resultcode: code, supplierreference: '17' }] })).toMatchObject({ expectation: 'open' });
    expect(judgeBillInfo({ rc: 0, items: [{ resultcode: code, supplierreference: '17' }] })).toEqual({ kind: 'stillUnknown' });
  });
});

describe('judgeStatus', () => {
  it.each([400, 401, 403, 404, 405, 415])('%i was decided before the sale', (status) => {
    expect(judgeStatus(status)).toEqual({ kind: 'rejected', reason: 'shopProblem', resultCode: null, alert: 'always' });
  });

  it.each([201, 204, 301, 302, 402, 406, 408, 409, 418, 422, 429, 500, 501, 502, 503, 504, 599])('%i may have sold', (status) => {
    expect(judgeStatus(status)).toMatchObject({ kind: 'unclear', expectation: 'open', alert: 'always' });
  });
});

describe('judgeInfo', () => {
  const found = (resultcode: unknown, more: object = {}) => ({
    rc: 0,
    items: [{ resultcode, supplierreference: '17', ...more }],
  });

  it.each(table)('%i of a sale that was found', (code, meaning) => {
    const outcome = judgeInfo(found(String(code)));
    if (code === 10) expect(outcome).toEqual({ kind: 'charged', supplierReference: '17' });
    else if (isFinal(meaning)) expect(outcome).toEqual({ kind: 'rejected', reason: meaning, resultCode: String(code) });
    else expect(outcome).toEqual({ kind: 'stillUnknown' });
    expect(judgeInfo({ ...found(String(code)), rc: -1 })).toEqual({ kind: 'stillUnknown' });
  });

  it.each([
    ['an unlisted code', found('555')],
    ['no code', found(undefined)],
    ['a final code with a token', found('11', { suppliertoken: 'T-1' })],
    ['two items', { rc: 0, items: [{ resultcode: '11' }, { resultcode: '10' }] }],
    ['nothing', { rc: 0, items: [] }],
    ['null', null],
  ])('%s leaves the sale unknown', (_, json) => {
    expect(judgeInfo(json)).toEqual({ kind: 'stillUnknown' });
  });
});

describe('judgeBillInfo', () => {
  it.each(table)('%i of a payment that was found: as of a sale, and 0 proves it too', (code) => {
    const found = { rc: 0, items: [{ resultcode: String(code), supplierreference: '17' }] };
    expect(judgeBillInfo(found)).toEqual(code === 0 ? { kind: 'charged', supplierReference: '17' } : judgeInfo(found));
    expect(judgeBillInfo({ ...found, rc: -1 })).toEqual({ kind: 'stillUnknown' });
  });
});

describe('judgeRevertInfo', () => {
  const found = (resultcode: unknown, more: object = {}) => ({
    rc: 0,
    items: [{ resultcode, supplierreference: '18', suppliertoken: '', ...more }],
  });

  it.each(table)('%i under the reference of a revert: only 20 proves it', (code) => {
    const stillUnknown = { kind: 'stillUnknown' };
    expect(judgeRevertInfo(found(String(code)))).toEqual(
      code === 20 ? { kind: 'reverted', supplierReference: '18' } : stillUnknown,
    );
    expect(judgeRevertInfo({ ...found(String(code)), rc: -1 })).toEqual(stillUnknown);
  });

  it.each([
    ['an unlisted code', found('555')],
    ['no code', found(undefined)],
    ['two items', { rc: 0, items: [{ resultcode: '20' }, { resultcode: '20' }] }],
    ['nothing', { rc: 0, items: [] }],
    ['null', null],
  ])('%s leaves the revert unknown', (_, json) => {
    expect(judgeRevertInfo(json)).toEqual({ kind: 'stillUnknown' });
  });
});
