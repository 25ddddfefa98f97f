// The agents as those who run the shop see them: all of them, and one with the float, the credit and what was sold today.
import type { AdminView } from '../../domain/dialog/admin.ts';
import type { Member } from '../../domain/member.ts';
import type { Button, Buttons } from './keyboard.ts';
import { doing, menuRow } from './render-admin-parts.ts';
import { floatLines, salesLines } from './render-agent.ts';
import { bold, code, escape, labelled, lines, oneLine, paragraphs } from './render-html.ts';
import { message } from './render-message.ts';
import type { RenderedMessage } from './render-message.ts';
import type { Speech } from './render-speech.ts';

type View<Type extends AdminView['type']> = Extract<AdminView, { type: Type }>;

const nameLine = ({ name, blocked }: Pick<Member, 'name' | 'blocked'>, most: number): string =>
  `${blocked ? '⛔️' : '👤'} ${oneLine(name, most)}`;

export const renderAdminAgents = ({ agents, page, pages }: View<'agents'>, speech: Speech, buttons: Buttons): RenderedMessage => {
  const { say } = speech;
  const turn = (label: string, to: number): readonly Button[] =>
    to < 0 || to >= pages ? [] : [doing(label, { type: 'agentsPage', page: to }, buttons)];
  const turns = [...turn(say('button.previous'), page - 1), ...turn(say('button.next'), page + 1)];
  return message(
    paragraphs(
      bold(say('admin.page.agents')),
      agents.length === 0 ? escape(say('admin.agents.none')) : null,
      lines(...agents.map((agent) => escape(`${nameLine(agent, 60)} · ${agent.id}`))),
    ),
    ...agents.map((agent) => [doing(nameLine(agent, 30), { type: 'agent', agent: agent.id }, buttons)]),
    ...(turns.length === 0 ? [] : [turns]),
    [doing(say('admin.button.invite'), { type: 'invite' }, buttons)],
    menuRow(speech, buttons),
  );
};

export const renderAdminAgent = ({ agent, float, today }: View<'agent'>, speech: Speech, buttons: Buttons): RenderedMessage => {
  const { say } = speech;
  const { id, blocked } = agent;
  return message(
    paragraphs(
      lines(bold(nameLine(agent, 60)), labelled(say('admin.agent.id'), code(String(id)))),
      lines(escape(say('agent.home.float')), ...floatLines(float, speech)),
      lines(escape(say('agent.home.today')), ...salesLines(today, true, speech)),
    ),
    [
      doing(say('admin.button.setCredit'), { type: 'setCredit', agent: id }, buttons),
      doing(say('admin.button.adjust'), { type: 'adjust', customer: id }, buttons),
    ],
    [doing(say(blocked ? 'agent.button.unblock' : 'agent.button.block'), { type: 'block', agent: id, block: !blocked }, buttons)],
    [doing(say('admin.button.agents'), { type: 'open', page: 'agents' }, buttons)],
    menuRow(speech, buttons),
  );
};
