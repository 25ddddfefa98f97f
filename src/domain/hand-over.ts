// A hand-over: a link that shows what was sold to whoever opens it first. Its rules; which opening is the first, the ledger decides.
import type { ChatId, CustomerId, OrderId } from './ids.ts';
import { DAY } from './time.ts';
import type { Instant } from './time.ts';
import { parseToken } from './token.ts';
import type { Token } from './token.ts';

/** How long an unused link may be opened, in milliseconds. */
export const HAND_OVER_LASTS = 7 * DAY;

/** What stands before the token in the argument of `/start`, so that other links can't be taken for this kind. */
const PREFIX = 'ho_';

export type HandOver = {
  readonly order: OrderId;
  readonly seller: CustomerId;
  readonly madeAt: Instant;
  readonly expiresAt: Instant;
};

/** Who opened a link, and where they were shown what was sold. */
export type Recipient = { readonly customer: CustomerId; readonly chat: ChatId };

/** Where an order's hand-over stands. Links that ran out or were taken back leave no trace here. */
export type HandOverStanding =
  | { readonly kind: 'none' }
  | { readonly kind: 'linked'; readonly expiresAt: Instant }
  | { readonly kind: 'handedOver'; readonly to: Recipient; readonly at: Instant };

/** Why a link gives nothing. `unknown`: no link has this token. `used`: somebody else was first. `own`: the seller's, and still good. */
export type HandOverRefusal = 'unknown' | 'used' | 'expired' | 'takenBack' | 'own';

/** The argument of `/start` that opens a hand-over. */
export const handOverArgument = (token: Token): string => `${PREFIX}${token}`;

export const isHandOverArgument = (argument: string): boolean => argument.startsWith(PREFIX);

/** Null for an argument that no link of ours ever had. */
export const tokenOfArgument = (argument: string): Token | null => {
  const token = parseToken(argument.slice(PREFIX.length));
  return isHandOverArgument(argument) && token.ok ? token.value : null;
};
