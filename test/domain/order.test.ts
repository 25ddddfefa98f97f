import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChatId, CustomerId, LocalReference, MessageId, OrderId } from '../../src/domain/ids.ts';
import { newsOf, transferFor } from '../../src/domain/order-consequences.ts';
import { decide } from '../../src/domain/order-decide.ts';
import { SENDING_PATIENCE, dueAt, evolve, placedState } from '../../src/domain/order-evolve.ts';
import type {
  Attempt,
  OrderCommand,
  OrderEvent,
  OrderState,
  OrderTerms,
  PurchaseSettlement,
  Ruling,
} from '../../src/domain/order.ts';
import { instant, later } from '../../src/domain/time.ts';
import type { Instant, LocalDateTime } from '../../src/domain/time.ts';
import { imbalance } from '../../src/domain/wallet.ts';
import { CUP, LIST, USD, cents } from './sample-catalog.ts';

const at = instant(1_700_000_000_000);
const attempt: Attempt = {
  terminalId: 100001,
  reference: 7 as LocalReference,
  localTime: '2026-01-01T12:00:00' as LocalDateTime,
  at,
};
const message = 5 as MessageId;

const terms: OrderTerms = {
  id: 'ABCDEFGHJKMN' as OrderId,
  customer: 42 as CustomerId,
  chat: 42 as ChatId,
  language: 'en',
  progress: message,
  productId: LIST,
  productName: 'Card',
  operatorName: 'Brand',
  choice: { direction: 'direct', amount: cents(1_000) },
  sent: { as: 'send', amount: { hundredths: cents(1_000), currency: USD } },
  pay: { hundredths: cents(1_000), currency: USD },
  receive: { hundredths: cents(22_000), currency: CUP },
  fields: {},
  placedAt: at,
};

const run = (
  state: OrderState,
  command: OrderCommand,
  when: Instant = at,
): { state: OrderState; events: readonly OrderEvent[] } | null => {
  const decided = decide(state, command, when);
  return decided.ok ? { state: decided.value.reduce(evolve, state), events: decided.value } : null;
};

const placed = placedState(at);
const sending = { status: 'sending', attempt, tries: 0 } satisfies OrderState;
const unknown = {
  status: 'unknown',
  attempt,
  expectation: 'open',
  asked: 0,
  askAt: later(at, 30_000),
  reportedRejected: false,
} satisfies OrderState;
const awaiting = { status: 'awaitingCode', attempt, polled: 0, pollAt: later(at, 2_000) } satisfies OrderState;
const needsPerson: OrderState = { status: 'needsPerson', attempt, why: 'paidWithoutCode' };
const neverLearnt: OrderState = { status: 'needsPerson', attempt, why: 'outcomeNeverLearnt' };
const rule = (ruling: Ruling): OrderCommand => ({ type: 'rule', ruling, by: 'operator', why: 'asked the supplier' });
const settle = (settlement: PurchaseSettlement): OrderCommand => ({ type: 'settle', settlement });
const charged = (code: 'here' | 'later' | 'missing') => settle({ kind: 'charged', code, supplierReference: 'S1' });
const rejected = settle({ kind: 'rejected', reason: 'operatorRefused', resultCode: '11' });
const learnRejected: OrderCommand = { type: 'learnRejected', reason: 'operatorRefused', resultCode: '11' };

