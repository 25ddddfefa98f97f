// What a dynamic product sells right now: the list of its items, and the one that was chosen.
import { payFor } from '../../domain/dynamic-item.ts';
import type { ChosenItem, DynamicItem } from '../../domain/dynamic-item.ts';
import type { FlowView } from '../../domain/dialog/view.ts';
import { exits, pager } from './keyboard.ts';
import type { Buttons } from './keyboard.ts';
import { accountLines } from './render-field.ts';
import { bold, escape, italic, lines, oneLine, paragraphs, plainText } from './render-html.ts';
import type { Html } from './render-html.ts';
import { message } from './render-message.ts';
import type { RenderedMessage } from './render-message.ts';
import type { Speech } from './render-speech.ts';

/** A button has room for the price beside this. */
const MOST_ON_BUTTON = 36;

/** An item's name for one line, as the supplier wrote it. */
export const itemName = (description: string, most = 160): string => oneLine(plainText(description), most);

const endLine = ({ endsAt }: ChosenItem, { say, dateTime }: Speech): Html | null =>
  endsAt === null ? null : italic(say('items.ends', { time: dateTime(endsAt) }));

/** The chosen item below the product that it is of. */
export const itemLines = (item: ChosenItem, speech: Speech): Html =>
  lines(escape(itemName(item.description)), endLine(item, speech));

type Numbered = { readonly index: number; readonly item: DynamicItem };

/** `2. An electric bicycle · €5.00` */
const itemText = ({ index, item }: Numbered, most: number, { say, money }: Speech): string =>
  say('items.item', { number: index + 1, description: itemName(item.description, most), amount: money(payFor(item)) });

export const renderItems = (
  { product, account, list }: Extract<FlowView, { type: 'items' }>,
  speech: Speech,
  buttons: Buttons,
): RenderedMessage => {
  const { say } = speech;
  const title = paragraphs(bold(oneLine(product.name, 100)), accountLines(account, product, speech));
  if (list === null || list.items.length === 0) {
    return message(
      paragraphs(title, escape(say(list === null ? 'items.unknown' : 'items.empty'))),
      [buttons.flow(say('button.retry'), { type: 'retry' }, 'primary')],
      exits(speech, buttons),
    );
  }
  return message(
    paragraphs(
      lines(title, escape(say('items.ask'))),
      ...list.items.map((each) => lines(escape(itemText(each, 160, speech)), endLine(each.item, speech))),
    ),
    ...list.items.map((each) => [buttons.flow(itemText(each, MOST_ON_BUTTON, speech), { type: 'pickItem', index: each.index })]),
    ...pager(speech, buttons, list),
    exits(speech, buttons),
  );
};
