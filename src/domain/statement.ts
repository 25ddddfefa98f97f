// An agent's statement: what the float held, what moved it and what it held then, to the hundredth and per currency.
import type { Day } from './day.ts';
import { ENTRY_KINDS } from './float-movement.ts';
import type { EntryKind, StatementEntry } from './float-movement.ts';
import { hundredths } from './money.ts';
import type { Currency, Hundredths, Money } from './money.ts';

/** An entry and what the float held after it. */
export type StatementLine = StatementEntry & { readonly balance: Hundredths };

/** What all entries of one kind come to; `count` is at least 1. */
export type KindSum = { readonly kind: EntryKind; readonly count: number; readonly sum: Hundredths };

export type CurrencyStatement = {
  readonly currency: Currency;
  readonly opening: Hundredths;
  /** In the order in which they were given, which is that of time. */
  readonly lines: readonly StatementLine[];
  /** In the order of `ENTRY_KINDS`, without those that did not happen. */
  readonly sums: readonly KindSum[];
  readonly closing: Hundredths;
};

/** Of the days `from` to `to`, both included. Currencies are sorted by code; one that held nothing and did not move is left out. */
export type Statement = { readonly from: Day; readonly to: Day; readonly currencies: readonly CurrencyStatement[] };

const sumOf = (amounts: readonly Hundredths[]): Hundredths =>
  amounts.reduce((sum, amount) => hundredths(sum + amount), hundredths(0));

const sumsOf = (entries: readonly StatementEntry[]): readonly KindSum[] =>
  ENTRY_KINDS.flatMap((kind) => {
    const amounts = entries.filter((entry) => entry.kind === kind).map(({ money }) => money.hundredths);
    return amounts.length === 0 ? [] : [{ kind, count: amounts.length, sum: sumOf(amounts) }];
  });

const currencyStatement = (currency: Currency, opening: Hundredths, entries: readonly StatementEntry[]): CurrencyStatement => {
  const lines: StatementLine[] = [];
  let balance = opening;
  for (const entry of entries) {
    balance = hundredths(balance + entry.money.hundredths);
    lines.push({ ...entry, balance });
  }
  return { currency, opening, lines, sums: sumsOf(entries), closing: balance };
};

/** `opening` is what the float held before the first instant of `from`; `entries` are all of those days, in the order of their time. */
export const statementOf = (
  days: { readonly from: Day; readonly to: Day },
  opening: readonly Money[],
  entries: readonly StatementEntry[],
): Statement => {
  const byCurrency = Map.groupBy(entries, ({ money }) => money.currency);
  const currencies = [...new Set([...opening.map(({ currency }) => currency), ...byCurrency.keys()])].sort();
  return {
    from: days.from,
    to: days.to,
    currencies: currencies
      .map((currency) => {
        const held = opening.filter((money) => money.currency === currency).map((money) => money.hundredths);
        return currencyStatement(currency, sumOf(held), byCurrency.get(currency) ?? []);
      })
      .filter(({ opening: before, lines }) => before !== 0 || lines.length > 0),
  };
};
