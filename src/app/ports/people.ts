// The members of the shop: agents and their clerks, and the invitations that make somebody one.
import type { DailyLimit } from '../../domain/daily-limit.ts';
import type { CustomerId } from '../../domain/ids.ts';
import type { Invitation, InvitationRefusal, Member } from '../../domain/member.ts';
import type { Money } from '../../domain/money.ts';
import type { Result } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { TokenHash } from '../../domain/token.ts';

/** One page of the agents, the first to join first, and how many there are in all. */
export type AgentPage = { readonly agents: readonly Member[]; readonly total: number };

/** How often somebody opened invitations that were refused for one reason. */
export type RefusedInvitations = {
  readonly customer: CustomerId;
  readonly why: InvitationRefusal;
  readonly count: number;
  readonly lastAt: Instant;
};

export type People = {
  member(id: CustomerId): Promise<Member | null>;
  /** `page` counts from 0. */
  agents(page: number, pageSize: number): Promise<AgentPage>;
  /** The first to join first; there are never more than `MOST_CLERKS`. */
  clerksOf(agent: CustomerId): Promise<readonly Member[]>;

  /** Stores an invitation under the hash of its token; the same hash a second time is a bug and throws. */
  invite(hash: TokenHash, invitation: Invitation): Promise<void>;
  /**
   * Makes the customer a member, once an invitation, under any number of callers. Whoever redeemed it gets the same answer again. A refusal
   * is recorded with its reason and leaves the invitation as it was. `expired` also when the inviting agent may not sell any more or has
   * as many clerks as there may be.
   */
  redeem(hash: TokenHash, customer: CustomerId, at: Instant): Promise<Result<Member, InvitationRefusal>>;
  /** Who opened invitations that were refused, the latest first. */
  refusedInvitations(limit: number): Promise<readonly RefusedInvitations[]>;

  /** Each change says false when there is no such member. */
  setBlocked(id: CustomerId, blocked: boolean): Promise<boolean>;
  setHidesCodes(id: CustomerId, hides: boolean): Promise<boolean>;
  /** An agent's. Amounts are positive; an empty list means that the float may not go below zero. */
  setCredit(id: CustomerId, credit: readonly Money[]): Promise<boolean>;
  setPerDay(id: CustomerId, limit: DailyLimit | null): Promise<boolean>;
  /** Makes a clerk of this agent a customer again. Their orders stay with them, the money with the agent. */
  removeClerk(agent: CustomerId, clerk: CustomerId): Promise<boolean>;
};
