import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costOf, driftBetween, isExplained, movementOf } from '../../src/domain/balance-drift.ts';
import type { Movement } from '../../src/domain/balance-drift.ts';
import { parseProductId } from '../../src/domain/ids.ts';
import { hundredths, money } from '../../src/domain/money.ts';
import { HOUR, MINUTE, SECOND } from '../../src/domain/time.ts';
import { EUR, USD, after, got, orderId, termsOf } from '../contracts/orders.ts';

const product = got(parseProductId(7_205));
const noFees = new Map();

const taken = (cost: number, given: Partial<Movement> = {}): Movement => ({
  order: 'ORDER',
  product,
  cost: money(cost, USD),
  direction: 'taken',
  sentAt: after(HOUR),
  settledAt: after(HOUR + SECOND),
  ...given,
});

/** Two readings a day apart. */
const between = (opening: number, closing: number) => ({
  opening: { at: after(0), hundredths: hundredths(opening) },
  closing: { at: after(24 * HOUR), hundredths: hundredths(closing) },
});
const drift = (opening: number, closing: number, ...movements: Movement[]) =>
  driftBetween(between(opening, closing), USD, movements, noFees);

describe('costOf', () => {
  it.each([
    ['the amount to be sent, when the purchase named it', { as: 'send', amount: money(2_400, EUR) } as const, 2_400],
    ['the price, when the purchase named what should arrive', { as: 'receive', amount: money(55_000, USD) } as const, 2_500],
  ])('is %s', (_name, sent, expected) => {
    expect(costOf(termsOf(orderId(1), { sent, pay: money(2_500, EUR) }))).toEqual(money(expected, EUR));
  });
});

describe('the drift', () => {
  it.each([
    ['nothing moved', drift(1_000, 1_000), 0, 0],
    ['what was sold was charged', drift(1_000, 700, taken(200), taken(100)), 300, 0],
    ['what was reverted came back', drift(1_000, 900, taken(300), taken(200, { direction: 'returned' })), 100, 0],
    ['the supplier took more', drift(1_000, 650, taken(300)), 300, 50],
    ['there was a top-up', drift(1_000, 5_700, taken(300)), 300, -5_000],
    [
      'a sale of the day before does not count',
      drift(1_000, 1_000, taken(300, { sentAt: after(-HOUR), settledAt: after(-1) })),
      0,
      0,
    ],
    [
      'a sale of the day after does not count',
      drift(1_000, 1_000, taken(300, { sentAt: after(25 * HOUR), settledAt: after(25 * HOUR + 1) })),
      0,
      0,
    ],
  ])('when %s', (_name, balance, expected, drifted) => {
    expect(balance).toMatchObject({ kind: 'computed', expected, drift: drifted, perhaps: [] });
  });

  it('adds up, whatever was sold and given back', () => {
    const movement = fc.record({
      cost: fc.integer({ min: 1, max: 1e6 }),
      direction: fc.constantFrom('taken' as const, 'returned' as const),
    });
    fc.assert(
      fc.property(fc.array(movement), fc.integer({ min: -1e6, max: 1e6 }), (moves, unexplained) => {
        const lost = moves.reduce((sum, { cost, direction }) => sum + (direction === 'taken' ? cost : -cost), unexplained);
        const movements = moves.map(({ cost, direction }) => taken(cost, { direction }));
        expect(drift(0, 0 - lost, ...movements)).toMatchObject({ kind: 'computed', drift: unexplained });
      }),
    );
  });
});

describe('what may explain a drift', () => {
  it.each([
    ['an order whose outcome nobody knows', { settledAt: null }, 0],
    ['one that is unknown since before the opening', { sentAt: after(-HOUR), settledAt: null }, 0],
    ['one that was in flight at the opening', { sentAt: after(-SECOND), settledAt: after(SECOND) }, 0],
    ['one that was in flight at the closing', { sentAt: after(24 * HOUR - SECOND), settledAt: after(25 * HOUR) }, 300],
    ['one that was sent while the closing was read', { sentAt: after(24 * HOUR + MINUTE), settledAt: after(25 * HOUR) }, 0],
  ])('is %s', (_name, given, expected) => {
    expect(drift(1_000, 990, taken(300, given))).toMatchObject({
      kind: 'computed',
      expected,
      perhaps: [{ order: 'ORDER', amount: 300 }],
    });
  });

  it('is nothing where there is nothing to explain', () => {
    expect(drift(1_000, 1_000, taken(300, { settledAt: null }))).toMatchObject({ drift: 0, perhaps: [] });
  });

  it.each([
    ['one that was sent and settled in between', {}],
    ['one that is unknown since after the closing', { sentAt: after(25 * HOUR), settledAt: null }],
  ])('is not %s', (_name, given) => {
    expect(drift(1_000, 990, taken(300, given))).toMatchObject({ kind: 'computed', perhaps: [] });
  });
});

