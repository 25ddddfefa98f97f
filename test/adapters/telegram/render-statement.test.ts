// A statement as a message: the sums with their counts, the latest movements, and never more than Telegram takes.
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/domain/dialog/language.ts';
import type { View } from '../../../src/domain/dialog/view.ts';
import { hundredths, money, parseCurrency } from '../../../src/domain/money.ts';
import { statementOf } from '../../../src/domain/statement.ts';
import { expectSendable, renderer, textOf } from './render-limits.ts';
import { DAY, EUR, statementEntries } from './sample-views.ts';

const render = (view: View, language = 'en') => renderer.render({ view, notice: null, language, revision: 1 });
const [first] = statementEntries;

/** Statements in so many currencies with so many lines each. */
const viewOf = (codes: readonly string[], lines: number): View => {
  const currencies = codes.flatMap((code) => {
    const parsed = parseCurrency(code);
    return parsed.ok ? [parsed.value] : [];
  });
  const entries = currencies.flatMap((currency) =>
    Array.from({ length: lines }, (_, index) => {
      const entry = statementEntries[index % statementEntries.length] ?? first;
      return entry === undefined ? [] : [{ ...entry, money: { ...entry.money, currency } }];
    }).flat(),
  );
  const opening = currencies.map((currency) => ({ hundredths: hundredths(50_000), currency }));
  return { type: 'statement', statement: statementOf({ from: DAY, to: DAY }, opening, entries) };
};

describe('a statement', () => {
  it('has the balances, the sums with their counts and the movements', () => {
    const entries = statementEntries.filter(({ kind }) => kind === 'sale' || kind === 'topUp');
    const statement = statementOf({ from: DAY, to: DAY }, [money(50_000, EUR)], entries);
    expect(textOf(render({ type: 'statement', statement }))).toBe(
      [
        '📊 Statement 2026-08-09',
        '',
        'EUR',
        'Opening balance: €500.00',
        'Top-up: +€10.01 · 1×',
        'Sale: -€25.00 · 1×',
        'Closing balance: €485.01',
        '',
        'Latest movements (2 of 2)',
        '',
        'Aug 9, 2026, 14:05 · +€10.01',
        'Top-up · receipt-17',
        '',
        'Aug 9, 2026, 14:05 · -€25.00',
        'Sale · Alondra Books - Gift Card',
      ].join('\n'),
    );
  });

  it('shows the last ten movements of more', () => {
    const text = textOf(render(viewOf(['EUR'], 14)));
    expect(text).toContain('Latest movements (10 of 14)');
    expect(text.match(/14:05/g)).toHaveLength(10);
  });

  it.each(LANGUAGES)('in %s has fewer where many currencies leave no room, and all their sums', (language) => {
    const codes = ['EUR', 'USD', 'MXN', 'BRL', 'GBP', 'COP'];
    const message = render(viewOf(codes, 200), language);
    expectSendable(message);
    for (const code of codes) expect(textOf(message)).toContain(code);
  });

  it('is sendable even in a hundred currencies', () => {
    const codes = Array.from(
      { length: 100 },
      (_, index) => `Q${String.fromCharCode(65 + (index % 26), 65 + Math.floor(index / 26))}`,
    );
    expectSendable(render(viewOf(codes, 7)));
  });
});
