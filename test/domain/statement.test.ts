// Statements add up: whatever moved a float, the opening balance and the lines give the closing balance, and days chain.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayLater, dayOf, parseDay, spanOf } from '../../src/domain/day.ts';
import { ENTRY_KINDS, entriesOf } from '../../src/domain/float-movement.ts';
import type { FloatMovement, StatementEntry } from '../../src/domain/float-movement.ts';
import { parseCustomerId } from '../../src/domain/ids.ts';
import { hundredths, money, parseCurrency } from '../../src/domain/money.ts';
import type { Money } from '../../src/domain/money.ts';
import type { Result } from '../../src/domain/result.ts';
import { statementOf } from '../../src/domain/statement.ts';
import type { Statement } from '../../src/domain/statement.ts';
import { instant } from '../../src/domain/time.ts';

const got = <T>(result: Result<T, unknown>): T => {
  if (!result.ok) throw new Error('A sample does not parse');
  return result.value;
};
const EUR = got(parseCurrency('EUR'));
const USD = got(parseCurrency('USD'));
const AGENT = got(parseCustomerId(7));
const FIRST = got(parseDay('2026-10-23'));
const ZONE = 'Europe/Madrid';
const DAYS = 5;

/** Postings as `account amount`, of EUR unless said otherwise. */
const movement = (id: string, ...postings: readonly string[]): FloatMovement => ({
  id,
  at: instant(0),
  orderId: null,
  description: null,
  postings: postings.map((text) => {
    const [account = '', amount = '', currency = 'EUR'] = text.split(' ');
    return { account, amount: money(Number(amount), got(parseCurrency(currency))) };
  }),
});

describe('a transfer', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['start:7:EUR', ['funding -500', 'available:7 500'], ['grant 500 EUR']],
    ['deposit:receipt-17', ['funding -500', 'available:7 500'], ['topUp 500 EUR receipt-17']],
    ['deposit:start:7:EUR', ['funding -500', 'available:7 500'], ['topUp 500 EUR start:7:EUR']],
    ['adjust:fix-1', ['available:7 -20', 'adjustments 20'], ['adjustment -20 EUR fix-1']],
    ['A:reserve', ['available:7 -100', 'reserved:7 100'], []],
    ['A:settle', ['reserved:7 -100', 'available:7 100'], []],
    ['A:settle', ['reserved:7 -100', 'sales 100'], ['sale -100 EUR']],
    ['A:settle', ['reserved:7 -100', 'sales 100', 'commissions -3', 'available:7 3'], ['sale -100 EUR', 'commission 3 EUR']],
    ['A:settle', ['reserved:7 -5', 'sales 5', 'commissions -5', 'available:7 5'], ['sale -5 EUR', 'commission 5 EUR']],
    ['A:refund', ['sales -100', 'available:7 100'], ['refund 100 EUR']],
    [
      'A:refund',
      ['sales -100', 'available:7 100', 'available:7 -3', 'commissions 3'],
      ['refund 100 EUR', 'commissionTakenBack -3 EUR'],
    ],
    ['A:settle', ['reserved:8 -100', 'sales 100', 'commissions -3', 'available:8 3'], []],
    ['somethingNew', ['available:7 -9', 'sales 9'], ['adjustment -9 EUR somethingNew']],
    [
      'deposit:two',
      ['funding -1 USD', 'available:7 1 USD', 'funding -2', 'available:7 2'],
      ['topUp 2 EUR two', 'topUp 1 USD two'],
    ],
  ])('%s of %j is %j', (id, postings, expected) => {
    const entries = entriesOf(AGENT, movement(id, ...postings));
    expect(
      entries.map(({ kind, money: { hundredths: value, currency }, reference }) =>
        [kind, value, currency, ...(reference === null ? [] : [reference])].join(' '),
      ),
    ).toEqual(expected);
  });

  it('becomes exactly what the float changed by, whatever it is', () => {
    const accounts = fc.constantFrom('available:7', 'reserved:7', 'available:8', 'sales', 'funding', 'commissions', 'new');
    const postings = fc.array(fc.tuple(accounts, fc.integer({ min: -999, max: 999 }), fc.constantFrom('EUR', 'USD')));
    const ids = fc.oneof(fc.constantFrom('start:7', 'deposit:x', 'adjust:x', 'A:settle', 'A:refund', 'A:reserve'), fc.string());
    fc.assert(
      fc.property(ids, postings, (id, parts) => {
        const entries = entriesOf(AGENT, movement(id, ...parts.map((part) => part.join(' '))));
        for (const currency of ['EUR', 'USD']) {
          const moved = entries.filter(({ money: one }) => one.currency === currency);
          const change = parts
            .filter(([account, , of]) => account.endsWith(':7') && of === currency)
            .reduce((sum, [, amount]) => sum + amount, 0);
          expect(moved.reduce((sum, { money: one }) => sum + one.hundredths, 0)).toBe(change);
        }
        expect(entries.every(({ money: one }) => one.hundredths !== 0)).toBe(true);
      }),
    );
  });
});