describe('decide and evolve', () => {
  it.each<[string, OrderState, OrderCommand, string, readonly string[]]>([
    ['an intent is written before the send', placed, { type: 'intend', attempt }, 'sending', ['purchaseIntended']],
    ['charged with the code', sending, charged('here'), 'charged', ['purchaseCharged', 'codeReceived']],
    ['charged, code later', sending, charged('later'), 'awaitingCode', ['purchaseCharged']],
    ['charged, no code anywhere', sending, charged('missing'), 'needsPerson', ['purchaseCharged', 'personNeeded']],
    ['rejected', sending, rejected, 'rejected', ['purchaseRejected']],
    ['provably not sent: again later', sending, settle({ kind: 'notSent' }), 'placed', ['purchaseNotSent']],
    [
      'provably not sent too often',
      { ...sending, tries: 4 },
      settle({ kind: 'notSent' }),
      'rejected',
      ['purchaseNotSent', 'purchaseRejected'],
    ],
    [
      'no clear answer',
      sending,
      settle({ kind: 'unclear', expectation: 'open', resultCode: null }),
      'unknown',
      ['outcomeUnclear'],
    ],
    ['its worker died', sending, { type: 'recover' }, 'unknown', ['outcomeUnclear']],
    ['asked, nothing learnt', unknown, { type: 'learnNothing' }, 'unknown', ['askedInVain']],
    [
      'asked for the last time',
      { ...unknown, asked: 7 },
      { type: 'learnNothing' },
      'needsPerson',
      ['askedInVain', 'personNeeded'],
    ],
    ['reported rejected once: not believed yet', unknown, learnRejected, 'unknown', ['rejectionReported']],
    ['reported rejected again', { ...unknown, reportedRejected: true }, learnRejected, 'rejected', ['purchaseRejected']],
    [
      'learnt charged, token known',
      unknown,
      { type: 'learnCharged', tokenKnown: true, supplierReference: null },
      'awaitingCode',
      ['purchaseCharged'],
    ],
    [
      'learnt charged, token lost',
      unknown,
      { type: 'learnCharged', tokenKnown: false, supplierReference: null },
      'needsPerson',
      ['purchaseCharged', 'personNeeded'],
    ],
    ['the late code comes', awaiting, { type: 'receiveCode' }, 'charged', ['codeReceived']],
    ['the late code is not there yet', awaiting, { type: 'missCode' }, 'awaitingCode', ['codeMissed']],
    [
      'the late code never comes',
      { ...awaiting, polled: 52 },
      { type: 'missCode' },
      'needsPerson',
      ['codeMissed', 'personNeeded'],
    ],
    ['delivered', { status: 'charged', attempt }, { type: 'confirmDelivery', message }, 'delivered', ['codeDelivered']],
    ['a late answer brings the sale', unknown, charged('here'), 'charged', ['purchaseCharged', 'codeReceived']],
    ['a late answer proves the refusal', unknown, rejected, 'rejected', ['purchaseRejected']],
    ['a late answer proves that nothing was sent', unknown, settle({ kind: 'notSent' }), 'rejected', ['purchaseRejected']],
    ['a late answer brings the code that was missing', needsPerson, charged('here'), 'charged', ['codeReceived']],
    [
      'a late answer brings the key to the code that was missing',
      needsPerson,
      charged('later'),
      'awaitingCode',
      ['tokenReceived'],
    ],
    ['a person found the code', neverLearnt, rule('chargedWithCode'), 'charged', ['ruled', 'purchaseCharged', 'codeReceived']],
    ['a person found the code of a paid order', needsPerson, rule('chargedWithCode'), 'charged', ['ruled', 'codeReceived']],
    [
      'a person found out that it was paid',
      neverLearnt,
      rule('charged'),
      'needsPerson',
      ['ruled', 'purchaseCharged', 'personNeeded'],
    ],
    ['a person found out that it was not', neverLearnt, rule('notCharged'), 'rejected', ['ruled', 'purchaseRejected']],
    ['a late answer after the last question', neverLearnt, charged('here'), 'charged', ['purchaseCharged', 'codeReceived']],
    ['a late refusal after the last question', neverLearnt, rejected, 'rejected', ['purchaseRejected']],
    ['a late answer while the code is polled for is only kept', awaiting, charged('later'), 'awaitingCode', []],
    [
      'a late answer that is unclear itself is only kept',
      unknown,
      settle({ kind: 'unclear', expectation: 'open', resultCode: null }),
      'unknown',
      [],
    ],
  ])('%s', (_name, state, command, status, types) => {
    const result = run(state, command);
    expect(result?.state.status).toBe(status);
    expect(result?.events.map((event) => event.type)).toEqual(types);
  });

  it.each<[string, OrderState, OrderCommand]>([
    ['a second intent', sending, { type: 'intend', attempt }],
    ['an intent for an unknown order', unknown, { type: 'intend', attempt }],
    ['an intent for a rejected order', { status: 'rejected', reason: 'unavailable' }, { type: 'intend', attempt }],
    ['a settlement before the send', placed, charged('here')],
    ['a late answer without a code for a paid order', needsPerson, charged('missing')],
    ['a rejection of a charged order', { status: 'charged', attempt }, rejected],
    ['a rejection of a paid order without a code', awaiting, rejected],
    ['a ruling that gives captured money back', needsPerson, rule('notCharged')],
    ['a ruling on an order that nobody gave up on', unknown, rule('notCharged')],
    ['a delivery twice', { status: 'delivered', attempt, message }, { type: 'confirmDelivery', message }],
    ['a recovery of an order that was never sent', placed, { type: 'recover' }],
  ])('refuses %s', (_name, state, command) => {
    expect(decide(state, command, at)).toEqual({ ok: false, error: { kind: 'notNow', status: state.status } });
  });

  it("an event that the state can't take is a bug", () => {
    expect(() => evolve(placed, { type: 'codeReceived', at })).toThrow("can't take codeReceived");
  });
});

