// What agents and clerks see beside selling: the overview, the clerks, one of them, an invitation, and what they are asked to type.
import type { AgentAction, AgentAsking, AgentHome, AgentView, DaySales } from '../../domain/dialog/agent.ts';
import type { FlowView } from '../../domain/dialog/view.ts';
import type { DailyLimit } from '../../domain/daily-limit.ts';
import { INVITATION_PREFIX } from '../../domain/member.ts';
import { assertNever } from '../../domain/result.ts';
import { copyButton, grid, shopRow } from './keyboard.ts';
import type { Button, Buttons, Row } from './keyboard.ts';
import { DAYS_EXAMPLE, LIMIT_EXAMPLE } from './render-agent-notice.ts';
import { bold, code, escape, lines, oneLine, paragraphs } from './render-html.ts';
import type { Html } from './render-html.ts';
import { message } from './render-message.ts';
import type { DeepLink, RenderedMessage } from './render-message.ts';
import type { Speech } from './render-speech.ts';

type View<Type extends AgentView['type']> = Extract<AgentView, { type: Type }>;

/** A member's name is 40 characters at most; some of them are wide. */
const MOST_NAME = 60;

const nameOf = (name: string): string => oneLine(name, MOST_NAME);

const doing = (label: string, action: AgentAction, { lasting }: Buttons): Button => lasting(label, { type: 'agent', action });

export const floatLines = (float: AgentHome['float'], { say, money }: Speech): readonly Html[] =>
  float.length === 0
    ? [escape(say('agent.home.emptyFloat'))]
    : float.map(({ available, credit }) =>
        credit === null
          ? bold(money(available))
          : lines(bold(money(available)), escape(say('agent.home.credit', { amount: money(credit) }))),
      );

/** Commissions are the agent's; a clerk is not told of them. */
export const salesLines = (today: readonly DaySales[], isAgent: boolean, { say, money }: Speech): readonly Html[] =>
  today.length === 0
    ? [escape(say('agent.home.nothingToday'))]
    : today.map(({ count, pay, commission }) =>
        lines(
          escape(say('agent.home.sold', { count, amount: money(pay) })),
          isAgent ? escape(say('agent.home.commission', { amount: money(commission) })) : null,
        ),
      );

const limitText = ({ count, amounts }: DailyLimit, { say, money }: Speech): string =>
  [...(count === null ? [] : [say('agent.limit.sales', { count })]), ...amounts.map(money)].join(' · ');

const renderHome = ({ home }: View<'home'>, speech: Speech, buttons: Buttons): RenderedMessage => {
  const { say, time } = speech;
  const isAgent = home.agentName === null;
  const html = paragraphs(
    lines(
      bold(`🤝 ${nameOf(home.name)}`),
      escape(home.agentName === null ? say('agent.home.agent') : say('agent.home.clerk', { agent: nameOf(home.agentName) })),
    ),
    lines(escape(say('agent.home.float')), ...floatLines(home.float, speech)),
    lines(escape(say('agent.home.today')), ...salesLines(home.today, isAgent, speech)),
    home.perDay === null ? null : escape(say('agent.home.limit', { limit: limitText(home.perDay, speech) })),
    home.recent.length === 0 ? null : lines(escape(say('agent.home.recent')), ...home.recent.map((account) => code(account))),
    home.hidesCodes ? escape(say('agent.home.codesHidden')) : null,
    escape(say('agent.home.asOf', { time: time(home.at) })),
  );
  const setting: AgentAction = { type: 'hideCodes', hide: !home.hidesCodes };
  const statements: Row = [
    doing(say('agent.button.today'), { type: 'statement', day: 'today' }, buttons),
    doing(say('agent.button.yesterday'), { type: 'statement', day: 'yesterday' }, buttons),
  ];
  return message(
    html,
    [doing(say('agent.button.refresh'), { type: 'home' }, buttons)],
    ...(isAgent
      ? [
          statements,
          [doing(say('agent.button.otherDays'), { type: 'pickDays' }, buttons)],
          [doing(say('agent.button.clerks'), { type: 'clerks' }, buttons)],
        ]
      : []),
    [doing(say(home.hidesCodes ? 'agent.button.showCodes' : 'agent.button.hideCodes'), setting, buttons)],
    shopRow(speech, buttons),
  );
};

