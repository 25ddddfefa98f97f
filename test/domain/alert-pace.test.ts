// The pace of alerts: whatever is due and whatever was told, nothing is lost, nothing is told twice, and nobody is flooded.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertKind, subjectsOf } from '../../src/domain/alert.ts';
import type { Alert } from '../../src/domain/alert.ts';
import { BETWEEN_TWO, MOST_AN_HOUR, MOST_IN_GROUP, MOST_IN_SUMMARY, planAlerts } from '../../src/domain/alert-pace.ts';
import type { Told } from '../../src/domain/alert-pace.ts';
import { HOUR, MINUTE, later } from '../../src/domain/time.ts';
import { NOON, orderId } from '../contracts/orders.ts';
import { productId } from './sample-catalog.ts';

type Item = { readonly id: number; readonly alert: Alert };

const needed = (id: number): Item => ({ id, alert: { type: 'personNeeded', order: orderId(id), why: 'paidWithoutCode' } });
const differs = (id: number): Item => ({
  id,
  alert: { type: 'booksDiffer', terminalId: id, day: '2026-01-31', differences: 1, drift: 0 },
});
const missing = (id: number): Item => ({
  id,
  alert: { type: 'productsMissing', products: Array.from({ length: 10 }, (_, index) => productId(index + 1)), total: 12 },
});
const back = (id: number): Item => ({ id, alert: { type: 'supplierBack', since: NOON, follows: NOON } });
const numbers = (from: number, count: number): readonly number[] => Array.from({ length: count }, (_, index) => from + index);
const told = (minutesAgo: number, ...kinds: readonly string[]): Told => ({ at: later(NOON, -minutesAgo * MINUTE), kinds });

const idsIn = (lists: readonly (readonly Item[])[]): readonly (readonly number[])[] =>
  lists.map((items) => items.map(({ id }) => id));
const heldIn = (plan: ReturnType<typeof planAlerts<Item>>) =>
  plan.held.map(({ items, until }) => ({ ids: items.map(({ id }) => id), inMinutes: (until - NOON) / MINUTE }));

describe('what is due', () => {
  it('goes out at once when nothing was told, each kind in a message of its own', () => {
    const plan = planAlerts([needed(1), differs(2)], [], NOON);
    expect(idsIn(plan.messages)).toEqual([[1], [2]]);
    expect(plan.held).toEqual([]);
  });

  it('does not wait for a time that a wrong clock has noted', () => {
    const ahead = numbers(1, MOST_AN_HOUR).map((hour) => told(-hour * 60, 'booksDiffer'));
    const plan = planAlerts([differs(1)], ahead, NOON);
    expect(idsIn(plan.messages)).toEqual([[1]]);
  });

  it('is grouped where a number says all, and told one by one where it does not', () => {
    const plan = planAlerts([...numbers(1, 12).map(needed), differs(20), differs(21)], [], NOON);
    expect(idsIn(plan.messages)).toEqual([numbers(1, MOST_IN_GROUP), [20]]);
    expect(heldIn(plan)).toEqual([
      { ids: [11, 12], inMinutes: 1 },
      { ids: [21], inMinutes: 1 },
    ]);
  });

  it('waits until a minute after the last message of its kind, whatever else was told', () => {
    const plan = planAlerts([needed(1), differs(2)], [told(0.5, alertKind(needed(1).alert), 'lowBalance')], NOON);
    expect(idsIn(plan.messages)).toEqual([[2]]);
    expect(heldIn(plan)).toEqual([{ ids: [1], inMinutes: 0.5 }]);
  });

  it('comes all in one when only one message is left of the hour, also what was to wait for its minute', () => {
    const before = numbers(1, MOST_AN_HOUR - 1).map((index) => told(40 - index, 'lowBalance'));
    const plan = planAlerts([needed(1), needed(2), differs(3), back(4)], [...before.slice(1), told(0.5, 'booksDiffer')], NOON);
    expect(idsIn(plan.messages)).toEqual([[1, 2, 3, 4]]);
    expect(plan.held).toEqual([]);
  });

  it('waits when the hour has had its share, until its first message is an hour old', () => {
    const before = numbers(1, MOST_AN_HOUR).map((index) => told(51 - index, 'lowBalance'));
    const plan = planAlerts([needed(1)], before, NOON);
    expect(plan.messages).toEqual([]);
    expect(heldIn(plan)).toEqual([{ ids: [1], inMinutes: 10 }]);
  });

  it('is left to the next message where it would be too long', () => {
    const before = numbers(1, MOST_AN_HOUR - 1).map((index) => told(51 - index, 'lowBalance'));
    const plan = planAlerts(numbers(1, 12).map(missing), before, NOON);
    expect(idsIn(plan.messages)).toEqual([numbers(1, 10)]);
    expect(heldIn(plan)).toEqual([{ ids: [11, 12], inMinutes: 10 }]);
  });
});

const kind = fc.constantFrom(needed, differs, missing, back);
const due = fc.array(kind, { maxLength: 150 }).map((makers) => makers.map((make, index) => make(index + 1)));
const history = fc
  .array(fc.tuple(fc.integer({ min: 1, max: HOUR - 1 }), fc.array(kind.map((make) => alertKind(make(1).alert)))), {
    maxLength: 25,
  })
  .map((entries) => entries.map(([ago, kinds]): Told => ({ at: later(NOON, -ago), kinds })).sort((a, b) => a.at - b.at));

describe('whatever is due and was told', () => {
  it('is in exactly one place, and waits for a moment that comes', () => {
    fc.assert(
      fc.property(due, history, (items, before) => {
        const { messages, held } = planAlerts(items, before, NOON);
        const placed = [...messages.flat(), ...held.flatMap((one) => one.items)];
        expect(placed.map(({ id }) => id).sort((a, b) => a - b)).toEqual(items.map(({ id }) => id));
        for (const { items: waiting, until } of held) {
          expect(waiting.length).toBeGreaterThan(0);
          expect(until).toBeGreaterThan(NOON);
          expect(until).toBeLessThanOrEqual(NOON + HOUR);
        }
      }),
    );
  });

  it('never makes more messages than the hour has left, nor two of a kind at once, nor one too long', () => {
    fc.assert(
      fc.property(due, history, (items, before) => {
        const { messages } = planAlerts(items, before, NOON);
        expect(messages.length).toBeLessThanOrEqual(Math.max(0, MOST_AN_HOUR - before.length));
        for (const message of messages) {
          expect(message.length).toBeGreaterThan(0);
          const size = message.reduce((sum, { alert }) => sum + Math.max(1, subjectsOf(alert).length), 0);
          expect(size).toBeLessThanOrEqual(MOST_IN_SUMMARY);
        }
        const inFull = messages.length + before.length < MOST_AN_HOUR ? messages : messages.slice(0, -1);
        const kinds = inFull.map((message) => new Set(message.map(({ alert }) => alertKind(alert))));
        for (const each of kinds) expect(each.size).toBe(1);
        expect(new Set(kinds.flatMap((each) => [...each])).size).toBe(kinds.length);
        const recent = before.filter(({ at }) => at > NOON - BETWEEN_TWO).flatMap((one) => one.kinds);
        for (const each of kinds) expect(recent).not.toContain([...each][0]);
      }),
    );
  });
});
