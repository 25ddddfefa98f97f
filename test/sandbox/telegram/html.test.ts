// Telegram's HTML: what is understood, what is refused, and that writing and reading are each other's inverse.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise, toHtml } from '../../../src/sandbox/telegram/formatted-text.ts';
import { parseHtml, type FormattedText } from '../../../src/sandbox/telegram/html.ts';

const read = (html: string): FormattedText => {
  const parsed = parseHtml(html);
  if (!parsed.ok) throw new Error(parsed.error);
  return normalise(parsed.value);
};

describe('parseHtml', () => {
  it.each([
    ['<b>a</b><strong>b</strong>', 'ab', ['bold 0+1', 'bold 1+1']],
    ['<i>a</i> <em>b</em>', 'a b', ['italic 0+1', 'italic 2+1']],
    [
      '<u>a</u><ins>b</ins><s>c</s><strike>d</strike><del>e</del>',
      'abcde',
      ['underline 0+1', 'underline 1+1', 'strikethrough 2+1', 'strikethrough 3+1', 'strikethrough 4+1'],
    ],
    ['<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>', 'ab', ['spoiler 0+1', 'spoiler 1+1']],
    ['<a href="https://example.org/?a=1&amp;b=2">x</a>', 'x', ['text_link 0+1 https://example.org/?a=1&b=2']],
    ["<a href='example.org'>x</a>", 'x', ['text_link 0+1 http://example.org/']],
    ['<a href="javascript:alert(1)">x</a>', 'x', []],
    ['<pre>a\nb</pre>', 'a\nb', ['pre 0+3']],
    ['<pre><code class="language-sql">a</code></pre>', 'a', ['pre 0+1 sql']],
    ['<code class="language-sql">a</code>', 'a', ['code 0+1']],
    ['<blockquote>a</blockquote>', 'a', ['blockquote 0+1']],
    ['<blockquote expandable>a</blockquote>', 'a', ['expandable_blockquote 0+1']],
    ['<B>a</b>', 'a', ['bold 0+1']],
    ['<b>😀</b>x<i>y</i>', '😀xy', ['bold 0+2', 'italic 3+1']],
    ['<b>a<i>b</i></b>', 'ab', ['bold 0+2', 'italic 1+1']],
    ['1 &lt; 2 &gt; 0 &amp; &quot;x&quot; &#39; &#x41;', '1 < 2 > 0 & "x" \' A', []],
    ['AT&T &nbsp; &copy;', 'AT&T &nbsp; &copy;', []],
    ['  <b>a</b> \n', 'a', ['bold 0+1']],
    ['<tg-spoiler>PIN <code>1234</code></tg-spoiler>', 'PIN 1234', ['spoiler 0+4', 'code 4+4']],
    ['<b></b>a', 'a', []],
  ])('reads %j', (html, text, entities) => {
    const formatted = read(html);
    expect(formatted.text).toBe(text);
    expect(
      formatted.entities.map((entity) => {
        const extra =
          entity.type === 'text_link'
            ? ` ${entity.url}`
            : entity.type === 'pre' && entity.language !== undefined
              ? ` ${entity.language}`
              : '';
        return `${entity.type} ${entity.offset}+${entity.length}${extra}`;
      }),
    ).toEqual(entities);
  });

  it.each([
    ['a <br> b', 'Unsupported start tag "br" at byte offset 2'],
    ['é <p>b</p>', 'Unsupported start tag "p" at byte offset 3'],
    ['1 < 2', 'Unsupported start tag "" at byte offset 2'],
    ['<b>a', 'Can\'t find end tag corresponding to start tag "b"'],
    ['a</b>', 'Unexpected end tag at byte offset 1'],
    ['<b>a</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
    ['<b', 'Unclosed start tag at byte offset 0'],
    ['<a href="x', 'Unclosed start tag "a" at byte offset 0'],
    ['<b>a</b', 'Unclosed end tag at byte offset 4'],
    ['<span>a</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
  ])('refuses %j', (html, error) => {
    expect(parseHtml(html)).toEqual({ ok: false, error });
  });

  it('finds commands, links, addresses and mentions by itself, but not inside code', () => {
    const { entities } = read('/start@shop_bot https://example.org/a. me@example.org @somebody <code>/start</code>');
    expect(entities.map((entity) => entity.type)).toEqual(['bot_command', 'url', 'email', 'mention', 'code']);
  });

  it('never throws, and never leaves a tag that it understood in the text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('<b>', '</b>', '<code>', '</code>', '<a href="', '">', '&lt;', '&#', '<', 'é', '😀', ' ')),
        (parts) => {
          const parsed = parseHtml(parts.join(''));
          if (parsed.ok) expect(parsed.value.text).not.toMatch(/<\/?(?:b|code)>/);
          else expect(parsed.error).toMatch(/offset \d+|find end tag/);
        },
      ),
    );
  });

  it('reads back every text that it writes', () => {
    const style = fc.constantFrom('bold' as const, 'italic' as const, 'spoiler' as const, 'code' as const, 'blockquote' as const);
    const span = fc.tuple(style, fc.nat(20), fc.integer({ min: 1, max: 10 }));
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 24 }), fc.array(span, { maxLength: 4 }), (text, spans) => {
        const entities = spans
          .filter(([, offset, length]) => offset + length <= text.length)
          .map(([type, offset, length]) => ({ type, offset, length }));
        const written = toHtml(normalise({ text, entities }));
        expect(toHtml(read(written))).toBe(written);
        expect(read(written).text).toBe(normalise({ text, entities }).text);
      }),
    );
  });
});
