import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChatId, CustomerId, LocalReference, MessageId, OrderId } from '../../src/domain/ids.ts';
import { newsOf, transferFor } from '../../src/domain/order-consequences.ts';
import { decide } from '../../src/domain/order-decide.ts';
import { mayHaveResult } from '../../src/domain/order-result.ts';
import { ASK_WAITS, SENDING_PATIENCE, dueAt, evolve, placedState } from '../../src/domain/order-evolve.ts';
import type {
  CodePlace,
  Attempt,
  OrderCommand,
  OrderEvent,
  OrderState,
  OrderTerms,
  PaidState,
  PurchaseSettlement,
  RevertSettlement,
  Ruling,
} from '../../src/domain/order.ts';
import { instant, later } from '../../src/domain/time.ts';
import type { Instant, LocalDateTime } from '../../src/domain/time.ts';
import { imbalance } from '../../src/domain/wallet.ts';
import type { Account } from '../../src/domain/wallet.ts';
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
  payer: 41 as CustomerId,
  chat: 42 as ChatId,
  language: 'en',
  progress: message,
  productId: LIST,
  productName: 'Card',
  operatorName: 'Brand',
  family: 'voucher',
  choice: { direction: 'direct', amount: cents(1_000) },
  sent: { as: 'send', amount: { hundredths: cents(1_000), currency: USD } },
  cost: { hundredths: cents(1_000), currency: USD },
  pay: { hundredths: cents(1_000), currency: USD },
  commission: { hundredths: cents(70), currency: USD },
  receive: { hundredths: cents(22_000), currency: CUP },
  fields: {},
  bill: null,
  dynamic: null,
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
const needsPerson: PaidState = { status: 'needsPerson', attempt, why: 'paidWithoutCode' };
const neverLearnt: OrderState = { status: 'needsPerson', attempt, why: 'outcomeNeverLearnt' };
const isRejected: OrderState = { status: 'rejected', reason: 'unavailable' };
const isCharged = { status: 'charged', attempt } satisfies OrderState;
const isDelivered = { status: 'delivered', attempt, message } satisfies OrderState;
const paid: readonly PaidState[] = [awaiting, isCharged, isDelivered, needsPerson];
const revert: Attempt = { ...attempt, reference: 8 as LocalReference };
const reverting = { status: 'reverting', attempt, revert, back: isDelivered } satisfies OrderState;
const revertUnknown = {
  status: 'revertUnknown',
  attempt,
  revert,
  back: isDelivered,
  asked: 0,
  askAt: later(at, 30_000),
} satisfies OrderState;
const revertNeverLearnt = {
  status: 'needsPerson',
  why: 'revertNeverLearnt',
  attempt,
  revert,
  back: isDelivered,
} satisfies OrderState;
const isReverted: OrderState = { status: 'reverted', attempt, revert };
const intendRevert: OrderCommand = { type: 'intendRevert', attempt: revert, by: 'operator', why: 'the wrong card' };
const settleRevert = (settlement: RevertSettlement, of = revert): OrderCommand => ({
  type: 'settleRevert',
  attempt: of,
  settlement,
});
const reverted = settleRevert({ kind: 'reverted', supplierReference: 'S2' });
const revertRefused = settleRevert({ kind: 'refused', resultCode: '923' });
const revertUnclear = settleRevert({ kind: 'unclear', resultCode: null });
const revertNotSent = settleRevert({ kind: 'notSent' });
const learnReverted: OrderCommand = { type: 'learnReverted', supplierReference: 'S2' };
const rule = (ruling: Ruling, code: CodePlace = 'missing'): OrderCommand => ({
  type: 'rule',
  ruling,
  code,
  by: 'operator',
  why: 'asked the supplier',
});
const settle = (settlement: PurchaseSettlement): OrderCommand => ({ type: 'settle', attempt, settlement });
const charged = (code: CodePlace) => settle({ kind: 'charged', code, supplierReference: 'S1' });
const rejected = settle({ kind: 'rejected', reason: 'operatorRefused', resultCode: '11' });
const unclear = settle({ kind: 'unclear', expectation: 'open', resultCode: null });
/** The next try, under the reference of the first one that provably never left. */
const again: Attempt = { ...attempt, at: later(at, 2_500) };
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
      { type: 'learnCharged', code: 'later', supplierReference: null },
      'awaitingCode',
      ['purchaseCharged'],
    ],
    [
      'learnt charged, code known',
      unknown,
      { type: 'learnCharged', code: 'here', supplierReference: null },
      'charged',
      ['purchaseCharged', 'codeReceived'],
    ],
    [
      'learnt charged, token lost',
      unknown,
      { type: 'learnCharged', code: 'missing', supplierReference: null },
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
    [
      'a person found out that it was paid, and its token is known',
      neverLearnt,
      rule('charged', 'later'),
      'awaitingCode',
      ['ruled', 'purchaseCharged'],
    ],
    [
      'a person found out that it was paid, and its code is known',
      neverLearnt,
      rule('charged', 'here'),
      'charged',
      ['ruled', 'purchaseCharged', 'codeReceived'],
    ],
    ['a person found out that it was not', neverLearnt, rule('notCharged'), 'rejected', ['ruled', 'purchaseRejected']],
    ['a late answer after the last question', neverLearnt, charged('here'), 'charged', ['purchaseCharged', 'codeReceived']],
    ['a late refusal after the last question', neverLearnt, rejected, 'rejected', ['purchaseRejected']],
    ['a late answer proves a charge after the money went back', isRejected, charged('here'), 'rejected', ['chargeCameToLight']],
    ['so it does with the key to the code', isRejected, charged('later'), 'rejected', ['chargeCameToLight']],
    ['so it does without any code', isRejected, charged('missing'), 'rejected', ['chargeCameToLight']],
    ['a late answer while the code is polled for is only kept', awaiting, charged('later'), 'awaitingCode', []],
    [
      'a late answer that is unclear itself is only kept',
      unknown,
      settle({ kind: 'unclear', expectation: 'open', resultCode: null }),
      'unknown',
      [],
    ],
    ['a revert that worked', reverting, reverted, 'reverted', ['saleReverted']],
    ['a revert that was refused', reverting, revertRefused, 'delivered', ['revertRefused']],
    ['a revert that never left', reverting, revertNotSent, 'delivered', ['revertNotSent']],
    ['a revert without a clear answer', reverting, revertUnclear, 'revertUnknown', ['revertUnclear']],
    ['a revert whose sender died', reverting, { type: 'recover' }, 'revertUnknown', ['revertUnclear']],
    ['a revert asked after, nothing learnt', revertUnknown, { type: 'learnNothing' }, 'revertUnknown', ['askedInVain']],
    [
      'a revert asked after for the last time',
      { ...revertUnknown, asked: 7 },
      { type: 'learnNothing' },
      'needsPerson',
      ['askedInVain', 'personNeeded'],
    ],
    ['a revert that is learnt of', revertUnknown, learnReverted, 'reverted', ['saleReverted']],
    ['a late answer proves the revert', revertUnknown, reverted, 'reverted', ['saleReverted']],
    ['a late answer disproves the revert', revertUnknown, revertRefused, 'delivered', ['revertRefused']],
    ['a late answer proves that the revert never left', revertUnknown, revertNotSent, 'delivered', ['revertNotSent']],
    ['a late answer of a revert that is unclear itself is only kept', revertUnknown, revertUnclear, 'revertUnknown', []],
    ['a late answer proves the revert after the last question', revertNeverLearnt, reverted, 'reverted', ['saleReverted']],
    ['a person found out that it was reverted', revertNeverLearnt, rule('reverted'), 'reverted', ['ruled', 'saleReverted']],
    [
      'a person found out that it was not reverted',
      revertNeverLearnt,
      rule('notReverted'),
      'delivered',
      ['ruled', 'revertRefused'],
    ],
    ['the late code of an order that was reverted is only kept', isReverted, charged('here'), 'reverted', []],
    ['the late receipt of an order that was found out to be charged is only kept', isCharged, charged('here'), 'charged', []],
    ['so it is when what stood for it was delivered', isDelivered, charged('here'), 'delivered', []],
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
    ['a purchase that never left as the fate of the one after it', { ...sending, attempt: again }, settle({ kind: 'notSent' })],
    ['it also when that one is unknown', { ...unknown, attempt: again }, settle({ kind: 'notSent' })],
    ['a late refusal of a rejected order', isRejected, rejected],
    ['a late answer for a rejected order that is unclear itself', isRejected, unclear],
    ['a late answer without a code for a paid order', needsPerson, charged('missing')],
    ['a rejection of a charged order', { status: 'charged', attempt }, rejected],
    ['a rejection of a paid order without a code', awaiting, rejected],
    ['a ruling that gives captured money back', needsPerson, rule('notCharged')],
    ['a ruling on an order that nobody gave up on', unknown, rule('notCharged')],
    ['a delivery twice', { status: 'delivered', attempt, message }, { type: 'confirmDelivery', message }],
    ['a revert of an order that is not sent', placed, intendRevert],
    ['a revert of an order in flight', sending, intendRevert],
    ['a revert as a way of finding out', unknown, intendRevert],
    ['a revert of an order whose outcome nobody learnt', neverLearnt, intendRevert],
    ['a revert of a rejected order', { status: 'rejected', reason: 'unavailable' }, intendRevert],
    ['a revert beside a revert in flight', reverting, intendRevert],
    ['a revert while one is unknown', revertUnknown, intendRevert],
    ['a revert after one that nobody learnt of', revertNeverLearnt, intendRevert],
    ['a second revert', isReverted, intendRevert],
    ['an outcome of another revert', reverting, settleRevert({ kind: 'refused', resultCode: '923' }, attempt)],
    ['an outcome of a revert that was ruled on', isDelivered, reverted],
    ['a second refund', isReverted, reverted],
    ['a ruling on the purchase while the revert is in question', revertNeverLearnt, rule('notCharged')],
    ['a ruling on a revert that there was none of', neverLearnt, rule('reverted')],
    ['a refund by ruling of an order that was paid', needsPerson, rule('reverted')],
    ['a recovery of an order that was never sent', placed, { type: 'recover' }],
  ])('refuses %s', (_name, state, command) => {
    expect(decide(state, command, at)).toEqual({ ok: false, error: { kind: 'notNow', status: state.status } });
  });

  it.each(paid)('a revert of an order that is $status leads back to where it was, unless it worked', (before) => {
    const intended = run(before, intendRevert);
    expect(intended).toMatchObject({
      state: { status: 'reverting', attempt, revert, back: before },
      events: [{ type: 'revertIntended', attempt: revert, by: 'operator', why: 'the wrong card' }],
    });
    const after = (command: OrderCommand) => run(intended?.state ?? placed, command)?.state;
    expect(after(revertRefused)).toEqual(before);
    expect(after(revertNotSent)).toEqual(before);
    expect(after(reverted)).toEqual({ status: 'reverted', attempt, revert });
  });

  it.each<[string, PaidState, OrderCommand, PaidState['status'], string | null]>([
    ['a code on its way is delivered', isCharged, { type: 'confirmDelivery', message }, 'delivered', null],
    ['the code that was missing comes late', needsPerson, charged('here'), 'charged', 'code'],
    ['the key to the code comes late', needsPerson, charged('later'), 'awaitingCode', null],
  ])('behind a revert that is unknown, %s', (_name, back, command, status, news) => {
    for (const state of [
      { ...reverting, back },
      { ...revertUnknown, back },
      { ...revertNeverLearnt, back },
    ]) {
      const result = run(state, command);
      expect(result?.state).toMatchObject({ status: state.status, revert, back: { status } });
      expect(result && newsOf(result.events, result.state)).toBe(news);
    }
  });

  it("an event that the state can't take is a bug", () => {
    expect(() => evolve(placed, { type: 'saleReverted', supplierReference: null, at })).toThrow("can't take saleReverted");
    expect(() => evolve(unknown, { type: 'revertIntended', attempt: revert, by: '', why: '', at })).toThrow(
      "can't take revertIntended",
    );
    expect(() => evolve(revertUnknown, { type: 'personNeeded', why: 'paidWithoutCode', at })).toThrow("can't take personNeeded");
    expect(() => evolve(placed, { type: 'codeReceived', at })).toThrow("can't take codeReceived");
    expect(() => evolve(unknown, { type: 'chargeCameToLight', supplierReference: null, at })).toThrow(
      "can't take chargeCameToLight",
    );
  });
});

