// What a command means for an order: the events that follow from it, or a refusal. The laws of one purchase stand here.
import type {
  Attempt,
  CodePlace,
  OrderCommand,
  OrderEvent,
  OrderRefusal,
  OrderState,
  PersonReason,
  PurchaseSettlement,
  Ruling,
} from './order.ts';
import { ASK_WAITS, POLL_WAITS, RESEND_WAITS, isPaid } from './order-evolve.ts';
import { mayHaveResult } from './order-result.ts';
import { eventsOfRevert, eventsOfRevertRuling, isSame } from './order-revert.ts';
import { assertNever, fail, ok } from './result.ts';
import type { Result } from './result.ts';
import type { Instant } from './time.ts';

type Decision = Result<readonly OrderEvent[], OrderRefusal>;

/** A refusal changes nothing. No events and no refusal: nothing changes, but what the command brought is worth keeping. */
export const decide = (state: OrderState, command: OrderCommand, at: Instant): Decision => {
  const notNow = fail({ kind: 'notNow', status: state.status } as const);
  switch (command.type) {
    case 'intend':
      return state.status === 'placed' ? ok([{ type: 'purchaseIntended', attempt: command.attempt, at }]) : notNow;
    case 'settle':
      // A purchase that was settled as not sent, by a write whose confirmation got lost, says nothing of the one after it.
      if ('attempt' in state && !isSame(state.attempt, command.attempt)) return notNow;
      if (state.status !== 'sending') return lateSettlement(state, command.settlement, at) ?? notNow;
      return ok(settlement(state.tries, command.settlement, at));
    case 'recover':
      if (state.status === 'reverting') return ok([{ type: 'revertUnclear', resultCode: null, at }]);
      return state.status === 'sending' ? ok([{ type: 'outcomeUnclear', expectation: 'open', resultCode: null, at }]) : notNow;
    case 'learnNothing':
      if (state.status !== 'unknown' && state.status !== 'revertUnknown') return notNow;
      return ok([{ type: 'askedInVain', at }, ...giveUpAsking(state, at)]);
    case 'learnRejected': {
      if (state.status !== 'unknown') return notNow;
      const { reason, resultCode } = command;
      if (state.reportedRejected) return ok([{ type: 'purchaseRejected', reason, resultCode, at }]);
      return ok([{ type: 'rejectionReported', resultCode, at }, ...giveUpAsking(state, at)]);
    }
    case 'learnCharged':
      if (state.status !== 'unknown') return notNow;
      return ok(charged(command.code, command.supplierReference, at));
    case 'receiveCode':
      return state.status === 'awaitingCode' ? ok([{ type: 'codeReceived', at }]) : notNow;
    case 'missCode': {
      if (state.status !== 'awaitingCode') return notNow;
      const last = state.polled + 1 >= POLL_WAITS.length;
      return ok([{ type: 'codeMissed', at }, ...(last ? [{ type: 'personNeeded', why: 'paidWithoutCode', at } as const] : [])]);
    }
    case 'confirmDelivery': {
      const { status } = 'back' in state ? state.back : state;
      return status === 'charged' ? ok([{ type: 'codeDelivered', message: command.message, at }]) : notNow;
    }
    case 'learnResult':
    case 'missResult': {
      if (!mayHaveResult(state)) return notNow;
      return ok([{ type: command.type === 'learnResult' ? 'resultLearnt' : 'resultMissed', at }]);
    }
    case 'rule': {
      if (state.status !== 'needsPerson') return notNow;
      const { ruling, code, by, why } = command;
      const events = eventsOfRuling(state.why, ruling, code, at);
      return events === null ? notNow : ok([{ type: 'ruled', ruling, by, why, at }, ...events]);
    }
    case 'intendRevert': {
      const { attempt, by, why } = command;
      return isPaid(state) ? ok([{ type: 'revertIntended', attempt, by, why, at }]) : notNow;
    }
    case 'settleRevert': {
      const events = eventsOfRevert(state, command.attempt, command.settlement, at);
      return events === null ? notNow : ok(events);
    }
    case 'learnReverted':
      return state.status === 'revertUnknown'
        ? ok([{ type: 'saleReverted', supplierReference: command.supplierReference, at }])
        : notNow;
    default:
      return assertNever(command);
  }
};

