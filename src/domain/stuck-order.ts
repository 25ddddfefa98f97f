// Orders that are under way for longer than is normal: nothing is lost, and the bot goes on asking, but somebody should know.
import type { OrderState } from './order.ts';
import { HOUR, MINUTE, later } from './time.ts';
import type { Instant } from './time.ts';

/** What an order waits for: to be told whether it was charged, for its code, or whether it was reverted. */
export const STUCK_STATUSES = ['unknown', 'awaitingCode', 'revertUnknown'] as const;
export type StuckStatus = (typeof STUCK_STATUSES)[number];

/** How long each may take before it is unusual, in milliseconds. */
const PATIENCE: Readonly<Record<StuckStatus, number>> = { unknown: 15 * MINUTE, awaitingCode: HOUR, revertUnknown: 15 * MINUTE };

/** When what is waited for was sent, and in which status it is waited; null for an order that waits for nothing of the kind, or not for long. */
export const stuckSince = (state: OrderState, now: Instant): { readonly status: StuckStatus; readonly since: Instant } | null => {
  if (state.status !== 'unknown' && state.status !== 'awaitingCode' && state.status !== 'revertUnknown') return null;
  const { status } = state;
  const since = state.status === 'revertUnknown' ? state.revert.at : state.attempt.at;
  return later(since, PATIENCE[status]) <= now ? { status, since } : null;
};
