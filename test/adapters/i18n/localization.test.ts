// Texts, money, times and countries as each language writes them.
import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { MessageKey } from '../../../src/adapters/telegram/render-speech.ts';
import { createLocalization } from '../../../src/adapters/i18n/localization.ts';
import { phones } from '../../domain/phones.ts';
import type { Key } from '../../../src/adapters/i18n/translator.ts';
import { LANGUAGES } from '../../../src/domain/dialog/language.ts';
import type { Language } from '../../../src/domain/dialog/language.ts';
import { MAX_HUNDREDTHS, hundredths } from '../../../src/domain/money.ts';
import { instant } from '../../../src/domain/time.ts';

const { translate, formatMoney, formatTime, formatDateTime, countryName, countryFlag } = createLocalization(
  'Europe/Madrid',
  phones,
);

describe('texts', () => {
  it('fill in parameters without touching them', () => {
    for (const query of ['<b>&"\'', '{{query}}', '$t(help.text)']) {
      expect(translate('en', 'operators.found', { query })).toBe(`Results for “${query}”`);
      expect(translate('es', 'operators.found', { query })).toBe(`Resultados para «${query}»`);
    }
  });

  it('follow the plural rules', () => {
    expect(translate('en', 'orders.title', { count: 1 })).toBe('Your last order');
    expect(translate('en', 'orders.title', { count: 3 })).toBe('Your last 3 orders');
    expect(translate('es', 'orders.title', { count: 1 })).toBe('Tu último pedido');
    expect(translate('es', 'orders.title', { count: 1_000_000 })).toBe('Tus últimos 1000000 pedidos');
    const titles = (language: Language, counts: readonly number[]) =>
      counts.map((count) => translate(language, 'orders.title', { count }));
    expect(titles('ru', [1, 3, 5, 21])).toEqual([
      '1 последний заказ',
      '3 последних заказа',
      '5 последних заказов',
      '21 последний заказ',
    ]);
    expect(titles('ar', [1, 2, 3, 11, 100])).toEqual([
      'طلبك الأخير',
      'طلباك الأخيران',
      'آخر 3 طلبات',
      'آخر 11 طلبًا',
      'آخر 100 طلب',
    ]);
  });

  it('need all their parameters', () => expect(() => translate('en', 'operators.found')).toThrow('{{query}}'));

  it('have typed keys, the same for the translator and for the renderer', () => {
    expectTypeOf<'orders.title'>().toExtend<Key>();
    expectTypeOf<'orders.title_one'>().not.toExtend<Key>();
    expectTypeOf<'no.such.key'>().not.toExtend<Key>();
    expectTypeOf<Key>().toEqualTypeOf<MessageKey>();
    expect(translate('en', 'button.next')).toBe('›');
  });
});

describe('money', () => {
  it.each([
    ['en', 2_500, 'EUR', '€25.00'],
    ['en', 44_000, 'MXN', 'MX$440.00'],
    ['en', 123_456_789, 'USD', '$1,234,567.89'],
    ['en', 1_550, 'JPY', '¥15.50'],
    ['en', -5, 'EUR', '-€0.05'],
    ['es', 2_500, 'EUR', '25,00\u00a0€'],
    ['es', 44_000, 'MXN', '440,00\u00a0MXN'],
    ['es', 1_550, 'CLP', '15,50\u00a0CLP'],
    ['fr', 123_456_789, 'EUR', '1\u202f234\u202f567,89\u00a0€'],
    ['pt', 123_456_789, 'BRL', 'R$\u00a01.234.567,89'],
    ['ar', 123_456_789, 'MXN', '1,234,567.89\u00a0MX$'],
    ['ar', -5, 'EUR', '-0.05\u00a0€'],
    ['ru', 123_456_789, 'EUR', '1\u00a0234\u00a0567,89\u00a0€'],
  ] as const)('%s writes %d %s as %s', (language, amount, currency, text) => {
    expect(formatMoney(language, { hundredths: hundredths(amount), currency })).toBe(text);
  });

  it('is exact to the hundredth', () => {
    const anyAmount = fc.oneof(fc.nat(MAX_HUNDREDTHS), fc.nat(Number.MAX_SAFE_INTEGER));
    fc.assert(
      fc.property(
        anyAmount,
        fc.constantFrom(...LANGUAGES),
        fc.constantFrom('EUR', 'MXN', 'JPY', 'CUP'),
        (amount, language, currency) => {
          const digits = formatMoney(language, { hundredths: hundredths(amount), currency }).replace(/\D/g, '');
          expect(BigInt(digits)).toBe(BigInt(amount));
        },
      ),
    );
  });
});

describe('times', () => {
  const at = instant(Date.UTC(2026, 7, 9, 12, 5));

  it('are in the zone of the shop, and say which', () => {
    expect(formatTime('en', at)).toBe('14:05 GMT+2');
    expect(formatTime('es', at)).toBe('14:05 CEST');
    expect(createLocalization('UTC', phones).formatTime('en', at)).toBe('12:05 UTC');
  });

  it('have dates in the language', () => {
    expect(formatDateTime('en', at)).toBe('Aug 9, 2026, 14:05');
    expect(formatDateTime('es', at)).toBe('9 ago 2026, 14:05');
    expect(formatDateTime('fr', at)).toBe('9 août 2026, 14:05');
    expect(formatDateTime('pt', at)).toBe('9 de ago. de 2026, 14:05');
    expect(formatDateTime('ar', at)).toBe('9 أغسطس 2026، 14:05');
    expect(formatDateTime('ru', at)).toBe('9 авг. 2026 г., 14:05');
  });

  it('refuse a zone that does not exist', () => expect(() => createLocalization('Mars/Olympus', phones)).toThrow(RangeError));
});

describe('countries', () => {
  it.each([
    [192, 'Cuba', 'Cuba', '🇨🇺'],
    [724, 'Spain', 'España', '🇪🇸'],
    [840, 'United States', 'Estados Unidos', '🇺🇸'],
    [76, 'Brazil', 'Brasil', '🇧🇷'],
  ])('%d is %s, %s, %s', (id, english, spanish, flag) => {
    expect(countryName('en', { id, name: 'listed' })).toBe(english);
    expect(countryName('es', { id, name: 'listed' })).toBe(spanish);
    expect(countryFlag(id)).toBe(flag);
  });

  it('have a name in every language', () => {
    const named = LANGUAGES.map((language) => countryName(language, { id: 724, name: 'listed' }));
    expect(named).toEqual(['Spain', 'España', 'Espagne', 'Espanha', 'إسبانيا', 'Испания']);
  });

  it.each([0, -1, 150, 999, 1_000, 1.5, Number.NaN])('%d is no country: the listed name and a globe', (id) => {
    expect(countryName('en', { id, name: 'Everywhere' })).toBe('Everywhere');
    expect(countryFlag(id)).toBe('🌐');
  });
});
