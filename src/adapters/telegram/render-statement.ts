// A statement as a message: what each currency held and what moved it, and the latest movements as far as a message has room for them.
import type { AsideView } from '../../domain/dialog/view.ts';
import type { Hundredths } from '../../domain/money.ts';
import type { CurrencyStatement, Statement, StatementLine } from '../../domain/statement.ts';
import { bold, escape, labelled, lines, oneLine, paragraphs, textLength } from './render-html.ts';
import type { Html } from './render-html.ts';
import { MOST_VIEW, message } from './render-message.ts';
import type { RenderedMessage } from './render-message.ts';
import type { Speech } from './render-speech.ts';

/** How many of the latest movements of a currency are shown; all of them are in the files. */
const MOST_LINES = 10;
const MOST_NAME = 40;

/** A day, or the first and the last of several. */
export const periodOf = ({ from, to }: Pick<Statement, 'from' | 'to'>): string => (from === to ? from : `${from} – ${to}`);

const signed = (hundredths: Hundredths, currency: string, { money }: Speech): string =>
  `${hundredths > 0 ? '+' : ''}${money({ hundredths, currency })}`;

const lineHtml = ({ at, kind, money, reference, description }: StatementLine, speech: Speech): Html => {
  const what = description ?? reference;
  const words = [speech.say(`statement.kind.${kind}`), ...(what === null ? [] : [oneLine(what, MOST_NAME)])];
  return lines(escape(`${speech.dateTime(at)} · ${signed(money.hundredths, money.currency, speech)}`), escape(words.join(' · ')));
};

const currencyHtml = (of: CurrencyStatement, speech: Speech, mostLines: number): Html => {
  const { say, money } = speech;
  const { currency, opening, closing, sums } = of;
  const latest = of.lines.slice(Math.max(0, of.lines.length - mostLines));
  return paragraphs(
    lines(
      bold(currency),
      labelled(say('statement.opening'), bold(money({ hundredths: opening, currency }))),
      ...sums.map(({ kind, count, sum }) =>
        labelled(say(`statement.kind.${kind}`), escape(`${signed(sum, currency, speech)} · ${count}×`)),
      ),
      sums.length === 0 ? escape(say('statement.noMovement')) : null,
      labelled(say('statement.closing'), bold(money({ hundredths: closing, currency }))),
    ),
    latest.length === 0 ? null : bold(say('statement.latest', { shown: latest.length, total: of.lines.length })),
    ...latest.map((line) => lineHtml(line, speech)),
  );
};

/** As many of the latest movements as fit; should even the sums of many currencies be too long, those of the first. */
export const renderStatement = ({ statement }: Extract<AsideView, { type: 'statement' }>, speech: Speech): RenderedMessage => {
  const { say } = speech;
  const head = bold(`📊 ${say('statement.title')} ${periodOf(statement)}`);
  if (statement.currencies.length === 0) return message(paragraphs(head, escape(say('statement.nothing'))));
  const withLines = (mostLines: number, currencies = statement.currencies): Html =>
    paragraphs(head, ...currencies.map((currency) => currencyHtml(currency, speech, mostLines)));
  let mostLines = MOST_LINES;
  while (mostLines > 0 && textLength(withLines(mostLines)) > MOST_VIEW) mostLines -= 1;
  let shown = statement.currencies.length;
  while (shown > 1 && textLength(withLines(mostLines, statement.currencies.slice(0, shown))) > MOST_VIEW) shown -= 1;
  return message(withLines(mostLines, statement.currencies.slice(0, shown)));
};
