// Where code and details appear: at once, later, never, or in the token; and when a sale can be looked up.
import { describe, expect, it } from 'vitest';
import { codeOf, itemOf, openTill, terminalId } from './till.ts';
import type { Till } from './till.ts';

const account = '600000000';

const buyDummy = async (till: Till, operatorId: number, reference: number) =>
  itemOf(await till.buy(operatorId, reference, { amountToSendX100: 500, account }));

const askDetails = (till: Till, operatorId: number, token: unknown) =>
  till.get(`/pre-paid/vouchers/additional-data/${terminalId}/${operatorId}/${encodeURIComponent(String(token))}`);

const askStatuses = async (till: Till, operatorId: number, token: unknown, times: number): Promise<number[]> => {
  const statuses: number[] = [];
  while (statuses.length < times) statuses.push((await askDetails(till, operatorId, token)).status);
  return statuses;
};

const lastSale = (till: Till) => till.simulator.books.honoured.at(-1);

describe('dummies', () => {
  it('9991 gives PIN and details at once, and nothing more later', async () => {
    const till = await openTill();
    const item = await buyDummy(till, 9991, 1);
    expect(item).toMatchObject({
      hasAdditionalData: false,
      extraInfo: { redeemCode: item['suppliertoken'], redeemAccount: account },
    });
    expect(item['suppliertoken']).toMatch(/^\d{16}$/);
    expect((await askDetails(till, 9991, item['suppliertoken'])).status).toBe(404);
  });

  it('9995 gives the PIN at once and the details on request', async () => {
    const till = await openTill();
    const item = await buyDummy(till, 9995, 1);
    expect(item).toMatchObject({ hasAdditionalData: true, extraInfo: null, suppliertoken: lastSale(till)?.code });
    expect(itemOf(await askDetails(till, 9995, item['suppliertoken']))['redeemCode']).toBe(item['suppliertoken']);
  });

  it('9994 takes the branch that is forced', async () => {
    const till = await openTill({ drawnBranch: 'immediate' });
    expect(await buyDummy(till, 9994, 1)).toMatchObject({
      hasAdditionalData: false,
      extraInfo: { redeemCode: lastSale(till)?.code },
    });
    till.simulator.control.setSwitches({ drawnBranch: 'deferred', drawnMisses: 1 });
    const late = await buyDummy(till, 9994, 2);
    expect(late).toMatchObject({ hasAdditionalData: true, extraInfo: null });
    expect((await askDetails(till, 9994, late['suppliertoken'])).status).toBe(404);
    expect(itemOf(await askDetails(till, 9994, late['suppliertoken']))['redeemCode']).toBe(lastSale(till)?.code);
    till.simulator.control.setSwitches({ drawnMisses: 'never' });
    const never = await buyDummy(till, 9994, 3);
    expect(await askStatuses(till, 9994, never['suppliertoken'], 4)).toEqual([404, 404, 404, 404]);
  });

  it('9994 draws branches and misses, the same with the same seed', async () => {
    const draw = async (seed: number, sales: number) => {
      const till = await openTill({ seed });
      const outcomes: string[] = [];
      for (let reference = 1; reference <= sales; reference += 1) {
        const item = await buyDummy(till, 9994, reference);
        const first = await askDetails(till, 9994, item['suppliertoken']);
        const second = await askDetails(till, 9994, item['suppliertoken']);
        outcomes.push(`${String(item['hasAdditionalData'])} ${first.status} ${second.status}`);
      }
      return outcomes;
    };
    const outcomes = await draw(42, 60);
    const count = (outcome: string) => outcomes.filter((each) => each === outcome).length;
    expect(new Set(outcomes)).toEqual(new Set(['false 404 404', 'true 200 200', 'true 404 200', 'true 404 404']));
    expect(count('false 404 404')).toBeGreaterThan(20);
    expect(count('false 404 404')).toBeLessThan(40);
    expect(count('true 404 404')).toBeLessThan(count('true 200 200'));
    expect(await draw(42, 15)).toEqual(outcomes.slice(0, 15));
    expect(await draw(43, 15)).not.toEqual(outcomes.slice(0, 15));
  });
});

