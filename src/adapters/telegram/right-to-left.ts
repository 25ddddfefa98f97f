// Languages that run from right to left: codes, amounts, names and commands inside their sentences are kept whole by Unicode isolates.
// Without them a client shows `4821-7733` as `7733-4821`, and `/orders` with its slash behind. Whatever is copied, opened or sent back
// (code, links, button data) stays as it is: the isolates stand around it, never in it.
import type { Button } from './keyboard.ts';
import { decoded, encoded, textLength } from './render-html.ts';
import type { Html } from './render-html.ts';
import { MOST_TEXT } from './render-message.ts';
import type { RenderedMessage } from './render-message.ts';

/** U+2068 takes the direction of what it surrounds, up to U+2069. */
const isolated = (text: string): string => `\u2068${text}\u2069`;

/** Letters, digits and punctuation of the scripts that run from right to left, and the mark that stands for one. */
const OTHER_WAY =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\u0660-\u0669\u060c\u061b\u061f\u200f]/v;
const LEFT_TO_RIGHT =
  /[[\p{L}\p{N}\p{Sc}]--[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\u0660-\u0669]]/v;

const other = OTHER_WAY.source.slice(1, -1);
const letter = LEFT_TO_RIGHT.source;
/** What may stand between two letters of a run: not what parts one value from the next. */
const between = String.raw`[^\n←→⇄·«»${other}]`;
const closing = String.raw`(?<=${letter}[^\(\)${other}]*\([^\(\)${other}]*)\)`;

/**
 * The largest stretches that run from left to right: from a letter, digit or currency sign, with the sign before it, to the last such
 * character before anything else, brackets that were opened included. Between « and » it is all of it, punctuation too.
 */
const RUNS = new RegExp(
  String.raw`(?<=«)[^«»\n${other}]+(?=»)|(?:(?<!${letter})(?:[+\-−\/@#]|≈ ?))?${letter}(?:${between}*(?:${letter}|${closing}))?[+%°™®]*`,
  'gv',
);

/** `25`, `14:05`, `31/12/2026`: shown alike in both directions. */
const isPlainNumber = (text: string): boolean => /^\d+(?:[.,:/]\d+)*$/.test(text);

const isolateRuns = (text: string): string => text.replace(RUNS, (run) => (isPlainNumber(run) ? run : isolated(run)));

/** What keeps a line that begins with a command or a name running from right to left: not every client looks past an isolate. */
const markFor = (line: string): string => {
  const [begin, turn] = [line.search(LEFT_TO_RIGHT), line.search(OTHER_WAY)];
  return begin >= 0 && begin < turn ? '\u200f' : '';
};

const isolateLine = (line: string): string => {
  if (OTHER_WAY.test(line)) return markFor(line) + isolateRuns(line);
  return LEFT_TO_RIGHT.test(line) && !isPlainNumber(line) ? isolated(line) : line;
};

/** A plain text: a toast, or what a button says. */
export const isolateText = (text: string): string => text.split('\n').map(isolateLine).join('\n');

const isCode = (token: string): boolean => token.startsWith('<code>');
const isTag = (token: string): boolean => token.startsWith('<') && !isCode(token);

const isolateHtmlLine = (tokens: readonly string[]): string => {
  const words = tokens.map((token) => (isCode(token) || isTag(token) ? '' : decoded(token)));
  const first = tokens.findIndex((token) => !isTag(token));
  const last = tokens.findLastIndex((token) => !isTag(token));
  if (words.some((text) => OTHER_WAY.test(text))) {
    // A code stands for its letters here.
    const mark = markFor(tokens.map((token, i) => (isCode(token) ? 'x' : (words[i] ?? ''))).join(''));
    return tokens
      .map((token, i) => (isCode(token) ? isolated(token) : isTag(token) ? token : encoded(isolateRuns(words[i] ?? ''))))
      .map((token, i) => (i === first ? mark + token : token))
      .join('');
  }
  if (!tokens.some((token, i) => isCode(token) || LEFT_TO_RIGHT.test(words[i] ?? ''))) return tokens.join('');
  return [...tokens.slice(0, first), isolated(tokens.slice(first, last + 1).join('')), ...tokens.slice(last + 1)].join('');
};

/** Code is one token, with whatever line breaks it has. */
const TOKENS = /(<code>[^]*?<\/code>|<[^>]*>|\n)/;

const isolateHtml = (html: Html): Html => {
  const lines: string[][] = [[]];
  for (const token of html.split(TOKENS).filter((part) => part !== '')) {
    if (token === '\n') lines.push([]);
    else lines.at(-1)?.push(token);
  }
  const whole = lines.map(isolateHtmlLine).join('\n') as Html;
  // A message that is full to the brim is better sent with its directions mixed up than not at all.
  return textLength(whole) <= MOST_TEXT ? whole : html;
};

const isolateLabel = (button: Button): Button => ({ ...button, text: isolateText(button.text) });

export const isolateMessage = (message: RenderedMessage): RenderedMessage => ({
  ...message,
  html: isolateHtml(message.html),
  keyboard: message.keyboard.map((row) => row.map(isolateLabel)),
});
