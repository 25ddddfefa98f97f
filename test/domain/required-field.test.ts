import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RequiredField } from '../../src/domain/catalog.ts';
import { exampleOf, fitsMask } from '../../src/domain/mask.ts';
import { checkField, readField } from '../../src/domain/required-field.ts';
import { phones } from './phones.ts';

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
    ['a choice whatever its length', { ...choice, lengths: { least: 5, most: 9 } }, 'Norte', 'N-1'],
    ['a name of another alphabet', field('name'), 'Анна-Мария', 'Анна-Мария'],
    ['a name with an accent in two signs', field('name'), 'Jose\u0301', 'Jose\u0301'],
    ['a document of Spain', { ...field('document'), document: 'dni' }, '12.345.678-z', '12345678Z'],
    ['a text of a single sign', field('text'), '7', '7'],
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
    ['what is nearly a choice', choice, 'Nort', 'doesNotFit'],
    ['no choice', choice, '', 'doesNotFit'],
    ['a choice without options', field('choice'), 'Norte', 'doesNotFit'],
    ['an emoji for a name', field('name'), '🙂', 'doesNotFit'],
    ['markup for a name', field('name'), '<b>Ana</b>', 'doesNotFit'],
    ['a login of two words', field('login'), 'ana maria', 'doesNotFit'],
    ['a document in another alphabet', { ...field('document'), document: 'dni' }, '12345678Ж', 'doesNotFit'],
    ['a letter in a masked number', field('phone', '53########'), '53A1234567', 'doesNotFit'],
    ['a digit too many for the mask', field('phone', '53########'), '53512345678', 'doesNotFit'],
    ['an address that is too long', field('email'), `${'a'.repeat(100)}@mail.example`, 'tooLong'],
    ['nothing for a text', field('text'), ' \t ', 'doesNotFit'],
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

describe('what was taken', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.stringMatching(/^[+0-9 ().-]{0,20}$/),
    fc.stringMatching(/^[A-Za-z0-9 .@-]{0,20}$/),
    fc.constantFrom('٥٣٥١٢٣٤٥٦٧', ' ana@mail.example ', '12.345.678-z', 'norte', 'N-1', '0053 51234567'),
  );
  const kinds = fc.constantFrom(
    field('phone'),
    field('phone', '53########'),
    field('email'),
    field('document'),
    field('login'),
    field('name'),
    field('text'),
    choice,
    nine,
  );

  it('is taken again as it is, is not empty, fits its lengths, and can not leave its place in an address', () => {
    fc.assert(
      fc.property(kinds, anything, (asked, text) => {
        const checked = checkField(asked, text);
        if (!checked.ok) return;
        const { value } = checked;
        expect(checkField(asked, value)).toEqual(checked);
        expect(value.trim()).not.toBe('');
        expect(value).not.toMatch(/[/\\;\p{Cc}]/u);
        if (asked.kind !== 'choice') expect(value.length).toBeLessThanOrEqual(asked.lengths?.most ?? 100);
        if (asked.mask !== null) expect(fitsMask(asked.mask, value)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('readField', () => {
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

  it('sends a national number where the mask has no room for the prefix', () => {
    expect(readField(topUp, field('phone', '########'), '+53 5 234 5678', phones)).toEqual({
      ok: true,
      value: { value: '52345678', warnings: [] },
    });
  });

  it('warns of a mask that the country’s own number does not fit', () => {
    expect(readField(topUp, field('phone', '537#######'), '52345678', phones)).toEqual({
      ok: true,
      value: { value: '5352345678', warnings: ['maskDoesNotFit'] },
    });
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
