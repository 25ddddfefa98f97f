import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alpha2Of } from '../../src/adapters/i18n/countries.ts';
import { createPhoneBook } from '../../src/adapters/phone/phone-book.ts';
import type { RequiredField } from '../../src/domain/catalog.ts';
import { exampleOf, fitsMask } from '../../src/domain/mask.ts';
import { checkField, readField } from '../../src/domain/required-field.ts';

const field = (kind: RequiredField['kind'], mask: string | null = null): RequiredField => ({ name: 'account', kind, mask });
const choice: RequiredField = { ...field('choice'), options: [{ value: 'N-1', label: 'Norte' }] };
const nine: RequiredField = { ...field('text'), lengths: { least: 8, most: 10 } };

describe('checkField', () => {
  it.each([
    ['a number with the country code', field('phone', '53########'), '+53 5123 4567', '5351234567'],
    ['a number with 00', field('phone', '53########'), '0053-5123-4567', '5351234567'],
    ['a number in brackets', field('phone'), '(600) 123.456', '600123456'],
    ['a number in Arabic digits', field('phone'), '٦٠٠ ١٢٣ ٤٥٦', '600123456'],
    ['a number in Persian digits', field('phone', '53########'), '+۵۳ ۵۱۲۳ ۴۵۶۷', '5351234567'],
    ['an e-mail address', field('email'), ' ana@mail.example ', 'ana@mail.example'],
    ['a document', field('document'), 'ab.123-456 x', 'AB123456X'],
    ['a document in Arabic digits', field('document'), 'ab ١٢٣٤٥٦', 'AB123456'],
    ['a document with its check digit', { ...field('document'), document: 'cpf' }, '529.982.247-25', '52998224725'],
    ['a login', field('login'), 'player_1', 'player_1'],
    ['a name', field('name'), " Ana O'Neill-Pérez ", "Ana O'Neill-Pérez"],
    ['a text in Arabic digits', nine, '١٢٣٤٥٦٧٨', '12345678'],
    ['a choice by its value', choice, 'N-1', 'N-1'],
    ['a choice by its label', choice, 'norte', 'N-1'],
  ] as const)('takes %s', (_name, asked, text, expected) => {
    expect(checkField(asked, text)).toEqual({ ok: true, value: expected });
  });

  it.each([
    ['nothing', field('phone'), '   ', 'doesNotFit'],
    ['letters in a number', field('phone'), '60012345a', 'doesNotFit'],
    ['a number of another country', field('phone', '53########'), '34600123456', 'doesNotFit'],
    ['a national number where the mask has the prefix', field('phone', '53########'), '51234567', 'doesNotFit'],
    ['too few digits', field('phone'), '12345', 'doesNotFit'],
    ['no address', field('email'), 'ana@mail', 'doesNotFit'],
    ['two addresses', field('email'), 'a@b.co c@d.co', 'doesNotFit'],
    ['a path', field('login'), 'a/b', 'doesNotFit'],
    ['a backslash', field('login'), 'a\\b', 'doesNotFit'],
    ['a parameter', field('login'), 'a;b', 'doesNotFit'],
    ['a line break', field('login'), 'a\nb', 'doesNotFit'],
    ['4,096 emoji', field('login'), '🙂'.repeat(2048), 'tooLong'],
    ['a short document', field('document'), 'A1', 'doesNotFit'],
    ['a document with a slip', { ...field('document'), document: 'cpf' }, '529.982.247-24', 'wrongCheckDigit'],
    ['a number for a name', field('name'), '4711', 'doesNotFit'],
    ['a short text', nine, '1234567', 'tooShort'],
    ['a long text', nine, '12345678901', 'tooLong'],
    ['what is no choice', choice, 'Sur', 'doesNotFit'],
  ] as const)('refuses %s', (_name, asked, text, problem) => {
    expect(checkField(asked, text)).toEqual({ ok: false, error: problem });
  });

  it('takes its own example, whatever the mask', () => {
    const masks = fc.array(fc.constantFrom('#', '5', '3', '0'), { minLength: 6, maxLength: 15 }).map((signs) => signs.join(''));
    fc.assert(
      fc.property(masks, (mask) => {
        fc.pre(!mask.startsWith('00'));
        expect(fitsMask(mask, exampleOf(mask))).toBe(true);
        expect(checkField(field('phone', mask), exampleOf(mask)).ok).toBe(true);
      }),
    );
  });
});

describe('readField', () => {
  const phones = createPhoneBook(alpha2Of);
  const topUp = { family: 'recharge', countryId: 192 } as const;
  const asked = field('phone', '53########');

  it.each([
    ['52345678', '5352345678', []],
    ['mi numero: +53 5 234 5678', '5352345678', []],
    ['+34 600 123 456', '34600123456', ['otherCountry', 'maskDoesNotFit']],
  ])('reads %j as the number of a top-up', (text, value, warnings) => {
    expect(readField(topUp, asked, text, phones)).toEqual({ ok: true, value: { value, warnings } });
  });

  it.each([
    ['hola', 'doesNotFit'],
    ['5234', 'tooShort'],
    ['52345678901', 'tooLong'],
    ['99999999', 'impossible'],
  ])('refuses %j for a top-up', (text, problem) => {
    expect(readField(topUp, asked, text, phones)).toEqual({ ok: false, error: problem });
  });

  it('checks any other field by the mask alone', () => {
    expect(readField({ ...topUp, family: 'voucher' }, asked, '+53 5 234 5678', phones)).toEqual({
      ok: true,
      value: { value: '5352345678', warnings: [] },
    });
    expect(readField({ ...topUp, family: 'voucher' }, asked, '52345678', phones)).toEqual({ ok: false, error: 'doesNotFit' });
    expect(readField(topUp, field('email'), 'ana@mail', phones)).toEqual({ ok: false, error: 'doesNotFit' });
  });
});
