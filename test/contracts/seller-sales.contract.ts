// What every ledger has to say of a day's sales: what a seller sold, and what all sold from one wallet, per currency.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import { money } from '../../src/domain/money.ts';
import {
  ALICE,
  BOB,
  BODY,
  EUR,
  NOON,
  USD,
  after,
  attempt,
  got,
  grant,
  orderId,
  placed,
  sending,
  step,
  termsOf,
} from './orders.ts';

const DAY = { from: NOON, to: after(1_000) };
const charged = { kind: 'charged', code: 'here', supplierReference: 'S-1' } as const;
const reverted = { kind: 'reverted', supplierReference: null } as const;
const rejected = { kind: 'rejected', reason: 'operatorRefused', resultCode: '13' } as const;

/** `open` gives a new, empty ledger. */
export const describeSellerSales = (name: string, open: () => Promise<SqlLedger>): void => {
  describe(`the sales of a day in ${name}`, () => {
    let ledger: SqlLedger;
    beforeEach(async () => {
      ledger = await open();
      for (const currency of [EUR, USD]) await grant(ledger, ALICE, 100_000, currency);
    });
    afterEach(() => ledger.close());

    /** Alice pays; 2 % are hers. */
    const sell = (index: number, seller: typeof ALICE, amount: number, currency = EUR, at = NOON) =>
      placed(
        ledger,
        termsOf(orderId(index), {
          customer: seller,
          payer: ALICE,
          pay: money(amount, currency),
          cost: money(amount, currency),
          commission: money(amount / 50, currency),
          placedAt: at,
        }),
      );

    it('are nothing where nothing was sold', async () => {
      expect(await ledger.soldBy(ALICE, DAY)).toEqual([]);
      expect(await ledger.soldFrom(ALICE, DAY)).toEqual([]);
    });

    it('are added up per currency, by who sold and by who paid', async () => {
      await sell(1, ALICE, 1_000);
      await sell(2, BOB, 500);
      await sell(3, BOB, 2_000, USD);
      await sell(4, BOB, 1_500);
      expect(await ledger.soldBy(BOB, DAY)).toEqual([
        { count: 2, pay: money(2_000, EUR), commission: money(40, EUR) },
        { count: 1, pay: money(2_000, USD), commission: money(40, USD) },
      ]);
      expect(await ledger.soldBy(ALICE, DAY)).toEqual([{ count: 1, pay: money(1_000, EUR), commission: money(20, EUR) }]);
      expect(await ledger.soldFrom(ALICE, DAY)).toEqual([
        { count: 3, pay: money(3_000, EUR), commission: money(60, EUR) },
        { count: 1, pay: money(2_000, USD), commission: money(40, USD) },
      ]);
      expect(await ledger.soldFrom(BOB, DAY)).toEqual([]);
    });

    it('are those of its first moment and not those of its end', async () => {
      await sell(1, ALICE, 100, EUR, after(-1));
      await sell(2, ALICE, 1_000, EUR, NOON);
      await sell(3, ALICE, 10_000, EUR, after(999));
      await sell(4, ALICE, 50_000, EUR, after(1_000));
      expect(await ledger.soldBy(ALICE, DAY)).toMatchObject([{ count: 2, pay: money(11_000, EUR) }]);
    });

    it('are without what was undone', async () => {
      await sell(1, ALICE, 1_000);
      const sent = await sending(ledger, await sell(2, ALICE, 2_000), 1);
      const order = got(await ledger.append(sent, step(sent, { type: 'settle', settlement: charged })));
      expect(await ledger.soldBy(ALICE, DAY)).toMatchObject([{ count: 2, pay: money(3_000, EUR) }]);
      const revert = attempt(2);
      const intended = got(
        await ledger.append(order, {
          ...step(order, { type: 'intendRevert', attempt: revert, by: 'operator', why: 'a test' }),
          body: BODY,
        }),
      );
      got(await ledger.append(intended, step(intended, { type: 'settleRevert', attempt: revert, settlement: reverted })));
      expect(await ledger.soldBy(ALICE, DAY)).toMatchObject([{ count: 1, pay: money(1_000, EUR) }]);
    });

    it('are without what was refused', async () => {
      await sell(1, ALICE, 1_000);
      const refused = await sending(ledger, await sell(2, ALICE, 2_000), 1);
      got(await ledger.append(refused, step(refused, { type: 'settle', settlement: rejected })));
      expect(await ledger.soldBy(ALICE, DAY)).toMatchObject([{ count: 1, pay: money(1_000, EUR) }]);
      expect(await ledger.soldFrom(ALICE, DAY)).toMatchObject([{ count: 1, pay: money(1_000, EUR) }]);
    });
  });
};
