// The agents' corner of the conversation: buttons that last, and the few things that an agent types.
import { INVITATION_PREFIX, parseMemberName } from '../member.ts';
import type { MessageId } from '../ids.ts';
import { parseAmount, parseCurrency } from '../money.ts';
import type { Currency, Hundredths } from '../money.ts';
import { assertNever } from '../result.ts';
import { readDays } from '../typed-days.ts';
import type { AgentAction, AgentAnswer, AgentAsking, AgentNotice, AgentQuestion } from './agent.ts';
import type { DialogState, Pending, Screen } from './state.ts';
import { ask, goTo, homeScreen, showAside } from './step.ts';
import type { Step, World } from './step.ts';

type AgentScreen = Extract<Screen, { at: 'agent' }>;
type PendingAgent = Extract<Pending, { for: 'agent' }>;

/** `replace`: the message that the answer takes the place of; null for a new one. */
const askAgent = (state: DialogState, question: AgentQuestion, replace: MessageId | null): Step =>
  ask(state, { for: 'agent', replace }, { type: 'agent', question });

/** What is typed next is not for the agents' corner any more. The buttons of its screen become stale. */
const leave = (state: DialogState, world: World): DialogState =>
  state.screen.at === 'agent' ? { ...state, screen: homeScreen(world.catalog), revision: state.revision + 1 } : state;

const askFor = (state: DialogState, asking: AgentAsking, world: World, notice: AgentNotice | null = null): Step =>
  goTo({ ...state, living: null }, { at: 'agent', asking }, world, notice && { type: 'agent', notice });

/** Where the flow lives, when it is the agents' screen that is left. */
export const openAgentHome = (state: DialogState, world: World): Step =>
  askAgent(leave(state, world), { type: 'home' }, state.screen.at === 'agent' ? state.living : null);

/** `/agent` with the days of a statement behind it is the short way to that; alone, to the overview. */
export const commandAgent = (state: DialogState, argument: string, world: World): Step =>
  argument === ''
    ? openAgentHome(state, world)
    : askAgent(leave(state, world), { type: 'statementOfDays', days: readDays(argument) }, null);

/** The payload of a deep link that is an invitation; null for any other. */
export const invitationIn = (argument: string): string | null =>
  argument.startsWith(INVITATION_PREFIX) ? argument.slice(INVITATION_PREFIX.length) : null;

export const acceptInvitation = (state: DialogState, token: string, world: World): Step =>
  askAgent(leave(state, world), { type: 'acceptInvitation', token }, null);

export const tapAgent = (state: DialogState, action: AgentAction, message: MessageId, world: World): Step => {
  switch (action.type) {
    case 'pickDays':
      return askFor(state, { for: 'days' }, world);
    case 'inviteClerk':
      return askFor(state, { for: 'clerkName' }, world);
    case 'limitClerk':
      return askFor(state, { for: 'clerkLimit', clerk: action.clerk }, world);
    case 'statementFile':
      return askAgent(leave(state, world), action, null);
    case 'home':
    case 'statement':
    case 'hideCodes':
    case 'clerks':
    case 'clerk':
    case 'freeClerk':
    case 'blockClerk':
    case 'removeClerk':
      return askAgent(leave(state, world), action, message);
    default:
      return assertNever(action);
  }
};

/** Reads a limit as an agent types it: `50`, `50.00 EUR`, `eur 50`. Null for anything else, and for zero. */
const readLimit = (text: string): { readonly amount: Hundredths; readonly currency: Currency | null } | null => {
  const [, before, number = '', behind] = /^([a-z]{3})?\s*([^a-z]+?)\s*([a-z]{3})?$/i.exec(text) ?? [];
  const amount = parseAmount(number);
  const code = before ?? behind;
  const currency = code === undefined ? null : parseCurrency(code.toUpperCase());
  if (!amount.ok || amount.value === 0 || (before !== undefined && behind !== undefined)) return null;
  if (currency === null) return { amount: amount.value, currency };
  return currency.ok ? { amount: amount.value, currency: currency.value } : null;
};

export const typeForAgent = (state: DialogState, { asking }: AgentScreen, text: string, world: World): Step => {
  switch (asking.for) {
    case 'days':
      return askAgent(state, { type: 'statementOfDays', days: readDays(text) }, null);
    case 'clerkName': {
      const name = parseMemberName(text);
      return name.ok
        ? askAgent(state, { type: 'inviteClerk', name: name.value }, null)
        : askFor(state, asking, world, { type: 'notAName' });
    }
    case 'clerkLimit': {
      const limit = readLimit(text);
      return limit === null
        ? askFor(state, asking, world, { type: 'notALimit' })
        : askAgent(state, { type: 'limitClerk', clerk: asking.clerk, ...limit }, null);
    }
    default:
      return assertNever(asking);
  }
};

export const agentAnswered = (state: DialogState, { replace }: PendingAgent, answer: AgentAnswer, world: World): Step => {
  switch (answer.type) {
    case 'again':
      return askFor(state, answer.asking, world, answer.notice);
    case 'shown': {
      const notice = answer.notice && ({ type: 'agent', notice: answer.notice } as const);
      const left = { ...leave(state, world), pending: null };
      // A bare notice is no reason to take a screen away.
      if (answer.view === null) return showAside(left, { type: 'notice' }, notice);
      return { state: left, effects: [{ type: 'show', view: { type: 'agent', view: answer.view }, notice, replace }] };
    }
    case 'statement': {
      const { statement } = answer;
      const left = { ...leave(state, world), pending: null };
      return { state: left, effects: [{ type: 'show', view: { type: 'statement', statement }, notice: null, replace }] };
    }
    case 'sent':
      return { state: { ...state, pending: null }, effects: [] };
    default:
      return assertNever(answer);
  }
};
