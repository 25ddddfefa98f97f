// A statement as a PDF to be kept, printed or shown to a bank: A4, one section a currency, the same bytes for the same paper.
import { setImmediate as nextTurn } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import type { StatementPaper, StatementWords } from '../../app/ports/statements.ts';
import type { Hundredths } from '../../domain/money.ts';
import type { CurrencyStatement, StatementLine } from '../../domain/statement.ts';
import { localDateTime } from '../../domain/time.ts';
import type { Instant } from '../../domain/time.ts';
import { LINE_HEIGHT, breakLines, registerFonts, writeLines } from './pdf-text.ts';
import type { Place, Style } from './pdf-text.ts';

export type StatementPage = {
  readonly shopName: string;
  /** An IANA name. */
  readonly timeZone: string;
};

/** In points: 595.28 by 841.89 is A4. */
const WIDTH = 595.28;
const MARGIN = 42;
const INNER = WIDTH - 2 * MARGIN;
const BOTTOM = 841.89 - 60;
const PADDING = 5;

const INK = '#1a1f26';
const GREY = '#5c6672';
const RULE = '#c9d0d8';
const SHADE = '#eef1f5';

const style = (size: number, weight: Style['weight'] = 'regular', color = INK): Style => ({ size, weight, color });
const TITLE = style(18, 'bold');
const SHOP = style(11, 'bold');
const SECTION = style(12, 'bold');
const LABEL = style(8.5, 'regular', GREY);
const TEXT = style(8.5);
const STRONG = style(8.5, 'bold');
const SMALL = style(7.5, 'regular', GREY);

/** Numbers stand with their last digits below each other in every language. */
/** A cell of a row: paragraphs below each other, at a place counted from where the language begins a line. */
type Column = { readonly from: number; readonly width: number; readonly side: 'start' | 'end' | 'right' };
type Cell = { readonly column: Column; readonly paragraphs: readonly (readonly [text: string, style: Style])[] };

const column = (from: number, width: number, side: Column['side'] = 'start'): Column => ({ from, width, side });
const DATE = column(0, 86);
const KIND = column(86, 96);
const DETAILS = column(182, INNER - 182 - 164);
const AMOUNT = column(INNER - 164, 80, 'right');
const BALANCE = column(INNER - 84, 84, 'right');

/** In the summary. */
const NAME = column(0, 200);
const COUNT = column(200, 60, 'right');
const SUM = column(260, 110, 'right');
const SUMMARY = 370;

const PRODUCT_LINES = 3;

