// Faults of business: answers that lie, details that come late, prices that move, and which call a fault hits.
import { describe, expect, it } from 'vitest';
import { eventuallyTrue } from '../../eventually.ts';
import { codeOf, info, itemOf, openTill, sell, sold, terminalId, tillWith } from './till.ts';
import type { Till } from './till.ts';

describe('answers that lie', () => {
  it('lying991 charges and says 991', async () => {
    const till = await tillWith({ kind: 'lying991' });
    expect(codeOf(await sell(till))).toBe('991');
    expect(till.simulator.books.balanceX100).toBe(100_000 - 2_700);
    expect(codeOf(await info(till))).toBe('10');
  });

  it('chargedAfter990 says 990 and charges later', async () => {
    const till = await tillWith({ kind: 'chargedAfter990', ms: 600_000 }, { kind: 'chargedAfter990', ms: 10 });
    expect(codeOf(await sell(till, 1))).toBe('990');
    expect(till.simulator.books).toMatchObject({ balanceX100: 100_000, refused: [{ code: '990' }] });
    expect(codeOf(await info(till, 1))).toBe('900');
    expect(codeOf(await sell(till, 2))).toBe('990');
    await eventuallyTrue(() => sold(till) === 1);
    expect(codeOf(await info(till, 2))).toBe('10');
    expect(codeOf(await info(till, 1))).toBe('900');
    expect(till.simulator.books.balanceX100).toBe(100_000 - 2_700);
  });

  it('contradiction sells, and refuses with the whole receipt, whose token opens late details', async () => {
    const till = await tillWith({ kind: 'contradiction' }, { kind: 'contradiction' });
    const reply = await till.buy(8404, 1, { amountToSendX100: 1_000 });
    const [sale] = till.simulator.books.honoured;
    expect(reply.json).toMatchObject({
      rc: -1,
      items: [{ resultcode: '10', suppliertoken: sale?.suppliertoken, extraInfo: null }],
    });
    const details = `/pre-paid/vouchers/additional-data/${terminalId}/8404/${sale?.suppliertoken ?? ''}`;
    expect(itemOf(await till.get(details))['redeemCode']).toBe(sale?.code);
    expect(codeOf(await info(till))).toBe('10');
    // 8505 is refused otherwise, whatever is sent.
    const doomed = itemOf(await till.buy(8505, 2, { amountToSendX100: 3_000 }));
    expect(doomed).toMatchObject({ resultcode: '10', extraInfo: { redeemCode: till.simulator.books.honoured[1]?.code } });
    expect(till.simulator.books.refused).toMatchObject([{ code: '10' }, { code: '10' }]);
  });

  it('a forced code refuses a purchase, lets a doomed one succeed, and refuses queries', async () => {
    const till = await openTill();
    const { control, books } = till.simulator;
    control.planFaults({ kind: 'resultCode', code: '13' });
    expect(codeOf(await sell(till, 1))).toBe('13');
    expect(codeOf(await sell(till, 1))).toBe('970');
    expect(sold(till)).toBe(0);
    control.planFaults({ kind: 'resultCode', code: '10', match: { endpoint: 'voucherPurchase' } });
    expect(codeOf(await till.buy(8505, 2, { amountToSendX100: 3_000 }))).toBe('10');
    expect(books.honoured).toHaveLength(1);
    control.planFaults({ kind: 'resultCode', code: '998' });
    expect((await till.get('/external-point-of-sale/by-file/balances')).json).toMatchObject({
      rc: -1,
      items: [{ resultcode: '998' }],
    });
  });
});

