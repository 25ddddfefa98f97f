// Limits of a day: whose rule counts, up to where one may buy, and what is left.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BuyerRole } from '../../src/domain/buyer-role.ts';
import { checkDailyLimit, limitDayAt, limitsFor } from '../../src/domain/daily-limit.ts';
import type { DailyLimit, LimitRule } from '../../src/domain/daily-limit.ts';
import type { CustomerId } from '../../src/domain/ids.ts';
import { money } from '../../src/domain/money.ts';
import { instant } from '../../src/domain/time.ts';
import { EUR, USD } from './sample-catalog.ts';

const ANA = 1001 as CustomerId;
const BEN = 1002 as CustomerId;

const limitOf = (count: number | null, ...amounts: DailyLimit['amounts']): DailyLimit => ({ count, amounts });
const rule = (customer: CustomerId | null, role: BuyerRole | null, count: number): LimitRule => ({
  customer,
  role,
  perDay: limitOf(count),
});

describe('the limit that counts', () => {
  const rules = [rule(ANA, 'agent', 1), rule(ANA, null, 2), rule(null, 'agent', 3), rule(null, null, 4)];
  const countFor = (of: readonly LimitRule[], customer: CustomerId, role: BuyerRole) => limitsFor(of, { customer, role }).count;

  it.each([
    [ANA, 'agent', 1],
    [ANA, 'customer', 2],
    [BEN, 'agent', 3],
    [BEN, 'customer', 4],
  ] as const)('of %d as %s is that of rule %d, whatever the order', (customer, role, expected) => {
    expect(countFor(rules, customer, role)).toBe(expected);
    expect(countFor(rules.toReversed(), customer, role)).toBe(expected);
  });

  it('is that of the customer rather than that of the role', () => {
    expect(countFor(rules.slice(1), ANA, 'agent')).toBe(2);
    expect(countFor(rules.slice(1).toReversed(), ANA, 'agent')).toBe(2);
  });

  it('is the later of two equally specific ones, whole', () => {
    const first: LimitRule = { customer: ANA, role: null, perDay: limitOf(1, money(100, EUR)) };
    const second: LimitRule = { customer: ANA, role: null, perDay: limitOf(5) };
    expect(limitsFor([first, second], { customer: ANA, role: 'agent' })).toEqual(limitOf(5));
  });

  it.each<[string, readonly LimitRule[]]>([
    ['without rules', []],
    ['with rules of others', [rule(BEN, null, 0), rule(null, 'customer', 0)]],
  ])('is none %s', (_what, others) => {
    expect(limitsFor(others, { customer: ANA, role: 'agent' })).toEqual(limitOf(null));
  });
});

describe('one more purchase', () => {
  const limit = limitOf(3, money(10_000, EUR));
  const tooMuch = (left: number) => ({
    ok: false,
    error: { kind: 'tooMuch', most: money(10_000, EUR), left: money(left, EUR) },
  });
  const fine = { ok: true, value: null };

  it.each<[string, DailyLimit, number, DailyLimit['amounts'], number, object]>([
    ['is fine below both limits', limit, 2, [money(5_000, EUR)], 4_999, fine],
    ['is fine up to the last hundredth', limit, 2, [money(5_000, EUR)], 5_000, fine],
    ['is too much a hundredth later', limit, 2, [money(5_000, EUR)], 5_001, tooMuch(5_000)],
    ['is too much at once', limit, 0, [], 10_001, tooMuch(10_000)],
    ['is too much when nothing is left', limit, 1, [money(10_000, EUR)], 1, tooMuch(0)],
    ['is too much when the limit was lowered', limit, 1, [money(20_000, EUR)], 1, tooMuch(0)],
    ['adds up what was spent', limit, 2, [money(5_000, EUR), money(1, EUR)], 5_000, tooMuch(4_999)],
    ['does not add other currencies', limit, 2, [money(9_999, USD)], 10_000, fine],
    ['is one too many', limit, 3, [], 1, { ok: false, error: { kind: 'tooMany', most: 3 } }],
    ['is too many before it is too much', limit, 3, [], 99_999, { ok: false, error: { kind: 'tooMany', most: 3 } }],
    ['is one too many where none is allowed', limitOf(0), 0, [], 1, { ok: false, error: { kind: 'tooMany', most: 0 } }],
    ['is fine in a currency without a limit', limitOf(null, money(1, USD)), 99, [money(99_999, EUR)], 99_999, fine],
    ['is fine without a limit', limitOf(null), 9_999, [money(99_999, EUR)], 99_999, fine],
  ])('%s', (_what, of, count, amounts, amount, expected) => {
    expect(checkDailyLimit(of, { count, amounts }, money(amount, EUR))).toEqual(expected);
  });

  it('of exactly what is left is always fine, and of a hundredth more never', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(1_000_000), fc.nat(2_000_000), (most, spent, amount) => {
        const of = limitOf(null, money(most, EUR));
        const spentToday = { count: 1, amounts: [money(spent, EUR)] };
        const checked = checkDailyLimit(of, spentToday, money(amount, EUR));
        expect(checked.ok).toBe(amount <= Math.max(0, most - spent));
        if (checked.ok || checked.error.kind !== 'tooMuch') return;
        const { left } = checked.error;
        expect(checkDailyLimit(of, spentToday, left)).toEqual(fine);
        expect(checkDailyLimit(of, spentToday, money(left.hundredths + 1, EUR)).ok).toBe(false);
      }),
    );
  });
});

describe('the day of a limit', () => {
  it.each([
    ['2026-01-31T22:59:59Z', 'Europe/Madrid', '2026-01-30T23:00:00.000Z', '2026-01-31T23:00:00.000Z'],
    ['2026-01-31T23:00:00Z', 'Europe/Madrid', '2026-01-31T23:00:00.000Z', '2026-02-01T23:00:00.000Z'],
    ['2026-01-31T23:00:00Z', 'UTC', '2026-01-31T00:00:00.000Z', '2026-02-01T00:00:00.000Z'],
    ['2026-03-29T12:00:00Z', 'Europe/Madrid', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
  ])('at %s in %s lasts from %s to %s', (at, zone, from, to) => {
    const span = limitDayAt(instant(Date.parse(at)), zone);
    expect([span.from, span.to].map((moment) => new Date(moment).toISOString())).toEqual([from, to]);
  });
});
