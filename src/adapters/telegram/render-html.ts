// Telegram's HTML as a type of its own: text only becomes `Html` by being escaped, so that no supplier or customer can write markup.

declare const markup: unique symbol;
export type Html = string & { readonly [markup]: true };

/** Broken surrogates are refused by Telegram; control characters and direction overrides could make a text look like another one. */
const clean = (text: string): string => text.toWellFormed().replace(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, ' ');

/** The characters of markup as references. */
export const encoded = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export const decoded = (html: string): string =>
  html.replaceAll('&quot;', '"').replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&amp;', '&');

export const escape = (text: string): Html => encoded(clean(text)) as Html;

export const bold = (text: string): Html => `<b>${escape(text)}</b>` as Html;

export const italic = (text: string): Html => `<i>${escape(text)}</i>` as Html;

/** Text that a tap copies. */
export const code = (text: string): Html => `<code>${escape(text)}</code>` as Html;

/** A quote that shows three lines until it is tapped. */
export const expandable = (text: string): Html => `<blockquote expandable>${escape(text)}</blockquote>` as Html;

/** A labelled value: `Order: 7KQ2`. */
export const labelled = (label: string, value: Html): Html => `${escape(label)}: ${value}` as Html;

const join =
  (separator: string) =>
  (...parts: readonly (Html | null)[]): Html =>
    parts.filter((part) => part !== null && part !== '').join(separator) as Html;

export const lines = join('\n');
export const paragraphs = join('\n\n');
export const enumerated = join(', ');

/** How many UTF-16 units Telegram counts: the text without tags, each reference as one character. */
export const textLength = (html: Html): number => html.replace(/<[^>]*>/g, '').replace(/&(?:amp|lt|gt|quot);/g, '.').length;

/** Shortens a text to `most` UTF-16 units, at a word where one ends in the second half, with an ellipsis. */
export const cut = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const lastSpace = text.slice(0, most).search(/\s\S*$/);
  const atCharacter = text.slice(0, Math.max(0, most - 1)).replace(/[\ud800-\udbff]$/, '');
  return `${(lastSpace > most / 2 ? text.slice(0, lastSpace) : atCharacter).trimEnd()}…`;
};

/** A name for one line of a message or one button: white space collapsed, never empty. */
export const oneLine = (text: string, most: number): string => {
  const line = clean(text).replace(/\s+/g, ' ').trim();
  return line === '' ? '–' : cut(line, most);
};

const BREAKS = /<(?:br|\/p|\/div|\/li|\/h[1-6]|\/tr)\s*\/?>/gi;
const TAGS = /<\/?(?:br|p|div|span|ul|ol|li|b|strong|i|em|u|a|h[1-6]|font|table|tbody|tr|td)(?:\s[^<>]*)?\/?>/gi;
const CHARACTERS: Readonly<Record<string, string>> = { nbsp: ' ', lt: '<', gt: '>', quot: '"', amp: '&' };

/** A supplier's text without its web markup, paragraphs kept apart. Other text in angle brackets stays as it is. */
export const plainText = (text: string): string =>
  clean(text.replace(/\r\n?/g, '\n'))
    .replace(BREAKS, '\n')
    .replace(TAGS, '')
    .replace(/&(nbsp|lt|gt|quot|amp);/g, (whole, name: string) => CHARACTERS[name] ?? whole)
    .replace(/[^\S\n]*\n[^\S\n]*/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