export const drawStatementPdf = async (
  { statement, agentName, language, createdAt }: StatementPaper,
  words: StatementWords,
  { shopName, timeZone }: StatementPage,
): Promise<Uint8Array> => {
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 0,
    bufferPages: true,
    lang: language,
    displayTitle: true,
    info: { Title: `${words.title} ${statement.from} – ${statement.to}`, Author: shopName, CreationDate: new Date(createdAt) },
  });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => pdf.on('end', resolve));
  registerFonts(pdf);

  const minuteOf = (at: Instant): string => localDateTime(at, timeZone).slice(0, 16).replace('T', ' ');
  const period = statement.from === statement.to ? statement.from : `${statement.from} – ${statement.to}`;
  const mirrored = words.rightToLeft;
  let y = MARGIN;

  /** Where a column lies on the page: in a language that runs from right to left, all of it is mirrored. */
  const placeOf = ({ from, width, side }: Column): Place => ({
    x: MARGIN + (mirrored ? INNER - from - width : from) + PADDING,
    y,
    width: width - 2 * PADDING,
    align: side === 'right' || (side === 'start') === mirrored ? 'right' : 'left',
  });

  /** Measures a row; `write` puts it at the current height and goes on below it. */
  const rowOf = (cells: readonly Cell[]) => {
    const broken = cells.map(({ column: at, paragraphs }) => ({
      column: at,
      parts: paragraphs.map(([text, look]) => ({
        look,
        lines: breakLines(pdf, text, look, at.width - 2 * PADDING, PRODUCT_LINES),
      })),
    }));
    const heightOf = (parts: (typeof broken)[number]['parts']): number =>
      parts.reduce((sum, { look, lines }) => sum + lines.length * look.size * LINE_HEIGHT, 0);
    const height = Math.max(...broken.map(({ parts }) => heightOf(parts))) + 2 * PADDING;
    const write = (): void => {
      for (const { column: at, parts } of broken) {
        let down = PADDING;
        for (const { look, lines } of parts) {
          const place = placeOf(at);
          writeLines(pdf, lines, look, { ...place, y: place.y + down });
          down += lines.length * look.size * LINE_HEIGHT;
        }
      }
      y += height;
    };
    return { height, write };
  };

  const cell = (at: Column, text: string, look: Style = TEXT): Cell => ({ column: at, paragraphs: [[text, look]] });

  const writeRow = (cells: readonly Cell[], shade: number | null = null): void => {
    const row = rowOf(cells);
    if (shade !== null) pdf.rect(mirrored ? WIDTH - MARGIN - shade : MARGIN, y, shade, row.height).fill(SHADE);
    row.write();
  };

  const rule = (width = INNER): void => {
    const x = mirrored ? WIDTH - MARGIN - width : MARGIN;
    pdf
      .moveTo(x, y)
      .lineTo(x + width, y)
      .lineWidth(0.5)
      .stroke(RULE);
  };

  const writeHead = (): void => {
    writeRow([cell(column(0, INNER), shopName, SHOP)]);
    writeRow([cell(column(0, INNER), words.title, TITLE)]);
    y += 4;
    const fact = (label: string, value: string): void =>
      writeRow([cell(column(0, 110), label, LABEL), cell(column(110, INNER - 110), value, STRONG)]);
    fact(words.agent, agentName);
    fact(words.period, period);
    y += 2;
    writeRow([cell(column(0, INNER), words.zone(timeZone), SMALL)]);
    y += 6;
    rule();
    y += 14;
  };

  /** The further pages say whose they are, so that a sheet that got lost finds its way back. */
  const turnPage = (): void => {
    pdf.addPage();
    y = MARGIN - 12;
    writeRow([
      cell(column(0, INNER - 180), `${shopName} · ${agentName}`, SMALL),
      cell(column(INNER - 180, 180, 'end'), period, SMALL),
    ]);
    y += 4;
  };

  const writeSummary = ({ currency, opening, sums, closing }: CurrencyStatement): void => {
    writeRow([cell(column(0, INNER), currency, SECTION)]);
    const balance = (label: string, amount: Hundredths): void =>
      writeRow([cell(NAME, label, STRONG), cell(SUM, words.amount(amount), STRONG)], SUMMARY);
    balance(words.opening, opening);
    for (const { kind, count, sum } of sums) {
      writeRow([cell(NAME, words.kinds[kind]), cell(COUNT, `× ${count}`, LABEL), cell(SUM, words.amount(sum))]);
      rule(SUMMARY);
    }
    balance(words.closing, closing);
    y += 16;
  };

  const writeTableHead = (currency: string): void => {
    const { columns } = words;
    writeRow(
      [
        cell(DATE, columns.date, STRONG),
        cell(KIND, columns.kind, STRONG),
        cell(DETAILS, columns.details, STRONG),
        cell(AMOUNT, `${columns.amount} ${currency}`, STRONG),
        cell(BALANCE, `${columns.balance} ${currency}`, STRONG),
      ],
      INNER,
    );
  };

  const lineCells = (line: StatementLine): readonly Cell[] => {
    const paragraphs = [
      ...(line.description === null ? [] : [[line.description, TEXT] as const]),
      ...(line.reference === null ? [] : [[line.reference, TEXT] as const]),
      ...(line.orderId === null ? [] : [[line.orderId, SMALL] as const]),
    ];
    return [
      cell(DATE, minuteOf(line.at)),
      cell(KIND, words.kinds[line.kind]),
      { column: DETAILS, paragraphs },
      cell(AMOUNT, words.amount(line.money.hundredths)),
      cell(BALANCE, words.amount(line.balance)),
    ];
  };

  const writeTable = async ({ currency, opening, lines, closing }: CurrencyStatement): Promise<void> => {
    const balance = (day: string, label: string, amount: Hundredths): readonly Cell[] => [
      cell(DATE, day, STRONG),
      cell(column(KIND.from, KIND.width + DETAILS.width), label, STRONG),
      cell(BALANCE, words.amount(amount), STRONG),
    ];
    const rows = [
      balance(statement.from, words.opening, opening),
      ...lines.map(lineCells),
      balance(statement.to, words.closing, closing),
    ];
    writeTableHead(currency);
    for (const cells of rows) {
      const row = rowOf(cells);
      if (y + row.height > BOTTOM) {
        // A long statement takes seconds: between two pages everybody else gets a turn.
        await nextTurn();
        turnPage();
        writeTableHead(currency);
      }
      row.write();
      rule();
    }
    y += 26;
  };

  const writeFeet = (): void => {
    const { count } = pdf.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      pdf.switchToPage(page);
      y = BOTTOM + 18;
      rule();
      writeRow([
        cell(column(0, INNER / 2), words.created(minuteOf(createdAt)), SMALL),
        cell(column(INNER / 2, INNER / 2, 'end'), words.page(page + 1, count), SMALL),
      ]);
    }
  };

  writeHead();
  if (statement.currencies.length === 0) writeRow([cell(column(0, INNER), words.nothing)]);
  for (const currency of statement.currencies) {
    // A summary and the beginning of its table stay together.
    if (y + 60 + (currency.sums.length + 6) * 24 > BOTTOM) turnPage();
    writeSummary(currency);
    await writeTable(currency);
  }
  writeFeet();
  pdf.end();
  await ended;
  return new Uint8Array(Buffer.concat(chunks));
};
