// What a top-up or a paid bill leaves: that it is done, and what to hold on to.
import type { Family } from '../../domain/catalog.ts';
import type { AsideView } from '../../domain/dialog/view.ts';
import { copyButton } from './keyboard.ts';
import type { Buttons } from './keyboard.ts';
import { extraLines } from './render-code.ts';
import { bold, code, escape, italic, labelled, lines, oneLine, paragraphs, plainText } from './render-html.ts';
import type { RenderedMessage } from './render-message.ts';
import { afterOrder, isPlainBill, orderHead } from './render-orders.ts';
import type { Speech } from './render-speech.ts';

/** A longer authorisation is cut on the screen; the copy has it whole. */
const MOST_AUTHORISATION = 300;
const MOST_MESSAGE = 300;

/** A topped-up number as people read it; a login or a contract as it was typed. */
const accountText = (account: string, family: Family, { phone }: Speech): string =>
  family === 'recharge' ? phone(account, null) : account;

export const renderReceipt = (
  { order, receipt, shownAgain }: Extract<AsideView, { type: 'receipt' }>,
  speech: Speech,
  buttons: Buttons,
): RenderedMessage => {
  const { say, money } = speech;
  const { authorisation, message, extra } = receipt;
  const copy = authorisation === null ? null : copyButton(say('button.copyReceipt'), authorisation);
  const title = shownAgain ? 'receipt.again' : order.family === 'bill' ? 'receipt.bill' : 'receipt.recharge';
  return {
    html: paragraphs(
      lines(bold(say(title)), orderHead(order)),
      order.account === null
        ? null
        : labelled(say('code.account'), escape(oneLine(accountText(order.account, order.family, speech), 100))),
      lines(
        authorisation === null
          ? italic(say('receipt.proof'))
          : labelled(say('receipt.authorisation'), code(oneLine(authorisation, MOST_AUTHORISATION))),
        message === null ? null : labelled(say('receipt.message'), escape(oneLine(plainText(message), MOST_MESSAGE))),
        extraLines(extra),
      ),
      lines(
        order.hands === 'received' ? null : labelled(say('order.paid'), escape(money(order.pay))),
        isPlainBill(order, order)
          ? null
          : labelled(say(order.hands === 'received' ? 'order.youReceive' : 'order.theyReceive'), escape(money(order.receive))),
        labelled(say('order.number'), code(order.id)),
      ),
    ),
    keyboard: [...(copy === null ? [] : [[copy]]), ...afterOrder(order, speech, buttons)],
    protect: true,
    qr: null,
  };
};
