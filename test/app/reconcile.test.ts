// One day against the supplier: what agrees, what is found, and that one process does it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { money } from '../../src/domain/money.ts';
import { HOUR, MINUTE, instant } from '../../src/domain/time.ts';
import { fail, ok } from '../../src/domain/result.ts';
import { ALICE, USD, reference } from '../contracts/orders.ts';
import { REFUSED, REVERTIBLE, TERMINAL, TODAY, WITH_FEE, day, openReconcileShop } from './reconcile-shop.ts';
import type { ReconcileShop } from './reconcile-shop.ts';

let shop: ReconcileShop;

beforeEach(async () => {
  shop = await openReconcileShop();
});
afterEach(() => shop.close());

const infoRequests = () => shop.simulator.books.requests.filter(({ endpoint }) => endpoint === 'transactionInfo').length;

describe('a clean day', () => {
  it('agrees to the cent: what was sold, refused and given back', async () => {
    await shop.sell();
    await shop.sell({ amount: 4_100 });
    shop.simulator.control.planFaults({ kind: 'resultCode', code: '16', match: { endpoint: 'voucherPurchase' } });
    await shop.sell();
    const undone = await shop.sell({ product: REVERTIBLE, amount: 2_100 });
    expect(await shop.revert(undone)).toBe('reverted');
    await shop.passTheNight();
    const result = await shop.reconciled();
    expect(result).toMatchObject({
      day: TODAY,
      terminalId: TERMINAL,
      agreed: 4,
      open: [],
      differences: [],
      balance: { kind: 'computed', expected: 6_600, drift: 0, perhaps: [] },
    });
    expect(await shop.alerts()).toEqual([]);
    expect(await shop.ledger.reconciliationOf(TERMINAL, TODAY)).toEqual(result);
  });

  it('is read in pages, and each of its attempts is asked about once', async () => {
    for (let sold = 0; sold < 45; sold += 1) await shop.sell({ amount: 1_000 });
    await shop.passTheNight();
    const limits: number[] = [];
    const attemptsBetween: typeof shop.ledger.attemptsBetween = (terminal, span, after, limit) => {
      limits.push(limit);
      return shop.ledger.attemptsBetween(terminal, span, after, limit);
    };
    const before = infoRequests();
    expect(await shop.reconciled({ replaced: { books: { attemptsBetween } } })).toMatchObject({
      agreed: 45,
      balance: { drift: 0 },
    });
    expect(infoRequests() - before).toBe(45);
    expect(limits.length).toBeGreaterThan(2);
    expect(Math.max(...limits)).toBeLessThan(45);
  });

  it('asks two questions at once, not more', async () => {
    for (let sold = 0; sold < 6; sold += 1) await shop.sell({ amount: 1_000 });
    await shop.passTheNight();
    let [now, most] = [0, 0];
    const transactionInfo: typeof shop.supplier.transactionInfo = async (attempt) => {
      most = Math.max(most, (now += 1));
      const info = await shop.supplier.transactionInfo(attempt);
      now -= 1;
      return info;
    };
    await shop.reconciled({ replaced: { supplier: { transactionInfo } } });
    expect(most).toBe(2);
  });
});

