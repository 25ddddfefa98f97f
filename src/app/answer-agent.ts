// Answers what agents and clerks ask in the chat: who may ask what is decided here, for every button anew.
import { dayLater, dayOf } from '../domain/day.ts';
import type { Day } from '../domain/day.ts';
import type { AgentAnswer, AgentNotice, AgentQuestion, StatementDay } from '../domain/dialog/agent.ts';
import type { Language } from '../domain/dialog/language.ts';
import type { ChatId, CustomerId } from '../domain/ids.ts';
import type { Member } from '../domain/member.ts';
import { assertNever } from '../domain/result.ts';
import type { Days } from '../domain/typed-days.ts';
import type { AcceptInvitation } from './accept-invitation.ts';
import type { ReadAgentHome } from './agent-home.ts';
import type { MakeStatement, StatementError } from './make-statement.ts';
import type { ManageClerks } from './manage-clerks.ts';
import type { Channel } from './ports/channel.ts';
import type { Clock } from './ports/clock.ts';
import type { People } from './ports/people.ts';

/** Who asks, and where. */
export type Asker = { readonly customer: CustomerId; readonly chat: ChatId; readonly language: Language };

export type AnswerAgent = (question: AgentQuestion, asker: Asker) => Promise<AgentAnswer>;

type AskedDays = { readonly from: StatementDay; readonly to: StatementDay };

const justSay = (notice: AgentNotice): AgentAnswer => ({ type: 'shown', view: null, notice });

const problemOf = (error: StatementError): AgentNotice => {
  switch (error.kind) {
    case 'backwards':
      return { type: 'daysBackwards' };
    case 'tooManyDays':
      return { type: 'tooManyDays', most: error.most };
    case 'tooManyLines':
      return { type: 'statementTooLong' };
    default:
      return assertNever(error);
  }
};

export const createAnswerAgent = (deps: {
  readonly people: People;
  readonly acceptInvitation: AcceptInvitation;
  readonly readHome: ReadAgentHome;
  readonly manageClerks: ManageClerks;
  readonly makeStatement: MakeStatement;
  readonly channel: Pick<Channel, 'sendDocument'>;
  readonly clock: Clock;
  /** The shop's, an IANA name. */
  readonly timeZone: string;
}): AnswerAgent => {
  const { people, clock, timeZone } = deps;

  const showHome = async (member: Member, notice: AgentNotice | null): Promise<AgentAnswer> =>
    member.blocked
      ? justSay({ type: 'blocked' })
      : { type: 'shown', view: { type: 'home', home: await deps.readHome(member) }, notice };

  /** There is no statement of a day to come. */
  const resolveDay = (day: StatementDay, today: Day): Day => {
    if (day === 'yesterday') return dayLater(today, -1);
    return day === 'today' || day > today ? today : day;
  };

  const statementOf = (
    { id: agent, name: agentName }: Member,
    asked: AskedDays,
    format: 'message' | 'csv' | 'pdf',
    { language }: Asker,
  ) => {
    const today = dayOf(clock.now(), timeZone);
    const [from, to] = [resolveDay(asked.from, today), resolveDay(asked.to, today)];
    return deps.makeStatement({ agent, agentName, language, from, to, format });
  };

  const showStatement = async (
    agent: Member,
    days: AskedDays,
    asker: Asker,
    refuse: (notice: AgentNotice) => AgentAnswer,
  ): Promise<AgentAnswer> => {
    const made = await statementOf(agent, days, 'message', asker);
    return made.ok ? { type: 'statement', statement: made.value.statement } : refuse(problemOf(made.error));
  };

  const showStatementOfDays = async (agent: Member, days: Days | null, asker: Asker): Promise<AgentAnswer> => {
    /** Other days may do. */
    const askAgain = (notice: AgentNotice): AgentAnswer => ({ type: 'again', asking: { for: 'days' }, notice });
    return days === null ? askAgain({ type: 'notDays' }) : showStatement(agent, days, asker, askAgain);
  };

  /** Sent before the conversation is saved: whoever gets a statement twice has lost nothing. */
  const sendStatement = async (agent: Member, days: Days, format: 'csv' | 'pdf', asker: Asker): Promise<AgentAnswer> => {
    const made = await statementOf(agent, days, format, asker);
    if (!made.ok) return justSay(problemOf(made.error));
    if (made.value.kind !== 'document') throw new Error(`A statement as ${format} came without a file`);
    const { fileName, bytes, statement } = made.value;
    const sent = await deps.channel.sendDocument(asker.chat, {
      fileName,
      bytes,
      caption: { type: 'statement', from: statement.from, to: statement.to },
      language: asker.language,
    });
    return sent.ok ? { type: 'sent' } : justSay({ type: 'fileNotSent' });
  };

  const answerMember = async (member: Member, question: AgentQuestion, asker: Asker): Promise<AgentAnswer> => {
    switch (question.type) {
      case 'home':
        return showHome(member, null);
      case 'hideCodes':
        await people.setHidesCodes(member.id, question.hide);
        return showHome({ ...member, hidesCodes: question.hide }, { type: question.hide ? 'codesHidden' : 'codesShown' });
      case 'acceptInvitation':
        throw new Error('An invitation is opened by whoever has it, member or not');
      default:
        // A clerk sells from the agent's float, whose books are the agent's affair.
        return member.agent === null ? answerAgent(member, question, asker) : justSay({ type: 'agentsOnly' });
    }
  };

  type AgentsQuestion = Exclude<AgentQuestion, { type: 'home' | 'hideCodes' | 'acceptInvitation' }>;

  const answerAgent = (agent: Member, question: AgentsQuestion, asker: Asker): Promise<AgentAnswer> => {
    switch (question.type) {
      case 'statement':
        return showStatement(agent, { from: question.day, to: question.day }, asker, justSay);
      case 'statementOfDays':
        return showStatementOfDays(agent, question.days, asker);
      case 'statementFile':
        return sendStatement(agent, question.days, question.format, asker);
      case 'clerks':
      case 'clerk':
      case 'inviteClerk':
      case 'limitClerk':
      case 'freeClerk':
      case 'blockClerk':
      case 'removeClerk':
        return deps.manageClerks(agent, question);
      default:
        return assertNever(question);
    }
  };

  return async (question, asker) => {
    if (question.type === 'acceptInvitation') {
      const joined = await deps.acceptInvitation(question.token, asker.customer);
      return joined.ok ? showHome(joined.value, { type: 'joined' }) : justSay({ type: 'refusedInvitation', why: joined.error });
    }
    const member = await people.member(asker.customer);
    if (member === null) return justSay({ type: 'notMember' });
    return member.blocked ? justSay({ type: 'blocked' }) : answerMember(member, question, asker);
  };
};
