// The small tools for text: cutting, one-line names, and suppliers' web markup.
import { describe, expect, it } from 'vitest';
import {
  bold,
  cut,
  escape,
  lines,
  oneLine,
  paragraphs,
  plainText,
  textLength,
} from '../../../src/adapters/telegram/render-html.ts';

it('escapes what Telegram reads as markup', () => {
  expect(escape(`<a href="x">&'`)).toBe(`&lt;a href=&quot;x&quot;&gt;&amp;'`);
  expect(bold('<b>')).toBe('<b>&lt;b&gt;</b>');
});

it('leaves out broken surrogates, control characters and direction overrides', () => {
  expect(escape('a\ud83db')).toBe('a\ufffdb');
  expect(escape('a\u0000b\u202ec\td')).toBe('a b c d');
  expect(escape('a\nb')).toBe('a\nb');
});

it('joins what is there', () => {
  expect(lines(escape('a'), null, escape(''), escape('b'))).toBe('a\nb');
  expect(paragraphs(escape('a'), lines(), escape('b'))).toBe('a\n\nb');
});

it('counts as Telegram does: no tags, one for each reference', () => expect(textLength(bold('<&> 👋'))).toBe(6));

describe('cut', () => {
  it.each([
    ['short', 5, 'short'],
    ['one two three', 9, 'one two…'],
    ['one two three', 8, 'one two…'],
    ['one two three four', 12, 'one two…'],
    ['unbreakable', 6, 'unbre…'],
    ['a bbbbbbbbbbbbbbbb', 10, 'a bbbbbbb…'],
    ['abcd👋👋', 6, 'abcd…'],
  ])('%j to %d gives %j', (text, most, expected) => expect(cut(text, most)).toBe(expected));
});

it('makes names of one line that are never empty', () => {
  expect(oneLine(' Cine  Farol\n Pass ', 60)).toBe('Cine Farol Pass');
  expect(oneLine(' \n ', 60)).toBe('–');
});

describe('plainText', () => {
  it.each([
    ['<p>One</p><p>Two &amp; three</p>', 'One\nTwo & three'],
    ['One<br/>Two<BR>Three', 'One\nTwo\nThree'],
    ['<ul><li>a</li>\n<li>b</li></ul>', 'a\n\nb'],
    ['<a href="https://example.com">here</a>', 'here'],
    ['5 < 6 and <code> on the card', '5 < 6 and <code> on the card'],
    ['a\r\n\r\n\r\n\r\nb', 'a\n\nb'],
    ['&lt;b&gt; &amp;lt;', '<b> &lt;'],
  ])('%j reads %j', (html, text) => expect(plainText(html)).toBe(text));
});
