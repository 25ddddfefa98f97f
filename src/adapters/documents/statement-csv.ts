// A statement as a table for spreadsheets and bookkeepers: RFC 4180 in UTF-8, one row for each line of the statement.
import type { StatementPaper, StatementWords } from '../../app/ports/statements.ts';
import { formatAmount } from '../../domain/money.ts';
import type { CurrencyStatement, StatementLine } from '../../domain/statement.ts';
import { localDateTime } from '../../domain/time.ts';

/** Spreadsheets take a file without it for one of an older encoding, and show `Cafetería` as `CafeterÃ­a`. */
const BYTE_ORDER_MARK = '\ufeff';

/** How a formula begins. An apostrophe before it makes a spreadsheet read it as text, whatever a supplier calls a product. */
const FORMULA = /^[=+\-@\t\r\n]/;

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** A cell with words of other people in it. */
const textCell = (text: string): string => {
  const wellFormed = text.toWellFormed();
  return quoted(FORMULA.test(wellFormed) ? `'${wellFormed}` : wellFormed);
};

/** The columns in their order. Dates are ISO 8601 in the shop's zone, amounts plain decimals such as `-25.00`. */
const COLUMNS = [
  'date',
  'time',
  'kind',
  'details',
  'order',
  'reference',
  'amount',
  'balance',
  'currency',
] as const satisfies readonly (keyof StatementWords['columns'])[];

type Cells = Readonly<Partial<Record<(typeof COLUMNS)[number], string>>>;

const row = (cells: Cells): string => COLUMNS.map((column) => cells[column] ?? '').join(',');

const lineCells = (line: StatementLine, words: StatementWords, timeZone: string): Cells => {
  const [date = '', time = ''] = localDateTime(line.at, timeZone).split('T');
  return {
    date,
    time,
    kind: textCell(words.kinds[line.kind]),
    details: textCell(line.description ?? ''),
    order: textCell(line.orderId ?? ''),
    reference: textCell(line.reference ?? ''),
    amount: formatAmount(line.money.hundredths),
    balance: formatAmount(line.balance),
    currency: line.money.currency,
  };
};

/** `timeZone` is an IANA name. */
export const writeStatementCsv = ({ statement }: StatementPaper, words: StatementWords, timeZone: string): Uint8Array => {
  const { from, to, currencies } = statement;
  const sectionOf = ({ currency, opening, lines, closing }: CurrencyStatement): readonly string[] => [
    row({ date: from, kind: textCell(words.opening), balance: formatAmount(opening), currency }),
    ...lines.map((line) => row(lineCells(line, words, timeZone))),
    row({ date: to, kind: textCell(words.closing), balance: formatAmount(closing), currency }),
  ];
  const head = COLUMNS.map((column) => textCell(words.columns[column])).join(',');
  const rows = [head, ...currencies.flatMap(sectionOf)];
  return new TextEncoder().encode(BYTE_ORDER_MARK + rows.map((each) => `${each}\r\n`).join(''));
};
