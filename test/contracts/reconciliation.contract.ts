// What every ledger has to do for reconciliation: hand out attempts by page, keep readings, and let one process do a day.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import type { LedgerAttempt, Lease } from '../../src/app/ports/reconciliation.ts';
import type { StoredOrder } from '../../src/app/ports/ledger.ts';
import { parseDay } from '../../src/domain/day.ts';
import { parseProductId } from '../../src/domain/ids.ts';
import { hundredths } from '../../src/domain/money.ts';
import type { OrderCommand } from '../../src/domain/order.ts';
import type { DifferenceKind, Reconciliation } from '../../src/domain/reconciliation.ts';
import type { WrittenCommand } from './orders.ts';
import { ALICE, BODY, EUR, USD, after, attempt, got, grant, orderId, placed, reference, step, termsOf } from './orders.ts';

const TERMINAL = 31;
export const DAY = got(parseDay('2026-01-31'));

const KINDS: readonly DifferenceKind[] = [
  'chargedButNotFound',
  'chargedButRejected',
  'rejectedButCharged',
  'otherReference',
  'openButCharged',
  'openButRejected',
  'couldNotAsk',
  'ledgerUnclear',
];

/** A result with something of everything. */
export const sampleResult = (given: Partial<Reconciliation> = {}): Reconciliation => ({
  day: DAY,
  terminalId: TERMINAL,
  at: after(500),
  agreed: 7,
  open: [
    { order: orderId(1), reference: reference(1), outcome: 'open', ledger: { kind: 'open' }, supplier: { kind: 'stillUnknown' } },
  ],
  differences: KINDS.map((outcome, index) => ({
    order: orderId(index + 2),
    reference: reference(index + 2),
    outcome,
    ledger: { kind: 'charged', supplierReference: 'S-1' },
    supplier: { kind: 'couldNotAsk', why: 'noAnswer' },
  })),
  balance: {
    kind: 'computed',
    currency: USD,
    opening: { at: after(1), hundredths: hundredths(1_000) },
    closing: { at: after(2), hundredths: hundredths(0 - 5) },
    expected: hundredths(1_000),
    drift: hundredths(5),
    perhaps: [{ order: orderId(1), amount: hundredths(5) }],
  },
  ...given,
});

