// An agent's statement of a day or of several in the chat, with its files and the way to other days.
import { dayLater } from '../../domain/day.ts';
import type { AgentAction } from '../../domain/dialog/agent.ts';
import type { AsideView } from '../../domain/dialog/view.ts';
import type { Button, Buttons } from './keyboard.ts';
import type { RenderedMessage } from './render-message.ts';
import type { Speech } from './render-speech.ts';
import { renderStatement } from './render-statement.ts';

/** The names of the formats, which no language translates. */
const FORMATS = { csv: '📊 CSV', pdf: '📄 PDF' } as const;

export const renderStatementOfDay = (
  view: Extract<AsideView, { type: 'statement' }>,
  speech: Speech,
  { lasting }: Buttons,
): RenderedMessage => {
  const { say } = speech;
  const { from, to } = view.statement;
  const days = { from, to };
  const doing = (label: string, action: AgentAction): Button => lasting(label, { type: 'agent', action });
  return {
    ...renderStatement(view, speech),
    keyboard: [
      [
        doing(FORMATS.csv, { type: 'statementFile', days, format: 'csv' }),
        doing(FORMATS.pdf, { type: 'statementFile', days, format: 'pdf' }),
      ],
      [
        doing(say('agent.button.dayBefore'), { type: 'statement', day: dayLater(from, -1) }),
        doing(say('agent.button.dayAfter'), { type: 'statement', day: dayLater(to, 1) }),
      ],
      [doing(say('agent.button.otherDays'), { type: 'pickDays' })],
      [doing(say('button.back'), { type: 'home' })],
    ],
  };
};
