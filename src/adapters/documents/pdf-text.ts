// Text on a PDF page: broken into lines, aligned, and each stretch of it in its own direction. pdfkit shapes Arabic, but takes a line for
// one stretch of one script, and would turn `25 Books` inside an Arabic sentence round.
import { createRequire } from 'node:module';

export type Weight = 'regular' | 'bold';
/** `size` in points, `color` as `#rrggbb`. */
export type Style = { readonly weight: Weight; readonly size: number; readonly color: string };
/** In points from the upper left corner of the page. */
export type Place = { readonly x: number; readonly y: number; readonly width: number; readonly align: 'left' | 'right' };

const packages = createRequire(import.meta.url);
/** The one family at hand that has Latin, Cyrillic and Arabic letters alike. */
const FONTS: Readonly<Record<Weight, string>> = {
  regular: packages.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf'),
  bold: packages.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf'),
};

/** From one line's foot to the next, in sizes. */
export const LINE_HEIGHT = 1.3;

/** Asking for a feature makes pdfkit shape a stretch as a whole instead of word by word, which is what turns Arabic words the right way. */
const WHOLE: PDFKit.Mixins.TextOptions = { features: ['rtla'] };
const PLAIN: PDFKit.Mixins.TextOptions = {};

const ARABIC = /[\p{Script=Arabic}--\p{N}]/v;
/** Arabic words, other words and numbers with what stands between them, and what stands at a border, such as a space or a full stop. */
const STRETCHES =
  /[\p{Script=Arabic}--\p{N}](?:[\s\p{M}]*[\p{Script=Arabic}--\p{N}])*\p{M}*|[\p{L}\p{N}](?:[^\p{Script=Arabic}]*[[\p{L}\p{N}\p{M}]--\p{Script=Arabic}])?|[^\p{L}\p{N}]/gv;

/** Brackets open towards what they surround. */
const MIRRORED: Readonly<Record<string, string>> = { '(': ')', ')': '(', '[': ']', ']': '[', '«': '»', '»': '«' };

/** The stretches of a line from left to right. A line whose first letter is Arabic runs from right to left. */
export const inVisualOrder = (line: string): readonly string[] => {
  const stretches = line.match(STRETCHES) ?? [];
  if (!/^[^\p{L}]*\p{Script=Arabic}/v.test(line)) return stretches;
  return stretches.toReversed().map((stretch) => MIRRORED[stretch] ?? stretch);
};

const optionsOf = (stretch: string): PDFKit.Mixins.TextOptions => (ARABIC.test(stretch) ? WHOLE : PLAIN);

/** One line of visible characters: no control characters, and no direction marks, because the stretches have theirs. */
const clean = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .trim();

export const registerFonts = (pdf: PDFKit.PDFDocument): void => {
  for (const [weight, file] of Object.entries(FONTS)) pdf.registerFont(weight, file);
};

const widthOf = (pdf: PDFKit.PDFDocument, line: string): number =>
  inVisualOrder(line).reduce((width, stretch) => width + pdf.widthOfString(stretch, optionsOf(stretch)), 0);

const take = (pdf: PDFKit.PDFDocument, style: Style): PDFKit.PDFDocument =>
  pdf.font(style.weight).fontSize(style.size).fillColor(style.color);

/** The longest beginning that fits, at least one character. */
const fitting = (pdf: PDFKit.PDFDocument, word: string, width: number): string => {
  const characters = Array.from(word);
  let [fits, tooMany] = [1, characters.length + 1];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (widthOf(pdf, characters.slice(0, middle).join('')) <= width) fits = middle;
    else tooMany = middle;
  }
  return characters.slice(0, fits).join('');
};

/** Breaks a text at spaces, and a word that is wider than a line anywhere; what is more than `most` lines ends with an ellipsis. */
export const breakLines = (
  pdf: PDFKit.PDFDocument,
  text: string,
  style: Style,
  width: number,
  most: number,
): readonly string[] => {
  take(pdf, style);
  const lines: string[] = [];
  let line = '';
  for (const whole of clean(text).split(' ')) {
    let word = whole;
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(pdf, longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    while (lines.length < most && widthOf(pdf, word) > width) {
      const part = fitting(pdf, word, width);
      lines.push(part);
      word = word.slice(part.length);
    }
    line = word;
    if (lines.length >= most) break;
  }
  if (lines.length < most) return line === '' ? lines : [...lines, line];
  const last = lines[most - 1] ?? '';
  if (line === '') return lines.slice(0, most);
  const room = width - pdf.widthOfString('…');
  return [...lines.slice(0, most - 1), `${widthOf(pdf, last) <= room ? last : fitting(pdf, last, room)}…`];
};

/** Writes lines below each other. */
export const writeLines = (
  pdf: PDFKit.PDFDocument,
  lines: readonly string[],
  style: Style,
  { x, y, width, align }: Place,
): void => {
  take(pdf, style);
  for (const [index, line] of lines.entries()) {
    let left = align === 'left' ? x : x + width - widthOf(pdf, line);
    for (const stretch of inVisualOrder(line)) {
      const options = optionsOf(stretch);
      pdf.text(stretch, left, y + index * style.size * LINE_HEIGHT, { ...options, lineBreak: false });
      left += pdf.widthOfString(stretch, options);
    }
  }
};