/** `open` gives a new, empty ledger. */
export const describeReconciliations = (name: string, open: () => Promise<SqlLedger>): void => {
  describe(`reconciliation in ${name}`, () => {
    let ledger: SqlLedger;
    beforeEach(async () => {
      ledger = await open();
    });
    afterEach(() => ledger.close());

    describe('attempts', () => {
      /** An order that was sent `at` milliseconds after noon, and what came of it. */
      const attempted = async (index: number, at: number, commands: readonly WrittenCommand[] = [], terminalId = TERMINAL) => {
        let order: StoredOrder = await placed(ledger, termsOf(orderId(index)));
        const sent = { ...attempt(index, terminalId), at: after(at) };
        for (const command of [{ type: 'intend', attempt: sent } as const, ...commands]) {
          const intends = command.type === 'intend' || command.type === 'intendRevert';
          const next = step(order, command, after(at + 1));
          order = got(await ledger.append(order, intends ? { ...next, body: BODY } : next));
        }
        return order;
      };
      const settle = (settlement: Extract<OrderCommand, { type: 'settle' }>['settlement']): WrittenCommand => ({
        type: 'settle',
        settlement,
      });
      const charged = settle({ kind: 'charged', code: 'here', supplierReference: 'S-1' });
      const rejected = settle({ kind: 'rejected', reason: 'unavailable', resultCode: '16' });

      const between = async (from: number, to: number, limit = 100): Promise<readonly LedgerAttempt[]> => {
        const all: LedgerAttempt[] = [];
        for (;;) {
          const last = all.at(-1);
          const page = await ledger.attemptsBetween(TERMINAL, { from: after(from), to: after(to) }, last?.attempt ?? null, limit);
          expect(page.length).toBeLessThanOrEqual(limit);
          if (page.length === 0) return all;
          all.push(...page);
          // A page that begins where the one before began would go on for ever.
          expect(all.length).toBeLessThan(100);
        }
      };
      const referencesOf = (attempts: readonly LedgerAttempt[]) => attempts.map(({ attempt: { reference: each } }) => each);

      beforeEach(() => grant(ledger, ALICE, 99_000));

      it('are those of the terminal and the span, its beginning included and its end not', async () => {
        for (const [index, at] of [9, 10, 19, 20].entries()) await attempted(index + 1, at);
        await attempted(9, 15, [], TERMINAL + 1);
        expect(referencesOf(await between(10, 20))).toEqual([2, 3]);
        expect(await between(11, 11)).toEqual([]);
      });

      it.each([1, 2, 3, 100])('come in pages of %i, each once, also those of one millisecond', async (limit) => {
        for (const [index, at] of [30, 10, 20, 20, 20, 10].entries()) await attempted(index + 1, at);
        expect(referencesOf(await between(0, 100, limit))).toEqual([2, 6, 3, 4, 5, 1]);
      });

      it('carry the terms, what came of them and when', async () => {
        const { terms } = await attempted(1, 10, [charged]);
        await attempted(2, 20, [rejected]);
        await attempted(3, 30, [{ type: 'recover' }]);
        const { productId, sent, pay } = terms;
        const [first, second, third] = await between(0, 100);
        expect(first).toMatchObject({
          order: terms.id,
          attempt: { ...attempt(1), at: after(10) },
          content: {
            terms: { productId, sent, pay },
            standing: { of: 'sale', says: { kind: 'charged', supplierReference: 'S-1' }, settledAt: after(11) },
          },
        });
        expect(second?.content?.standing).toEqual({
          of: 'sale',
          says: { kind: 'rejected', resultCode: '16' },
          settledAt: after(21),
        });
        expect(third?.content?.standing).toEqual({ of: 'sale', says: { kind: 'open' }, settledAt: null });
      });

      it('tell a revert from the sale that it undoes', async () => {
        const revert = { ...attempt(50), at: after(40) };
        const intended = { type: 'intendRevert', attempt: revert, by: 'operator', why: 'asked for' } as const;
        const done = {
          type: 'settleRevert',
          attempt: revert,
          settlement: { kind: 'reverted', supplierReference: 'S-2' },
        } as const;
        await attempted(1, 10, [charged, intended, done]);
        const attempts = await between(0, 100);
        expect(attempts.map(({ content }) => content?.standing)).toMatchObject([
          { of: 'sale', says: { kind: 'reverted', supplierReference: 'S-1' } },
          { of: 'revert', says: 'reverted' },
        ]);
      });

      it('can be looked up one by one, as they are now', async () => {
        const order = await attempted(1, 10);
        await attempted(2, 10);
        expect(await ledger.attemptOf(TERMINAL, reference(1))).toMatchObject({
          order: orderId(1),
          content: { standing: { says: { kind: 'open' } } },
        });
        await ledger.append(order, step(order, charged));
        expect(await ledger.attemptOf(TERMINAL, reference(1))).toMatchObject({
          content: { standing: { says: { kind: 'charged' } } },
        });
        expect(await ledger.attemptOf(TERMINAL, reference(3))).toBeNull();
        expect(await ledger.attemptOf(TERMINAL + 1, reference(1))).toBeNull();
      });
    });

    describe('a day', () => {
      const wanted = (until: number, given: Partial<Lease> = {}): Lease => ({
        terminalId: TERMINAL,
        day: DAY,
        until: after(until),
        ...given,
      });
      const begin = (now: number, until: number, unlessDoneSince: number | null = 0) =>
        ledger.beginReconciliation(wanted(until), after(now), unlessDoneSince === null ? null : after(unlessDoneSince));

      it('is done by one of many', async () => {
        const begun = await Promise.all(Array.from({ length: 8 }, (_, index) => begin(0, 60 + index)));
        expect(begun.filter(({ ok }) => ok)).toHaveLength(1);
        expect(begun.filter((each) => !each.ok && each.error === 'taken')).toHaveLength(7);
      });

      it('belongs to whoever comes when its lease has run out', async () => {
        const first = got(await begin(0, 60));
        expect(await begin(59, 99)).toEqual({ ok: false, error: 'taken' });
        const second = got(await begin(60, 120));
        expect(await ledger.extendReconciliation(first, after(180))).toEqual({ ok: false, error: 'lost' });
        expect(await ledger.finishReconciliation(first, sampleResult())).toBe('lost');
        expect(await ledger.reconciliationOf(TERMINAL, DAY)).toBeNull();
        expect(await ledger.finishReconciliation(second, sampleResult())).toBe('finished');
      });

      it('is held for longer by its holder, or let go', async () => {
        const held = got(await ledger.extendReconciliation(got(await begin(0, 60)), after(100)));
        expect(held).toEqual(wanted(100));
        expect(await begin(99, 150)).toEqual({ ok: false, error: 'taken' });
        got(await ledger.extendReconciliation(held, after(70)));
        expect((await begin(70, 150)).ok).toBe(true);
      });

      it('keeps its result, in every detail', async () => {
        const result = sampleResult();
        await ledger.finishReconciliation(got(await begin(0, 60)), result);
        expect(await ledger.reconciliationOf(TERMINAL, DAY)).toEqual(result);
        expect(await ledger.reconciliationOf(TERMINAL + 1, DAY)).toBeNull();
      });

      it.each<[string, Reconciliation['balance']]>([
        ['no currency', { kind: 'skipped', why: 'noBalanceCurrency' }],
        ['no readings', { kind: 'skipped', why: 'noReadings' }],
        ['unknown fees', { kind: 'skipped', why: 'feesNotKnown' }],
        ['another currency', { kind: 'skipped', why: 'otherCurrency', order: orderId(1), currency: EUR }],
        ['a fee', { kind: 'skipped', why: 'feeOfUnknownUnit', order: orderId(1), product: got(parseProductId(7)) }],
        ['a row that is unclear', { kind: 'skipped', why: 'ledgerUnclear', order: orderId(1) }],
      ])('keeps why the balance was skipped: %s', async (_name, balance) => {
        await ledger.finishReconciliation(got(await begin(0, 60)), sampleResult({ balance }));
        expect((await ledger.reconciliationOf(TERMINAL, DAY))?.balance).toEqual(balance);
      });

      it('that was done is not begun again, unless that was too early or is wanted', async () => {
        await ledger.finishReconciliation(got(await begin(0, 60)), sampleResult({ at: after(500) }));
        expect(await begin(600, 700, 500)).toEqual({ ok: false, error: 'done' });
        const again = got(await begin(600, 700, 501));
        expect(await begin(600, 700, 500)).toEqual({ ok: false, error: 'done' });
        expect(await begin(600, 700, null)).toEqual({ ok: false, error: 'taken' });
        expect((await ledger.reconciliationOf(TERMINAL, DAY))?.agreed).toBe(7);
        await ledger.finishReconciliation(again, sampleResult({ at: after(600), agreed: 8 }));
        expect((await ledger.reconciliationOf(TERMINAL, DAY))?.agreed).toBe(8);
        expect((await begin(800, 900, null)).ok).toBe(true);
      });

      it('is one thing, another day or terminal another', async () => {
        got(await begin(0, 60));
        const other = got(parseDay('2026-02-01'));
        expect((await ledger.beginReconciliation(wanted(60, { day: other }), after(0), null)).ok).toBe(true);
        expect((await ledger.beginReconciliation(wanted(60, { terminalId: TERMINAL + 1 }), after(0), null)).ok).toBe(true);
      });
    });

    describe('the balance', () => {
      const read = (at: number, value: number, terminalId = TERMINAL) =>
        ledger.recordBalance(terminalId, { at: after(at), hundredths: hundredths(value) });
      const around = async (from: number, to: number) => {
        const { opening, closing } = await ledger.balancesAround(TERMINAL, { from: after(from), to: after(to) });
        return [opening?.hundredths ?? null, closing?.hundredths ?? null];
      };

      it('of a span is the first reading from its beginning and the first from its end', async () => {
        await read(1, 30, TERMINAL + 1);
        expect(await around(0, 10)).toEqual([null, null]);
        for (const [at, value] of [
          [5, 500],
          [8, 480],
          [10, 450],
          [15, 0 - 7],
        ] as const) {
          await read(at, value);
        }
        expect(await around(0, 10)).toEqual([500, 450]);
        expect(await around(6, 11)).toEqual([480, 0 - 7]);
        expect(await around(10, 20)).toEqual([450, null]);
        expect(await around(16, 20)).toEqual([null, null]);
      });

      it('stays as it was read first', async () => {
        await read(5, 500);
        await read(5, 400);
        expect(await around(5, 5)).toEqual([500, 500]);
      });
    });
  });
};