describe('what differs', () => {
  it('is found when the supplier charged what the ledger gave back', async () => {
    shop.simulator.control.planFaults({ kind: 'resultCode', code: '16', match: { endpoint: 'voucherPurchase' } });
    const id = await shop.sell();
    shop.simulator.control.setSwitches({ duplicateMode: 'double-sell' });
    expect(await shop.sellBehindTheBack(1)).toBe('charged');
    const balance = await shop.ledger.balances(ALICE);
    await shop.passTheNight();
    const { differences, balance: weighed } = await shop.reconciled();
    expect(differences).toMatchObject([
      { order: id, reference: 1, outcome: 'rejectedButCharged', ledger: { resultCode: '16' }, supplier: { kind: 'charged' } },
    ]);
    expect(weighed).toMatchObject({ drift: 1_500 });
    expect(await shop.alerts()).toEqual([{ type: 'booksDiffer', terminalId: 100_001, day: TODAY, differences: 1, drift: 1_500 }]);
    expect(await shop.ledger.balances(ALICE)).toEqual(balance);
    expect((await shop.ledger.order(id))?.state.status).toBe('rejected');
  });

  it('is found in the balance alone when the ledger knows nothing of a sale', async () => {
    await shop.sell();
    await shop.sellBehindTheBack();
    await shop.passTheNight();
    expect(await shop.reconciled()).toMatchObject({ agreed: 1, differences: [], balance: { expected: 2_500, drift: 1_500 } });
    expect(await shop.alerts()).toEqual([{ type: 'booksDiffer', terminalId: 100_001, day: TODAY, differences: 0, drift: 1_500 }]);
  });

  it('is a top-up too: the balance gained what nobody gave back', async () => {
    await shop.sell();
    const read = shop.supplier.balance;
    await shop.passTheNight();
    await shop.ledger.recordBalance(TERMINAL, { at: instant(Date.parse('2026-03-11T00:00:10+01:00')), ...(await topUp(read)) });
    expect(await shop.reconciled()).toMatchObject({ balance: { kind: 'computed', expected: 2_500, drift: -50_000 } });
  });

  const topUp = async (read: typeof shop.supplier.balance) => {
    const balance = await read();
    if (!balance.ok) throw new Error('The balance is there');
    return money(balance.value.hundredths + 50_000, USD);
  };

  it('is found when a row was tampered with: the state, or what the events say', async () => {
    const first = await shop.sell();
    const second = await shop.sell();
    const third = await shop.sell();
    shop.tamper(`update orders set state = '{"status":"rejected","reason":"unavailable"}' where id = '${first}'`);
    shop.tamper(
      `update order_events set data = '{"supplierReference":"FORGED"}' where type = 'purchaseCharged' and order_id = '${second}'`,
    );
    shop.tamper(`update orders set terms = 'no JSON' where id = '${third}'`);
    await shop.passTheNight();
    const { differences, balance, agreed } = await shop.reconciled();
    expect(agreed).toBe(0);
    expect(differences.map(({ order, outcome }) => [order, outcome]).sort()).toEqual(
      [
        [first, 'ledgerUnclear'],
        [second, 'otherReference'],
        [third, 'ledgerUnclear'],
      ].sort(),
    );
    expect(balance).toEqual({ kind: 'skipped', why: 'ledgerUnclear', order: first });
    expect(await shop.alerts()).toEqual([{ type: 'booksDiffer', terminalId: 100_001, day: TODAY, differences: 3, drift: null }]);
  });

  it('is a sale that the index does not have yet, until it has', async () => {
    shop.simulator.control.setSwitches({ infoDelayMs: 30 * HOUR });
    const id = await shop.sell();
    await shop.passTheNight();
    expect((await shop.reconciled()).differences).toMatchObject([{ order: id, outcome: 'chargedButNotFound' }]);
    shop.clock.advance(30 * HOUR);
    expect(await shop.reconciled({ again: true })).toMatchObject({ agreed: 1, differences: [] });
    expect(await shop.ledger.reconciliationOf(TERMINAL, TODAY)).toMatchObject({ agreed: 1 });
  });

  it('is a sale that the supplier calls rejected', async () => {
    await shop.sell();
    await shop.passTheNight();
    const transactionInfo = () => Promise.resolve(ok({ kind: 'rejected', reason: 'unavailable', resultCode: '16' } as const));
    expect((await shop.reconciled({ replaced: { supplier: { transactionInfo } } })).differences).toMatchObject([
      { outcome: 'chargedButRejected', supplier: { kind: 'rejected', resultCode: '16' } },
    ]);
  });
});

describe('an order whose answer got lost', () => {
  const lose = async (kind: 'dropAfter' | 'dropBefore') => {
    shop.simulator.control.planFaults({ kind, match: { endpoint: 'voucherPurchase' } });
    return shop.sell();
  };

  it('and was charged, is named, and explains the drift', async () => {
    const id = await lose('dropAfter');
    await shop.passTheNight();
    expect(await shop.reconciled()).toMatchObject({
      differences: [{ order: id, outcome: 'openButCharged' }],
      balance: { expected: 0, drift: 2_500, perhaps: [{ order: id, amount: 2_500 }] },
    });
  });

  it('and was found out by its own schedule, agrees', async () => {
    const id = await lose('dropAfter');
    await shop.work(id);
    await shop.passTheNight();
    expect(await shop.reconciled()).toMatchObject({ agreed: 1, differences: [], balance: { expected: 2_500, drift: 0 } });
  });

  it('and is found out while it is asked about, agrees as well', async () => {
    const id = await lose('dropAfter');
    await shop.passTheNight();
    const transactionInfo: typeof shop.supplier.transactionInfo = async (attempt) => {
      const info = await shop.supplier.transactionInfo(attempt);
      await shop.work(id);
      return info;
    };
    expect(await shop.reconciled({ replaced: { supplier: { transactionInfo } } })).toMatchObject({ agreed: 1, differences: [] });
  });

  it('and never arrived, is listed as open, which is no difference', async () => {
    const id = await lose('dropBefore');
    await shop.passTheNight();
    expect(await shop.reconciled()).toMatchObject({
      agreed: 0,
      open: [{ order: id, outcome: 'open' }],
      differences: [],
      balance: { drift: 0, perhaps: [] },
    });
    expect(await shop.alerts()).toEqual([]);
  });

  it('and is reported as failed, is named', async () => {
    shop.simulator.control.setSwitches({ infoReportsFailures: true });
    shop.simulator.control.planFaults({ kind: 'status500After', match: { endpoint: 'voucherPurchase' } });
    const id = await shop.sell({ product: REFUSED, amount: 3_000 });
    await shop.passTheNight();
    expect(await shop.reconciled()).toMatchObject({
      differences: [{ order: id, outcome: 'openButRejected' }],
      balance: { drift: 0 },
    });
    expect((await shop.ledger.order(id))?.state.status).toBe('unknown');
  });
});