const renderClerks = ({ clerks }: View<'clerks'>, { say }: Speech, buttons: Buttons): RenderedMessage =>
  message(
    paragraphs(bold(say('agent.clerks.title')), escape(say(clerks.length === 0 ? 'agent.clerks.empty' : 'agent.clerks.hint'))),
    ...grid(
      clerks.map(({ id, name, blocked }) =>
        doing(`${blocked ? '⛔️ ' : ''}${nameOf(name)}`, { type: 'clerk', clerk: id }, buttons),
      ),
    ),
    [doing(say('agent.button.invite'), { type: 'inviteClerk' }, buttons)],
    [doing(say('button.back'), { type: 'home' }, buttons)],
  );

const renderClerk = ({ clerk: member }: View<'clerk'>, speech: Speech, buttons: Buttons): RenderedMessage => {
  const { say, dateTime } = speech;
  const { id: clerk, blocked, perDay } = member;
  const html = lines(
    bold(nameOf(member.name)),
    escape(say('agent.clerk.since', { time: dateTime(member.joinedAt) })),
    escape(perDay === null ? say('agent.clerk.noLimit') : say('agent.clerk.limit', { limit: limitText(perDay, speech) })),
    blocked ? escape(say('agent.clerk.blocked')) : null,
  );
  const free = doing(say('agent.button.free'), { type: 'freeClerk', clerk }, buttons);
  return message(
    html,
    [doing(say('agent.button.limit'), { type: 'limitClerk', clerk }, buttons), ...(perDay === null ? [] : [free])],
    [
      doing(
        say(blocked ? 'agent.button.unblock' : 'agent.button.block'),
        { type: 'blockClerk', clerk, block: !blocked },
        buttons,
      ),
      doing(say('agent.button.remove'), { type: 'removeClerk', clerk, sure: false }, buttons),
    ],
    [doing(say('button.back'), { type: 'clerks' }, buttons)],
  );
};

const renderRemoving = ({ clerk: { id: clerk, name } }: View<'removing'>, { say }: Speech, buttons: Buttons): RenderedMessage =>
  message(
    escape(say('agent.removing.ask', { name: nameOf(name) })),
    [doing(say('agent.button.removeSure'), { type: 'removeClerk', clerk, sure: true }, buttons)],
    [doing(say('button.back'), { type: 'clerk', clerk }, buttons)],
  );

/** It is passed on to somebody else, so it is not protected, and has no button that would replace it. */
const renderInvitation = (
  { name, token, expiresAt }: View<'invitation'>,
  speech: Speech,
  deepLink: DeepLink,
): RenderedMessage => {
  const { say, dateTime } = speech;
  const link = deepLink(`${INVITATION_PREFIX}${token}`);
  const copy = copyButton(say('agent.button.copyLink'), link);
  const html = paragraphs(
    bold(say('agent.invitation.title', { name: nameOf(name) })),
    escape(say('agent.invitation.text', { time: dateTime(expiresAt) })),
    code(link),
  );
  return { ...message(html, ...(copy === null ? [] : [[copy]])), qr: link };
};

export const renderAgent = (view: AgentView, speech: Speech, buttons: Buttons, deepLink: DeepLink): RenderedMessage => {
  switch (view.type) {
    case 'home':
      return renderHome(view, speech, buttons);
    case 'clerks':
      return renderClerks(view, speech, buttons);
    case 'clerk':
      return renderClerk(view, speech, buttons);
    case 'removing':
      return renderRemoving(view, speech, buttons);
    case 'invitation':
      return renderInvitation(view, speech, deepLink);
    default:
      return assertNever(view);
  }
};

const promptOf = (asking: AgentAsking, { say }: Speech): string => {
  switch (asking.for) {
    case 'days':
      return say('agent.ask.days', { example: DAYS_EXAMPLE });
    case 'clerkName':
      return say('agent.ask.clerkName');
    case 'clerkLimit':
      return say('agent.ask.clerkLimit', { example: LIMIT_EXAMPLE });
    default:
      return assertNever(asking);
  }
};

/** What the agent is asked to type. */
export const renderAgentAsking = (
  { asking }: Extract<FlowView, { type: 'agentAsking' }>,
  speech: Speech,
  { flow }: Buttons,
): RenderedMessage =>
  message(escape(promptOf(asking, speech)), [flow(speech.say('button.cancel'), { type: 'cancel' }, 'danger')]);
