import { describe, expect, it } from 'vitest';
import { standingOf } from '../../src/domain/attempt-standing.ts';
import type { AttemptEvent } from '../../src/domain/attempt-standing.ts';
import type { OrderState } from '../../src/domain/order.ts';
import { after, attempt, message } from '../contracts/orders.ts';

const sale = attempt(5);
const revert = attempt(6);
const intended: AttemptEvent = { type: 'purchaseIntended', attempt: sale, at: after(0) };
const notSent: AttemptEvent = { type: 'purchaseNotSent', at: after(1) };
const charged: AttemptEvent = { type: 'purchaseCharged', supplierReference: 'S-1', at: after(2) };
const rejected: AttemptEvent = { type: 'purchaseRejected', resultCode: '16', at: after(2) };
const reverting: AttemptEvent = { type: 'revertIntended', attempt: revert, at: after(3) };
const reverted: AttemptEvent = { type: 'saleReverted', at: after(4) };
const refused: AttemptEvent = { type: 'revertRefused', at: after(4) };

const back: Extract<OrderState, { status: 'delivered' }> = { status: 'delivered', attempt: sale, message: message(7) };
const states = {
  placed: { status: 'placed', unsent: { terminalId: 31, reference: sale.reference }, tries: 1, tryAt: after(9) },
  sending: { status: 'sending', attempt: sale, tries: 0 },
  unknown: { status: 'unknown', attempt: sale, expectation: 'open', asked: 0, askAt: after(9), reportedRejected: false },
  awaitingCode: { status: 'awaitingCode', attempt: sale, polled: 0, pollAt: after(9) },
  charged: { status: 'charged', attempt: sale },
  delivered: back,
  rejected: { status: 'rejected', reason: 'unavailable' },
  paidWithoutCode: { status: 'needsPerson', attempt: sale, why: 'paidWithoutCode' },
  neverLearnt: { status: 'needsPerson', attempt: sale, why: 'outcomeNeverLearnt' },
  reverting: { status: 'reverting', attempt: sale, revert, back },
  revertUnknown: { status: 'revertUnknown', attempt: sale, revert, back, asked: 0, askAt: after(9) },
  revertNeverLearnt: { status: 'needsPerson', attempt: sale, why: 'revertNeverLearnt', revert, back },
  reverted: { status: 'reverted', attempt: sale, revert },
} as const satisfies Record<string, OrderState>;

type Name = keyof typeof states;

describe('the standing of a sale', () => {
  it.each<[Name, AttemptEvent[], string]>([
    ['sending', [intended], 'open'],
    ['unknown', [intended], 'open'],
    ['neverLearnt', [intended], 'open'],
    ['placed', [intended, notSent], 'rejected'],
    ['sending', [intended, notSent, intended], 'open'],
    ['rejected', [intended, notSent, { ...rejected, resultCode: null }], 'rejected'],
    ['rejected', [intended, rejected], 'rejected'],
    ['awaitingCode', [intended, charged], 'charged'],
    ['charged', [intended, charged], 'charged'],
    ['delivered', [intended, notSent, intended, charged], 'charged'],
    ['paidWithoutCode', [intended, charged], 'charged'],
    ['reverting', [intended, charged, reverting], 'charged'],
    ['revertUnknown', [intended, charged, reverting], 'charged'],
    ['revertNeverLearnt', [intended, charged, reverting], 'charged'],
    ['delivered', [intended, charged, reverting, refused], 'charged'],
    ['reverted', [intended, charged, reverting, reverted], 'reverted'],
  ])('that is %s after %j', (name, events, expected) => {
    expect(standingOf(sale, events, states[name])).toMatchObject({ of: 'sale', says: { kind: expected } });
  });

  it('carries the reference or the code of the supplier, and the moment when it was learnt', () => {
    expect(standingOf(sale, [intended, charged], states.charged)).toEqual({
      of: 'sale',
      says: { kind: 'charged', supplierReference: 'S-1' },
      settledAt: after(2),
    });
    expect(standingOf(sale, [intended, rejected], states.rejected)).toEqual({
      of: 'sale',
      says: { kind: 'rejected', resultCode: '16' },
      settledAt: after(2),
    });
    expect(standingOf(sale, [intended, charged, reverting, reverted], states.reverted)).toEqual({
      of: 'sale',
      says: { kind: 'reverted', supplierReference: 'S-1' },
      settledAt: after(2),
    });
    expect(standingOf(sale, [intended], states.unknown)).toMatchObject({ settledAt: null });
  });

  it.each<[Name, AttemptEvent[]]>([
    ['rejected', [intended, charged]],
    ['charged', [intended, rejected]],
    ['delivered', [intended]],
    ['unknown', [intended, charged]],
    ['reverted', [intended, charged]],
    ['charged', [intended, charged, reverting, reverted]],
  ])('is unclear when the state is %s after %j', (name, events) => {
    expect(standingOf(sale, events, states[name])).toMatchObject({ of: 'sale', says: { kind: 'unclear' } });
  });

  it('is unclear when the state names another reference', () => {
    const state: OrderState = { status: 'charged', attempt: attempt(77) };
    expect(standingOf(sale, [intended, charged], state)).toMatchObject({ says: { kind: 'unclear' } });
  });

  it('stays rejected when the order was bought by a later attempt on another terminal', () => {
    const other = attempt(1, 32);
    const events: AttemptEvent[] = [intended, notSent, { ...intended, attempt: other }, charged];
    const state: OrderState = { status: 'charged', attempt: other };
    expect(standingOf(sale, events, state)).toMatchObject({ says: { kind: 'rejected' } });
    expect(standingOf(other, events, state)).toMatchObject({ says: { kind: 'charged' } });
  });
});

describe('the standing of a revert', () => {
  it.each<[Name, AttemptEvent[], string]>([
    ['reverting', [intended, charged, reverting], 'open'],
    ['revertNeverLearnt', [intended, charged, reverting], 'open'],
    ['delivered', [intended, charged, reverting, refused], 'refused'],
    ['delivered', [intended, charged, reverting, { type: 'revertNotSent', at: after(4) }], 'refused'],
    ['reverted', [intended, charged, reverting, reverted], 'reverted'],
  ])('of an order that is %s after %j', (name, events, expected) => {
    expect(standingOf(revert, events, states[name])).toMatchObject({ of: 'revert', says: expected });
  });

  it('stays refused when a later one was done', () => {
    const second: AttemptEvent = { type: 'revertIntended', attempt: attempt(8), at: after(5) };
    const events = [intended, charged, reverting, refused, second, reverted];
    expect(standingOf(revert, events, states.reverted)).toMatchObject({ of: 'revert', says: 'refused' });
    expect(standingOf(attempt(8), events, states.reverted)).toMatchObject({ of: 'revert', says: 'reverted' });
  });
});

it('an attempt that no event knows has no standing', () => {
  expect(standingOf(attempt(99), [intended, charged, reverting], states.charged)).toBeNull();
});