describe('a sale that is on its way while the balance is read', () => {
  /** The balance is asked for, then the sale is sent and charged, then the answer comes. */
  const sellMeanwhile = async (): Promise<string> => {
    let late = '';
    const balance: typeof shop.supplier.balance = async () => {
      shop.clock.advance(300);
      late = await shop.sell();
      return shop.supplier.balance();
    };
    await shop.sell({ amount: 1_000 });
    await shop.passTheNight({ supplier: { balance } });
    return late;
  };

  it('explains what it moved: nobody is told', async () => {
    const late = await sellMeanwhile();
    expect(await shop.reconciled()).toMatchObject({
      agreed: 1,
      balance: { expected: 1_000, drift: 2_500, perhaps: [{ order: late, amount: 2_500 }] },
    });
    expect(await shop.alerts()).toEqual([]);
  });

  it('does not explain any other drift', async () => {
    await shop.sellBehindTheBack();
    await sellMeanwhile();
    expect(await shop.reconciled()).toMatchObject({ differences: [], balance: { drift: 4_000 } });
    expect(await shop.alerts()).toMatchObject([{ type: 'booksDiffer', day: TODAY, differences: 0, drift: 4_000 }]);
  });
});

describe('the balance is not compared', () => {
  it.each<[string, () => Promise<unknown>, Parameters<ReconcileShop['reconciled']>[0], object]>([
    ['when nobody said its currency', () => shop.sell(), { replaced: { balanceCurrency: null } }, { why: 'noBalanceCurrency' }],
    ['when something was sold in another', () => shop.sellInEuros(), {}, { why: 'otherCurrency', currency: 'EUR' }],
    [
      'when a product has a fee',
      () => shop.sell({ product: WITH_FEE, amount: 2_000 }),
      {},
      { why: 'feeOfUnknownUnit', product: WITH_FEE },
    ],
    [
      'when the fees can not be listed',
      () => shop.sell(),
      { replaced: { supplier: { portfolio: () => Promise.resolve(fail({ kind: 'noAnswer', reason: 'reset' })) } } },
      { why: 'feesNotKnown' },
    ],
  ])('%s, and the result says so', async (_name, sell, options, expected) => {
    await sell();
    await shop.passTheNight();
    expect(await shop.reconciled(options)).toMatchObject({
      agreed: 1,
      differences: [],
      balance: { kind: 'skipped', ...expected },
    });
    expect(await shop.alerts()).toEqual([]);
  });

  it('when there was no reading to begin with', async () => {
    await shop.passTheNight();
    expect((await shop.reconcileDay(day('2026-03-09'))).ok).toBe(true);
    shop.clock.advance(24 * HOUR);
    expect(await shop.reconcileDay(day('2026-03-12'))).toMatchObject({ value: { balance: { why: 'noReadings' } } });
  });

  it('is read now, where the end of the day has no reading', async () => {
    await shop.sell();
    shop.clock.advance(30 * HOUR);
    expect(await shop.reconciled()).toMatchObject({ balance: { kind: 'computed', expected: 2_500, drift: 0 } });
  });
});

describe('a supplier that is down', () => {
  const noAnswer = { transactionInfo: () => Promise.resolve(fail({ kind: 'noAnswer', reason: 'reset' } as const)) };

  it('leaves the day undone for those who can wait, and is not asked for ever', async () => {
    for (let sold = 0; sold < 12; sold += 1) await shop.sell({ amount: 1_000 });
    await shop.passTheNight();
    let asked = 0;
    const transactionInfo = () => ((asked += 1), noAnswer.transactionInfo());
    const down = { replaced: { supplier: { transactionInfo } } };
    expect(await shop.reconcileDay(TODAY, { ...down, evenUnasked: false })).toEqual({ ok: false, error: 'supplierDown' });
    expect(asked).toBeLessThan(8);
    expect(await shop.ledger.reconciliationOf(TERMINAL, TODAY)).toBeNull();
    expect(await shop.alerts()).toEqual([]);
    expect(await shop.reconciled({ evenUnasked: false })).toMatchObject({ agreed: 12 });
  });

  it('is a difference for those who can not', async () => {
    await shop.sell();
    await shop.passTheNight();
    const { differences } = await shop.reconciled({ replaced: { supplier: noAnswer } });
    expect(differences).toMatchObject([{ outcome: 'couldNotAsk', supplier: { why: 'noAnswer' } }]);
  });
});

