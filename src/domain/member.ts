// Members sell for the shop: agents from a float of their own, clerks from their agent's. Everybody else is a customer.
import type { BuyerRole } from './buyer-role.ts';
import type { DailyLimit } from './daily-limit.ts';
import type { CustomerId } from './ids.ts';
import type { Money } from './money.ts';
import { fail, ok } from './result.ts';
import type { Result } from './result.ts';
import { HOUR, later } from './time.ts';
import type { Instant } from './time.ts';

export type Member = {
  readonly id: CustomerId;
  /** What the shop or the agent calls them. Personal. */
  readonly name: string;
  /** Whose float a clerk sells from; null: is an agent. */
  readonly agent: CustomerId | null;
  /** May not sell. A clerk of a blocked agent is blocked as well. */
  readonly blocked: boolean;
  /** Codes are handed over only, never shown to the seller. */
  readonly hidesCodes: boolean;
  /** How far below zero an agent's float may go: one positive amount a currency, none where it may not. Clerks have none. */
  readonly credit: readonly Money[];
  /** A clerk's own limit, set by their agent. */
  readonly perDay: DailyLimit | null;
  readonly joinedAt: Instant;
};

/** Who invites: a member, or the operator of the bot by the name that the books know them by. */
export type Inviter = CustomerId | string;

/** Makes somebody a member who opens its link in time; the first one who does. */
export type Invitation = {
  readonly for: { readonly kind: 'agent' } | { readonly kind: 'clerk'; readonly agent: CustomerId };
  readonly name: string;
  readonly by: Inviter;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
};

/** `own`: an agent opened the link that is meant for their clerk. None of these uses the invitation up. */
export type InvitationRefusal = 'unknown' | 'used' | 'expired' | 'own' | 'alreadyMember';

/** The beginning of a deep link's payload that carries an invitation's token. */
export const INVITATION_PREFIX = 'inv_';

/** How long an invitation is good for, in milliseconds. */
export const INVITATION_LIFE = 48 * HOUR;

/** How many clerks an agent may have, blocked ones included. */
export const MOST_CLERKS = 50;

const MOST_NAME = 40;

/** A name as it is kept: one line of 1 to 40 characters. */
export const parseMemberName = (text: string): Result<string, 'notAName'> => {
  const name = text.replace(/\s+/gu, ' ').trim();
  return name !== '' && Array.from(name).length <= MOST_NAME && name.isWellFormed() ? ok(name) : fail('notAName');
};

export const invitationUntil = (createdAt: Instant): Instant => later(createdAt, INVITATION_LIFE);

/** Whose prices count. Who may not sell buys as a customer does. */
export const roleOf = (member: Member | null): BuyerRole => (member === null || member.blocked ? 'customer' : 'agent');

/** Whose wallet pays: the agent's where a clerk sells, else the customer's own. */
export const payerOf = (member: Member | null, customer: CustomerId): CustomerId =>
  member === null || member.blocked ? customer : (member.agent ?? customer);
