// Price arithmetic: exact, monotone, and the two directions never promise more than the other.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convertDown, convertUp, isSellable, parseRate, quoteDirect, quoteReverse } from '../../../src/sandbox/evsb/prices.ts';
import type { Amounts } from '../../../src/sandbox/evsb/prices.ts';
import { itemOf, openTill, terminalId } from './till.ts';

const rate = fc
  .tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 9999 }))
  .map(([whole, decimals]) => parseRate(`${whole}.${String(decimals).padStart(4, '0')}`));
const listAmounts = fc.uniqueArray(fc.integer({ min: 1, max: 500_000 }), { minLength: 1, maxLength: 12 }).map((list): Amounts => {
  return { type: 'by_list', list };
});
const rangeAmounts = fc
  .tuple(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 1, max: 700 }))
  .map(([from, width, step]): Amounts => ({ type: 'by_range', from, to: from + width, step }));
const amounts = fc.oneof(listAmounts, rangeAmounts);

/** Some amount that is on sale. */
const sellable = amounts.chain((rule) => {
  const value =
    rule.type === 'by_range'
      ? fc.integer({ min: 0, max: Math.floor((rule.to - rule.from) / rule.step) }).map((steps) => rule.from + steps * rule.step)
      : fc.constantFrom(...rule.list);
  return value.map((sendX100) => ({ rule, sendX100 }));
});

describe('arithmetic', () => {
  it('does not lose the hundredth that floats lose', () => {
    expect(convertDown(30, parseRate('16.9'))).toBe(507);
    expect(Math.floor(30 * 16.9)).toBe(506);
  });

  it.each(['', '-1', '1,5', '1.', '.5', '1e3', '0', '0.00', 'abc'])('refuses the rate "%s"', (text) => {
    expect(() => parseRate(text)).toThrow();
  });

  it('rounds up only what it charges', () => {
    expect(convertUp(10, parseRate('0.0575'))).toBe(1);
    expect(convertUp(2000, parseRate('0.0575'))).toBe(115);
    expect(convertDown(10, parseRate('0.0575'))).toBe(0);
  });
});

describe('properties', () => {
  it('direct(reverse(y)) is at least y, and reverse tells the same', () => {
    fc.assert(
      fc.property(amounts, rate, fc.integer({ min: 1, max: 10_000_000 }), (rule, factor, wanted) => {
        const reverse = quoteReverse(rule, factor, wanted);
        fc.pre(reverse !== null);
        const direct = quoteDirect(rule, factor, reverse.sendX100);
        expect(direct).toEqual(reverse);
        expect(reverse.destinationX100).toBeGreaterThanOrEqual(wanted);
      }),
    );
  });

  it('reverse(direct(x)) is at most x for every x on sale that arrives as something', () => {
    fc.assert(
      fc.property(sellable, rate, ({ rule, sendX100 }, factor) => {
        const direct = quoteDirect(rule, factor, sendX100);
        fc.pre(direct !== null && direct.destinationX100 > 0);
        const reverse = quoteReverse(rule, factor, direct.destinationX100);
        expect(reverse?.sendX100).toBeLessThanOrEqual(sendX100);
      }),
    );
  });

  it('reverse gives the smallest amount on sale that is enough', () => {
    fc.assert(
      fc.property(sellable, rate, fc.integer({ min: 1, max: 10_000_000 }), ({ rule, sendX100 }, factor, wanted) => {
        const reverse = quoteReverse(rule, factor, wanted);
        const isEnough = convertDown(sendX100, factor) >= wanted;
        expect(isEnough ? reverse !== null && reverse.sendX100 <= sendX100 : true).toBe(true);
        expect(reverse === null || isSellable(rule, reverse.sendX100)).toBe(true);
      }),
    );
  });
});

describe('range', () => {
  const rule: Amounts = { type: 'by_range', from: 1_100, to: 5_500, step: 100 };
  it.each([
    [1, 1_100],
    [24_200, 1_100],
    [24_201, 1_200],
    [121_000, 5_500],
    [121_001, null],
    [0, null],
    [-5, null],
  ])('reverse of %i at 22 is %s', (wanted, expected) => {
    expect(quoteReverse(rule, parseRate('22'), wanted)?.sendX100 ?? null).toBe(expected);
  });

  it.each([
    [1_099, false],
    [1_100, true],
    [1_150, false],
    [5_500, true],
    [5_600, false],
  ])('%i is on sale: %s', (sendX100, expected) => {
    expect(isSellable(rule, sendX100)).toBe(expected);
  });
});

describe('price endpoints', () => {
  it('answer the same quote both ways', async () => {
    const till = await openTill();
    const quote = {
      amountToSendX100: 2_230,
      destinationAmountX100: 50_175,
      destinationCurrency: 'CUP',
      serviceFeeX100: 0,
      totalAmountX100: 2_230,
    };
    expect((await till.get(`/util/prices/reverse/${terminalId}/8402/50000`)).json).toEqual({ rc: 0, items: [quote] });
    expect((await till.get(`/util/prices/direct/${terminalId}/8402/2230`)).json).toEqual({ rc: 0, items: [quote] });
  });

  it('add the service fee to the total', async () => {
    const till = await openTill();
    const reply = await till.get(`/util/prices/direct/${terminalId}/8307/2000`);
    expect(itemOf(reply)).toMatchObject({ amountToSendX100: 2_000, serviceFeeX100: 50, totalAmountX100: 2_050 });
  });

  it.each([
    ['direct', 8402, 2_231, '927'],
    ['direct', 8101, 12_345, '927'],
    ['reverse', 8402, 9_999_999, '927'],
    ['reverse', 8303, 1_500, '927'],
    ['direct', 8107, 25_000, '-1'],
    ['direct', 1, 100, '-1'],
  ])('%s of %i for %i is refused with %s', async (direction, operatorId, amount, code) => {
    const till = await openTill();
    const reply = await till.get(`/util/prices/${direction}/${terminalId}/${operatorId}/${amount}`);
    expect(reply).toMatchObject({ status: 200, json: { rc: -1, items: [{ resultcode: code }] } });
  });

  it('can be missing', async () => {
    const till = await openTill({ priceEndpoints: 'missing404' });
    const path = `/util/prices/direct/${terminalId}/8402/2000`;
    expect((await till.get(path)).status).toBe(404);
    till.simulator.control.setSwitches({ priceEndpoints: 'missing500' });
    expect((await till.get(path)).status).toBe(500);
  });
});
