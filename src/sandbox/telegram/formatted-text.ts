// A text with entities as Telegram keeps it: trimmed, code free of other styles, links and commands found; and back to HTML.
import type { FormattedText } from './html.ts';
import type { Entity, PlainEntityType, Span } from './view.ts';

const isCode = (entity: Entity): boolean => entity.type === 'code' || entity.type === 'pre';
const isQuote = (entity: Entity): boolean => entity.type.endsWith('blockquote');
const endOf = (entity: Span): number => entity.offset + entity.length;

/** Outer entities come before the inner ones that start at the same place; the same place and length are told apart by type. */
const byPosition = (a: Entity, b: Entity): number =>
  a.offset - b.offset || b.length - a.length || Number(isQuote(b)) - Number(isQuote(a)) || a.type.localeCompare(b.type);

/** Telegram drops white space around the text, so that a message never ends in empty lines. */
const trim = ({ text, entities }: FormattedText): FormattedText => {
  const kept = text.trimEnd();
  const firstEntity = Math.min(kept.length, ...entities.map((entity) => entity.offset));
  const lead = Math.min(kept.length - kept.trimStart().length, firstEntity);
  return {
    text: kept.slice(lead),
    entities: entities
      .map((entity) => ({
        ...entity,
        offset: entity.offset - lead,
        length: Math.min(endOf(entity), kept.length) - entity.offset,
      }))
      .filter((entity) => entity.length > 0),
  };
};

/** The parts of `entity` outside of `hole`. */
const subtract = (entity: Entity, hole: Entity): Entity[] => {
  if (endOf(hole) <= entity.offset || hole.offset >= endOf(entity)) return [entity];
  const before = { ...entity, length: hole.offset - entity.offset };
  const after = { ...entity, offset: endOf(hole), length: endOf(entity) - endOf(hole) };
  return [before, after].filter((part) => part.length > 0);
};

/** Code holds no other style and is part of none, only of a quote: a spoiler around a code does not hide the code. */
const keepCodePlain = (entities: Entity[]): Entity[] => {
  const code = entities.filter(isCode);
  const other = entities
    .filter((entity) => !isCode(entity))
    .flatMap((entity) =>
      isQuote(entity) ? [entity] : code.reduce((parts, hole) => parts.flatMap((part) => subtract(part, hole)), [entity]),
    );
  return [...code, ...other];
};

const patterns: [type: PlainEntityType, pattern: RegExp][] = [
  ['bot_command', /(?<![\w/])\/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?!\w)/g],
  ['url', /\bhttps?:\/\/[^\s<>"]+[^\s<>".,;:!?)]/gi],
  ['email', /\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b/g],
  ['mention', /(?<![\w@/.])@[A-Za-z]\w{3,31}\b/g],
];

const detect = (text: string, taken: readonly Entity[]): Entity[] => {
  const found: Entity[] = [];
  for (const [type, pattern] of patterns) {
    for (const match of text.matchAll(pattern)) {
      const entity: Entity = { type, offset: match.index, length: match[0].length };
      const overlaps = [...taken.filter((one) => isCode(one) || one.type === 'text_link'), ...found].some(
        (one) => one.offset < endOf(entity) && endOf(one) > entity.offset,
      );
      if (!overlaps) found.push(entity);
    }
  }
  return found;
};

/** Brings a text into the form in which Telegram stores and returns it. */
export const normalise = (formatted: FormattedText): FormattedText => {
  const trimmed = trim({ text: formatted.text.replaceAll('\r', ''), entities: formatted.entities });
  const styled = keepCodePlain(trimmed.entities);
  return { text: trimmed.text, entities: [...styled, ...detect(trimmed.text, styled)].sort(byPosition) };
};

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const tagsOf = (entity: Entity): [open: string, close: string] | undefined => {
  switch (entity.type) {
    case 'bold':
      return ['<b>', '</b>'];
    case 'italic':
      return ['<i>', '</i>'];
    case 'underline':
      return ['<u>', '</u>'];
    case 'strikethrough':
      return ['<s>', '</s>'];
    case 'spoiler':
      return ['<tg-spoiler>', '</tg-spoiler>'];
    case 'code':
      return ['<code>', '</code>'];
    case 'pre':
      return entity.language === undefined
        ? ['<pre>', '</pre>']
        : [`<pre><code class="language-${escape(entity.language)}">`, '</code></pre>'];
    case 'blockquote':
      return ['<blockquote>', '</blockquote>'];
    case 'expandable_blockquote':
      return ['<blockquote expandable>', '</blockquote>'];
    case 'text_link':
      return [`<a href="${escape(entity.url).replaceAll('"', '&quot;')}">`, '</a>'];
    default:
      return undefined;
  }
};

/** Writes the HTML that would send this text again; what Telegram finds by itself (links, commands) stays plain. */
export const toHtml = ({ text, entities }: FormattedText): string => {
  const cuts = [...new Set([0, text.length, ...entities.flatMap((entity) => [entity.offset, endOf(entity)])])].sort(
    (a, b) => a - b,
  );
  const styled = entities.filter((entity) => tagsOf(entity) !== undefined).sort(byPosition);
  const open: Entity[] = [];
  let html = '';
  cuts.forEach((cut, index) => {
    // An entity that ends inside another closes both; the outer one is opened again behind it.
    const firstEnding = open.findIndex((entity) => endOf(entity) <= cut);
    const closed = firstEnding === -1 ? [] : open.splice(firstEnding);
    html += closed
      .map((entity) => tagsOf(entity)?.[1] ?? '')
      .reverse()
      .join('');
    const opened = [...closed.filter((entity) => endOf(entity) > cut), ...styled.filter((entity) => entity.offset === cut)];
    html += opened.map((entity) => tagsOf(entity)?.[0] ?? '').join('');
    open.push(...opened);
    html += escape(text.slice(cut, cuts[index + 1] ?? text.length));
  });
  return html;
};
