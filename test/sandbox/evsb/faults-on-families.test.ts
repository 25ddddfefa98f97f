// Faults on the sales of every family: the same rules as for vouchers, against the same books.
import { describe, expect, it } from 'vitest';
import type { Family } from '../../../src/sandbox/evsb/catalogue/product.ts';
import type { EndpointName } from '../../../src/sandbox/evsb/endpoints.ts';
import { eventuallyTrue } from '../../eventually.ts';
import { askInvoices, buyAs, codeOf, info, itemOf, openTill, pairsOf, sold, terminalId } from './till.ts';
import type { Reply, Till } from './till.ts';

const phone = '5512345020';

type Case = { family: Family; endpoint: EndpointName; operatorId: number; body: object; chargedX100: number };

const cases: readonly Case[] = [
  {
    family: 'recharge',
    endpoint: 'rechargePurchase',
    operatorId: 8612,
    body: { amountToSendX100: 1_000, account: '5351234000' },
    chargedX100: 1_000,
  },
  {
    family: 'supermarket',
    endpoint: 'supermarketPurchase',
    operatorId: 8701,
    body: { amountToSendX100: 5_000, documentNumber: 'X1' },
    chargedX100: 5_400,
  },
  {
    family: 'bill',
    endpoint: 'billPayment',
    operatorId: 8803,
    body: { amountToSendX100: 80_920, additionalData: pairsOf({ phone, transaction_code: `GR-${phone}` }) },
    chargedX100: 4_653,
  },
];

const buy = (till: Till, { family, operatorId, body }: Case, reference = 1): Promise<Reply> =>
  buyAs(till, family, operatorId, reference, body);

describe.each(cases)('$family', (each) => {
  const { endpoint, chargedX100 } = each;
  const spent = (till: Till): number => 100_000 - till.simulator.books.balanceX100;

  it('enters its sale in the books under its own address', async () => {
    const till = await openTill();
    expect(codeOf(await buy(till, each))).toBe('10');
    expect(till.simulator.books).toMatchObject({
      honoured: [{ family: each.family, operatorId: each.operatorId, localReference: 1, chargedX100 }],
      requests: [{ endpoint, status: 200, fault: null }],
    });
    expect(spent(till)).toBe(chargedX100);
    expect(codeOf(await info(till))).toBe('10');
  });

  it.each(['dropBefore', 'status500Before', 'status429', 'burst401'] as const)('%s sells nothing', async (kind) => {
    const till = await openTill();
    till.simulator.control.planFaults({ kind, times: 1, match: { endpoint } });
    const reply = await buy(till, each).catch(() => null);
    expect(reply?.json ?? {}).not.toHaveProperty('rc');
    expect([sold(till), spent(till)]).toEqual([0, 0]);
    expect(codeOf(await buy(till, each))).toBe('10');
  });

  it.each(['dropAfter', 'cutBody', 'status500After', 'late406', 'html502', 'empty200', 'truncatedJson'] as const)(
    '%s loses the answer of a sale that stands',
    async (kind) => {
      const till = await openTill();
      till.simulator.control.planFaults({ kind, match: { endpoint } });
      const reply = await buy(till, each).catch(() => null);
      expect(reply?.json ?? {}).not.toHaveProperty('rc');
      expect([sold(till), spent(till)]).toEqual([1, chargedX100]);
      expect(codeOf(await buy(till, each))).toBe('970');
      expect(codeOf(await info(till))).toBe('10');
    },
  );

  it('lying991 and contradiction sell, and say something else', async () => {
    const lying = await openTill();
    lying.simulator.control.planFaults({ kind: 'lying991' });
    expect(codeOf(await buy(lying, each))).toBe('991');
    const contradicting = await openTill();
    contradicting.simulator.control.planFaults({ kind: 'contradiction' });
    expect((await buy(contradicting, each)).json).toMatchObject({
      rc: -1,
      items: [{ resultcode: '10', supplierreference: contradicting.simulator.books.honoured[0]?.supplierreference }],
    });
    expect([spent(lying), spent(contradicting)]).toEqual([chargedX100, chargedX100]);
  });

  it('chargedAfter990 sells later', async () => {
    const till = await openTill();
    till.simulator.control.planFaults({ kind: 'chargedAfter990', ms: 300 });
    expect(codeOf(await buy(till, each))).toBe('990');
    expect(spent(till)).toBe(0);
    await eventuallyTrue(() => sold(till) === 1);
    expect(spent(till)).toBe(chargedX100);
    expect(codeOf(await info(till))).toBe('10');
  });

  it('a forced code refuses it, uses its reference up, and is what the look-up tells if it tells', async () => {
    const till = await openTill({ infoReportsFailures: true });
    till.simulator.control.planFaults({ kind: 'resultCode', code: '16', match: { endpoint } });
    expect(codeOf(await buy(till, each))).toBe('16');
    expect(codeOf(await buy(till, each))).toBe('970');
    expect(codeOf(await info(till))).toBe('16');
    expect(spent(till)).toBe(0);
  });

  it('wrongTypes writes a number for the code', async () => {
    const till = await openTill();
    till.simulator.control.planFaults({ kind: 'wrongTypes', match: { endpoint } });
    expect(itemOf(await buy(till, each))['resultcode']).toBe(10);
    expect(sold(till)).toBe(1);
  });

  it('lateAdditionalData does not concern it', async () => {
    const till = await openTill();
    till.simulator.control.planFaults({ kind: 'lateAdditionalData' });
    expect(itemOf(await buy(till, each))).not.toHaveProperty('hasAdditionalData');
    expect(till.simulator.control.faults.plan).toHaveLength(1);
  });

  it('a reference that was used for a voucher is used for it too', async () => {
    const till = await openTill();
    await till.buy(8201, 1, { amountToSendX100: 2_500 });
    expect(codeOf(await buy(till, each))).toBe('970');
    expect(codeOf(await buy(till, each, 2))).toBe('10');
  });
});

describe('queries that answer at the root', () => {
  const queries: [endpoint: EndpointName, ask: (till: Till) => Promise<Reply>][] = [
    ['rechargeParameters', (till) => till.get(`/pre-paid/recharge/parameters/${terminalId}/8612`)],
    ['billParameters', (till) => till.get(`/post-paid/bill-payment/parameters/${terminalId}/8803`)],
    ['billInvoices', (till) => askInvoices(till, 8803, { phone })],
  ];

  it.each(queries)('%s fails there, is garbled there, and meets no fault of money', async (endpoint, ask) => {
    const till = await openTill();
    till.simulator.control.planFaults(
      { kind: 'lying991' },
      { kind: 'resultCode', code: '998', match: { endpoint } },
      { kind: 'wrongTypes', shape: 'garbled', match: { endpoint } },
    );
    expect((await ask(till)).json).toEqual({ rc: -1, message: 'Error desconocido' });
    expect((await ask(till)).json).toMatchObject({ rc: 0, message: ['OK'] });
    expect((await ask(till)).json).toMatchObject({ rc: 0, message: 'OK' });
    expect(till.simulator.control.faults.plan).toMatchObject([{ kind: 'lying991' }]);
  });

  it('rechargeProducts fails with a receipt', async () => {
    const till = await openTill();
    till.simulator.control.planFaults({ kind: 'resultCode', code: '998' });
    expect(codeOf(await till.get(`/pre-paid/recharge/products/${terminalId}/8613/5351234000`))).toBe('998');
  });
});
