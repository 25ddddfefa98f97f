// Telegram's HTML: parses a message text into plain text and entities, and refuses what Telegram refuses, with the byte offset.
import type { Entity, Span } from './view.ts';

export type FormattedText = { text: string; entities: Entity[] };
export type ParsedHtml = { ok: true; value: FormattedText } | { ok: false; error: string };

const typeOfTag = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  span: 'spoiler',
  'tg-spoiler': 'spoiler',
  a: 'text_link',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
} as const;

type TagName = keyof typeof typeOfTag;

const isTagName = (name: string): name is TagName => Object.hasOwn(typeOfTag, name);

const characterOfName: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' };

type OpenTag = { name: TagName; offset: number; argument: string };

/** Reads the four named and the numeric character references; anything else stays as it was written, as in Telegram. */
const decodeReferences = (source: string): string =>
  source.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|amp|quot));?/gi,
    (whole: string, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return characterOfName[name.toLowerCase()] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
      return isCharacter ? String.fromCodePoint(code) : whole;
    },
  );

const attributePattern = /\s*([^\s=>/]*)\s*(?:=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']*)))?/y;

type Attributes = { ok: true; end: number; values: Map<string, string> } | { ok: false; error: string };

/** Reads `name="value"` pairs from `start` up to the closing `>`; `end` is the position behind it. */
const readAttributes = (source: string, start: number, tag: string, at: number): Attributes => {
  const values = new Map<string, string>();
  let position = start;
  for (;;) {
    while (/\s/.test(source.charAt(position))) position++;
    if (position >= source.length) return { ok: false, error: `Unclosed start tag "${tag}" at byte offset ${at}` };
    if (source[position] === '>') return { ok: true, end: position + 1, values };
    attributePattern.lastIndex = position;
    const match = attributePattern.exec(source);
    const name = match?.[1] ?? '';
    if (match === null || name === '')
      return { ok: false, error: `Empty attribute name in the tag "${tag}" at byte offset ${at}` };
    values.set(name.toLowerCase(), decodeReferences(match[2] ?? match[3] ?? match[4]?.toLowerCase() ?? ''));
    position = attributePattern.lastIndex;
    const isUnclosed = match[4] === '' && /["']/.test(source.charAt(position));
    if (isUnclosed) return { ok: false, error: `Unclosed start tag "${tag}" at byte offset ${at}` };
  }
};

/** What a tag means beyond its name: the address of a link, the language of code, that a quote can be expanded. */
const argumentOf = (tag: string, attributes: ReadonlyMap<string, string>): string => {
  const className = attributes.get('class') ?? '';
  if (tag === 'a') return attributes.get('href') ?? '';
  if (tag === 'code' && className.startsWith('language-')) return className.slice('language-'.length);
  if (tag === 'span') return className;
  if (tag === 'blockquote' && attributes.has('expandable')) return 'expandable';
  return '';
};

const linkOf = (href: string): string | undefined => {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:/i.test(href) ? href : `http://${href}`);
  return url !== null && ['http:', 'https:', 'tg:', 'ton:', 'mailto:'].includes(url.protocol) ? url.href : undefined;
};

/** `codeInside` is the language of a code that fills the tag: `<pre><code class="language-x">` is one entity. */
const entityOf = (tag: OpenTag, text: string, codeInside: string): Entity | undefined => {
  const span: Span = { offset: tag.offset, length: text.length - tag.offset };
  if (span.length === 0) return undefined;
  const type = typeOfTag[tag.name];
  switch (type) {
    case 'text_link': {
      const url = linkOf(tag.argument === '' ? text.slice(tag.offset) : tag.argument);
      return url === undefined ? undefined : { type, ...span, url };
    }
    case 'pre':
      return { type, ...span, ...(codeInside !== '' && { language: codeInside }) };
    case 'blockquote':
      return { type: tag.argument === '' ? type : 'expandable_blockquote', ...span };
    default:
      return { type, ...span };
  }
};

const covers = (entity: Entity | undefined, span: Span): entity is Entity =>
  entity?.offset === span.offset && entity.length === span.length;

/**
 * Parses HTML in Telegram's subset. Errors are the part after `can't parse entities: `.
 * Entities come in the order of their closing tags; whitespace around the text is kept.
 */
export const parseHtml = (source: string): ParsedHtml => {
  const open: OpenTag[] = [];
  const entities: Entity[] = [];
  const byteOffset = (position: number): number => Buffer.byteLength(source.slice(0, position));
  const fail = (error: string): ParsedHtml => ({ ok: false, error });
  let text = '';
  let language = '';
  let position = 0;
  while (position < source.length) {
    const start = source.indexOf('<', position);
    text += decodeReferences(source.slice(position, start === -1 ? source.length : start));
    if (start === -1) break;
    const at = byteOffset(start);
    const isEnd = source[start + 1] === '/';
    const name = /[^\s>]*/y;
    name.lastIndex = start + (isEnd ? 2 : 1);
    const tag = (name.exec(source)?.[0] ?? '').toLowerCase();
    const behindName = name.lastIndex;
    if (isEnd) {
      const closing = open.pop();
      if (closing === undefined) return fail(`Unexpected end tag at byte offset ${at}`);
      const end = source.indexOf('>', behindName);
      if (end === -1 || source.slice(behindName, end).trim() !== '') return fail(`Unclosed end tag at byte offset ${at}`);
      if (tag !== '' && tag !== closing.name) {
        return fail(`Unmatched end tag at byte offset ${at}, expected "</${closing.name}>", found "</${tag}>"`);
      }
      const last = entities.at(-1);
      const isFilledWithCode =
        last?.type === 'code' && covers(last, { offset: closing.offset, length: text.length - closing.offset });
      const entity = entityOf(closing, text, isFilledWithCode ? language : '');
      if (isFilledWithCode && closing.name === 'pre') entities.pop();
      if (entity !== undefined) entities.push(entity);
      language = closing.name === 'code' ? closing.argument : '';
      position = end + 1;
      continue;
    }
    if (behindName >= source.length) return fail(`Unclosed start tag at byte offset ${at}`);
    if (!isTagName(tag)) return fail(`Unsupported start tag "${tag}" at byte offset ${at}`);
    const attributes = readAttributes(source, behindName, tag, at);
    if (!attributes.ok) return attributes;
    const argument = argumentOf(tag, attributes.values);
    if (tag === 'span' && argument !== 'tg-spoiler') return fail(`Tag "span" must have class "tg-spoiler" at byte offset ${at}`);
    open.push({ name: tag, offset: text.length, argument });
    position = attributes.end;
  }
  const left = open.at(-1);
  if (left !== undefined) return fail(`Can't find end tag corresponding to start tag "${left.name}"`);
  return { ok: true, value: { text, entities } };
};
