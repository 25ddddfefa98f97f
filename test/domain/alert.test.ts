// Which steps of an order the operator has to hear of, and which alerts are the same one.
import { describe, expect, it } from 'vitest';
import { stepOf } from '../../src/app/order-step.ts';
import { alertKey } from '../../src/domain/alert.ts';
import { decide } from '../../src/domain/order-decide.ts';
import { ASK_WAITS, POLL_WAITS, evolve, placedState } from '../../src/domain/order-evolve.ts';
import type { OrderState } from '../../src/domain/order.ts';
import { DAY, HOUR, SECOND, instant } from '../../src/domain/time.ts';
import { NOON, attempt, completed, got, orderId, termsOf } from '../contracts/orders.ts';
import type { WrittenCommand } from '../contracts/orders.ts';
import { productId } from './sample-catalog.ts';

const terms = termsOf(orderId(1));
const after1s = instant(NOON + SECOND);
const tomorrow = instant(NOON + DAY);
const alertAfter = (state: OrderState, command: WrittenCommand) =>
  stepOf(terms, state, got(decide(state, completed(state, command), NOON))).alert;
const after = (...commands: readonly WrittenCommand[]): OrderState =>
  commands.reduce(
    (state, command) => got(decide(state, completed(state, command), NOON)).reduce(evolve, state),
    placedState(NOON),
  );

const sent = { type: 'intend', attempt: attempt(1) } as const;
const unclear = { type: 'settle', settlement: { kind: 'unclear', expectation: 'open', resultCode: null } } as const;
const later = { type: 'settle', settlement: { kind: 'charged', code: 'later', supplierReference: null } } as const;
const missing = { type: 'settle', settlement: { kind: 'charged', code: 'missing', supplierReference: null } } as const;
const rejected = { type: 'settle', settlement: { kind: 'rejected', reason: 'unavailable', resultCode: '16' } } as const;
const askedInVain = ASK_WAITS.map(() => ({ type: 'learnNothing' }) as const);
const polledInVain = POLL_WAITS.map(() => ({ type: 'missCode' }) as const);

