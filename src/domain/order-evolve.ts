// How events change an order, and when somebody has to look at it again. Waits count from the event before, so that an outage delays them but never bunches them.
import type { OrderEvent, OrderState, OrderTerms, PaidState, PersonReason } from './order.ts';
import { afterResult, resultDueAt } from './order-result.ts';
import { assertNever } from './result.ts';
import { HOUR, MINUTE, SECOND, later } from './time.ts';
import type { Instant } from './time.ts';

/** Between sends that provably did not leave us; after the last one the order is rejected. */
export const RESEND_WAITS: readonly number[] = [2 * SECOND, 5 * SECOND, 15 * SECOND, MINUTE];
/** Before each question to Transaction Info: 30 s, 2, 5 and 15 min, 1, 3, 8 and 24 h after the outcome got lost. After the last one a person decides. Of reverts too. */
export const ASK_WAITS: readonly number[] = [
  30 * SECOND,
  90 * SECOND,
  3 * MINUTE,
  10 * MINUTE,
  45 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  16 * HOUR,
];
/** Before each question for a late code: 2, 5, 15 and 60 s and 5 min after the charge, then every 30 min for a day. */
export const POLL_WAITS: readonly number[] = [
  2 * SECOND,
  3 * SECOND,
  10 * SECOND,
  45 * SECOND,
  4 * MINUTE,
  25 * MINUTE,
  ...Array.from({ length: 47 }, () => 30 * MINUTE),
];
/** Longer than a purchase or a revert call may take (90 s, and 20 s in its queue): one older than this has lost whoever sent it. */
export const SENDING_PATIENCE = 2 * MINUTE;

const wait = (from: Instant, waits: readonly number[], index: number): Instant => later(from, waits[index] ?? 0);

export const placedState = (at: Instant): OrderState => ({ status: 'placed', unsent: null, tries: 0, tryAt: at });

/** When the worker has to look at an order again; null when there is nothing left to do for it. */
export const dueAt = (state: OrderState, { dynamic }: Pick<OrderTerms, 'dynamic'>): Instant | null => {
  switch (state.status) {
    case 'placed':
      return state.tryAt;
    case 'sending':
      return later(state.attempt.at, SENDING_PATIENCE);
    case 'reverting':
      return later(state.revert.at, SENDING_PATIENCE);
    case 'unknown':
    case 'revertUnknown':
      return state.askAt;
    case 'awaitingCode':
      return state.pollAt;
    case 'charged':
    case 'delivered':
      return resultDueAt(state.search, dynamic?.endsAt ?? null);
    case 'rejected':
    case 'needsPerson':
    case 'reverted':
      return null;
    default:
      return assertNever(state);
  }
};

/** Whether the purchase was charged and nothing is under way to undo it. */
export const isPaid = (state: OrderState): state is PaidState =>
  state.status === 'awaitingCode' ||
  state.status === 'charged' ||
  state.status === 'delivered' ||
  (state.status === 'needsPerson' && state.why === 'paidWithoutCode');

/** The paid state that stands, also while somebody tries to undo the sale; null when nothing was sold, or it is undone. */
export const standingOf = (state: OrderState): PaidState | null => ('back' in state ? state.back : isPaid(state) ? state : null);

type UnderRevert = Extract<OrderState, { back: PaidState }>;

/** What becomes of the code goes on behind a revert: it counts when the revert comes to nothing. */
const evolveBehind = (state: UnderRevert, event: OrderEvent): OrderState => {
  const back = evolve(state.back, event);
  if (!isPaid(back)) throw new Error(`Behind a revert ${event.type} leads to ${back.status}`);
  return { ...state, back };
};

