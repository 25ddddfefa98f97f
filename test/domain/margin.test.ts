// Prices with the shop's margin: which rule counts, what it comes to, and that no rounding ever sells below cost.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BuyerRole } from '../../src/domain/buyer-role.ts';
import { isMarkedUp, parsePercent, priceOf } from '../../src/domain/margin.ts';
import type { BasisPoints, MarginRule } from '../../src/domain/margin.ts';
import { MAX_HUNDREDTHS, money } from '../../src/domain/money.ts';
import { EUR, cents, productId } from './sample-catalog.ts';

const percent = (text: string): BasisPoints => {
  const parsed = parsePercent(text, 1_000);
  if (!parsed.ok) throw new Error(`not a percentage: ${text}`);
  return parsed.value;
};

type Parts = { readonly percent?: string; readonly fixed?: number; readonly roundUpTo?: number; readonly commission?: string };
type Scope = { readonly product?: number; readonly country?: number; readonly role?: BuyerRole };

const rule = ({ product, country, role, ...parts }: Parts & Scope): MarginRule => ({
  product: product === undefined ? null : productId(product),
  country: country ?? null,
  role: role ?? null,
  percent: percent(parts.percent ?? '0'),
  fixed: cents(parts.fixed ?? 0),
  roundUpTo: parts.roundUpTo === undefined ? null : cents(parts.roundUpTo),
  commission: percent(parts.commission ?? '0'),
});

const sale = { product: productId(8101), country: 192, role: 'agent' } as const;
const priced = (rules: readonly MarginRule[], cost: number, role: BuyerRole = 'agent') => {
  const { price, commission } = priceOf(rules, { ...sale, role }, money(cost, EUR));
  expect([price.currency, commission.currency]).toEqual([EUR, EUR]);
  return [price.hundredths, commission.hundredths];
};

describe('a product', () => {
  const { product, country } = sale;
  it.each<[string, readonly MarginRule[], boolean]>([
    ['without a rule', [], false],
    ['with a commission alone', [rule({ role: 'agent', commission: '5' })], false],
    ['with a percentage', [rule({ percent: '0.01' })], true],
    ['with a fixed amount', [rule({ fixed: 1 })], true],
    ['whose price is rounded', [rule({ roundUpTo: 10 })], true],
    ['that only customers pay more for', [rule({ role: 'customer', percent: '5' })], true],
    ['that only agents pay more for', [rule({ role: 'agent', percent: '5' })], true],
    ['of another country than the rule', [rule({ country: 484, percent: '5' })], false],
    ['with a rule of its own that adds nothing', [rule({ percent: '5' }), rule({ product: 8101 })], false],
  ])('%s is marked up: %s', (_which, rules, expected) => {
    expect(isMarkedUp(rules, { product, country })).toBe(expected);
  });
});

describe('parsePercent', () => {
  it.each([
    ['0', 0],
    ['5.5', 550],
    ['5.05', 505],
    ['12', 1_200],
    ['100.00', 10_000],
  ])('reads %s as %d hundredths of a percent', (text, expected) => {
    expect(parsePercent(text, 100)).toEqual({ ok: true, value: expected });
  });

  it.each(['', '.5', '5.', '5.555', '-1', '+1', '1e1', '5,5', '5 %', '05', '100.01', '101', '٥'])('refuses %j', (text) => {
    expect(parsePercent(text, 100)).toEqual({ ok: false, error: 'notAPercent' });
  });
});

describe('the price', () => {
  it.each<[string, number, Parts | null, number, number]>([
    ['is the cost where no rule fits', 1_000, null, 1_000, 0],
    ['is the cost where the rule adds nothing', 1_000, {}, 1_000, 0],
    ['has a percentage of the cost', 1_000, { percent: '5.5' }, 1_055, 0],
    ['has a percentage that is rounded up', 333, { percent: '10' }, 367, 0],
    ['has a percentage of at least a hundredth', 1, { percent: '0.01' }, 2, 0],
    ['has a fixed part behind the percentage', 1_000, { percent: '10', fixed: 50 }, 1_150, 0],
    ['is rounded up to a multiple', 1_001, { roundUpTo: 10 }, 1_010, 0],
    ['stays where it is a multiple already', 1_010, { roundUpTo: 10 }, 1_010, 0],
    ['has all parts, the multiple last', 1_000, { percent: '5.5', fixed: 50, roundUpTo: 10 }, 1_110, 0],
    ['gives a commission of the price, not of the cost', 1_000, { percent: '10', commission: '10' }, 1_100, 110],
    ['gives a commission that is rounded down', 999, { commission: '2.5' }, 999, 24],
    ['may be given away whole', 999, { commission: '100' }, 999, 999],
    ['of nothing is nothing', 0, { percent: '1000', commission: '100' }, 0, 0],
    ['is exact where floats are not', 115, { percent: '100' }, 230, 0],
    ['is exact for the largest amounts', MAX_HUNDREDTHS, { percent: '1000' }, 11 * MAX_HUNDREDTHS, 0],
  ])('%s', (_what, cost, parts, price, commission) => {
    expect(priced(parts === null ? [] : [rule(parts)], cost)).toEqual([price, commission]);
  });

  it('gives customers no commission', () => {
    expect(priced([rule({ commission: '50' })], 1_000, 'customer')).toEqual([1_000, 0]);
  });
});

