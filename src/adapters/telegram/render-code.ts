// The message that everything else leads to: the code, what it is for and how it is used.
import type { AsideView } from '../../domain/dialog/view.ts';
import type { KeyValue } from '../../domain/key-value.ts';
import type { Voucher } from '../../domain/voucher.ts';
import { copyButton } from './keyboard.ts';
import type { Buttons } from './keyboard.ts';
import {
  bold,
  code,
  cut,
  escape,
  expandable,
  italic,
  labelled,
  lines,
  oneLine,
  paragraphs,
  plainText,
  textLength,
} from './render-html.ts';
import type { Html } from './render-html.ts';
import { MOST_VIEW } from './render-message.ts';
import type { RenderedMessage } from './render-message.ts';
import { afterOrder, orderHead } from './render-orders.ts';
import type { Speech } from './render-speech.ts';

/** A longer code can't be shown whole beside the rest. */
const MOST_CODE = 1_500;
/** What the supplier's further values may take together. */
const MOST_EXTRA = 700;
/** Instructions cut shorter than this help nobody. */
const LEAST_INSTRUCTIONS = 40;

const codeLines = (text: string, { say }: Speech): Html =>
  text.length <= MOST_CODE ? code(text) : lines(code(text.slice(0, MOST_CODE)), italic(say('code.tooLong')));

const facts = ({ account, expiration }: Voucher, { say }: Speech): Html =>
  lines(
    account === null ? null : labelled(say('code.account'), code(oneLine(account, 120))),
    expiration === null ? null : labelled(say('code.expires'), escape(oneLine(expiration, 60))),
  );

/** The values that fit, in the supplier's order. */
export const extraLines = (extra: readonly KeyValue[]): Html =>
  extra
    .map(({ key, value }) => labelled(oneLine(key, 40), code(oneLine(value, 200))))
    .reduce((shown, line) => {
      const longer = lines(shown, line);
      return textLength(longer) <= MOST_EXTRA ? longer : shown;
    }, lines());

/** Takes what the rest of the message leaves. */
const instructionLines = (instructions: string | null, room: number, { say }: Speech): Html | null => {
  const title = bold(say('code.instructions'));
  const most = room - textLength(title) - 1;
  const text = plainText(instructions ?? '');
  return text === '' || most < LEAST_INSTRUCTIONS ? null : lines(title, expandable(cut(text, most)));
};

export const renderCode = (
  { order, voucher, shownAgain }: Extract<AsideView, { type: 'code' }>,
  speech: Speech,
  buttons: Buttons,
): RenderedMessage => {
  const { say, money } = speech;
  const title = lines(bold(say(shownAgain ? 'code.titleAgain' : 'code.title')), orderHead(order));
  const secret = paragraphs(codeLines(voucher.code, speech), facts(voucher, speech), extraLines(voucher.extra));
  const receipt = lines(
    order.hands === 'received' ? null : labelled(say('order.paid'), escape(money(order.pay))),
    labelled(say(order.hands === 'received' ? 'order.youReceive' : 'order.theyReceive'), escape(money(order.receive))),
    labelled(say('order.number'), code(order.id)),
  );
  // Four characters part the instructions from what is around them.
  const room = MOST_VIEW - textLength(paragraphs(title, secret, receipt)) - 4;
  const copy = copyButton(say('button.copy'), voucher.code);
  return {
    html: paragraphs(title, secret, instructionLines(voucher.instructions, room, speech), receipt),
    keyboard: [...(copy === null ? [] : [[copy]]), ...afterOrder(order, speech, buttons)],
    protect: true,
    qr: voucher.code,
  };
};