describe('schedules', () => {
  /** When an order is due, in seconds after the first event, if it is looked at exactly when it is due. */
  const dueTimes = (start: OrderState, command: OrderCommand): readonly number[] => {
    const times: number[] = [];
    let state = start;
    for (let due = dueAt(state, terms); due !== null; due = dueAt(state, terms)) {
      times.push((due - at) / 1_000);
      state = run(state, command, due)?.state ?? needsPerson;
    }
    return times;
  };

  it('an unknown outcome is asked about at the documented times', () => {
    expect(dueTimes(unknown, { type: 'learnNothing' })).toEqual([30, 120, 300, 900, 3_600, 10_800, 28_800, 86_400]);
  });

  it('a revert that is unknown is asked about at the same times', () => {
    expect(dueTimes(revertUnknown, { type: 'learnNothing' })).toEqual([30, 120, 300, 900, 3_600, 10_800, 28_800, 86_400]);
    expect(dueAt({ ...reverting, revert: { ...revert, at: later(at, 5) } }, terms)).toBe(later(at, SENDING_PATIENCE + 5));
  });

  it('a late code is polled at the documented times, for a day', () => {
    const times = dueTimes(awaiting, { type: 'missCode' });
    expect(times.slice(0, 7)).toEqual([2, 5, 15, 60, 300, 1_800, 3_600]);
    expect(times.at(-1)).toBe(86_400);
  });

  it('an outage delays the questions but never bunches them', () => {
    const muchLater = later(at, 25 * 3_600_000);
    const asked = run(unknown, { type: 'learnNothing' }, muchLater)?.state ?? needsPerson;
    expect(dueAt(asked, terms)).toBe(later(muchLater, 90_000));
    const recovered = run(sending, { type: 'recover' }, muchLater)?.state ?? needsPerson;
    expect(dueAt(recovered, terms)).toBe(later(muchLater, 30_000));
  });

  it('a purchase in flight is left alone for longer than a call may take', () => {
    expect(dueAt(sending, terms)).toBe(later(at, SENDING_PATIENCE));
    expect(SENDING_PATIENCE).toBeGreaterThan(90_000 + 20_000);
  });

  it('ended orders are never due', () => {
    const ended: readonly OrderState[] = [
      { status: 'charged', attempt },
      { status: 'delivered', attempt, message },
      { status: 'rejected', reason: 'unavailable' },
      needsPerson,
      revertNeverLearnt,
      isReverted,
    ];
    expect(ended.map((state) => dueAt(state, terms))).toEqual(ended.map(() => null));
  });
});