/** Null for a ruling that is not asked for. Money that was captured can't be released by a ruling; that takes a refund. */
const eventsOfRuling = (why: PersonReason, ruling: Ruling, code: CodePlace, at: Instant): readonly OrderEvent[] | null => {
  if (why === 'revertNeverLearnt') return eventsOfRevertRuling(ruling, at);
  switch (ruling) {
    case 'chargedWithCode':
      return why === 'paidWithoutCode' ? [{ type: 'codeReceived', at }] : charged('here', null, at);
    case 'charged':
      return why === 'paidWithoutCode' ? null : charged(code, null, at);
    case 'notCharged':
      return why === 'paidWithoutCode' ? null : [{ type: 'purchaseRejected', reason: 'shopProblem', resultCode: null, at }];
    case 'reverted':
    case 'notReverted':
      return null;
    default:
      return assertNever(ruling);
  }
};

const giveUpAsking = (
  { status, asked }: Extract<OrderState, { status: 'unknown' | 'revertUnknown' }>,
  at: Instant,
): readonly OrderEvent[] => {
  const why = status === 'unknown' ? 'outcomeNeverLearnt' : 'revertNeverLearnt';
  return asked + 1 >= ASK_WAITS.length ? [{ type: 'personNeeded', why, at }] : [];
};

const charged = (code: CodePlace, supplierReference: string | null, at: Instant): readonly OrderEvent[] => {
  const event = { type: 'purchaseCharged', supplierReference, at } as const;
  switch (code) {
    case 'here':
      return [event, { type: 'codeReceived', at }];
    case 'later':
      return [event];
    case 'missing':
      return [event, { type: 'personNeeded', why: 'paidWithoutCode', at }];
    default:
      return assertNever(code);
  }
};

const settlement = (tries: number, outcome: PurchaseSettlement, at: Instant): readonly OrderEvent[] => {
  switch (outcome.kind) {
    case 'charged':
      return charged(outcome.code, outcome.supplierReference, at);
    case 'rejected':
      return [{ type: 'purchaseRejected', reason: outcome.reason, resultCode: outcome.resultCode, at }];
    case 'notSent': {
      const notSent = { type: 'purchaseNotSent', at } as const;
      return tries < RESEND_WAITS.length
        ? [notSent]
        : [notSent, { type: 'purchaseRejected', reason: 'unavailable', resultCode: null, at }];
    }
    case 'unclear':
      return [{ type: 'outcomeUnclear', expectation: outcome.expectation, resultCode: outcome.resultCode, at }];
    default:
      return assertNever(outcome);
  }
};

/**
 * The purchase call's own answer after its worker was given up. It is the best proof there is, unless it is unclear itself, and it may
 * bring the code, or the key to it, that nobody else has. Null when the order has no use for it.
 */
const lateSettlement = (state: OrderState, outcome: PurchaseSettlement, at: Instant): Decision | null => {
  if (state.status === 'unknown' || (state.status === 'needsPerson' && state.why === 'outcomeNeverLearnt')) {
    if (outcome.kind === 'unclear') return ok([]);
    if (outcome.kind === 'notSent') return ok([{ type: 'purchaseRejected', reason: 'unavailable', resultCode: null, at }]);
    return ok(settlement(0, outcome, at));
  }
  if (outcome.kind !== 'charged') return null;
  if (state.status === 'rejected') return ok([{ type: 'chargeCameToLight', supplierReference: outcome.supplierReference, at }]);
  if (outcome.code === 'missing') return null;
  if ('back' in state) return lateSettlement(state.back, outcome, at);
  if (state.status === 'reverted') return ok([]);
  // Found out to be charged without it: only this answer has the authorisation that its receipt lacks.
  if (state.status === 'charged' || state.status === 'delivered') return outcome.code === 'here' ? ok([]) : null;
  if (state.status !== 'awaitingCode' && state.status !== 'needsPerson') return null;
  if (outcome.code === 'here') return ok([{ type: 'codeReceived', at }]);
  return ok(state.status === 'needsPerson' ? [{ type: 'tokenReceived', at }] : []);
};

/** Whether this is the attempt that the order has in flight: tells a write that was kept from one that was lost. */
export const isSending = (state: OrderState, attempt: Attempt): boolean =>
  state.status === 'sending' && isSame(state.attempt, attempt);