describe('a drift', () => {
  const isMadeOf = (drifted: number, ...amounts: number[]): boolean =>
    isExplained({
      drift: hundredths(drifted),
      perhaps: amounts.map((amount, index) => ({ order: `ORDER${index}`, amount: hundredths(amount) })),
    });

  it.each([
    ['there is none', 0, []],
    ['there is none, whatever was on its way', 0, [300]],
    ['what was on its way was counted too late', 300, [300]],
    ['what was on its way was counted too early', -300, [300]],
    ['two were counted too late', 500, [300, 200]],
    ['one was counted too early and one too late', 100, [300, 200]],
    ['only one of two went astray', -200, [300, 200]],
  ])('is explained when %s', (_name, drifted, amounts) => {
    expect(isMadeOf(drifted, ...amounts)).toBe(true);
  });

  it.each([
    ['nothing was on its way', 300, []],
    ['it is more than was on its way', 301, [300]],
    ['it is less than was on its way', -299, [300]],
    ['what was on its way does not add up to it', 400, [300, 200]],
    ['an order would have to go astray twice', 600, [300]],
  ])('is not explained when %s', (_name, drifted, amounts) => {
    expect(isMadeOf(drifted, ...amounts)).toBe(false);
  });

  it('is explained by anything within reach when more was on its way than can be told apart', () => {
    // No two sums of powers of four are the same.
    const many = Array.from({ length: 14 }, (_, index) => 4 ** index);
    const most = many.reduce((total, amount) => total + amount, 0);
    expect(isMadeOf(most - 2, ...many)).toBe(true);
    expect(isMadeOf(most + 1, ...many)).toBe(false);
    expect(isMadeOf(0 - most - 1, ...many)).toBe(false);
  });

  it('is explained by the sale that was sent while the closing was read, and by no other sum', () => {
    const late = taken(300, { sentAt: after(24 * HOUR + SECOND), settledAt: after(25 * HOUR) });
    const explained = (closing: number): boolean => {
      const balance = drift(1_000, closing, late);
      return balance.kind === 'computed' && isExplained(balance);
    };
    expect(explained(700)).toBe(true);
    expect(explained(690)).toBe(false);
  });
});

describe('the drift is skipped', () => {
  it('when an order was sold in another currency, or may have been', () => {
    const skipped = { kind: 'skipped', why: 'otherCurrency', order: 'ORDER', currency: 'EUR' };
    expect(drift(0, 0, taken(1, { cost: money(1, EUR) }))).toEqual(skipped);
    expect(drift(0, 0, taken(1, { cost: money(1, EUR), settledAt: null }))).toEqual(skipped);
    const yesterday = { sentAt: after(-HOUR), settledAt: after(-1) };
    expect(drift(0, 0, taken(1, { cost: money(1, EUR), ...yesterday }))).toMatchObject({ kind: 'computed' });
  });

  it('when a product is listed with a fee', () => {
    const listed = (fee: number) => driftBetween(between(9, 8), USD, [taken(1)], new Map([[product, fee]]));
    expect(listed(50)).toEqual({ kind: 'skipped', why: 'feeOfUnknownUnit', order: 'ORDER', product });
    expect(listed(0)).toMatchObject({ kind: 'computed', drift: 0 });
  });
});

describe('a movement', () => {
  const sale = { order: 'ORDER', product, cost: money(5, USD), sentAt: after(0) };
  it.each([
    [
      { of: 'sale', says: { kind: 'charged', supplierReference: null }, settledAt: after(1) } as const,
      { direction: 'taken', settledAt: after(1) },
    ],
    [
      { of: 'sale', says: { kind: 'reverted', supplierReference: null }, settledAt: after(1) } as const,
      { direction: 'taken', settledAt: after(1) },
    ],
    [{ of: 'sale', says: { kind: 'open' }, settledAt: null } as const, { direction: 'taken', settledAt: null }],
    [{ of: 'revert', says: 'reverted', settledAt: after(1) } as const, { direction: 'returned', settledAt: after(1) }],
    [{ of: 'revert', says: 'open', settledAt: null } as const, { direction: 'returned', settledAt: null }],
  ])('%j moves money', (standing, expected) => {
    expect(movementOf(standing, sale)).toEqual({ ...sale, ...expected });
  });

  it.each([
    [{ of: 'sale', says: { kind: 'rejected', resultCode: null }, settledAt: after(1) } as const],
    [{ of: 'sale', says: { kind: 'unclear' }, settledAt: null } as const],
    [{ of: 'revert', says: 'refused', settledAt: after(1) } as const],
  ])('%j moves none', (standing) => {
    expect(movementOf(standing, sale)).toBeNull();
  });
});
