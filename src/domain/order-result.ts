// The result of a raffle: when it is asked for after the draw, and when the search ends. It moves no money and changes nothing of the purchase.
import type { OrderEvent, OrderState, ResultSearch } from './order.ts';
import { DAY, HOUR, later } from './time.ts';
import type { Instant } from './time.ts';

/** The first question comes an hour after the draw, the others daily for 30 days. */
const FIRST_WAIT = HOUR;
export const RESULT_ASKS = 1 + 30;

type Drawable = Extract<OrderState, { status: 'charged' | 'delivered' }>;

/** Whether the order has its code, and its result is neither known nor given up. What is under revert waits for that to be settled. */
export const mayHaveResult = (state: OrderState): state is Drawable =>
  (state.status === 'charged' || state.status === 'delivered') && state.search?.askAt !== null;

/** When the result has to be asked for; null when there is none to wait for, or the search is over. */
export const resultDueAt = (search: ResultSearch | undefined, endsAt: Instant | null): Instant | null => {
  if (endsAt === null) return null;
  return search === undefined ? later(endsAt, FIRST_WAIT) : search.askAt;
};

/** The order after a question for its result; null for an order that may not have one. */
export const afterResult = (
  state: OrderState,
  { type, at }: Extract<OrderEvent, { type: 'resultLearnt' | 'resultMissed' }>,
): OrderState | null => {
  if (!mayHaveResult(state)) return null;
  const asked = (state.search?.asked ?? 0) + 1;
  const isOver = type === 'resultLearnt' || asked >= RESULT_ASKS;
  return { ...state, search: { asked, askAt: isOver ? null : later(at, DAY) } };
};