const span = { from: spanOf(FIRST, ZONE).from, to: spanOf(dayLater(FIRST, DAYS - 1), ZONE).to };
const amounts = fc.integer({ min: -10_000, max: 10_000 }).filter((value) => value !== 0);
const currencies = fc.constantFrom(EUR, USD);
const entry: fc.Arbitrary<StatementEntry> = fc
  .record({
    at: fc.integer({ min: span.from, max: span.to - 1 }),
    kind: fc.constantFrom(...ENTRY_KINDS),
    amount: amounts,
    currency: currencies,
  })
  .map(({ at, kind, amount, currency }) => ({
    at: instant(at),
    kind,
    money: money(amount, currency),
    orderId: null,
    reference: null,
    description: null,
  }));
const books = fc.record({
  opening: fc.tuple(fc.nat(5_000), fc.nat(5_000)).map(([eur, usd]): readonly Money[] => [money(eur, EUR), money(usd, USD)]),
  entries: fc.array(entry, { maxLength: 30 }).map((all) => all.toSorted((a, b) => a.at - b.at)),
});

const of = (statement: Statement, currency: string) => statement.currencies.find((each) => each.currency === currency);
const openingOf = (opening: readonly Money[], currency: string): number =>
  opening.find((each) => each.currency === currency)?.hundredths ?? 0;
const whole = { from: FIRST, to: dayLater(FIRST, DAYS - 1) };

describe('a statement', () => {
  it('adds up, line by line and by kind', () => {
    fc.assert(
      fc.property(books, ({ opening, entries }) => {
        const statement = statementOf(whole, opening, entries);
        for (const { opening: before, lines, sums, closing } of statement.currencies) {
          const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
          expect(before + total(lines.map((line) => line.money.hundredths))).toBe(closing);
          expect(before + total(sums.map(({ sum }) => sum))).toBe(closing);
          expect(total(sums.map(({ count }) => count))).toBe(lines.length);
          for (const [index, line] of lines.entries()) {
            expect(line.balance).toBe((lines[index - 1]?.balance ?? before) + line.money.hundredths);
          }
        }
        expect(statement.currencies.flatMap(({ lines }) => lines)).toHaveLength(entries.length);
      }),
    );
  });

  it('of a range is that of its days, one after the other', () => {
    fc.assert(
      fc.property(books, ({ opening, entries }) => {
        const all = statementOf(whole, opening, entries);
        let held = opening;
        const daily: Statement[] = [];
        for (let index = 0; index < DAYS; index += 1) {
          const day = dayLater(FIRST, index);
          const own = entries.filter(({ at }) => dayOf(at, ZONE) === day);
          const statement = statementOf({ from: day, to: day }, held, own);
          daily.push(statement);
          held = statement.currencies.map(({ currency, closing }) => ({ currency, hundredths: closing }));
        }
        for (const currency of [EUR, USD]) {
          expect(daily.flatMap((day) => of(day, currency)?.lines ?? [])).toEqual(of(all, currency)?.lines ?? []);
          expect(openingOf(held, currency)).toBe(of(all, currency)?.closing ?? 0);
        }
      }),
    );
  });

  it('leaves out a currency that held nothing and did not move', () => {
    const statement = statementOf(whole, [money(0, EUR), money(5, USD)], []);
    expect(statement.currencies).toEqual([
      { currency: USD, opening: hundredths(5), lines: [], sums: [], closing: hundredths(5) },
    ]);
  });
});
