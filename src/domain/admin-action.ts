// What the people who run the shop have done, as it is kept: who, when, what, and how it was before and after.
import type { Instant } from './time.ts';

export const ADMIN_DEEDS = [
  'stopPut',
  'stopLifted',
  'messageResent',
  'ruled',
  'revertIntended',
  'toppedUp',
  'topUpAsked',
  'topUpConfirmed',
  'topUpRefused',
  'announced',
  'announcementStopped',
  'agentInvited',
  'agentBlocked',
  'agentUnblocked',
  'creditSet',
  'balanceAdjusted',
] as const;
export type AdminDeed = (typeof ADMIN_DEEDS)[number];

/** Who does something, and when. The key is minted when the confirmation is shown: what it confirms happens once. */
export type Confirmed = { readonly key: string; readonly by: string; readonly at: Instant };

/** Flat and readable; sealed at rest, as it may say something personal. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>;

/** `by`: a Telegram id, a name given on the command line, or `bot`. `target`: an order, a customer, a stop's scope ... */
export type AdminAction = Confirmed & {
  readonly deed: AdminDeed;
  readonly target: string;
  readonly before: Facts | null;
  readonly after: Facts | null;
};
