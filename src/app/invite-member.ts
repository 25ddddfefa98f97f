// Makes an invitation: a token for a one-time link, of which only the hash is kept.
import { MOST_CLERKS, invitationUntil } from '../domain/member.ts';
import type { Invitation } from '../domain/member.ts';
import { fail, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import type { Instant } from '../domain/time.ts';
import type { Token } from '../domain/token.ts';
import type { Clock } from './ports/clock.ts';
import type { People } from './ports/people.ts';
import type { Tokens } from './ports/tokens.ts';

/** The name has been through `parseMemberName`. */
export type NewInvitation = Pick<Invitation, 'for' | 'name' | 'by'>;

/** What the link is made of, for this once: nobody can find it again. */
export type MadeInvitation = { readonly token: Token; readonly expiresAt: Instant };

/** `full`: the agent has as many clerks as there may be. Whether the inviter may invite is the caller's to know. */
export type InviteMember = (invitation: NewInvitation) => Promise<Result<MadeInvitation, 'full'>>;

export const createInviteMember =
  ({ people, tokens, clock }: { readonly people: People; readonly tokens: Tokens; readonly clock: Clock }): InviteMember =>
  async (invitation) => {
    const { for: whom } = invitation;
    if (whom.kind === 'clerk' && (await people.clerksOf(whom.agent)).length >= MOST_CLERKS) return fail('full');
    const createdAt = clock.now();
    const expiresAt = invitationUntil(createdAt);
    const token = tokens.newToken();
    await people.invite(tokens.hashOf(token), { ...invitation, createdAt, expiresAt });
    return ok({ token, expiresAt });
  };