describe('late details', () => {
  const ask = (till: Till) =>
    till.get(`/pre-paid/vouchers/additional-data/${terminalId}/8201/${till.simulator.books.honoured[0]?.suppliertoken ?? ''}`);

  it('come after the misses that were ordered, whatever the product does otherwise', async () => {
    const till = await tillWith({ kind: 'lateAdditionalData', misses: 2 });
    expect(itemOf(await sell(till))).toMatchObject({ extraInfo: null, hasAdditionalData: true });
    expect((await ask(till)).status).toBe(404);
    expect((await ask(till)).status).toBe(404);
    expect(itemOf(await ask(till))['redeemCode']).toBe(till.simulator.books.honoured[0]?.code);
  });

  it('come by the token when the receipt has lost its extraInfo', async () => {
    const till = await tillWith({ kind: 'wrongTypes', shape: 'noExtraInfo' });
    const item = itemOf(await till.buy(8404, 1, { amountToSendX100: 1_000 }));
    const [sale] = till.simulator.books.honoured;
    expect(item).toMatchObject({ resultcode: '10', suppliertoken: sale?.suppliertoken, hasAdditionalData: true });
    expect(item).not.toHaveProperty('extraInfo');
    const details = `/pre-paid/vouchers/additional-data/${terminalId}/8404/${sale?.suppliertoken ?? ''}`;
    expect(itemOf(await till.get(details))['redeemCode']).toBe(sale?.code);
  });

  it('can be hidden at the moment of the query', async () => {
    const till = await tillWith(
      { kind: 'lateAdditionalData', misses: 0, match: { endpoint: 'voucherPurchase' } },
      { kind: 'lateAdditionalData', match: { endpoint: 'voucherAdditionalData' }, times: 2 },
    );
    await sell(till);
    expect((await ask(till)).status).toBe(404);
    expect((await ask(till)).status).toBe(404);
    expect((await ask(till)).status).toBe(200);
  });
});

describe('moved prices', () => {
  it('change quotes, catalogue and sales from that call on', async () => {
    const till = await tillWith({
      kind: 'priceMoved',
      factor: '0.9',
      operatorId: 8402,
      match: { nth: 2, endpoint: 'pricesDirect' },
    });
    const quote = async (operatorId: number) =>
      itemOf(await till.get(`/util/prices/direct/${terminalId}/${operatorId}/2000`))['destinationAmountX100'];
    expect(await quote(8402)).toBe(45_000);
    expect(await quote(8402)).toBe(40_500);
    expect(await quote(8402)).toBe(40_500);
    expect(await quote(8401)).toBe(44_000);
    expect(itemOf(await till.buy(8402, 1, { amountToSendX100: 2_000 }))['destinationamount']).toBe(40_500);
    expect((await till.get('/product/portfolio')).text).toContain('"exchangeRate":20.25');
    till.simulator.control.setSwitches({ rateFactors: { '*': '2' } });
    expect(await quote(8401)).toBe(88_000);
  });
});

describe('plan and mix', () => {
  it('matches endpoint, operator and the nth call, in the order of the plan', async () => {
    const till = await tillWith(
      { kind: 'status500Before', match: { endpoint: 'voucherPurchase', operatorId: 8202 } },
      { kind: 'status429', match: { endpoint: 'voucherPurchase', nth: 2 }, times: 2 },
    );
    const statuses: number[] = [];
    for (const reference of [1, 2, 3, 4]) statuses.push((await sell(till, reference)).status);
    expect(statuses).toEqual([200, 429, 429, 200]);
    expect((await till.buy(8202, 5, { amountToSendX100: 500 })).status).toBe(500);
    expect(till.simulator.control.faults).toEqual({ plan: [], mix: [] });
  });

  it('a mix goes on with its probability until it is cleared', async () => {
    const till = await openTill();
    till.simulator.control.mixFaults({ kind: 'status500Before', match: { endpoint: 'ping', probability: 0.5 } });
    const failures = async () => {
      let count = 0;
      for (let call = 0; call < 40; call += 1) if ((await till.get('/ping')).status === 500) count += 1;
      return count;
    };
    const count = await failures();
    expect(count).toBeGreaterThan(8);
    expect(count).toBeLessThan(32);
    till.simulator.control.clearFaults();
    expect(await failures()).toBe(0);
  });

  it('refuses orders that make no sense', async () => {
    const till = await openTill();
    expect(() => till.simulator.control.planFaults({ kind: 'latency', ms: -1 })).toThrow();
    expect(() => till.simulator.control.mixFaults({ kind: 'hang', match: { probability: 2 } })).toThrow();
    expect(till.simulator.control.faults).toEqual({ plan: [], mix: [] });
  });
});
