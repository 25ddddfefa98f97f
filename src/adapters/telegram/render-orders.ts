// Orders after their confirmation: the list, one order, and the news that a customer gets of it. The code has its own file.
import type { AsideView, OrderSummary } from '../../domain/dialog/view.ts';
import type { Family } from '../../domain/catalog.ts';
import { sameMoney } from '../../domain/money.ts';
import type { OrderStatus } from '../../domain/order.ts';
import { hasCode } from '../../domain/voucher.ts';
import { ordersAndShopRow, shopRow } from './keyboard.ts';
import type { Buttons, Row } from './keyboard.ts';
import { bold, code, escape, labelled, lines, oneLine, paragraphs } from './render-html.ts';
import type { Html } from './render-html.ts';
import { itemName } from './render-items.ts';
import { message } from './render-message.ts';
import type { RenderedMessage } from './render-message.ts';
import type { Speech } from './render-speech.ts';

type View<Type extends AsideView['type']> = Extract<AsideView, { type: Type }>;

export const MARKS: Readonly<Record<OrderStatus, string>> = {
  placed: '⏳',
  sending: '⏳',
  unknown: '🔎',
  awaitingCode: '📦',
  charged: '📦',
  delivered: '✅',
  rejected: '✖️',
  needsPerson: '🙋',
  reverting: '↩️',
  revertUnknown: '↩️',
  reverted: '↩️',
};

/** The ways on from an order that is over. `isReceiptHidden`: the buyer does not see it, so there is something to hand over. */
export const afterOrder = (order: OrderSummary, speech: Speech, buttons: Buttons, isReceiptHidden = false): readonly Row[] =>
  order.hands === 'received' ? afterReceived(order, speech, buttons) : afterOwn(order, speech, buttons, isReceiptHidden);

/** Whoever was given an order may look at it as often as they like; only its buyer buys it again. */
const afterReceived = ({ id }: OrderSummary, speech: Speech, buttons: Buttons): readonly Row[] => [
  [buttons.lasting(speech.say('button.showAgain'), { type: 'showOrder', order: id })],
  ordersAndShopRow(speech, buttons),
];

/** What was bought for somebody may go to somebody; what was bought for a number, be bought for it by its name. */
const keepRows = (order: OrderSummary, { say }: Speech, { lasting }: Buttons, isReceiptHidden: boolean): readonly Row[] => {
  if (order.status !== 'charged' && order.status !== 'delivered') return [];
  const { id, hands, hasNumber } = order;
  const handOver = lasting(say('button.handOver'), { type: 'keepsake', action: { type: 'handOver', order: id } });
  const saveNumber = lasting(say('button.saveNumber'), { type: 'keepsake', action: { type: 'saveNumber', order: id } });
  const isGiving = hands === undefined && (hasCode(order.family) || isReceiptHidden);
  const row = [...(isGiving ? [handOver] : []), ...(hasNumber === true ? [saveNumber] : [])];
  return row.length === 0 ? [] : [row];
};

const againKey = ({ status, family }: OrderSummary): 'button.tryAgain' | 'button.payAgain' | 'button.buyAgain' => {
  if (status === 'rejected') return 'button.tryAgain';
  return family === 'bill' ? 'button.payAgain' : 'button.buyAgain';
};

const afterOwn = (order: OrderSummary, speech: Speech, buttons: Buttons, isReceiptHidden: boolean): readonly Row[] => [
  ...keepRows(order, speech, buttons, isReceiptHidden),
  [
    buttons.lasting(speech.say(againKey(order)), {
      type: 'buyAgain',
      order: order.id,
    }),
  ],
  ordersAndShopRow(speech, buttons),
];

/** Product and brand; the brand is left out where the product's name has it. */
export const orderHead = ({ productName, operatorName, item }: OrderSummary): Html => {
  const product = oneLine(productName, 100);
  const brand = oneLine(operatorName, 60);
  const which = item === null ? null : escape(itemName(item));
  return lines(bold(product), product.includes(brand) ? null : escape(brand), which);
};

const HANDS = { handedOver: '🤝', received: '🎁' } as const;

/** That a sale was undone matters more than where its code went. */
const handsOf = ({ status, hands }: OrderSummary): OrderSummary['hands'] => (status === 'reverted' ? undefined : hands);

const markOf = (order: OrderSummary): string => {
  const hands = handsOf(order);
  return hands === undefined ? MARKS[order.status] : HANDS[hands];
};

const statusOf = (order: OrderSummary, { say }: Speech): string => {
  const { status, family } = order;
  const hands = handsOf(order);
  const key = (status === 'charged' || status === 'delivered') && !hasCode(family) ? (`${status}Receipt` as const) : status;
  return `${markOf(order)} ${say(hands === undefined ? `order.status.${key}` : `order.${hands}`)}`;
};

