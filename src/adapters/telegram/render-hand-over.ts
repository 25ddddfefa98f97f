// The message with a link that hands an order over, and the news that somebody opened it. The link is no secret of the shop: it is meant to be sent on.
import { handOverArgument } from '../../domain/hand-over.ts';
import type { HandOverView } from '../../domain/dialog/view.ts';
import { assertNever } from '../../domain/result.ts';
import { ordersAndShopRow } from './keyboard.ts';
import type { Buttons } from './keyboard.ts';
import { bold, code, escape, italic, labelled, lines, paragraphs } from './render-html.ts';
import { message } from './render-message.ts';
import type { DeepLink, RenderedMessage } from './render-message.ts';
import { orderHead } from './render-orders.ts';
import type { Speech } from './render-speech.ts';

type LinkView = Extract<HandOverView, { type: 'link' }>;

const renderLink = (view: LinkView, speech: Speech, buttons: Buttons, deepLink: DeepLink): RenderedMessage => {
  const { say } = speech;
  const { order, token, expiresAt, sold } = view;
  const link = deepLink(handOverArgument(token));
  return {
    ...message(
      paragraphs(
        lines(bold(say(sold ? 'handOver.sold' : 'handOver.title')), orderHead(order)),
        escape(say('handOver.text')),
        escape(link),
        italic(say('handOver.until', { time: speech.dateTime(expiresAt) })),
        labelled(say('order.number'), code(order.id)),
      ),
      [{ text: say('button.copyLink'), copy_text: { text: link } }],
      [buttons.lasting(say('button.takeBack'), { type: 'keepsake', action: { type: 'takeBack', order: order.id } })],
      ordersAndShopRow(speech, buttons),
    ),
    qr: link,
  };
};

export const renderHandOver = (view: HandOverView, speech: Speech, buttons: Buttons, deepLink: DeepLink): RenderedMessage => {
  switch (view.type) {
    case 'link':
      return renderLink(view, speech, buttons, deepLink);
    case 'handedOver':
      return message(
        paragraphs(
          lines(bold(speech.say('handOver.done')), orderHead(view.order)),
          escape(speech.say('handOver.doneText')),
          labelled(speech.say('order.number'), code(view.order.id)),
        ),
        ordersAndShopRow(speech, buttons),
      );
    default:
      return assertNever(view);
  }
};
