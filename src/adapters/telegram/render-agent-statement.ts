// An agent's statement of a day in the chat, with its files and the way to the days around it.
import { dayLater } from '../../domain/day.ts';
import type { AgentAction, AgentView } from '../../domain/dialog/agent.ts';
import type { Button, Buttons } from './keyboard.ts';
import { bold } from './render-html.ts';
import { message } from './render-message.ts';
import type { RenderedMessage } from './render-message.ts';
import type { Speech } from './render-speech.ts';

/** The names of the formats, which no language translates. */
const FORMATS = { csv: '📊 CSV', pdf: '📄 PDF' } as const;

export const renderAgentStatement = (
  { day, isToday }: Extract<AgentView, { type: 'statement' }>,
  { say }: Speech,
  { lasting }: Buttons,
): RenderedMessage => {
  const doing = (label: string, action: AgentAction): Button => lasting(label, { type: 'agent', action });
  const before = doing(say('agent.button.dayBefore'), { type: 'statement', day: dayLater(day, -1) });
  const after = doing(say('agent.button.dayAfter'), { type: 'statement', day: dayLater(day, 1) });
  return message(
    bold(day),
    [
      doing(FORMATS.csv, { type: 'statementFile', day, format: 'csv' }),
      doing(FORMATS.pdf, { type: 'statementFile', day, format: 'pdf' }),
    ],
    isToday ? [before] : [before, after],
    [doing(say('button.back'), { type: 'home' })],
  );
};
