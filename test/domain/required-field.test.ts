import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RequiredField } from '../../src/domain/catalog.ts';
import { checkField, exampleOf, fitsMask } from '../../src/domain/required-field.ts';

const field = (kind: RequiredField['kind'], mask: string | null = null): RequiredField => ({ name: 'account', kind, mask });

describe('checkField', () => {
  it.each([
    ['a number with the country code', field('phone', '53########'), '+53 5123 4567', '5351234567'],
    ['a number with 00', field('phone', '53########'), '0053-5123-4567', '5351234567'],
    ['a number in brackets', field('phone'), '(600) 123.456', '600123456'],
    ['an e-mail address', field('email'), ' ana@mail.example ', 'ana@mail.example'],
    ['a document', field('document'), 'ab.123-456 x', 'AB123456X'],
    ['a login', field('login'), 'player_1', 'player_1'],
  ])('takes %s', (_name, asked, text, expected) => {
    expect(checkField(asked, text)).toEqual({ ok: true, value: expected });
  });

  it.each([
    ['nothing', field('phone'), '   '],
    ['letters in a number', field('phone'), '60012345a'],
    ['a number of another country', field('phone', '53########'), '34600123456'],
    ['a national number where the mask has the prefix', field('phone', '53########'), '51234567'],
    ['too few digits', field('phone'), '12345'],
    ['no address', field('email'), 'ana@mail'],
    ['two addresses', field('email'), 'a@b.co c@d.co'],
    ['a path', field('login'), 'a/b'],
    ['a backslash', field('login'), 'a\\b'],
    ['a parameter', field('login'), 'a;b'],
    ['a line break', field('login'), 'a\nb'],
    ['4,096 emoji', field('login'), '🙂'.repeat(2048)],
    ['Arabic digits', field('phone'), '٦٠٠١٢٣٤٥٦'],
    ['a short document', field('document'), 'A1'],
  ])('refuses %s', (_name, asked, text) => {
    expect(checkField(asked, text)).toEqual({ ok: false, error: 'doesNotFit' });
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
