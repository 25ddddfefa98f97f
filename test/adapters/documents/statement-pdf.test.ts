// The PDF: the same bytes for the same paper, as many pages as it takes, and every letter in the font. How it looks is for eyes.
import { describe, expect, it } from 'vitest';
import { inVisualOrder } from '../../../src/adapters/documents/pdf-text.ts';
import { createStatementPrinter } from '../../../src/adapters/documents/statement-printer.ts';
import { LANGUAGES } from '../../../src/domain/dialog/language.ts';
import { paperOf, wordsOf } from './sample-paper.ts';

const printer = createStatementPrinter({ shopName: 'Corner shop', timeZone: 'Europe/Madrid' }, wordsOf);
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const pagesOf = (bytes: Uint8Array): number => latin1(bytes).match(/\/Type \/Page\b/g)?.length ?? 0;

describe('a statement as PDF', () => {
  it.each(LANGUAGES)('in %s is a whole file with its fonts in it', async (language) => {
    const bytes = await printer.pdf(paperOf(12, language));
    expect(latin1(bytes)).toMatch(/^%PDF-1\.\d[^]*%%EOF\s*$/);
    expect(latin1(bytes)).toContain('DejaVuSans');
    expect(latin1(bytes)).toContain(`/Lang (${language})`);
    expect(latin1(bytes)).toContain('(D:20260810060000Z)');
  });

  it('is the same bytes for the same paper, and others for another', async () => {
    const first = await printer.pdf(paperOf(5));
    expect(Buffer.from(await printer.pdf(paperOf(5))).equals(first)).toBe(true);
    expect(Buffer.from(await printer.pdf({ ...paperOf(5), agentName: 'Somebody else' })).equals(first)).toBe(false);
  });

  it.each([
    [0, 1],
    [3, 1],
    [300, 16],
  ])('of %i lines has %i pages', async (lines, pages) => {
    expect(pagesOf(await printer.pdf(paperOf(lines)))).toBe(pages);
  });

  it('is drawn for a float that held nothing and never moved', async () => {
    const paper = { ...paperOf(0), statement: { ...paperOf(0).statement, currencies: [] } };
    expect(pagesOf(await printer.pdf(paper))).toBe(1);
  });
});

describe('a line of several scripts', () => {
  it.each([
    ['Alondra Books 25', 'Alondra Books 25'],
    ['بطاقة هدايا', 'بطاقة هدايا'],
    ['بطاقة هدايا Alondra Books 25', 'Alondra Books 25| |بطاقة هدايا'],
    ['الصفحة 1 من 3', '3| |من| |1| |الصفحة'],
    ['التوقيت (Europe/Madrid).', '.|(|Europe/Madrid|)| |التوقيت'],
    ['Alondra بطاقة 25', 'Alondra| |بطاقة| |25'],
    ['-25.00', '-|25.00'],
    ['', ''],
  ])('%s is drawn as %s', (line, expected) => {
    expect(inVisualOrder(line).join('|')).toBe(expected);
  });
});
