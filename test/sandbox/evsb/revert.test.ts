// Reverts: what has to match, what stands in the way, and a balance that gets back exactly what the sale took.
import { describe, expect, it } from 'vitest';
import type { FaultOrder } from '../../../src/sandbox/evsb/faults.ts';
import { eventuallyTrue } from '../../eventually.ts';
import { codeOf, itemOf, openTill, terminalId } from './till.ts';
import type { Reply, Till } from './till.ts';

/** Habla Cerca Minutes: may be reverted for a quarter of an hour. */
const MINUTES = 8403;
/** Tumbleweed Toll Pass: as that, with a fee. */
const TOLLS = 8307;
const account = '5350000000';
const soldAt = '2025-01-01T12:00:00';
const sale = {
  amountToSendX100: 500,
  account,
  originalLocalReference: 1,
  originalLocalDate: soldAt,
  localDateTime: '2025-01-01T12:05:00',
};

const sell = (till: Till, operatorId = MINUTES, reference = 1) =>
  till.buy(operatorId, reference, { amountToSendX100: 500, account });
const revert = (till: Till, reference = 2, changes: object = {}, operatorId = MINUTES): Promise<Reply> =>
  till.post(`/util/revert/${terminalId}/${operatorId}/${reference}`, { ...sale, ...changes });
const info = (till: Till, reference: number) => till.get(`/util/transaction/info/${terminalId}/${reference}/20250101`);

const tillWithSale = async (...orders: FaultOrder[]): Promise<Till> => {
  const till = await openTill();
  await sell(till);
  till.simulator.control.planFaults(...orders);
  return till;
};

describe('a revert', () => {
  it('brings back what the sale took, with a receipt of its own', async () => {
    const till = await tillWithSale();
    const { books } = till.simulator;
    expect(books.balanceX100).toBe(100_000 - 500);
    const reply = await revert(till);
    const [reverted] = books.reverted;
    expect(reply.json).toEqual({
      rc: 0,
      items: [
        {
          finalstatus: 20,
          resultcode: '20',
          resultmessage: 'Devolución efectuada',
          supplierreference: reverted?.supplierreference,
          suppliertoken: '',
        },
      ],
    });
    expect(reverted).toEqual({
      terminalId,
      operatorId: MINUTES,
      localReference: 2,
      originalLocalReference: 1,
      amountToSendX100: 500,
      returnedX100: 500,
      supplierreference: expect.stringMatching(/^17\d{11}$/) as unknown,
      at: till.clock.ms,
    });
    expect(books.reverted).toHaveLength(1);
    expect(reverted?.supplierreference).not.toBe(books.honoured[0]?.supplierreference);
    expect(books.balanceX100).toBe(100_000);
  });

  it('brings the fee back with the amount', async () => {
    const till = await openTill();
    await till.buy(TOLLS, 1, { amountToSendX100: 2_000 });
    expect(till.simulator.books.balanceX100).toBe(100_000 - 2_050);
    expect(codeOf(await revert(till, 2, { amountToSendX100: 2_000, account: null }, TOLLS))).toBe('20');
    expect(till.simulator.books).toMatchObject({ balanceX100: 100_000, reverted: [{ returnedX100: 2_050 }] });
  });

  it('works once', async () => {
    const till = await tillWithSale();
    await revert(till, 2);
    expect(codeOf(await revert(till, 3))).toBe('12');
    expect(till.simulator.books.balanceX100).toBe(100_000);
  });

  it('is allowed to the last moment of the window', async () => {
    const till = await openTill();
    await sell(till);
    await sell(till, MINUTES, 10);
    till.clock.ms += 15 * 60_000;
    expect(codeOf(await revert(till, 2))).toBe('20');
    till.clock.ms += 1;
    expect(codeOf(await revert(till, 3, { originalLocalReference: 10 }))).toBe('923');
    expect(till.simulator.books.reverted).toHaveLength(1);
  });

  it('is never allowed for a product without a window', async () => {
    const till = await openTill();
    await till.buy(8201, 1, { amountToSendX100: 2_500 });
    expect(codeOf(await revert(till, 2, { amountToSendX100: 2_500, account: null }, 8201))).toBe('923');
    expect(till.simulator.books.balanceX100).toBe(100_000 - 2_700);
  });

  it('keeps a sale visible, and is not to be found itself unless a switch says so', async () => {
    const till = await tillWithSale();
    await revert(till);
    expect(codeOf(await info(till, 1))).toBe('10');
    expect(codeOf(await info(till, 2))).toBe('900');
    till.simulator.control.setSwitches({ infoReportsFailures: true });
    expect(codeOf(await info(till, 2))).toBe('900');
    till.simulator.control.setSwitches({ infoShowsReverts: true });
    expect(itemOf(await info(till, 2))).toMatchObject({
      resultcode: '20',
      supplierreference: till.simulator.books.reverted[0]?.supplierreference,
    });
    await revert(till, 3);
    expect(codeOf(await info(till, 3))).toBe('12');
  });
});

describe('what has to match', () => {
  it.each([
    ['the reference', { originalLocalReference: 9 }],
    ['the local time, byte for byte', { originalLocalDate: `${soldAt}.000` }],
    ['the account', { account: '5350000001' }],
    ['an account at all', { account: '' }],
    ['the amount', { amountToSendX100: 501 }],
  ])('%s', async (_, changes) => {
    const till = await tillWithSale();
    expect(codeOf(await revert(till, 2, changes))).toBe('900');
    expect(till.simulator.books).toMatchObject({ balanceX100: 99_500, reverted: [] });
  });

  it('the product', async () => {
    const till = await tillWithSale();
    expect(codeOf(await revert(till, 2, {}, TOLLS))).toBe('900');
  });

  it('a sale that was charged', async () => {
    const till = await openTill();
    till.simulator.control.planFaults({ kind: 'resultCode', code: '11' });
    await sell(till);
    expect(codeOf(await revert(till))).toBe('900');
  });

  it('one of two sales with the same values, and then the other', async () => {
    const till = await openTill({ duplicateMode: 'double-sell' });
    await sell(till);
    await sell(till);
    const codes: unknown[] = [];
    for (const reference of [2, 3, 4]) codes.push(codeOf(await revert(till, reference)));
    expect(codes).toEqual(['20', '20', '12']);
    expect(till.simulator.books.balanceX100).toBe(100_000);
  });
});

