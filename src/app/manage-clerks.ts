// What agents do about their clerks: see them, invite one, limit, block and remove them. An agent's own clerks only.
import type { AgentAnswer, AgentNotice, AgentQuestion } from '../domain/dialog/agent.ts';
import type { DailyLimit } from '../domain/daily-limit.ts';
import type { CustomerId } from '../domain/ids.ts';
import { MOST_CLERKS } from '../domain/member.ts';
import type { Member } from '../domain/member.ts';
import type { Currency, Hundredths } from '../domain/money.ts';
import { assertNever } from '../domain/result.ts';
import type { InviteMember } from './invite-member.ts';
import type { Ledger } from './ports/ledger.ts';
import type { Log } from './ports/log.ts';
import type { People } from './ports/people.ts';

export type ClerkQuestion = Extract<
  AgentQuestion,
  { type: 'clerks' | 'clerk' | 'inviteClerk' | 'limitClerk' | 'freeClerk' | 'blockClerk' | 'removeClerk' }
>;

/** `agent` is known to be one who may sell. */
export type ManageClerks = (agent: Member, question: ClerkQuestion) => Promise<AgentAnswer>;

const GONE: AgentAnswer = { type: 'shown', view: null, notice: { type: 'clerkGone' } };

/** The limit with another amount of one currency; what it says of others stays. */
const limited = (limit: DailyLimit | null, amount: Hundredths, currency: Currency): DailyLimit => ({
  count: limit?.count ?? null,
  amounts: [...(limit?.amounts ?? []).filter((other) => other.currency !== currency), { hundredths: amount, currency }].toSorted(
    (a, b) => (a.currency < b.currency ? -1 : 1),
  ),
});

export const createManageClerks = (deps: {
  readonly people: People;
  readonly inviteMember: InviteMember;
  readonly ledger: Pick<Ledger, 'balances'>;
  readonly log: Log;
}): ManageClerks => {
  const { people, inviteMember, ledger, log } = deps;

  /** Somebody else's clerk does not exist for this agent. */
  const ownClerk = async (agent: Member, id: CustomerId): Promise<Member | null> => {
    const clerk = await people.member(id);
    return clerk?.agent === agent.id ? clerk : null;
  };

  const showClerk = async (agent: Member, id: CustomerId, notice: AgentNotice | null): Promise<AgentAnswer> => {
    const clerk = await ownClerk(agent, id);
    return clerk === null ? GONE : { type: 'shown', view: { type: 'clerk', clerk }, notice };
  };

  const showClerks = async (agent: Member, notice: AgentNotice | null): Promise<AgentAnswer> => ({
    type: 'shown',
    view: { type: 'clerks', clerks: await people.clerksOf(agent.id) },
    notice,
  });

  const inviteClerk = async (agent: Member, name: string): Promise<AgentAnswer> => {
    const made = await inviteMember({ for: { kind: 'clerk', agent: agent.id }, name, by: agent.id });
    if (!made.ok) return showClerks(agent, { type: 'clerksFull', most: MOST_CLERKS });
    log.info('clerkInvited', { agent: agent.id });
    return { type: 'shown', view: { type: 'invitation', name, ...made.value }, notice: null };
  };

  /** A limit of a currency that the float does not have would limit nothing. */
  const limitClerk = async (
    agent: Member,
    clerk: Member,
    { amount, currency: named }: Extract<ClerkQuestion, { type: 'limitClerk' }>,
  ): Promise<AgentAnswer> => {
    const float = [...(await ledger.balances(agent.id)), ...agent.credit].map(({ currency }) => currency);
    const currencies = [...new Set(float)].sort();
    const [only, ...others] = currencies;
    const currency = named ?? (others.length === 0 ? only : undefined);
    const again = (notice: AgentNotice): AgentAnswer => ({
      type: 'again',
      asking: { for: 'clerkLimit', clerk: clerk.id },
      notice,
    });
    if (currency === undefined && only === undefined) return again({ type: 'notALimit' });
    if (currency === undefined || (only !== undefined && !currencies.includes(currency)))
      return again({ type: 'whichCurrency', currencies });
    await people.setPerDay(clerk.id, limited(clerk.perDay, amount, currency));
    log.info('clerkLimited', { agent: agent.id, clerk: clerk.id, amount, currency });
    return showClerk(agent, clerk.id, { type: 'limitSet' });
  };

  const changeClerk = async (
    agent: Member,
    clerk: Member,
    question: Exclude<ClerkQuestion, { type: 'clerks' | 'inviteClerk' }>,
  ): Promise<AgentAnswer> => {
    switch (question.type) {
      case 'clerk':
        return { type: 'shown', view: { type: 'clerk', clerk }, notice: null };
      case 'limitClerk':
        return limitClerk(agent, clerk, question);
      case 'freeClerk':
        await people.setPerDay(clerk.id, null);
        log.info('clerkFreed', { agent: agent.id, clerk: clerk.id });
        return showClerk(agent, clerk.id, { type: 'limitLifted' });
      case 'blockClerk':
        await people.setBlocked(clerk.id, question.block);
        log.info(question.block ? 'clerkBlocked' : 'clerkUnblocked', { agent: agent.id, clerk: clerk.id });
        return showClerk(agent, clerk.id, { type: question.block ? 'clerkBlocked' : 'clerkUnblocked' });
      case 'removeClerk':
        if (!question.sure) return { type: 'shown', view: { type: 'removing', clerk }, notice: null };
        await people.removeClerk(agent.id, clerk.id);
        log.info('clerkRemoved', { agent: agent.id, clerk: clerk.id });
        return showClerks(agent, { type: 'clerkRemoved' });
      default:
        return assertNever(question);
    }
  };

  return async (agent, question) => {
    if (question.type === 'clerks') return showClerks(agent, null);
    if (question.type === 'inviteClerk') return inviteClerk(agent, question.name);
    const clerk = await ownClerk(agent, question.clerk);
    return clerk === null ? GONE : changeClerk(agent, clerk, question);
  };
};