/** Applies one event. Total over the events that `decide` emits for the state; any other pair is a bug and throws. */
export const evolve = (state: OrderState, event: OrderEvent): OrderState => {
  const { at } = event;
  const impossible = (): never => {
    throw new Error(`An order that is ${state.status} can't take ${event.type}`);
  };
  switch (event.type) {
    case 'placed':
      return placedState(at);
    case 'purchaseIntended':
      return state.status === 'placed' ? { status: 'sending', attempt: event.attempt, tries: state.tries } : impossible();
    case 'purchaseNotSent': {
      if (state.status !== 'sending') return impossible();
      const { terminalId, reference } = state.attempt;
      const { tries } = state;
      return { status: 'placed', unsent: { terminalId, reference }, tries: tries + 1, tryAt: wait(at, RESEND_WAITS, tries) };
    }
    case 'purchaseCharged':
      if (state.status !== 'sending' && state.status !== 'unknown' && state.status !== 'needsPerson') return impossible();
      return { status: 'awaitingCode', attempt: state.attempt, polled: 0, pollAt: wait(at, POLL_WAITS, 0) };
    case 'purchaseRejected':
      return ['placed', 'sending', 'unknown', 'needsPerson'].includes(state.status)
        ? { status: 'rejected', reason: event.reason }
        : impossible();
    case 'chargeCameToLight':
      return state.status === 'rejected' ? state : impossible();
    case 'outcomeUnclear': {
      if (state.status !== 'sending') return impossible();
      const { attempt } = state;
      return {
        status: 'unknown',
        attempt,
        expectation: event.expectation,
        asked: 0,
        askAt: wait(at, ASK_WAITS, 0),
        reportedRejected: false,
      };
    }
    case 'askedInVain':
    case 'rejectionReported': {
      if (state.status === 'revertUnknown' && event.type === 'askedInVain') {
        return { ...state, asked: state.asked + 1, askAt: wait(at, ASK_WAITS, state.asked + 1) };
      }
      if (state.status !== 'unknown') return impossible();
      const asked = state.asked + 1;
      const reportedRejected = state.reportedRejected || event.type === 'rejectionReported';
      return { ...state, asked, askAt: wait(at, ASK_WAITS, asked), reportedRejected };
    }
    case 'codeMissed': {
      if (state.status !== 'awaitingCode') return impossible();
      const polled = state.polled + 1;
      return { ...state, polled, pollAt: wait(at, POLL_WAITS, polled) };
    }
    case 'codeReceived':
      if ('back' in state) return evolveBehind(state, event);
      if (state.status !== 'awaitingCode' && state.status !== 'needsPerson') return impossible();
      return { status: 'charged', attempt: state.attempt };
    case 'tokenReceived':
      if ('back' in state) return evolveBehind(state, event);
      if (state.status !== 'needsPerson') return impossible();
      return { status: 'awaitingCode', attempt: state.attempt, polled: 0, pollAt: wait(at, POLL_WAITS, 0) };
    case 'personNeeded':
      return withPerson(state, event.why) ?? impossible();
    case 'ruled':
      return state.status === 'needsPerson' ? state : impossible();
    case 'codeDelivered':
      if ('back' in state) return evolveBehind(state, event);
      return state.status === 'charged' ? { ...state, status: 'delivered', message: event.message } : impossible();
    case 'resultLearnt':
    case 'resultMissed':
      return afterResult(state, event) ?? impossible();
    case 'revertIntended':
      return isPaid(state) ? { status: 'reverting', attempt: state.attempt, revert: event.attempt, back: state } : impossible();
    case 'revertNotSent':
    case 'revertRefused':
      return 'back' in state ? state.back : impossible();
    case 'revertUnclear': {
      if (state.status !== 'reverting') return impossible();
      return { ...state, status: 'revertUnknown', asked: 0, askAt: wait(at, ASK_WAITS, 0) };
    }
    case 'saleReverted':
      return 'back' in state ? { status: 'reverted', attempt: state.attempt, revert: state.revert } : impossible();
    default:
      return assertNever(event);
  }
};

/** An order that was given up for this reason; null where it can't be. */
const withPerson = (state: OrderState, why: PersonReason): OrderState | null => {
  switch (why) {
    case 'paidWithoutCode':
      return state.status === 'awaitingCode' ? { status: 'needsPerson', attempt: state.attempt, why } : null;
    case 'outcomeNeverLearnt':
      return state.status === 'unknown' ? { status: 'needsPerson', attempt: state.attempt, why } : null;
    case 'revertNeverLearnt': {
      if (state.status !== 'revertUnknown') return null;
      const { attempt, revert, back } = state;
      return { status: 'needsPerson', why, attempt, revert, back };
    }
    default:
      return assertNever(why);
  }
};
