import { expect, it } from 'vitest';
import { LANGUAGES, isRightToLeft, languageOf } from '../../../src/domain/dialog/language.ts';

it.each([
  ['es-MX', 'es'],
  ['fr-CA', 'fr'],
  ['pt', 'pt'],
  ['pt-BR', 'pt'],
  ['ar-EG', 'ar'],
  ['RU', 'ru'],
  ['ru_RU', 'ru'],
  ['de', 'en'],
  ['rup', 'en'],
  ['arn', 'en'],
  ['', 'en'],
  [null, 'en'],
])('a customer whose Telegram says %j is spoken to in %j', (tag, language) => {
  expect(languageOf(tag)).toBe(language);
});

it('knows which language runs from right to left', () => {
  expect(LANGUAGES.filter(isRightToLeft)).toEqual(['ar']);
});