describe('schedules', () => {
  /** When an order is due, in seconds after the first event, if it is looked at exactly when it is due. */
  const dueTimes = (start: OrderState, command: OrderCommand): readonly number[] => {
    const times: number[] = [];
    let state = start;
    for (let due = dueAt(state); due !== null; due = dueAt(state)) {
      times.push((due - at) / 1_000);
      state = run(state, command, due)?.state ?? needsPerson;
    }
    return times;
  };

  it('an unknown outcome is asked about at the documented times', () => {
    expect(dueTimes(unknown, { type: 'learnNothing' })).toEqual([30, 120, 300, 900, 3_600, 10_800, 28_800, 86_400]);
  });

  it('a late code is polled at the documented times, for a day', () => {
    const times = dueTimes(awaiting, { type: 'missCode' });
    expect(times.slice(0, 7)).toEqual([2, 5, 15, 60, 300, 1_800, 3_600]);
    expect(times.at(-1)).toBe(86_400);
  });

  it('an outage delays the questions but never bunches them', () => {
    const muchLater = later(at, 25 * 3_600_000);
    const asked = run(unknown, { type: 'learnNothing' }, muchLater)?.state ?? needsPerson;
    expect(dueAt(asked)).toBe(later(muchLater, 90_000));
    const recovered = run(sending, { type: 'recover' }, muchLater)?.state ?? needsPerson;
    expect(dueAt(recovered)).toBe(later(muchLater, 30_000));
  });

  it('a purchase in flight is left alone for longer than a call may take', () => {
    expect(dueAt(sending)).toBe(later(at, SENDING_PATIENCE));
    expect(SENDING_PATIENCE).toBeGreaterThan(90_000 + 20_000);
  });

  it('ended orders are never due', () => {
    const ended: readonly OrderState[] = [
      { status: 'charged', attempt },
      { status: 'delivered', attempt, message },
      { status: 'rejected', reason: 'unavailable' },
      needsPerson,
    ];
    expect(ended.map(dueAt)).toEqual([null, null, null, null]);
  });
});

describe('news', () => {
  it.each<[string, OrderState, OrderCommand, string | null]>([
    ['a code', sending, charged('here'), 'code'],
    ['nothing while the code is polled for the first time', sending, charged('later'), null],
    ['a late code, once', awaiting, { type: 'missCode' }, 'codeLate'],
    ['nothing more about a late code', { ...awaiting, polled: 1 }, { type: 'missCode' }, null],
    ['a rejection', sending, rejected, 'rejected'],
    ['an unknown outcome', sending, { type: 'recover' }, 'unknown'],
    ['nothing when asked in vain', unknown, { type: 'learnNothing' }, null],
    ['a person', sending, charged('missing'), 'needsPerson'],
    ['nothing when a ruling leaves it with a person', neverLearnt, rule('charged'), null],
    ['the code that a person found', needsPerson, rule('chargedWithCode'), 'code'],
    ['nothing of a delivery', { status: 'charged', attempt }, { type: 'confirmDelivery', message }, null],
  ])('%s', (_name, state, command, expected) => {
    const result = run(state, command);
    expect(result && newsOf(result.events, result.state)).toBe(expected);
  });
});

describe('laws, under any sequence of commands', () => {
  const settlements = fc.constantFrom<PurchaseSettlement>(
    { kind: 'charged', code: 'here', supplierReference: null },
    { kind: 'charged', code: 'later', supplierReference: null },
    { kind: 'charged', code: 'missing', supplierReference: null },
    { kind: 'rejected', reason: 'unavailable', resultCode: '16' },
    { kind: 'notSent' },
    { kind: 'unclear', expectation: 'unconfirmed', resultCode: '991' },
  );
  const commands = fc.oneof(
    settlements.map(settle),
    fc.constantFrom<OrderCommand>(
      { type: 'intend', attempt },
      { type: 'intend', attempt },
      { type: 'recover' },
      { type: 'learnNothing' },
      learnRejected,
      { type: 'learnCharged', tokenKnown: true, supplierReference: null },
      { type: 'learnCharged', tokenKnown: false, supplierReference: null },
      rule('chargedWithCode'),
      rule('charged'),
      rule('notCharged'),
      { type: 'receiveCode' },
      { type: 'missCode' },
      { type: 'confirmDelivery', message },
    ),
  );

  it('one purchase at most is not proven unsent; money is settled once and as the state says; postings sum to zero', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 40 }), (sequence) => {
        let state: OrderState = placed;
        const events: OrderEvent[] = [{ type: 'placed', at }];
        for (const command of sequence) {
          const result = run(state, command);
          if (result === null) continue;
          state = result.state;
          events.push(...result.events);
        }
        const count = (type: OrderEvent['type']): number => events.filter((event) => event.type === type).length;
        expect(count('purchaseIntended') - count('purchaseNotSent')).toBeLessThanOrEqual(1);
        expect(count('purchaseCharged') + count('purchaseRejected')).toBeLessThanOrEqual(1);
        const transfers = events.map((event) => transferFor(terms, event)).filter((transfer) => transfer !== null);
        expect(new Set(transfers.map((transfer) => transfer.id)).size).toBe(transfers.length);
        expect(imbalance(transfers.flatMap((transfer) => transfer.postings)).size).toBe(0);
        const sold = transfers.flatMap((transfer) => transfer.postings).filter((posting) => posting.account === 'sales');
        expect(sold.length).toBe(count('purchaseCharged'));
        if (state.status === 'rejected') expect(count('purchaseCharged')).toBe(0);
        if (state.status === 'charged' || state.status === 'delivered' || state.status === 'awaitingCode')
          expect(count('purchaseCharged')).toBe(1);
        // Whatever is not ended has somebody who looks again.
        const ended = ['charged', 'delivered', 'rejected', 'needsPerson'].includes(state.status);
        expect(dueAt(state) === null).toBe(ended);
      }),
      { numRuns: 500 },
    );
  });
});
