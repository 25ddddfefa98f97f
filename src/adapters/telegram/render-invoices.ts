// What an account owes: its invoices, those that are chosen, and what paying them comes to.
import type { Invoice } from '../../domain/bill.ts';
import type { Product } from '../../domain/catalog.ts';
import type { FlowView } from '../../domain/dialog/view.ts';
import { money as moneyOf } from '../../domain/money.ts';
import { assertNever } from '../../domain/result.ts';
import { exits, pager } from './keyboard.ts';
import type { Buttons, Row } from './keyboard.ts';
import { bold, escape, italic, labelled, lines, oneLine, paragraphs } from './render-html.ts';
import type { Html } from './render-html.ts';
import { message } from './render-message.ts';
import type { RenderedMessage } from './render-message.ts';
import type { Speech } from './render-speech.ts';

type View = Extract<FlowView, { type: 'invoices' }>;

const itemText = (invoice: Invoice, index: number, { saleCurrency }: Product, { say, money }: Speech): string => {
  const shown = { number: index + 1, amount: invoice.send === null ? '?' : money(moneyOf(invoice.send, saleCurrency)) };
  const date = invoice.expirationDate ?? invoice.date;
  return date === null ? say('invoices.itemNoDate', shown) : say('invoices.item', { ...shown, date: oneLine(date, 20) });
};

/** What there is to do about the debt, in one sentence. */
const rule = ({ debt, payable, sum }: View, { say, money }: Speech): string => {
  if (!payable) return say('invoices.nothing');
  switch (debt.paymentType) {
    case 'TOTAL':
      return sum === null ? say('invoices.nothing') : say('invoices.total', { amount: money(sum) });
    case 'DISCRETE':
      return say('invoices.choose');
    case 'OPEN':
      return say(sum === null ? 'invoices.openTyped' : 'invoices.open');
    default:
      return assertNever(debt.paymentType);
  }
};

export const renderInvoices = (view: View, speech: Speech, buttons: Buttons): RenderedMessage => {
  const { product, debt, list, payable, sum } = view;
  const { say, money } = speech;
  const isDiscrete = debt.paymentType === 'DISCRETE';
  const owed: Html | null =
    debt.send === null || !payable ? null : labelled(say('invoices.owed'), bold(money(moneyOf(debt.send, product.saleCurrency))));
  const text = list.items.map(({ invoice, index, payable: canPay }) =>
    lines(escape(itemText(invoice, index, product, speech)), isDiscrete && !canPay ? italic(say('invoices.notPayable')) : null),
  );
  const choices: readonly Row[] = list.items
    .filter((item) => item.payable)
    .map(({ invoice, index, chosen }) => [
      buttons.flow(`${chosen ? '☑️' : '⬜️'} ${itemText(invoice, index, product, speech)}`, { type: 'toggleInvoice', index }),
    ]);
  return message(
    paragraphs(lines(bold(oneLine(product.name, 100)), owed), ...text, escape(rule(view, speech))),
    ...choices,
    ...pager(speech, buttons, list),
    ...(payable && sum !== null
      ? [[buttons.flow(say('button.payDebt', { amount: money(sum) }), { type: 'payDebt' }, 'primary')]]
      : []),
    exits(speech, buttons),
  );
};
