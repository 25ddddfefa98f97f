// Reverts against the simulator of eVSB: what comes back according to its books, and what may be said of it under every fault.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { RevertOutcome } from '../../../src/app/ports/supplier.ts';
import type { Attempt } from '../../../src/domain/order.ts';
import { instant } from '../../../src/domain/time.ts';
import { must, prepare, prepareRevert } from './samples.ts';
import { moneyFaults, openShop } from './shop.ts';

const shop = await openShop();
const { simulator, supplier, impatient, sendsOf } = shop;
afterAll(shop.close);
beforeEach(() => simulator.control.clearFaults());

/** Palmera Market - Basket: a voucher, never to be reverted. */
const BASKET = 8401;
/** Habla Cerca Minutes: may be reverted for a quarter of an hour. */
const MINUTES = 8403;

describe('reverts', () => {
  const at = instant(Date.now());
  const fields = { account: '5350000000' };
  const sell = async (productNumber = MINUTES): Promise<Attempt> => {
    const prepared = prepare(supplier, { product: productNumber, ref: shop.nextReference(), at, fields });
    expect(await supplier.purchase(prepared)).toMatchObject({ kind: 'charged' });
    return prepared.attempt;
  };
  /** Prepares the revert of a sale, under a reference of its own. */
  const prepareFor = (attempt: Attempt, productNumber = MINUTES) =>
    prepareRevert(supplier, { product: productNumber, attempt, ref: shop.nextReference(), at, fields });
  const revertsOf = (reference: number) => simulator.books.reverted.filter((sale) => sale.localReference === reference);

  it('brings the money of a sale back, once', async () => {
    const before = simulator.books.balanceX100;
    const attempt = await sell();
    const first = prepareFor(attempt);
    const second = prepareFor(attempt);
    expect(await supplier.revert(first)).toMatchObject({
      kind: 'reverted',
      supplierReference: expect.stringMatching(/^17/) as unknown,
    });
    expect(simulator.books.balanceX100).toBe(before);
    expect(await supplier.revert(second)).toMatchObject({ kind: 'unclear', resultCode: '12' });
    expect(await supplier.revert(first)).toMatchObject({ kind: 'unclear', resultCode: '970' });
    expect(simulator.books.balanceX100).toBe(before);
    expect(must(await supplier.transactionInfo(first.attempt))).toEqual({ kind: 'stillUnknown' });
  });

  it('is found by its own reference where the supplier shows reverts, and says nothing where it does not', async () => {
    const prepared = prepareFor(await sell());
    await supplier.revert(prepared);
    expect(must(await supplier.revertInfo(prepared.attempt))).toEqual({ kind: 'stillUnknown' });
    simulator.control.setSwitches({ infoShowsReverts: true });
    const [reverted] = revertsOf(prepared.attempt.reference);
    expect(must(await supplier.revertInfo(prepared.attempt))).toEqual({
      kind: 'reverted',
      supplierReference: reverted?.supplierreference,
    });
    simulator.control.setSwitches({ infoReportsFailures: true });
    const refused = prepareFor(await sell(BASKET), BASKET);
    await supplier.revert(refused);
    expect(must(await supplier.revertInfo(refused.attempt))).toEqual({ kind: 'stillUnknown' });
    simulator.control.setSwitches({ infoShowsReverts: false, infoReportsFailures: false });
  });

  it('is refused for a product that does not allow it', async () => {
    const prepared = prepareFor(await sell(BASKET), BASKET);
    expect(await supplier.revert(prepared)).toMatchObject({ kind: 'refused', resultCode: '923' });
    expect(revertsOf(prepared.attempt.reference)).toEqual([]);
  });

  /** What may never be said, given what the books will say in the end. */
  const agreesWithBooks = (outcome: RevertOutcome, reverts: number): boolean => {
    switch (outcome.kind) {
      case 'reverted':
        return reverts === 1;
      case 'refused':
      case 'notSent':
        return reverts === 0;
      case 'unclear':
        return reverts <= 1;
    }
  };

  it.each([...moneyFaults, { kind: 'resultCode', code: '900' } as const])(
    '%o: sent once, and never against the books',
    async (fault) => {
      const prepared = prepareFor(await sell());
      const { reference } = prepared.attempt;
      simulator.control.planFaults({ ...fault, match: { endpoint: 'revert' } });
      const outcome = await impatient.revert(prepared);
      if (fault.kind === 'serverGoesOn' || fault.kind === 'chargedAfter990') {
        await expect.poll(() => revertsOf(reference).length).toBe(1);
      }
      expect(sendsOf(reference)).toBe(1);
      expect(agreesWithBooks(outcome, revertsOf(reference).length)).toBe(true);
    },
  );
});
