// Every read of the port and the purchase against the simulator of eVSB, and the money rules against its books.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createEvsbSupplier } from '../../../src/adapters/evsb/supplier.ts';
import type { PurchaseOutcome } from '../../../src/app/ports/supplier.ts';
import { instant } from '../../../src/domain/time.ts';
import { startEvsbSimulator } from '../../../src/sandbox/evsb/simulator.ts';
import { settingsFor } from './loopback.ts';
import { choose, errorOf, must, prepare, product, productId } from './samples.ts';
import { moneyFaults, openShop } from './shop.ts';

const shop = await openShop();
const { simulator, supplier, impatient, connect, log, sendsOf } = shop;
afterAll(shop.close);
beforeEach(() => simulator.control.clearFaults());

/** Palmera Market - Basket: a voucher from a list, whose code comes at once. */
const BASKET = 8401;
/** Ceiba Pharmacy Voucher: details come later. */
const PHARMACY = 8404;

const buy = (on: { product?: number; account?: string | null } = {}) => {
  const fields = on.account === null ? {} : { account: on.account ?? '5350000000' };
  return prepare(supplier, { product: on.product ?? BASKET, ref: shop.nextReference(), at: instant(Date.now()), fields });
};
const salesOf = (reference: number) => simulator.books.honoured.filter((sale) => sale.localReference === reference);

describe('reads', () => {
  it('ping, echo and balance', async () => {
    const { skew } = must(await supplier.ping());
    expect(Math.abs(skew ?? NaN)).toBeLessThan(2_000);
    expect(must(await supplier.echo('héllo wörld'))).toEqual({ echo: 'héllo wörld' });
    expect(must(await supplier.balance())).toEqual({ hundredths: simulator.books.balanceX100 });
  });

  it('portfolio, with exact rates', async () => {
    const products = must(await supplier.portfolio());
    const rates = new Map(products.map(({ id, rate }) => [Number(id), rate]));
    expect(rates.get(BASKET)).toEqual({ units: '22', scale: 0 });
    expect(rates.get(8403)).toEqual({ units: '169', scale: 1 });
    expect(rates.get(PHARMACY)).toEqual({ units: '2637', scale: 2 });
  });

  it('prices in both directions', async () => {
    const basket = { ...product, id: productId(BASKET) };
    expect(must(await supplier.price(basket, choose('direct', 2000), null))).toEqual({
      send: { hundredths: 2000, currency: 'USD' },
      receive: { hundredths: 44000, currency: 'CUP' },
      fee: 0,
    });
    expect(must(await supplier.price(basket, choose('reverse', 43000), null))).toMatchObject({
      send: { hundredths: 2000 },
      receive: { hundredths: 44000 },
    });
    expect(errorOf(await supplier.price(basket, choose('direct', 999), null))).toMatchObject({
      kind: 'answered',
      httpStatus: 200,
      resultCode: '927',
    });
  });

  it('dynamic and finished vouchers', async () => {
    expect(must(await supplier.dynamicVouchers(productId(BASKET)))).toEqual([]);
    const [ticket] = must(await supplier.dynamicVouchers(productId(8206)));
    expect(ticket?.extra.some(({ key }) => key === 'endDate')).toBe(true);
    expect(must(await supplier.finishedVouchers(productId(BASKET)))).toEqual([]);
  });

  it('wrong credentials are refused, and no read is repeated for it', async () => {
    const stranger = connect('wrong');
    const before = simulator.books.requestCount;
    expect(errorOf(await stranger.balance())).toMatchObject({ kind: 'answered', httpStatus: 401 });
    expect(simulator.books.requestCount - before).toBe(1);
    expect(await stranger.purchase(buy())).toMatchObject({ kind: 'rejected', reason: 'shopProblem' });
    await stranger.close();
  });
});