describe('its reference', () => {
  it('may not be that of a sale, nor that of another revert', async () => {
    const till = await tillWithSale();
    expect(codeOf(await revert(till, 1))).toBe('970');
    expect(till.simulator.books.reverted).toEqual([]);
    expect(codeOf(await revert(till, 2))).toBe('20');
    expect(codeOf(await revert(till, 2))).toBe('970');
    expect(codeOf(await sell(till, MINUTES, 2))).toBe('970');
  });

  it('counts as used when the revert was refused', async () => {
    const till = await tillWithSale();
    expect(codeOf(await revert(till, 2, { originalLocalReference: 9 }))).toBe('900');
    expect(codeOf(await revert(till, 2))).toBe('970');
  });

  it('replays the stored answer where the supplier does so', async () => {
    const till = await tillWithSale();
    till.simulator.control.setSwitches({ duplicateMode: 'replay' });
    const first = await revert(till);
    expect((await revert(till)).json).toEqual(first.json);
    expect(till.simulator.books.reverted).toHaveLength(1);
  });
});

describe('checks of form, which use no reference up', () => {
  it.each([
    ['foreign terminal', `/util/revert/5/${MINUTES}/2`, {}, '517'],
    ['unknown product', `/util/revert/${terminalId}/1/2`, {}, '-1'],
    ...(['amountToSendX100', 'localDateTime', 'originalLocalReference', 'originalLocalDate'] as const).map(
      (name) => [`no ${name}`, `/util/revert/${terminalId}/${MINUTES}/2`, { [name]: null }, '517'] as const,
    ),
    ['unreadable date', `/util/revert/${terminalId}/${MINUTES}/2`, { localDateTime: 'today' }, '925'],
  ] as const)('%s', async (_, path, changes, code) => {
    const till = await tillWithSale();
    expect(codeOf(await till.post(path, { ...sale, ...changes }))).toBe(code);
    expect(codeOf(await revert(till))).toBe('20');
  });

  it('a body of wrong types is refused by the framework, and so is another method', async () => {
    const till = await tillWithSale();
    expect((await revert(till, 2, { amountToSendX100: '500' })).status).toBe(400);
    expect((await till.get(`/util/revert/${terminalId}/${MINUTES}/2`)).status).toBe(405);
    expect((await till.post(`/util/revert/${terminalId}/${MINUTES}/x`, sale)).status).toBe(400);
  });
});

describe('faults', () => {
  const back = (till: Till) => till.simulator.books.reverted.length;

  it.each(['dropBefore', 'status500Before', 'status429', 'burst401'] as const)('%s reverts nothing', async (kind) => {
    const till = await tillWithSale({ kind, times: 1, match: { endpoint: 'revert' } });
    const status = await revert(till).then(
      (reply) => reply.status,
      () => null,
    );
    expect(status).not.toBe(200);
    expect(back(till)).toBe(0);
    expect(codeOf(await revert(till))).toBe('20');
  });

  it.each(['dropAfter', 'cutBody', 'status500After', 'late406', 'html502', 'empty200', 'truncatedJson'] as const)(
    '%s loses the answer, and the money is back',
    async (kind) => {
      const till = await tillWithSale({ kind, match: { endpoint: 'revert' } });
      const reply = await revert(till).catch(() => null);
      expect(reply?.json ?? {}).not.toHaveProperty('rc');
      expect(back(till)).toBe(1);
      expect(till.simulator.books.balanceX100).toBe(100_000);
    },
  );

  it('lying991 and contradiction revert, and say something else', async () => {
    const lying = await tillWithSale({ kind: 'lying991' });
    expect(codeOf(await revert(lying))).toBe('991');
    const contradicting = await tillWithSale({ kind: 'contradiction' });
    expect((await revert(contradicting)).json).toMatchObject({ rc: -1, items: [{ resultcode: '20' }] });
    expect([back(lying), back(contradicting)]).toEqual([1, 1]);
  });

  it('chargedAfter990 reverts later, unless another revert came first', async () => {
    const till = await tillWithSale(
      { kind: 'chargedAfter990', ms: 600_000 },
      { kind: 'chargedAfter990', ms: 200 },
      { kind: 'chargedAfter990', ms: 200 },
    );
    expect(codeOf(await revert(till, 2))).toBe('990');
    expect(back(till)).toBe(0);
    expect(codeOf(await revert(till, 3))).toBe('990');
    expect(codeOf(await revert(till, 4))).toBe('990');
    await eventuallyTrue(() => back(till) === 1);
    await new Promise((resolve) => setTimeout(resolve, 45));
    expect(till.simulator.books).toMatchObject({ balanceX100: 100_000, reverted: [{ localReference: 3 }] });
  });

  it('a forced code refuses it, and can not lift what stands in the way', async () => {
    const till = await tillWithSale({ kind: 'resultCode', code: '16' }, { kind: 'resultCode', code: '20' });
    expect(codeOf(await revert(till, 2))).toBe('16');
    expect(codeOf(await revert(till, 3, { originalLocalReference: 9 }))).toBe('900');
    expect(back(till)).toBe(0);
  });
});
