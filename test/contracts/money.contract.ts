// What every ledger has to do with agents' money and daily limits, when many place at once over several connections.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { faultsIn } from '../../src/adapters/sql/audit.ts';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import type { DayLimit, StoredOrder } from '../../src/app/ports/ledger.ts';
import type { PlaceError } from '../../src/domain/dialog/event.ts';
import { money } from '../../src/domain/money.ts';
import type { Currency } from '../../src/domain/money.ts';
import type { OrderTerms } from '../../src/domain/order.ts';
import type { Result } from '../../src/domain/result.ts';
import { adjustment } from '../../src/domain/wallet.ts';
import {
  ALICE,
  BOB,
  BODY,
  EUR,
  NOON,
  USD,
  after,
  attempt,
  customer,
  got,
  grant,
  makeAgent,
  orderId,
  placed,
  placing,
  sending,
  step,
  termsOf,
} from './orders.ts';

const CLERK = customer(4_003);
const OTHER_CLERK = customer(4_004);
const DAY = { from: after(-1_000), to: after(1_000) };
const chargedHere = { type: 'settle', settlement: { kind: 'charged', code: 'here', supplierReference: 'S1' } } as const;
const refused = { type: 'settle', settlement: { kind: 'rejected', reason: 'unavailable', resultCode: '13' } } as const;

const limit = (
  count: number | null,
  amounts: readonly (readonly [number, Currency])[] = [],
  counts: DayLimit['counts'] = 'payer',
) => ({
  counts,
  day: DAY,
  perDay: { count, amounts: amounts.map(([amount, currency]) => money(amount, currency)) },
});

type Connections = readonly [SqlLedger, ...SqlLedger[]];
type Placed = Result<{ readonly order: StoredOrder; readonly existed: boolean }, PlaceError>;

