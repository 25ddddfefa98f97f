// Prints statements as files: which words and which page go with a paper.
import type { StatementPrinter, StatementWords } from '../../app/ports/statements.ts';
import { languageOf } from '../../domain/dialog/language.ts';
import type { Language } from '../../domain/dialog/language.ts';
import { writeStatementCsv } from './statement-csv.ts';
import type { StatementPage } from './statement-pdf.ts';

export const createStatementPrinter = (
  page: StatementPage,
  wordsOf: (language: Language) => StatementWords,
): StatementPrinter => ({
  csv: (paper) => Promise.resolve(writeStatementCsv(paper, wordsOf(languageOf(paper.language)), page.timeZone)),
  pdf: async (paper) => {
    // Drawing needs a large library with fonts, and few ask for a PDF: it is loaded for the first who does.
    const { drawStatementPdf } = await import('./statement-pdf.ts');
    return drawStatementPdf(paper, wordsOf(languageOf(paper.language)), page);
  },
});
