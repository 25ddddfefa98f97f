// What every ledger has to do for statements: hand out the movements of one float by page, and say what it held at a moment.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import { entriesOf } from '../../src/domain/float-movement.ts';
import type { FloatMovement } from '../../src/domain/float-movement.ts';
import { money } from '../../src/domain/money.ts';
import { deposit, startingGrant } from '../../src/domain/wallet.ts';
import { ALICE, BOB, EUR, USD, after, got, orderId, placed, sending, step, termsOf } from './orders.ts';

/** `open` gives a new, empty ledger. */
export const describeStatements = (name: string, open: () => Promise<SqlLedger>): void => {
  describe(`statements in ${name}`, () => {
    let ledger: SqlLedger;
    beforeEach(async () => {
      ledger = await open();
    });
    afterEach(() => ledger.close());

    const paidIn = (reference: string, at: number, amount = 1_000, to = ALICE, currency = EUR) =>
      ledger.post(deposit(reference, to, money(amount, currency)), after(at));

    const between = async (from: number, to: number, limit = 100): Promise<readonly FloatMovement[]> => {
      const all: FloatMovement[] = [];
      for (;;) {
        const span = { from: after(from), to: after(to) };
        const page = await ledger.floatMovements(ALICE, span, all.at(-1) ?? null, limit);
        all.push(...page);
        // A page that begins where the one before began would go on for ever.
        expect(all.length).toBeLessThan(100);
        if (page.length < limit) return all;
        expect(page).toHaveLength(limit);
      }
    };
    const idsOf = (movements: readonly FloatMovement[]) => movements.map(({ id }) => id);

    it('have the movements of the customer and the span, its beginning included and its end not', async () => {
      for (const at of [9, 10, 19, 20]) await paidIn(`at-${at}`, at);
      await paidIn('of-bob', 15, 1_000, BOB);
      expect(idsOf(await between(10, 20))).toEqual(['deposit:at-10', 'deposit:at-19']);
      expect(await between(11, 11)).toEqual([]);
    });

    it.each([1, 2, 3, 100])('come in pages of %i, each once, also those of one millisecond', async (limit) => {
      for (const [index, at] of [30, 10, 20, 20, 20, 10].entries()) await paidIn(`r${index}`, at);
      const ids = idsOf(await between(0, 100, limit));
      expect(ids).toEqual(['r1', 'r5', 'r2', 'r3', 'r4', 'r0'].map((reference) => `deposit:${reference}`));
    });

    it('carry the postings, the order and its product', async () => {
      await paidIn('first', 0, 9_000);
      const order = await placed(ledger, termsOf(orderId(1), { placedAt: after(10) }));
      const sent = await sending(ledger, order, 1);
      const charged = { kind: 'charged', code: 'here', supplierReference: 'S-1' } as const;
      got(await ledger.append(sent, step(sent, { type: 'settle', settlement: charged }, after(20))));
      const movements = await between(0, 100);
      expect(movements.map(({ at, orderId: of, description }) => [at, of, description])).toEqual([
        [after(0), null, null],
        [after(10), orderId(1), 'Nimbus 25'],
        [after(20), orderId(1), 'Nimbus 25'],
      ]);
      expect(movements[1]?.postings).toEqual([
        { account: 'available:4001', amount: money(-2_500, EUR) },
        { account: 'reserved:4001', amount: money(2_500, EUR) },
      ]);
      expect(movements.flatMap((movement) => entriesOf(ALICE, movement)).map(({ kind }) => kind)).toEqual(['topUp', 'sale']);
    });

    it('begin with what the float held before, what is set aside included', async () => {
      expect(await ledger.floatBefore(ALICE, after(100))).toEqual([]);
      await ledger.post(startingGrant(ALICE, money(300, USD)), after(5));
      await paidIn('first', 10, 9_000);
      await paidIn('of-bob', 10, 70_000, BOB);
      await placed(ledger, termsOf(orderId(1), { placedAt: after(20) }));
      expect(await ledger.floatBefore(ALICE, after(5))).toEqual([]);
      expect(await ledger.floatBefore(ALICE, after(10))).toEqual([money(300, USD)]);
      expect(await ledger.floatBefore(ALICE, after(11))).toEqual([money(9_000, EUR), money(300, USD)]);
      expect(await ledger.floatBefore(ALICE, after(21))).toEqual([money(9_000, EUR), money(300, USD)]);
    });
  });
};
