// What came of a raffle: the supplier's own words, of unknown length and possibly with markup.
import type { AsideView } from '../../domain/dialog/view.ts';
import { ordersAndShopRow } from './keyboard.ts';
import type { Buttons } from './keyboard.ts';
import { bold, code, cut, escape, labelled, lines, oneLine, paragraphs, plainText, textLength } from './render-html.ts';
import type { Html } from './render-html.ts';
import { message } from './render-message.ts';
import type { RenderedMessage } from './render-message.ts';
import { orderHead } from './render-orders.ts';
import type { Speech } from './render-speech.ts';

const MOST_DESCRIPTION = 500;
/** What all of the values may take together, in characters. */
const MOST_VALUES = 2_000;

type ResultView = Extract<AsideView, { type: 'result' }>;

/** The values that fit: where the supplier names this order, then the others as they came. */
const valueLines = ({ own, extra }: ResultView['result'], { say }: Speech): Html =>
  [
    ...own.map((key) => labelled(oneLine(key, 60), bold(say('result.own')))),
    ...extra.map(({ key, value }) => labelled(oneLine(key, 60), escape(cut(plainText(value), 300)))),
  ].reduce((shown, line) => {
    const longer = lines(shown, line);
    return textLength(longer) <= MOST_VALUES ? longer : shown;
  }, lines());

/** Protected like the code, which may be among the values. */
export const renderResult = ({ order, result }: ResultView, speech: Speech, buttons: Buttons): RenderedMessage => {
  const description = cut(plainText(result.description), MOST_DESCRIPTION);
  return {
    ...message(
      paragraphs(
        lines(bold(speech.say('result.title')), orderHead(order)),
        description === order.item ? null : escape(description),
        valueLines(result, speech),
        labelled(speech.say('order.number'), code(order.id)),
      ),
      ordersAndShopRow(speech, buttons),
    ),
    protect: true,
  };
};
