// What is kept for customers: links and their tokens, names of numbers, which answers are personal, and the one form of a number.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTokens } from '../../src/adapters/system/tokens.ts';
import { accountOf } from '../../src/domain/account-number.ts';
import type { Product, RequiredField } from '../../src/domain/catalog.ts';
import { handOverArgument, isHandOverArgument, tokenOfArgument } from '../../src/domain/hand-over.ts';
import { parseNumberId, parseNumberName } from '../../src/domain/keepsake.ts';
import { answersFrom, detailsOf, kindsOf } from '../../src/domain/personal-detail.ts';
import { parseToken, parseTokenHash } from '../../src/domain/token.ts';
import { product as sample } from '../adapters/telegram/sample-views.ts';
import '../property-seed.ts';
import { phones } from './phones.ts';

const tokens = createTokens();

describe('a token', () => {
  it('is another one each time, fits an argument of /start, and is read back from it', () => {
    const many = Array.from({ length: 200 }, () => tokens.newToken());
    expect(new Set(many).size).toBe(200);
    for (const token of many) {
      expect(handOverArgument(token)).toMatch(/^[\w-]{1,64}$/);
      expect(tokenOfArgument(handOverArgument(token))).toBe(token);
    }
  });

  it('is 16 bytes in base64url, written in one way only', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        expect(parseToken(Buffer.from(bytes).toString('base64url')).ok).toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[\w-]{22}$/), (text) => {
        expect(parseToken(text).ok).toBe(Buffer.from(text, 'base64url').toString('base64url') === text);
      }),
    );
  });

  it.each(['', 'AAAA', 'A'.repeat(21), 'A'.repeat(23), `${'A'.repeat(21)}+`, `${'A'.repeat(21)}B`, ` ${'A'.repeat(21)}`])(
    'is not %j',
    (text) => {
      expect(parseToken(text).ok).toBe(false);
      expect(tokenOfArgument(`ho_${text}`)).toBeNull();
    },
  );

  it('has the SHA-256 of its text as its hash', () => {
    const hash = tokens.hashOf('abc');
    expect(hash).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(parseTokenHash(hash).ok).toBe(true);
    expect(parseTokenHash(hash.toUpperCase()).ok).toBe(false);
  });

  it('of another kind of link is none of a hand-over', () => {
    expect(tokenOfArgument(`inv_${tokens.newToken()}`)).toBeNull();
    expect(isHandOverArgument('group')).toBe(false);
  });
});

describe('a name of a number', () => {
  it.each([
    ['Mum', 'Mum'],
    ['  My   sister ', 'My sister'],
    ['👨‍👩‍👧'.repeat(4), '👨‍👩‍👧'.repeat(4)],
    ['ñ'.repeat(30), 'ñ'.repeat(30)],
    ['ñ'.repeat(31), null],
    ['', null],
    ['   ', null],
    [`e${'\u0301'.repeat(200)}`, null],
  ])('%j is kept as %j', (typed, kept) => {
    expect(parseNumberName(typed)).toBe(kept);
  });

  it('has an id that is a positive whole number', () => {
    expect([1, 0, -1, 1.5, Number.NaN, 2 ** 53].map((value) => parseNumberId(value).ok)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});

const field = (name: string, kind: RequiredField['kind'], document?: RequiredField['document']): RequiredField => ({
  name,
  kind,
  mask: null,
  ...(document !== undefined && { document }),
});

describe('personal details', () => {
  const fields = [field('account', 'phone'), field('documentNumber', 'document', 'dni'), field('surname', 'name')];
  const spain = { countryId: 724 };

  it('are documents and names, and nothing else', () => {
    const details = detailsOf(fields, spain, {
      account: '34600000000',
      documentNumber: '12345678Z',
      surname: 'Ruiz',
      other: 'x',
    });
    expect(Object.values(details)).toEqual(['12345678Z', 'Ruiz']);
    expect(kindsOf(details)).toEqual(['document', 'name']);
    expect(kindsOf({})).toEqual([]);
    expect(kindsOf(detailsOf(fields, spain, { surname: 'Ruiz' }))).toEqual(['name']);
  });

  it('come back for the fields that they answered', () => {
    const answer = fc.record({ documentNumber: fc.string(), surname: fc.string() }, { requiredKeys: [] });
    fc.assert(
      fc.property(answer, (answers) => {
        expect(answersFrom(detailsOf(fields, spain, answers), fields, spain)).toEqual(answers);
      }),
    );
  });

  it('are of a kind of document wherever it is asked for, and of a country where the kind is not known', () => {
    const details = detailsOf(fields, spain, { documentNumber: '12345678Z', surname: 'Ruiz' });
    expect(answersFrom(details, fields, { countryId: 484 })).toEqual({ documentNumber: '12345678Z', surname: 'Ruiz' });
    const plain = [field('documentNumber', 'document'), field('surname', 'name')];
    expect(answersFrom(details, plain, spain)).toEqual({ surname: 'Ruiz' });
    const cuban = detailsOf(plain, { countryId: 192 }, { documentNumber: '85010112345' });
    expect(answersFrom(cuban, plain, { countryId: 192 })).toEqual({ documentNumber: '85010112345' });
    expect(answersFrom(cuban, plain, spain)).toEqual({});
  });
});

describe('the number of an order', () => {
  const cuba: Product = { ...sample, countryId: 192, fields: [field('account', 'phone')] };
  const topUp: Product = { ...cuba, family: 'recharge', fields: [], mask: '53########' };

  it.each<[string, Product | null, string, string, string]>([
    ['with its prefix', cuba, '5351234567', 'phone', '+5351234567'],
    ['without it', cuba, '51234567', 'phone', '+5351234567'],
    ['of another country', cuba, '+34600111222', 'phone', '+34600111222'],
    ['of a top-up, whose form the supplier writes', topUp, '5351234567', 'phone', '+5351234567'],
    ['of a top-up that is no phone’s', { ...topUp, mask: null }, '5351234567', 'account', '5351234567'],
    ['of an account', { ...cuba, fields: [field('account', 'login')] }, '5351234567', 'account', '5351234567'],
    ['of a product that is sold no more', null, '5351234567', 'phone', '+5351234567'],
    ['that is no number', cuba, 'ana@example.org', 'account', 'ana@example.org'],
  ])('%s is kept in one form', (_what, product, account, kind, value) => {
    expect(accountOf({ fields: { account }, bill: null }, product, phones)).toEqual({ kind, value });
  });

  it('of a bill is what its payment names first; an order for none has none', () => {
    const bill = { values: [{ key: 'contract', value: 'C-77' }], returned: [], invoices: [] };
    const payment: Product = { ...topUp, family: 'bill', mask: null };
    expect(accountOf({ fields: {}, bill }, payment, phones)).toEqual({ kind: 'account', value: 'C-77' });
    expect(accountOf({ fields: {}, bill: null }, cuba, phones)).toBeNull();
  });
});