describe('several processes', () => {
  it('do a day once between them', async () => {
    await shop.sell();
    await shop.passTheNight();
    const both = await Promise.all([shop.reconcileDay(TODAY), shop.reconcileDay(TODAY, { on: shop.other })]);
    expect(both.filter(({ ok: did }) => did)).toHaveLength(1);
    expect(both.flatMap((each) => (each.ok ? [] : [each.error]))).toEqual([expect.stringMatching(/^(taken|done)$/)]);
    expect(infoRequests()).toBe(1);
    expect(await shop.reconcileDay(TODAY)).toEqual({ ok: false, error: 'done' });
  });

  it('finish what a dead one began, when its lease has run out', async () => {
    await shop.sellBehindTheBack();
    await shop.sell();
    await shop.passTheNight();
    let died = false;
    // Stands still for good in the middle of its first question, as a killed process does.
    const transactionInfo = () => {
      died = true;
      return new Promise<never>(() => undefined);
    };
    void shop.reconcileDay(TODAY, { replaced: { supplier: { transactionInfo } } });
    await expect.poll(() => died).toBe(true);
    expect(await shop.reconcileDay(TODAY, { on: shop.other })).toEqual({ ok: false, error: 'taken' });
    shop.clock.advance(30 * MINUTE);
    expect(await shop.reconcileDay(TODAY, { on: shop.other })).toMatchObject({ ok: true, value: { agreed: 1 } });
    expect(await shop.alerts()).toHaveLength(1);
  });

  it('tell once of a day whose process died between the telling and the storing', async () => {
    await shop.sellBehindTheBack();
    await shop.passTheNight();
    const finishReconciliation = () => Promise.reject(new Error('killed'));
    await expect(shop.reconcileDay(TODAY, { replaced: { books: { finishReconciliation } } })).rejects.toThrow('killed');
    expect((await shop.reconcileDay(TODAY, { on: shop.other })).ok).toBe(true);
    expect(await shop.alerts()).toHaveLength(1);
  });

  it('notice that they were too slow', async () => {
    await shop.sell();
    await shop.passTheNight();
    const transactionInfo: typeof shop.supplier.transactionInfo = async (attempt) => {
      shop.clock.advance(31 * MINUTE);
      expect((await shop.reconcileDay(TODAY, { on: shop.other })).ok).toBe(true);
      return shop.supplier.transactionInfo(attempt);
    };
    expect(await shop.reconcileDay(TODAY, { replaced: { supplier: { transactionInfo } } })).toEqual({ ok: false, error: 'lost' });
  });

  it('let a day go when they are told to stop', async () => {
    for (let sold = 0; sold < 6; sold += 1) await shop.sell({ amount: 1_000 });
    await shop.passTheNight();
    const stopping = new AbortController();
    const transactionInfo: typeof shop.supplier.transactionInfo = (attempt) => {
      stopping.abort();
      return shop.supplier.transactionInfo(attempt);
    };
    const stopped = await shop.reconcileDay(TODAY, { replaced: { supplier: { transactionInfo } }, signal: stopping.signal });
    expect(stopped).toEqual({ ok: false, error: 'stopped' });
    expect(infoRequests()).toBeLessThan(3);
    expect(await shop.reconcileDay(TODAY, { on: shop.other })).toMatchObject({ ok: true, value: { agreed: 6 } });
  });
});

describe('the day that is still going on', () => {
  it('can be done, raises no alert, and is done again when it is over', async () => {
    await shop.sell();
    await shop.sellBehindTheBack();
    expect(await shop.reconciled()).toMatchObject({ agreed: 1, balance: { expected: 2_500, drift: 1_500 } });
    expect(await shop.alerts()).toEqual([]);
    await shop.sell();
    await shop.passTheNight();
    expect(await shop.reconciled()).toMatchObject({ agreed: 2, balance: { expected: 5_000, drift: 1_500 } });
    expect(await shop.alerts()).toHaveLength(1);
  });

  it('must have begun', async () => {
    expect(await shop.reconcileDay(day('2026-03-11'))).toEqual({ ok: false, error: 'notBegun' });
  });

  it('has only its own attempts', async () => {
    await shop.sell();
    shop.clock.advance(24 * HOUR);
    await shop.sell();
    expect(await shop.reconciled()).toMatchObject({ agreed: 1 });
    expect((await shop.ledger.attemptOf(TERMINAL, reference(2)))?.content).not.toBeNull();
  });
});
