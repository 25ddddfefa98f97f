// Orders as those who run the shop see them: the list that a search gives, and one with its history and what may be done about it.
import type { AdminOrder, AdminView, OrderLine } from '../../domain/dialog/admin.ts';
import type { HistoryEntry, Sales } from '../../domain/operations.ts';
import type { OrderStatus } from '../../domain/order.ts';
import type { Hundredths } from '../../domain/money.ts';
import { hundredths } from '../../domain/money.ts';
import type { Buttons, Row } from './keyboard.ts';
import { doing, menuRow } from './render-admin-parts.ts';
import { bold, code, escape, labelled, lines, oneLine, paragraphs } from './render-html.ts';
import type { Html } from './render-html.ts';
import { message } from './render-message.ts';
import type { RenderedMessage } from './render-message.ts';
import type { Speech } from './render-speech.ts';

type View<Type extends AdminView['type']> = Extract<AdminView, { type: Type }>;

/** More than this does not fit into one message; the newest say the most. */
const MOST_HISTORY = 20;

const labelOf = ({ productName, pay, status }: OrderLine, { say, money }: Speech): string =>
  `${oneLine(productName, 24)} · ${money(pay)} · ${say(`admin.status.${status}`)}`;

export const renderAdminOrders = ({ orders }: View<'orders'>, speech: Speech, buttons: Buttons): RenderedMessage =>
  message(
    bold(speech.say('admin.orders.title')),
    ...orders.map((order) => [doing(labelOf(order, speech), { type: 'order', order: order.id }, buttons)]),
    menuRow(speech, buttons),
  );

/** What happened is named as in the journal and in the log. */
const historyLine = ({ at, type, resultCode, by, why }: HistoryEntry, { dateTime }: Speech): Html =>
  escape(
    [dateTime(at), type, resultCode === null ? null : `(${resultCode})`, by, why === null ? null : `“${oneLine(why, 80)}”`]
      .filter((part) => part !== null)
      .join(' '),
  );

const factsOf = ({ order, customer, account }: AdminOrder, { say, money, dateTime }: Speech): Html =>
  lines(
    labelled(say('order.number'), code(order.id)),
    labelled(say('admin.order.status'), bold(say(`admin.status.${order.status}`))),
    labelled(say('admin.order.customer'), code(String(customer))),
    account === null ? null : labelled(say('admin.order.account'), escape(account)),
    labelled(say('order.price'), escape(money(order.pay))),
    labelled(say('order.placedAt'), escape(dateTime(order.placedAt))),
  );

const waysOn = ({ order, rulings, canResend, canRevert }: AdminOrder, { say }: Speech, buttons: Buttons): readonly Row[] => [
  ...(canResend ? [[doing(say('admin.button.resend'), { type: 'resend', order: order.id }, buttons)]] : []),
  ...rulings.map((ruling) => [doing(say(`admin.button.ruling.${ruling}`), { type: 'rule', order: order.id, ruling }, buttons)]),
  ...(canRevert ? [[doing(say('admin.button.revert'), { type: 'revert', order: order.id }, buttons)]] : []),
];

export const renderAdminOrder = ({ found }: View<'order'>, speech: Speech, buttons: Buttons): RenderedMessage =>
  message(
    paragraphs(
      bold(oneLine(found.order.productName, 100)),
      factsOf(found, speech),
      lines(...found.history.slice(-MOST_HISTORY).map((entry) => historyLine(entry, speech))),
    ),
    ...waysOn(found, speech, buttons),
    menuRow(speech, buttons),
  );

/** The statuses of an order that the supplier has charged and that nobody is undoing. */
const SOLD: readonly OrderStatus[] = ['awaitingCode', 'charged', 'delivered'];

const sum = (sales: readonly Sales[], part: 'pay' | 'cost' | 'commission'): Hundredths =>
  hundredths(sales.reduce((total, one) => total + one[part], 0));

const currencyLines = (currency: string, sales: readonly Sales[], { say, money }: Speech): Html => {
  const sold = sales.filter(({ status }) => SOLD.includes(status));
  const amount = (value: Hundredths): string => money({ hundredths: value, currency });
  const [pay, cost, commission] = [sum(sold, 'pay'), sum(sold, 'cost'), sum(sold, 'commission')];
  const count = sold.reduce((total, one) => total + one.count, 0);
  return lines(
    bold(say('admin.today.sold', { number: count, amount: amount(pay) })),
    escape(say('admin.today.cost', { amount: amount(cost) })),
    commission === 0 ? null : escape(say('admin.today.commission', { amount: amount(commission) })),
    escape(say('admin.today.left', { amount: amount(hundredths(pay - cost - commission)) })),
    ...sales.map((one) => escape(`${one.count} × ${say(`admin.status.${one.status}`)} · ${amount(one.pay)}`)),
  );
};

export const renderToday = ({ day, sales }: View<'today'>, speech: Speech, buttons: Buttons): RenderedMessage => {
  const currencies = [...new Set(sales.map(({ currency }) => currency))];
  return message(
    paragraphs(
      bold(speech.say('admin.today.title', { day })),
      ...currencies.map((currency) =>
        currencyLines(
          currency,
          sales.filter((one) => one.currency === currency),
          speech,
        ),
      ),
      sales.length === 0 ? escape(speech.say('admin.today.nothing')) : null,
    ),
    [doing(speech.say('admin.button.refresh'), { type: 'open', page: 'today' }, buttons)],
    menuRow(speech, buttons),
  );
};
