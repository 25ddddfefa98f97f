// The table: what a spreadsheet reads out of it, and what it must not take for a formula.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeStatementCsv } from '../../../src/adapters/documents/statement-csv.ts';
import { statementOf } from '../../../src/domain/statement.ts';
import { DAY, statementEntries } from '../telegram/sample-views.ts';
import { paperOf, wordsOf } from './sample-paper.ts';

/** RFC 4180, read by its grammar. */
const readCsv = (text: string): readonly (readonly string[])[] => {
  const rows: string[][] = [];
  let row: string[] = [];
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (let read = cells.exec(text); read !== null; read = cells.exec(text)) {
    row.push(read[1]?.replaceAll('""', '"') ?? read[2] ?? '');
    if (read[3] === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
};

const textOf = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
const write = (paper: ReturnType<typeof paperOf>): string => textOf(writeStatementCsv(paper, wordsOf('en'), 'Europe/Madrid'));

describe('a statement as CSV', () => {
  it('is UTF-8 with a byte order mark, one row a line between the balances', () => {
    expect(write(paperOf(4)).split('\r\n')).toEqual([
      '\ufeffDate,Time,What,Details,Order,Reference,Amount,Balance,Currency',
      '2026-08-09,,Opening balance,,,,,1234567.89,EUR',
      "2026-08-09,14:05:00,Starting balance,'=1+1,7KQ2M9XW4T0B,,10.00,1234577.89,EUR",
      '2026-08-09,15:05:00,Top-up,"Café, ""grande""",,receipt-17,10.01,1234587.90,EUR',
      '2026-08-09,16:05:00,Sale,Подарочная карта,7KQ2M9XW4T0B,,-25.00,1234562.90,EUR',
      '2026-08-09,17:05:00,Commission,بطاقة هدايا Alondra Books 25,,,10.03,1234572.93,EUR',
      '2026-08-09,,Closing balance,,,,,1234572.93,EUR',
      '',
    ]);
  });

  it('is read back as it was, and holds no formula, whatever a product or a reference is called', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ','), fc.string()).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(hostile, hostile, (description, reference) => {
        const entries = statementEntries.slice(0, 1).map((entry) => ({ ...entry, description, reference }));
        const statement = statementOf({ from: DAY, to: DAY }, [], entries);
        const line = readCsv(write({ ...paperOf(0), statement }).slice(1))[2] ?? [];
        expect(line).toHaveLength(9);
        for (const [cell, text] of [
          [line[3], description.toWellFormed()],
          [line[5], reference.toWellFormed()],
        ] as const) {
          expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
          expect([text, `'${text}`]).toContain(cell);
        }
      }),
    );
  });
});