describe('an alert', () => {
  it('is raised by the last question in vain, and by none before', () => {
    expect(alertAfter(after(sent), unclear)).toBeNull();
    expect(alertAfter(after(sent, unclear, ...askedInVain.slice(2)), { type: 'learnNothing' })).toBeNull();
    expect(alertAfter(after(sent, unclear, ...askedInVain.slice(1)), { type: 'learnNothing' })).toEqual({
      type: 'personNeeded',
      order: terms.id,
      why: 'outcomeNeverLearnt',
    });
  });

  it('is raised by a code that is not there, at once or at last', () => {
    const expected = { type: 'personNeeded', order: terms.id, why: 'paidWithoutCode' };
    expect(alertAfter(after(sent), missing)).toEqual(expected);
    expect(alertAfter(after(sent, later, ...polledInVain.slice(2)), { type: 'missCode' })).toBeNull();
    expect(alertAfter(after(sent, later, ...polledInVain.slice(1)), { type: 'missCode' })).toEqual(expected);
  });

  it('is raised again for another reason', () => {
    expect(alertAfter(after(sent, unclear, ...askedInVain), missing)).toMatchObject({ why: 'paidWithoutCode' });
  });

  it.each([later, missing])('is raised by proof of a charge after the order was given up, once: $settlement.code', (late) => {
    expect(alertAfter(after(sent, unclear), rejected)).toBeNull();
    const alert = alertAfter(after(sent, unclear, rejected), late);
    expect(alert).toEqual({ type: 'chargedAfterAll', order: terms.id });
    expect(alert && alertKey(alert, tomorrow)).toBe(alert && alertKey(alert, NOON));
  });

  it.each([
    ['-1', 'productStopped'],
    ['16', undefined],
    [null, undefined],
  ])('takes the product off sale when the supplier says %s: %s', (resultCode, type) => {
    const settlement = { kind: 'rejected', reason: 'unavailable', resultCode } as const;
    const command = completed(after(sent), { type: 'settle', settlement });
    const step = stepOf(terms, after(sent), got(decide(after(sent), command, NOON)));
    expect(step.alert?.type).toBe(type);
    const stop = { scope: { kind: 'product', product: terms.productId }, name: terms.productName, by: 'bot', since: NOON };
    if (type === undefined) expect(step).not.toHaveProperty('stop');
    else expect(step.stop).toMatchObject(stop);
  });

  it('is not raised by a ruling that leaves the order with a person: whoever ruled knows', () => {
    const ruling = { type: 'rule', ruling: 'charged', code: 'missing', by: 'operator', why: 'the supplier said so' } as const;
    const state = after(sent, unclear, ...askedInVain);
    expect(got(decide(state, ruling, NOON)).map(({ type }) => type)).toContain('personNeeded');
    expect(alertAfter(state, ruling)).toBeNull();
  });

  it('is another one for another order, reason or day, and the same one otherwise', () => {
    const alerts = [
      { type: 'personNeeded', order: orderId(1), why: 'paidWithoutCode' },
      { type: 'personNeeded', order: orderId(1), why: 'outcomeNeverLearnt' },
      { type: 'personNeeded', order: orderId(2), why: 'paidWithoutCode' },
      { type: 'orderUnreadable', order: orderId(1) },
      { type: 'orderUnreadable', order: orderId(2) },
      { type: 'workFails', order: orderId(1) },
      { type: 'workFails', order: orderId(2) },
      { type: 'chargedAfterAll', order: orderId(1) },
      { type: 'chargedAfterAll', order: orderId(2) },
      { type: 'booksDiffer', terminalId: 31, day: '2026-01-31', differences: 1, drift: 5 },
      { type: 'booksDiffer', terminalId: 32, day: '2026-01-31', differences: 1, drift: 5 },
      { type: 'booksDiffer', terminalId: 31, day: '2026-02-01', differences: 1, drift: 5 },
      { type: 'productStopped', product: productId(1), name: 'Nimbus 25', order: orderId(1) },
      { type: 'productStopped', product: productId(2), name: 'Nimbus 25', order: orderId(1) },
      { type: 'lowBalance', balance: 1, limit: 2, day: '2026-01-31' },
      { type: 'lowBalance', balance: 1, limit: 2, day: '2026-02-01' },
      { type: 'catalogChanged', differences: [{ kind: 'removed', product: productId(1) }], total: 1 },
      { type: 'catalogChanged', differences: [{ kind: 'removed', product: productId(2) }], total: 1 },
      { type: 'catalogChanged', differences: [{ kind: 'added', product: productId(1) }], total: 1 },
      { type: 'catalogChanged', differences: [{ kind: 'changed', product: productId(1), parts: ['fee'] }], total: 1 },
      { type: 'catalogChanged', differences: [{ kind: 'changed', product: productId(1), parts: ['fee', 'rate'] }], total: 1 },
      { type: 'catalogChanged', differences: [{ kind: 'removed', product: productId(1) }], total: 12 },
      { type: 'productsMissing', products: [productId(1)], total: 1 },
      { type: 'productsMissing', products: [productId(2)], total: 1 },
      { type: 'productsMissing', products: [productId(1)], total: 12 },
      { type: 'supplierFailing', since: NOON, trouble: 'noAnswer', follows: null },
      { type: 'supplierFailing', since: NOON, trouble: 'noAnswer', follows: after1s },
      { type: 'supplierBack', since: NOON, follows: after1s },
      { type: 'clockSkew', skew: 25_000 },
      { type: 'ordersStuck', orders: [orderId(1)], counts: { unknown: 1, awaitingCode: 0, revertUnknown: 0 }, follows: null },
      { type: 'ordersStuck', orders: [orderId(1)], counts: { unknown: 1, awaitingCode: 0, revertUnknown: 0 }, follows: after1s },
    ] as const;
    expect(new Set(alerts.map((alert) => alertKey(alert, NOON))).size).toBe(alerts.length);
    const again = { type: 'booksDiffer', terminalId: 31, day: '2026-01-31', differences: 2, drift: null } as const;
    expect(alertKey(again, tomorrow)).toBe(alertKey({ ...again, differences: 1, drift: 5 }, NOON));
    expect(alertKey(alerts[3], after1s)).toBe(alertKey(alerts[3], NOON));
    expect(alertKey(alerts[5], after1s)).toBe(alertKey(alerts[5], NOON));
    expect(alertKey(alerts[0], after1s)).not.toBe(alertKey(alerts[0], NOON));
  });

  it('that follows another is the same one for whoever saw the same one before', () => {
    const failing = { type: 'supplierFailing', since: NOON, trouble: 'noAnswer', follows: NOON } as const;
    expect(alertKey({ ...failing, since: after1s, trouble: 'refused' }, tomorrow)).toBe(alertKey(failing, NOON));
    const skew = { type: 'clockSkew', skew: 25_000 } as const;
    expect(alertKey({ ...skew, skew: -30_000 }, after1s)).toBe(alertKey(skew, NOON));
    expect(alertKey(skew, tomorrow)).not.toBe(alertKey(skew, NOON));
  });

  it('about what stays wrong is another one on another day', () => {
    for (const type of ['orderUnreadable', 'workFails'] as const) {
      const alert = { type, order: orderId(1) };
      expect(alertKey(alert, tomorrow)).not.toBe(alertKey(alert, NOON));
    }
  });

  it('about missing products is another one on another day; about a changed list, in another hour', () => {
    const missing = { type: 'productsMissing', products: [productId(1)], total: 1 } as const;
    const changed = { type: 'catalogChanged', differences: [{ kind: 'added', product: productId(1) }], total: 1 } as const;
    const fullHour = instant(Math.floor(NOON / HOUR) * HOUR);
    const endOfHour = instant(fullHour + HOUR - 1);
    const nextHour = instant(fullHour + HOUR);
    expect(alertKey(missing, nextHour)).toBe(alertKey(missing, NOON));
    expect(alertKey(missing, tomorrow)).not.toBe(alertKey(missing, NOON));
    expect(alertKey(changed, endOfHour)).toBe(alertKey(changed, fullHour));
    expect(alertKey(changed, nextHour)).not.toBe(alertKey(changed, fullHour));
  });
});
