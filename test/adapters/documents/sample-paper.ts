// A statement to print: every kind of line, names in three scripts, and what a spreadsheet would take for a formula.
import { createStatementWords } from '../../../src/adapters/i18n/statement-words.ts';
import { createTranslator } from '../../../src/adapters/i18n/translator.ts';
import type { StatementPaper } from '../../../src/app/ports/statements.ts';
import { money } from '../../../src/domain/money.ts';
import { statementOf } from '../../../src/domain/statement.ts';
import { instant, later } from '../../../src/domain/time.ts';
import { DAY, EUR, statementEntries } from '../telegram/sample-views.ts';

const NAMES = ['=1+1', 'Café, "grande"', 'Подарочная карта', 'بطاقة هدايا Alondra Books 25', 'A long name '.repeat(30)];

const CREATED_AT = instant(Date.UTC(2026, 7, 10, 6));

/** `lines` of them, an hour apart from 2026-08-09 14:05 in Madrid on. */
export const paperOf = (lines: number, language = 'en'): StatementPaper => {
  const entries = Array.from({ length: lines }, (_, index) =>
    statementEntries.slice(index % statementEntries.length, (index % statementEntries.length) + 1).map((entry) => ({
      ...entry,
      at: later(entry.at, index * 3_600_000),
      description: NAMES[index % NAMES.length] ?? null,
    })),
  ).flat();
  return {
    statement: statementOf({ from: DAY, to: DAY }, [money(123_456_789, EUR)], entries),
    agentName: 'Ana Sample',
    language,
    createdAt: CREATED_AT,
  };
};

export const wordsOf = createStatementWords(createTranslator());