describe('real products', () => {
  it.each([
    [8203, 1_000, 0],
    [8105, 15_000, 1],
    [8205, 599, 2],
  ])('%i tells its details after some misses', async (operatorId, amountToSendX100, misses) => {
    const till = await openTill();
    const item = itemOf(await till.buy(operatorId, 1, { amountToSendX100 }));
    expect(item).toMatchObject({ extraInfo: null, hasAdditionalData: true });
    expect(item['suppliertoken']).not.toBe(lastSale(till)?.code);
    expect(await askStatuses(till, operatorId, item['suppliertoken'], misses)).toEqual(Array<number>(misses).fill(404));
    expect(itemOf(await askDetails(till, operatorId, item['suppliertoken']))['redeemCode']).toBe(lastSale(till)?.code);
  });

  it('8305 gives a PIN and no details at all', async () => {
    const till = await openTill();
    expect(itemOf(await till.buy(8305, 1, { amountToSendX100: 1_099 }))).toMatchObject({
      extraInfo: null,
      hasAdditionalData: false,
      suppliertoken: lastSale(till)?.code,
    });
  });

  it('keep their details from other products and for unknown tokens', async () => {
    const till = await openTill();
    const item = itemOf(await till.buy(8203, 1, { amountToSendX100: 1_000 }));
    expect((await askDetails(till, 8101, item['suppliertoken'])).status).toBe(404);
    expect((await askDetails(till, 8203, 'T-NONE')).status).toBe(404);
    expect((await askDetails(till, 8203, item['suppliertoken'])).status).toBe(200);
  });

  it('miss as often as the switch adds', async () => {
    const till = await openTill({ additionalDataMisses: 'never' });
    const item = itemOf(await till.buy(8203, 1, { amountToSendX100: 1_000 }));
    expect(await askStatuses(till, 8203, item['suppliertoken'], 4)).toEqual([404, 404, 404, 404]);
  });
});

describe('transaction info', () => {
  const info = (till: Till, reference: number, day: string) =>
    till.get(`/util/transaction/info/${terminalId}/${reference}/${day}`);
  const unknown = { rc: -1, items: [{ finalstatus: 0, resultcode: '900', resultmessage: 'Invalid parameters' }] };

  it('does not know a sale until the delay is over', async () => {
    const till = await openTill({ infoDelayMs: 60_000 });
    await till.buy(8201, 1, { amountToSendX100: 2_500 });
    till.clock.ms += 59_999;
    expect((await info(till, 1, '20250101')).json).toEqual(unknown);
    till.clock.ms += 1;
    expect((await info(till, 1, '20250101')).json).toEqual({
      rc: 0,
      items: [
        {
          finalstatus: 10,
          resultcode: '10',
          resultmessage: 'Operación efectuada correctamente',
          supplierreference: lastSale(till)?.supplierreference,
        },
      ],
    });
  });

  it('never knows other days, other spellings of the day, other references', async () => {
    const till = await openTill();
    await till.buy(8201, 1, { amountToSendX100: 2_500 });
    for (const day of ['20250102', '01012025', '2025-01-01']) expect((await info(till, 1, day)).json).toEqual(unknown);
    expect((await info(till, 2, '20250101')).json).toEqual(unknown);
    expect((await info(till, 1, '20250101')).json).not.toEqual(unknown);
  });

  it('counts days by the calendar that is switched on', async () => {
    const till = await openTill({ infoCalendar: 'utc' });
    await till.buy(8201, 1, { amountToSendX100: 2_500, localDateTime: '2024-12-31T23:30:00' });
    expect(codeOf(await info(till, 1, '20241231'))).toBe('900');
    expect(codeOf(await info(till, 1, '20250101'))).toBe('10');
  });

  it('hides failed sales, or tells their code when it is told to', async () => {
    const till = await openTill();
    await till.buy(9991, 1, { amountToSendX100: 500, account: '600000001' });
    expect((await info(till, 1, '20250101')).json).toEqual(unknown);
    till.simulator.control.setSwitches({ infoReportsFailures: true });
    expect((await info(till, 1, '20250101')).json).toMatchObject({ rc: 0, items: [{ resultcode: '971', finalstatus: -1 }] });
  });
});