/** `open` gives the connections to a new, empty ledger: one or several. */
export const describeMoney = (name: string, open: () => Promise<Connections>, numRuns: number): void => {
  describe(`agents' money in ${name}`, () => {
    let ledgers: Connections;
    let ledger: SqlLedger;
    beforeEach(async () => {
      ledgers = await open();
      [ledger] = ledgers;
      await makeAgent(ledger, ALICE);
    });
    afterEach(() => Promise.all(ledgers.map((one) => one.close())));

    /** Places all of them at the same time, spread over the connections. */
    const placeAll = (orders: readonly OrderTerms[], limits: readonly DayLimit[] = []): Promise<readonly Placed[]> =>
      Promise.all(orders.map((terms, index) => (ledgers[index % ledgers.length] ?? ledger).place(terms, placing(terms), limits)));
    const many = (count: number, given: (index: number) => Partial<OrderTerms>): readonly OrderTerms[] =>
      Array.from({ length: count }, (_, index) => termsOf(orderId(index), given(index)));
    const errors = (results: readonly Placed[]) => results.flatMap((result) => (result.ok ? [] : [result.error]));
    const sold = async (terms: OrderTerms, reference: number): Promise<StoredOrder> => {
      const sent = await sending(ledger, await placed(ledger, terms), reference);
      return got(await ledger.append(sent, step(sent, chargedHere)));
    };
    const expectGoodBooks = async (): Promise<void> => {
      expect(faultsIn(await ledger.audit())).toEqual([]);
    };

    describe('credit', () => {
      it('is spent to its end and not further, however many place at once', async () => {
        await grant(ledger, ALICE, 1_000);
        await ledger.setCredit(ALICE, [money(1_500, EUR)]);
        const results = await placeAll(many(24, () => ({ pay: money(400, EUR) })));
        expect(results.filter((result) => result.ok)).toHaveLength(6);
        expect(new Set(errors(results).map(({ kind }) => kind))).toEqual(new Set(['outOfFunds']));
        expect(await ledger.balances(ALICE)).toEqual([money(-1_400, EUR)]);
        const next = termsOf(orderId(30), { pay: money(101, EUR) });
        expect(await ledger.place(next, placing(next))).toEqual({
          ok: false,
          error: { kind: 'outOfFunds', available: money(100, EUR) },
        });
        await expectGoodBooks();
      });

      it('is of one currency, and there also before anything was paid in', async () => {
        await ledger.setCredit(ALICE, [money(500, USD)]);
        await placed(ledger, termsOf(orderId(1), { pay: money(500, USD) }));
        const inEuros = termsOf(orderId(2), { pay: money(1, EUR) });
        expect(await ledger.place(inEuros, placing(inEuros))).toMatchObject({ error: { available: money(0, EUR) } });
        await expectGoodBooks();
      });

      it('that was lowered below what is owed only stops more sales; what is paid back of it stays paid back', async () => {
        await ledger.setCredit(ALICE, [money(2_000, EUR)]);
        const sent = await sending(ledger, await placed(ledger, termsOf(orderId(1), { pay: money(1_800, EUR) })), 5);
        await ledger.setCredit(ALICE, [money(500, EUR)]);
        expect(await ledger.balances(ALICE)).toEqual([money(-1_800, EUR)]);
        const next = termsOf(orderId(2), { pay: money(1, EUR) });
        const spendable = async (): Promise<unknown> => {
          const result = await ledger.place({ ...next, pay: money(9_999, EUR) }, placing({ ...next, pay: money(9_999, EUR) }));
          return errors([result]);
        };
        expect(await spendable()).toEqual([{ kind: 'outOfFunds', available: money(0, EUR) }]);
        await grant(ledger, ALICE, 1_000, EUR, 'first');
        expect(await ledger.place(next, placing(next))).toMatchObject({ error: { available: money(0, EUR) } });
        await grant(ledger, ALICE, 400, EUR, 'second');
        expect(await spendable()).toEqual([{ kind: 'outOfFunds', available: money(100, EUR) }]);
        got(await ledger.append(sent, step(sent, refused)));
        expect(await ledger.balances(ALICE)).toEqual([money(1_400, EUR)]);
        expect(await spendable()).toEqual([{ kind: 'outOfFunds', available: money(1_900, EUR) }]);
        await expectGoodBooks();
      });

      it("ends where it is not named any more, and is nobody else's", async () => {
        await ledger.setCredit(ALICE, [money(500, EUR), money(500, USD)]);
        await ledger.setCredit(ALICE, [money(500, USD)]);
        const inEuros = termsOf(orderId(1), { pay: money(1, EUR) });
        expect(await ledger.place(inEuros, placing(inEuros))).toMatchObject({ error: { available: money(0, EUR) } });
        expect(await ledger.setCredit(BOB, [money(500, EUR)])).toBe(false);
        const theirs = termsOf(orderId(2), { customer: BOB, pay: money(1, EUR) });
        expect(await ledger.place(theirs, placing(theirs))).toMatchObject({ error: { available: money(0, EUR) } });
        await placed(ledger, termsOf(orderId(3), { pay: money(400, USD) }));
        await ledger.setCredit(ALICE, []);
        expect(await ledger.balances(ALICE)).toEqual([money(0, EUR), money(-400, USD)]);
        const inDollars = termsOf(orderId(4), { pay: money(1, USD) });
        expect(await ledger.place(inDollars, placing(inDollars))).toMatchObject({ error: { available: money(0, USD) } });
        await expectGoodBooks();
      });

      it('is what one of those said who set it at once, never a part of each', async () => {
        const said = [[money(100, EUR)], [money(200, USD)], [money(300, EUR), money(400, USD)], []];
        for (let round = 0; round < 10; round += 1) {
          await Promise.all(said.map((credit, index) => (ledgers[index % ledgers.length] ?? ledger).setCredit(ALICE, credit)));
          expect(said).toContainEqual((await ledger.member(ALICE))?.credit);
        }
      });

      it('holds while it is changed, paid back and spent at the same time', async () => {
        const changes = fc.array(
          fc.oneof(
            fc.record({ credit: fc.constantFrom(1, 300, 900) }),
            fc.record({ deposit: fc.integer({ min: 1, max: 400 }) }),
            fc.record({ pay: fc.integer({ min: 1, max: 500 }) }),
          ),
          { minLength: 4, maxLength: 24 },
        );
        let runs = 0;
        await fc.assert(
          fc.asyncProperty(changes, async (all) => {
            const agent = customer(5_000 + (runs += 1));
            await makeAgent(ledger, agent);
            await Promise.all(
              all.map(async (change, index) => {
                const mine = ledgers[index % ledgers.length] ?? ledger;
                if ('credit' in change) await mine.setCredit(agent, [money(change.credit, EUR)]);
                else if ('deposit' in change) await grant(mine, agent, change.deposit, EUR, `deposit ${index}`);
                else {
                  const terms = termsOf(orderId(runs * 24 + index), { customer: agent, pay: money(change.pay, EUR) });
                  await mine.place(terms, placing(terms));
                }
              }),
            );
            const [balance] = await ledger.balances(agent);
            expect(balance?.hundredths ?? 0).toBeGreaterThanOrEqual(-900);
            await expectGoodBooks();
          }),
          { numRuns },
        );
      });
    });

    describe('a sale of a clerk', () => {
      const terms = termsOf(orderId(1), { customer: CLERK, payer: ALICE, commission: money(125, EUR) });

      it("is set aside from the agent's float, and given back to it", async () => {
        await grant(ledger, ALICE, 4_000);
        const sent = await sending(ledger, await placed(ledger, terms), 5);
        expect(await ledger.balances(ALICE)).toEqual([money(1_500, EUR)]);
        await expectGoodBooks();
        got(await ledger.append(sent, step(sent, refused)));
        expect([await ledger.balances(ALICE), await ledger.balances(CLERK)]).toEqual([[money(4_000, EUR)], []]);
        expect(await ledger.ordersOf(CLERK, 9)).toMatchObject([{ terms: { payer: ALICE } }]);
        await expectGoodBooks();
      });

      it('earns the agent the commission once, however many say that it was charged', async () => {
        await grant(ledger, ALICE, 4_000);
        const sent = await sending(ledger, await placed(ledger, terms), 5);
        const charges = ledgers.flatMap((one) => [0, 1, 2].map(() => one.append(sent, step(sent, chargedHere))));
        expect((await Promise.all(charges)).filter((result) => result.ok)).toHaveLength(1);
        expect(await ledger.balances(ALICE)).toEqual([money(1_500 + 125, EUR)]);
        await expectGoodBooks();
      });

      it.each([0, 125, 2_500])('takes a commission of %i back with the revert', async (commission) => {
        await grant(ledger, ALICE, 4_000);
        const paid = await sold({ ...terms, commission: money(commission, EUR) }, 5);
        await expectGoodBooks();
        const intent = step(paid, { type: 'intendRevert', attempt: attempt(6), by: 'operator', why: 'the wrong card' });
        const reverting = got(await ledger.append(paid, { ...intent, body: BODY }));
        const settlement = { kind: 'reverted', supplierReference: null } as const;
        got(await ledger.append(reverting, step(reverting, { type: 'settleRevert', attempt: attempt(6), settlement })));
        expect(await ledger.balances(ALICE)).toEqual([money(4_000, EUR)]);
        await expectGoodBooks();
      });
    });

    it('an adjustment moves a balance both ways, once a reference', async () => {
      expect(await ledger.post(adjustment('a1', ALICE, money(700, EUR)), NOON)).toBe('written');
      expect(await ledger.post(adjustment('a1', ALICE, money(700, EUR)), NOON)).toBe('existed');
      await ledger.post(adjustment('a2', ALICE, money(-300, EUR)), NOON);
      expect(await ledger.balances(ALICE)).toEqual([money(400, EUR)]);
      await expect(ledger.post(adjustment('a3', ALICE, money(-401, EUR)), NOON)).rejects.toThrow('does not hold enough EUR');
      await expectGoodBooks();
    });

    describe('a daily limit', () => {
      beforeEach(async () => {
        await grant(ledger, ALICE, 900_000);
        await grant(ledger, ALICE, 900_000, USD);
      });

      it('of purchases is not passed, however many place at once in several currencies', async () => {
        const results = await placeAll(
          many(24, (index) => ({ pay: money(100, index % 2 === 0 ? EUR : USD) })),
          [limit(5)],
        );
        expect(results.filter((result) => result.ok)).toHaveLength(5);
        expect(errors(results)).toEqual(
          Array.from({ length: 19 }, () => ({ kind: 'limitReached', problem: { kind: 'tooMany', most: 5 }, opensAt: DAY.to })),
        );
        await expectGoodBooks();
      });

      it('of an amount says what is left of it, and leaves other currencies alone', async () => {
        await placed(ledger, termsOf(orderId(1), { pay: money(700, EUR) }));
        const dear = termsOf(orderId(2), { pay: money(301, EUR) });
        const limits = [limit(null, [[1_000, EUR]])];
        expect(await ledger.place(dear, placing(dear), limits)).toEqual({
          ok: false,
          error: {
            kind: 'limitReached',
            problem: { kind: 'tooMuch', most: money(1_000, EUR), left: money(300, EUR) },
            opensAt: DAY.to,
          },
        });
        expect(await ledger.order(orderId(2))).toBeNull();
        expect(await ledger.balances(ALICE)).toEqual([money(899_300, EUR), money(900_000, USD)]);
        const fitting = termsOf(orderId(3), { pay: money(300, EUR) });
        got(await ledger.place(fitting, placing(fitting), limits));
        const inDollars = termsOf(orderId(4), { pay: money(5_000, USD) });
        got(await ledger.place(inDollars, placing(inDollars), limits));
        await expectGoodBooks();
      });

      it('does not count what came to nothing, what was undone, other days and other people', async () => {
        await grant(ledger, BOB, 9_000);
        const rejected = await sending(ledger, await placed(ledger, termsOf(orderId(1))), 1);
        got(await ledger.append(rejected, step(rejected, refused)));
        const paid = await sold(termsOf(orderId(2)), 2);
        const intent = step(paid, { type: 'intendRevert', attempt: attempt(3), by: 'operator', why: 'the wrong card' });
        const reverting = got(await ledger.append(paid, { ...intent, body: BODY }));
        const settlement = { kind: 'reverted', supplierReference: null } as const;
        got(await ledger.append(reverting, step(reverting, { type: 'settleRevert', attempt: attempt(3), settlement })));
        await placed(ledger, termsOf(orderId(3), { placedAt: after(-1_001) }));
        await placed(ledger, termsOf(orderId(4), { placedAt: DAY.to }));
        await placed(ledger, termsOf(orderId(5), { customer: BOB }));
        const limits = [limit(1, [[2_500, EUR]])];
        got(await ledger.place(termsOf(orderId(6)), placing(termsOf(orderId(6))), limits));
        const seventh = termsOf(orderId(7), { pay: money(1, USD) });
        expect(errors([await ledger.place(seventh, placing(seventh), limits)])).toMatchObject([{ kind: 'limitReached' }]);
      });

      it('does not keep an order that is placed already from being found', async () => {
        const limits = [limit(1)];
        got(await ledger.place(termsOf(orderId(1)), placing(termsOf(orderId(1))), limits));
        expect(await ledger.place(termsOf(orderId(1)), placing(termsOf(orderId(1))), limits)).toMatchObject({
          value: { existed: true },
        });
      });

      it("of a clerk counts the clerk's own sales, the agent's those of all", async () => {
        const limits = [limit(3), limit(2, [], 'customer')];
        const sale = (index: number, seller: typeof ALICE) => {
          const terms = termsOf(orderId(index), { customer: seller, payer: ALICE });
          return ledger.place(terms, placing(terms), limits);
        };
        got(await sale(1, CLERK));
        got(await sale(2, CLERK));
        expect(await sale(3, CLERK)).toMatchObject({ error: { problem: { most: 2 } } });
        got(await sale(4, OTHER_CLERK));
        expect(await sale(5, OTHER_CLERK)).toMatchObject({ error: { problem: { most: 3 } } });
      });

      it('is used up as far as the orders fit, whatever is placed at once', async () => {
        const orders = fc.array(fc.record({ pay: fc.integer({ min: 1, max: 400 }), dollars: fc.boolean() }), {
          minLength: 2,
          maxLength: 24,
        });
        let runs = 0;
        await fc.assert(
          fc.asyncProperty(
            orders,
            fc.integer({ min: 1, max: 12 }),
            fc.integer({ min: 100, max: 2_000 }),
            async (all, most, euros) => {
              const agent = customer(6_000 + (runs += 1));
              await grant(ledger, agent, 90_000);
              await grant(ledger, agent, 90_000, USD);
              const terms = all.map(({ pay, dollars }, index) =>
                termsOf(orderId(runs * 24 + index), { customer: agent, pay: money(pay, dollars ? USD : EUR) }),
              );
              const results = await placeAll(terms, [limit(most, [[euros, EUR]])]);
              const inEuros = (of: readonly OrderTerms[]): number =>
                of.filter(({ pay }) => pay.currency === EUR).reduce((sum, { pay }) => sum + pay.hundredths, 0);
              const kept = terms.filter((_, index) => results[index]?.ok === true);
              expect(kept.length).toBeLessThanOrEqual(most);
              expect(inEuros(kept)).toBeLessThanOrEqual(euros);
              for (const [index, result] of results.entries()) {
                const order = terms[index];
                if (result.ok || order === undefined) continue;
                expect(result.error.kind).toBe('limitReached');
                expect(kept.length >= most || inEuros([...kept, order]) > euros).toBe(true);
              }
            },
          ),
          { numRuns },
        );
      });
    });
  });
};