/** A bill that takes just what is paid: saying so twice would only raise questions. */
export const isPlainBill = (
  { family }: { readonly family: Family },
  { pay, receive }: Pick<OrderSummary, 'pay' | 'receive'>,
): boolean => family === 'bill' && sameMoney(pay, receive);

const orderFacts = (order: OrderSummary, { say, money, dateTime }: Speech): Html =>
  lines(
    order.hands === 'received' ? null : labelled(say('order.price'), escape(money(order.pay))),
    isPlainBill(order, order)
      ? null
      : labelled(say(order.hands === 'received' ? 'order.youReceive' : 'order.theyReceive'), escape(money(order.receive))),
    labelled(say('order.placedAt'), escape(dateTime(order.placedAt))),
    labelled(say('order.number'), code(order.id)),
  );

export const renderOrders = ({ orders }: View<'orders'>, speech: Speech, buttons: Buttons): RenderedMessage => {
  const { say, money } = speech;
  if (orders.length === 0) return message(escape(say('orders.empty')), shopRow(speech, buttons));
  const label = (order: OrderSummary): string =>
    say('orders.item', {
      mark: markOf(order),
      product: oneLine(order.productName, 36),
      amount: money(order.hands === 'received' ? order.receive : order.pay),
    });
  return message(
    lines(bold(say('orders.title', { count: orders.length })), escape(say('orders.ask'))),
    ...orders.map((order) => [buttons.lasting(label(order), { type: 'showOrder', order: order.id })]),
    shopRow(speech, buttons),
  );
};

/** Buying again is not offered while the first purchase may still go through. */
export const renderOrder = ({ order }: View<'order'>, speech: Speech, buttons: Buttons): RenderedMessage => {
  const isOver = order.status === 'delivered' || order.status === 'rejected' || order.status === 'reverted';
  return message(
    paragraphs(orderHead(order), escape(statusOf(order, speech)), orderFacts(order, speech)),
    ...(isOver ? afterOrder(order, speech, buttons, true) : [ordersAndShopRow(speech, buttons)]),
  );
};

/** The progress message once its news stands in a message of its own. */
export const renderSettled = ({ order }: View<'settled'>, speech: Speech): RenderedMessage =>
  message(lines(orderHead(order), escape(statusOf(order, speech)), escape(speech.say('settled.below'))));

export const renderCodeLate = ({ order }: View<'codeLate'>, speech: Speech, buttons: Buttons): RenderedMessage =>
  message(
    paragraphs(
      lines(bold(speech.say('codeLate.title')), orderHead(order)),
      escape(speech.say('codeLate.text')),
      orderFacts(order, speech),
    ),
    ordersAndShopRow(speech, buttons),
  );

export const renderRejected = ({ order, reason }: View<'rejected'>, speech: Speech, buttons: Buttons): RenderedMessage => {
  const { say, money } = speech;
  return message(
    paragraphs(
      lines(bold(`${MARKS.rejected} ${say('rejected.title')}`), orderHead(order)),
      escape(say(`rejected.${reason}`)),
      escape(say('rejected.money', { amount: money(order.pay) })),
      orderFacts(order, speech),
    ),
    ...afterOrder(order, speech, buttons),
  );
};

export const renderUnknown = ({ order, nextAskAt }: View<'unknown'>, speech: Speech, buttons: Buttons): RenderedMessage => {
  const { say, money } = speech;
  return message(
    paragraphs(
      lines(bold(say('unknown.title')), orderHead(order)),
      escape(say('unknown.text', { time: speech.time(nextAskAt) })),
      escape(say('unknown.money', { amount: money(order.pay) })),
      orderFacts(order, speech),
    ),
    ordersAndShopRow(speech, buttons),
  );
};

export const renderNeedsPerson = ({ order }: View<'needsPerson'>, speech: Speech, buttons: Buttons): RenderedMessage =>
  message(
    paragraphs(
      lines(bold(speech.say('needsPerson.title')), orderHead(order)),
      escape(speech.say('needsPerson.text', { amount: speech.money(order.pay) })),
      orderFacts(order, speech),
    ),
    ordersAndShopRow(speech, buttons),
  );

export const renderReverted = ({ order }: View<'reverted'>, speech: Speech, buttons: Buttons): RenderedMessage => {
  const { say, money } = speech;
  return message(
    paragraphs(
      lines(bold(`${MARKS.reverted} ${say('reverted.title')}`), orderHead(order)),
      escape(say('reverted.text', { amount: money(order.pay) })),
      orderFacts(order, speech),
    ),
    ...afterOrder(order, speech, buttons),
  );
};
