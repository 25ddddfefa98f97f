// Making a statement: the shop's days, every movement whatever the number of pages, and what is too much to ask.
import { describe, expect, it } from 'vitest';
import { createMakeStatement } from '../../src/app/make-statement.ts';
import type { StatementRequest } from '../../src/app/make-statement.ts';
import type { StatementPaper, Statements } from '../../src/app/ports/statements.ts';
import { dayLater, parseDay } from '../../src/domain/day.ts';
import type { FloatMovement } from '../../src/domain/float-movement.ts';
import { money } from '../../src/domain/money.ts';
import { instant } from '../../src/domain/time.ts';
import type { Instant } from '../../src/domain/time.ts';
import { ALICE, EUR, got } from '../contracts/orders.ts';

const DAY = got(parseDay('2026-10-25'));
const NOW = instant(Date.UTC(2026, 10, 1));
const utc = (text: string): Instant => instant(Date.parse(text));

const paidIn = (index: number, at: Instant): FloatMovement => ({
  id: `deposit:${String(index).padStart(6, '0')}`,
  at,
  orderId: null,
  description: null,
  postings: [
    { account: 'funding', amount: money(-100, EUR) },
    { account: 'available:4001', amount: money(100, EUR) },
  ],
});

/** Books in a list, in the order of time and id. */
const booksOf = (movements: readonly FloatMovement[]): Statements => ({
  floatMovements: (_customer, { from, to }, after, limit) =>
    Promise.resolve(
      movements
        .filter(({ at }) => at >= from && at < to)
        .filter(({ at, id }) => after === null || at > after.at || (at === after.at && id > after.id))
        .slice(0, limit),
    ),
  floatBefore: (_customer, before) => Promise.resolve([money(movements.filter(({ at }) => at < before).length * 100, EUR)]),
});

const makerOf = (movements: readonly FloatMovement[], mostLines?: number) => {
  const papers: StatementPaper[] = [];
  const print = (format: string) => (paper: StatementPaper) => {
    papers.push(paper);
    return Promise.resolve(new TextEncoder().encode(format));
  };
  const make = createMakeStatement({
    statements: booksOf(movements),
    printer: { csv: print('csv'), pdf: print('pdf') },
    timeZone: 'Europe/Madrid',
    clock: { now: () => NOW },
    ...(mostLines !== undefined && { mostLines }),
  });
  return { make, papers };
};

const asked = (given: Partial<StatementRequest> = {}): StatementRequest => ({
  agent: ALICE,
  agentName: 'Ana Sample',
  language: 'es',
  from: DAY,
  to: DAY,
  format: 'message',
  ...given,
});

describe('a statement', () => {
  it("is of the shop's days, which have 25 hours when the clocks go back", async () => {
    const edges = ['2026-10-24T21:59:59Z', '2026-10-24T22:00:00Z', '2026-10-25T22:59:59Z', '2026-10-25T23:00:00Z'];
    const { make } = makerOf(edges.map((at, index) => paidIn(index, utc(at))));
    const { statement } = got(await make(asked()));
    expect(statement).toMatchObject({ from: DAY, to: DAY, currencies: [{ opening: 100, closing: 300 }] });
    expect(statement.currencies[0]?.lines.map(({ reference }) => reference)).toEqual(['000001', '000002']);
  });

  it.each([499, 500, 501, 1_500])('has all of %i movements, also those of one millisecond', async (count) => {
    const { make } = makerOf(Array.from({ length: count }, (_, index) => paidIn(index, utc('2026-10-25T10:00:00Z'))));
    expect(got(await make(asked())).statement.currencies[0]?.closing).toBe(count * 100);
  });

  it.each([
    [{}, 'csv', 'statement-2026-10-25.csv', 'text/csv'],
    [{ to: dayLater(DAY, 1) }, 'pdf', 'statement-2026-10-25-to-2026-10-26.pdf', 'application/pdf'],
  ] as const)('of %j as %s is the file %s', async (days, format, fileName, mimeType) => {
    const { make, papers } = makerOf([paidIn(1, utc('2026-10-25T10:00:00Z'))]);
    const made = got(await make(asked({ ...days, format })));
    expect(made).toMatchObject({ kind: 'document', fileName, mimeType, bytes: new TextEncoder().encode(format) });
    expect(papers).toEqual([{ statement: made.statement, agentName: 'Ana Sample', language: 'es', createdAt: NOW }]);
  });
});

describe('too much', () => {
  it.each([
    [91, null],
    [92, { kind: 'tooManyDays', most: 92 }],
    [-1, { kind: 'backwards' }],
  ])('%i days later is %j', async (days, error) => {
    const made = await makerOf([]).make(asked({ to: dayLater(DAY, days) }));
    expect(made.ok ? null : made.error).toEqual(error);
  });

  it('is said instead of being cut', async () => {
    const three = Array.from({ length: 3 }, (_, index) => paidIn(index, utc('2026-10-25T10:00:00Z')));
    expect((await makerOf(three, 3).make(asked())).ok).toBe(true);
    expect(await makerOf(three, 2).make(asked())).toEqual({ ok: false, error: { kind: 'tooManyLines', most: 2 } });
  });
});