describe('the result of a draw', () => {
  const endsAt = later(at, 3_600_000);
  const raffle: OrderTerms = { ...terms, dynamic: { id: 'D-1', description: 'A guitar', endsAt } };
  const miss = (state: OrderState, when: Instant) => run(state, { type: 'missResult' }, when)?.state ?? state;

  it('is due an hour after the draw, as soon as there is a code, whatever becomes of its message', () => {
    expect(dueAt(isCharged, raffle)).toBe(later(endsAt, 3_600_000));
    expect(dueAt(isDelivered, raffle)).toBe(later(endsAt, 3_600_000));
    expect(dueAt(awaiting, raffle)).toBe(awaiting.pollAt);
    expect(dueAt(isDelivered, { dynamic: { id: 'D-1', description: '', endsAt: null } })).toBeNull();
  });

  it('is asked for daily, and given up after 30 days', () => {
    let state: OrderState = isDelivered;
    const asked: number[] = [];
    for (let due = dueAt(state, raffle); due !== null; due = dueAt(state, raffle)) {
      asked.push((due - endsAt) / 3_600_000);
      state = miss(state, due);
    }
    expect(asked).toEqual(Array.from({ length: 31 }, (_, day) => 1 + day * 24));
    expect(state).toEqual({ ...isDelivered, search: { asked: 31, askAt: null } });
    expect(run(state, { type: 'learnResult' })).toBeNull();
  });

  it('ends the search when it is known', () => {
    const known = run(miss(isDelivered, at), { type: 'learnResult' });
    expect(known?.state).toEqual({ ...isDelivered, search: { asked: 2, askAt: null } });
    expect(known && newsOf(known.events, known.state)).toBe('result');
    expect(known && run(known.state, { type: 'missResult' })).toBeNull();
  });

  it('waits behind a delivery and behind a revert that comes to nothing', () => {
    const searching = miss(isCharged, at);
    expect(run(searching, { type: 'confirmDelivery', message })?.state).toEqual({
      ...isDelivered,
      search: { asked: 1, askAt: later(at, 86_400_000) },
    });
    const underRevert = run(searching, intendRevert)?.state;
    expect(underRevert && run(underRevert, { type: 'learnResult' })).toBeNull();
    expect(underRevert && run(underRevert, revertRefused)?.state).toEqual(searching);
  });

  it.each<[string, OrderState]>([
    ['placed', placed],
    ['sending', sending],
    ['unknown', unknown],
    ['awaitingCode', awaiting],
    ['needsPerson', needsPerson],
    ['reverted', isReverted],
  ])('is not looked for while the order is %s', (_name, state) => {
    expect(run(state, { type: 'missResult' })).toBeNull();
    expect(run(state, { type: 'learnResult' })).toBeNull();
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
    ['a revert that worked', reverting, reverted, 'reverted'],
    ['a revert that a person found out about', revertNeverLearnt, rule('reverted'), 'reverted'],
    ['nothing of a charge that came to light: their money is back', isRejected, charged('here'), null],
    ['nothing of a revert that is meant', isDelivered, intendRevert, null],
    ['nothing of a revert that was refused', reverting, revertRefused, null],
    ['nothing of a revert that is unknown', reverting, revertUnclear, null],
    ['nothing of a revert that nobody learnt of', { ...revertUnknown, asked: 7 }, { type: 'learnNothing' }, null],
    ['nothing of a result that is not there yet', isDelivered, { type: 'missResult' }, null],
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
  const reverts = fc.constantFrom<OrderCommand>(
    reverted,
    revertRefused,
    revertNotSent,
    revertUnclear,
    learnReverted,
    settleRevert({ kind: 'reverted', supplierReference: null }, attempt),
    rule('reverted'),
    rule('notReverted'),
  );
  const commands = fc.oneof(
    fc.constantFrom<OrderCommand>({ type: 'intend', attempt }, intendRevert),
    settlements.map(settle),
    reverts,
    fc.constantFrom<OrderCommand>(
      { type: 'recover' },
      { type: 'learnNothing' },
      learnRejected,
      { type: 'learnCharged', code: 'later', supplierReference: null },
      { type: 'learnCharged', code: 'missing', supplierReference: null },
      { type: 'learnCharged', code: 'here', supplierReference: null },
      rule('chargedWithCode'),
      rule('charged'),
      rule('charged', 'later'),
      rule('notCharged'),
      { type: 'receiveCode' },
      { type: 'missCode' },
      { type: 'confirmDelivery', message },
      { type: 'learnResult' },
      { type: 'missResult' },
    ),
  );

  /** Asking in vain to the end is one step, so that the orders that only a person can settle are among what is tried. */
  const steps = fc.oneof(
    { weight: 12, arbitrary: commands.map((command) => [command]) },
    { weight: 1, arbitrary: fc.constant(ASK_WAITS.map((): OrderCommand => ({ type: 'learnNothing' }))) },
  );

  it('one purchase at most is not proven unsent; money is settled once and as the state says; postings sum to zero', () => {
    const reached = new Set<OrderState['status']>();
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 60, size: 'max' }), (sequence) => {
        let state: OrderState = placed;
        const events: OrderEvent[] = [{ type: 'placed', at }];
        for (const command of sequence.flat()) {
          const result = run(state, command);
          if (result === null) continue;
          state = result.state;
          events.push(...result.events);
        }
        const count = (type: OrderEvent['type']): number => events.filter((event) => event.type === type).length;
        expect(count('purchaseIntended') - count('purchaseNotSent')).toBeLessThanOrEqual(1);
        expect(count('purchaseCharged') + count('purchaseRejected')).toBeLessThanOrEqual(1);
        const ruledOut = events.filter((event) => event.type === 'ruled' && event.ruling === 'notReverted').length;
        const failed = count('revertRefused') + count('revertNotSent');
        expect(ruledOut).toBeLessThanOrEqual(count('revertRefused'));
        expect(count('revertIntended') - failed).toBeLessThanOrEqual(1);
        expect(count('saleReverted')).toBeLessThanOrEqual(count('revertIntended') - failed);
        expect(count('saleReverted')).toBeLessThanOrEqual(count('purchaseCharged'));
        expect(count('resultLearnt')).toBeLessThanOrEqual(count('codeReceived'));
        expect(count('resultLearnt')).toBeLessThanOrEqual(1);
        const transfers = events.map((event) => transferFor(terms, event)).filter((transfer) => transfer !== null);
        expect(new Set(transfers.map((transfer) => transfer.id)).size).toBe(transfers.length);
        expect(imbalance(transfers.flatMap((transfer) => transfer.postings)).size).toBe(0);
        const sold = transfers.flatMap((transfer) => transfer.postings).filter((posting) => posting.account === 'sales');
        expect(sold.length).toBe(count('purchaseCharged') + count('saleReverted'));
        const changeOf = (...accounts: readonly Account[]): number =>
          transfers
            .flatMap((transfer) => transfer.postings)
            .filter(({ account }) => accounts.includes(account))
            .reduce((sum, { amount }) => sum + amount.hundredths, 0);
        const { pay, commission } = terms;
        const stands = count('purchaseCharged') > count('saleReverted');
        const paid = count('placed') > count('purchaseCharged') + count('purchaseRejected') || stands ? pay.hundredths : 0;
        const earned = stands ? commission.hundredths : 0;
        expect(changeOf('available:41')).toBe(earned - paid);
        expect(changeOf('reserved:41')).toBe(stands ? 0 : paid);
        expect(changeOf('sales')).toBe(stands ? pay.hundredths : 0);
        expect(changeOf('commissions')).toBe(0 - earned);
        expect(state.status === 'reverted').toBe(count('saleReverted') === 1);
        if (state.status === 'rejected') expect(count('purchaseCharged')).toBe(0);
        if (count('chargeCameToLight') > 0) expect(state.status).toBe('rejected');
        if (state.status === 'charged' || state.status === 'delivered' || state.status === 'awaitingCode')
          expect(count('purchaseCharged')).toBe(1);
        // Whatever is not ended has somebody who looks again.
        const ended = ['charged', 'delivered', 'rejected', 'needsPerson', 'reverted'].includes(state.status);
        expect(dueAt(state, terms) === null).toBe(ended);
        const raffle = { dynamic: { id: 'D-1', description: '', endsAt: at } };
        expect(dueAt(state, raffle) === null).toBe(ended && !mayHaveResult(state));
        reached.add(state.status);
      }),
      { numRuns: 500 },
    );
    // The laws were tried where they could have been broken.
    expect([...reached]).toEqual(expect.arrayContaining(['charged', 'delivered', 'rejected', 'needsPerson', 'reverted']));
  });
});
