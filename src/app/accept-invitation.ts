// Opens an invitation's link: makes the customer a member, or says why not.
import type { CustomerId } from '../domain/ids.ts';
import type { InvitationRefusal, Member } from '../domain/member.ts';
import type { Result } from '../domain/result.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { People } from './ports/people.ts';
import type { Tokens } from './ports/tokens.ts';

/** `token` is what stood in the link, which may be anything. A refusal is recorded. */
export type AcceptInvitation = (token: string, customer: CustomerId) => Promise<Result<Member, InvitationRefusal>>;

export const createAcceptInvitation =
  (deps: { readonly people: People; readonly tokens: Tokens; readonly clock: Clock; readonly log: Log }): AcceptInvitation =>
  async (token, customer) => {
    const { people, tokens, clock, log } = deps;
    const joined = await people.redeem(tokens.hashOf(token), customer, clock.now());
    if (joined.ok) log.info('memberJoined', { customer, agent: joined.value.agent });
    else log.warn('invitationRefused', { customer, why: joined.error });
    return joined;
  };