describe('the rule that counts', () => {
  const scopes: readonly Scope[] = [
    { product: 8101, role: 'agent' },
    { product: 8101 },
    { country: 192, role: 'agent' },
    { country: 192 },
    { role: 'agent' },
    {},
  ];
  /** Each adds another amount, by which it is known. */
  const rules = scopes.map((scope, index) => rule({ ...scope, fixed: index + 1 }));
  const counting = (of: readonly MarginRule[]) => (priced(of, 100)[0] ?? 0) - 100;

  it.each(scopes.map((scope, index) => [scope, index] as const))('is %o where no more specific one fits', (_scope, index) => {
    expect(counting(rules.slice(index))).toBe(index + 1);
    expect(counting(rules.slice(index).toReversed())).toBe(index + 1);
  });

  it.each<[Scope]>([[{ product: 8102 }], [{ country: 724 }], [{ role: 'customer' }], [{ product: 8101, country: 724 }]])(
    'is none of another sale: %o',
    (scope) => {
      expect(counting([rule({ ...scope, fixed: 7 })])).toBe(0);
    },
  );

  it.each(scopes)('is the later of two equally specific ones: %o', (scope) => {
    expect(counting([rule({ ...scope, fixed: 8 }), rule({ ...scope, fixed: 9 })])).toBe(9);
  });

  it('counts alone: nothing is taken from the others', () => {
    const whole = rule({ percent: '50', fixed: 100, roundUpTo: 1_000, commission: '5' });
    expect(priced([whole, rule({ product: 8101, percent: '10' })], 1_234)).toEqual([1_358, 0]);
  });
});

describe('whatever the rules and the cost', () => {
  const basisPoints = (most: number) => fc.integer({ min: 0, max: most }).map((value) => value as BasisPoints);
  const rules = fc.record({
    product: fc.option(fc.constantFrom(productId(8101), productId(8102))),
    country: fc.option(fc.constantFrom(192, 724)),
    role: fc.option(fc.constantFrom('customer' as const, 'agent' as const)),
    percent: basisPoints(100_000),
    fixed: fc.nat(100_000).map(cents),
    roundUpTo: fc.option(fc.integer({ min: 1, max: 10_000 }).map(cents)),
    commission: basisPoints(10_000),
  });
  const cost = fc.nat(MAX_HUNDREDTHS);

  it('nothing is sold below cost, and no commission is more than the price or below zero', () => {
    fc.assert(
      fc.property(fc.array(rules, { maxLength: 8 }), cost, fc.constantFrom('customer', 'agent'), (list, paid, role) => {
        const [price = NaN, commission = NaN] = priced(list, paid, role);
        expect(price).toBeGreaterThanOrEqual(paid);
        expect(commission).toBeGreaterThanOrEqual(0);
        expect(commission).toBeLessThanOrEqual(role === 'agent' ? price : 0);
      }),
    );
  });

  it('the price is the least that the rule allows, and a multiple of what it rounds to', () => {
    fc.assert(
      fc.property(rules, cost, ({ roundUpTo, ...parts }, paid) => {
        const everywhere = { ...parts, product: null, country: null, role: null };
        const [plain = NaN] = priced([{ ...everywhere, roundUpTo: null }], paid);
        const exact = (plain - parts.fixed - paid) * 10_000 - paid * parts.percent;
        if (Number.isSafeInteger(paid * parts.percent)) expect(exact >= 0 && exact < 10_000).toBe(true);
        const [price = NaN] = priced([{ ...everywhere, roundUpTo }], paid);
        expect(price % (roundUpTo ?? 1)).toBe(0);
        expect(price - plain).toBeGreaterThanOrEqual(0);
        expect(price - plain).toBeLessThan(roundUpTo ?? 1);
      }),
    );
  });

  it('who pays more is never charged less', () => {
    fc.assert(
      fc.property(fc.array(rules, { maxLength: 5 }), cost, cost, (list, a, b) => {
        const [low = NaN] = priced(list, Math.min(a, b));
        const [high = NaN] = priced(list, Math.max(a, b));
        expect(low).toBeLessThanOrEqual(high);
      }),
    );
  });
});
