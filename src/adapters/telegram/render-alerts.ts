// Several alerts in one message: those of one kind with what to do about each, those of many kinds by their numbers alone.
import { alertKind, subjectsOf } from '../../domain/alert.ts';
import type { Alert } from '../../domain/alert.ts';
import type { AsideView } from '../../domain/dialog/view.ts';
import { personNeeded } from './render-alert.ts';
import { bold, code, enumerated, escape, labelled, lines, oneLine, paragraphs } from './render-html.ts';
import type { Html } from './render-html.ts';
import { message } from './render-message.ts';
import type { RenderedMessage } from './render-message.ts';
import type { Speech } from './render-speech.ts';

type View = Extract<AsideView, { type: 'alerts' }>;

/** An order's number has 12; what can't be read may call itself anything. */
const MOST_NUMBER = 24;

const numbersOf = (alerts: readonly Alert[]): readonly Html[] =>
  [...new Set(alerts.flatMap(subjectsOf))].map((subject) => code(oneLine(subject, MOST_NUMBER)));

const titleOf = ({ type }: Alert, count: number, { say }: Speech): Html =>
  bold(count === 1 ? say(`alert.${type}.title`) : `${say(`alert.${type}.title`)} × ${count}`);

/** What holds for each of a kind; null for kinds that are never told together but in a summary. */
const adviceFor = (alert: Alert, speech: Speech): readonly Html[] | null => {
  const { say } = speech;
  switch (alert.type) {
    case 'personNeeded':
      return personNeeded(say('alert.number'), alert.why, speech);
    case 'orderUnreadable':
    case 'workFails':
    case 'chargedAfterAll':
      return [escape(say(`alert.${alert.type}.text`)), escape(say(`alert.${alert.type}.do`))];
    default:
      return null;
  }
};

export const renderAlerts = ({ alerts, raisedAt }: View, speech: Speech): RenderedMessage => {
  const { say, dateTime } = speech;
  const kinds = [...Map.groupBy(alerts, alertKind).values()];
  const since = labelled(say('alert.raisedAt'), escape(dateTime(raisedAt)));
  const [first] = alerts;
  const advice = kinds.length === 1 && first !== undefined ? adviceFor(first, speech) : null;
  if (first !== undefined && advice !== null)
    return message(
      paragraphs(
        titleOf(first, alerts.length, speech),
        since,
        lines(...numbersOf(alerts)),
        escape(say('alert.several.each')),
        ...advice,
      ),
    );
  const listed = kinds.map((some) =>
    lines(...some.slice(0, 1).map((alert) => titleOf(alert, some.length, speech)), enumerated(...numbersOf(some))),
  );
  return message(
    paragraphs(bold(`${say('alert.several.title')} × ${alerts.length}`), since, ...listed, escape(say('alert.several.do'))),
  );
};