describe('purchases', () => {
  it('delivers the code of the books', async () => {
    const prepared = buy({ account: null });
    const outcome = await supplier.purchase(prepared);
    const [sale] = salesOf(prepared.attempt.reference);
    expect(outcome).toMatchObject({
      kind: 'charged',
      supplierReference: sale?.supplierreference,
      delivery: { kind: 'here', voucher: { code: sale?.code } },
    });
  });

  it('fetches late details with the token', async () => {
    simulator.control.planFaults({ kind: 'lateAdditionalData', misses: 1, match: { endpoint: 'voucherPurchase' } });
    const prepared = buy({ product: PHARMACY, account: null });
    const outcome = await supplier.purchase(prepared);
    if (outcome.kind !== 'charged' || outcome.delivery.kind !== 'later') throw new Error(`Not later: ${outcome.kind}`);
    const { token } = outcome.delivery;
    expect(must(await supplier.voucherDetails(productId(PHARMACY), token))).toBe('notYet');
    const [sale] = salesOf(prepared.attempt.reference);
    expect(must(await supplier.voucherDetails(productId(PHARMACY), token))).toMatchObject({ code: sale?.code });
  });

  it('finds the code by the token of a receipt that lost its extraInfo', async () => {
    simulator.control.planFaults({ kind: 'wrongTypes', shape: 'noExtraInfo', match: { endpoint: 'voucherPurchase' } });
    const prepared = buy({ product: PHARMACY, account: null });
    const outcome = await supplier.purchase(prepared);
    const [sale] = salesOf(prepared.attempt.reference);
    expect(outcome).toMatchObject({ kind: 'charged', delivery: { kind: 'later', token: sale?.suppliertoken } });
    const details = await supplier.voucherDetails(productId(PHARMACY), sale?.suppliertoken ?? '');
    expect(must(details)).toMatchObject({ code: sale?.code });
  });

  it('keeps the token of a contradiction, by which the code of the sale is found', async () => {
    simulator.control.planFaults({ kind: 'contradiction', match: { endpoint: 'voucherPurchase' } });
    const prepared = buy({ product: PHARMACY, account: null });
    const outcome = await supplier.purchase(prepared);
    const [sale] = salesOf(prepared.attempt.reference);
    const token = sale?.suppliertoken ?? '';
    expect(outcome).toMatchObject({ kind: 'unclear', expectation: 'open', resultCode: '10', delivery: { token } });
    expect(must(await supplier.transactionInfo(prepared.attempt))).toMatchObject({ kind: 'charged' });
    expect(must(await supplier.voucherDetails(productId(PHARMACY), token))).toMatchObject({ code: sale?.code });
  });

  it('finds a lost sale, and nothing of one that never was', async () => {
    simulator.control.planFaults({ kind: 'dropAfter', match: { endpoint: 'voucherPurchase' } });
    const lost = buy({ account: null });
    expect(await supplier.purchase(lost)).toMatchObject({ kind: 'unclear', expectation: 'open' });
    const [sale] = salesOf(lost.attempt.reference);
    expect(must(await supplier.transactionInfo(lost.attempt))).toEqual({
      kind: 'charged',
      supplierReference: sale?.supplierreference,
    });
    expect(must(await supplier.transactionInfo(buy().attempt))).toEqual({ kind: 'stillUnknown' });
  });

  it.each([40_000, -40_000])(
    'sends nothing while the clocks are %i ms apart, until a read finds them together',
    async (clockSkewMs) => {
      let now = Date.now();
      const { terminalId, user, password } = settingsFor('');
      const elsewhere = await startEvsbSimulator({ terminalId, user, password, openingBalanceX100: 100_000, now: () => now });
      const ours = createEvsbSupplier(settingsFor(elsewhere.url), { now: () => now, log, sleep: () => Promise.resolve() });
      const attempt = async (reference: number) => {
        const outcome = await ours.purchase(prepare(ours, { product: BASKET, ref: reference, at: instant(now), fields: {} }));
        return outcome.kind === 'notSent' ? outcome.reason : outcome.kind;
      };
      const posts = () => elsewhere.books.requests.filter(({ method }) => method === 'POST').length;

      elsewhere.control.setSwitches({ clockSkewMs });
      await ours.balance();
      expect(await attempt(1)).toBe('clockSkew');
      now += 30 * 60_000;
      expect(await attempt(1)).toBe('clockSkew');
      expect(posts()).toBe(0);
      elsewhere.control.setSwitches({ clockSkewMs: 0 });
      await ours.balance();
      expect(await attempt(1)).toBe('charged');

      elsewhere.control.setSwitches({ clockSkewMs });
      await ours.balance();
      elsewhere.control.setSwitches({ clockSkewMs: 0 });
      now += 30 * 60_000 + 1;
      expect(await attempt(2)).toBe('charged');
      expect(posts()).toBe(2);
      await ours.close();
      await elsewhere.close();
    },
  );

  it('learns of a rejection when failures are reported', async () => {
    simulator.control.setSwitches({ infoReportsFailures: true });
    const prepared = buy({ product: 9991, account: '600000001' });
    expect(await supplier.purchase(prepared)).toMatchObject({ kind: 'rejected', resultCode: '971' });
    expect(must(await supplier.transactionInfo(prepared.attempt))).toEqual({
      kind: 'rejected',
      reason: 'operatorRefused',
      resultCode: '971',
    });
    simulator.control.setSwitches({ infoReportsFailures: false });
  });

  /** What may never be said, given what the books will say in the end. */
  const agreesWithBooks = (outcome: PurchaseOutcome, sales: readonly { code: string }[]): boolean => {
    switch (outcome.kind) {
      case 'charged':
        return sales.length === 1 && outcome.delivery.kind === 'here' && outcome.delivery.voucher.code === sales[0]?.code;
      case 'rejected':
      case 'notSent':
        return sales.length === 0;
      case 'unclear':
        return sales.length <= 1;
    }
  };

  it.each(moneyFaults)('%o: sent once, and never against the books', async (fault) => {
    simulator.control.planFaults({ ...fault, match: { endpoint: 'voucherPurchase' } });
    const prepared = buy({ account: null });
    const { reference } = prepared.attempt;
    const outcome = await impatient.purchase(prepared);
    if (fault.kind === 'serverGoesOn') await expect.poll(() => salesOf(reference).length).toBe(1);
    if (fault.kind === 'chargedAfter990') await expect.poll(() => salesOf(reference).length).toBe(1);
    expect(sendsOf(reference)).toBe(1);
    expect(agreesWithBooks(outcome, salesOf(reference))).toBe(true);
  });
});
