// The price card, the moment before it (no price) and the moment after it (being bought).
import type { FlowView } from '../../domain/dialog/view.ts';
import type { Quote } from '../../domain/quote.ts';
import { hasCode } from '../../domain/voucher.ts';
import type { Product } from '../../domain/catalog.ts';
import { exits } from './keyboard.ts';
import type { Buttons } from './keyboard.ts';
import { fieldLabel, fieldValue, warningLines } from './render-field.ts';
import { bold, code, escape, italic, labelled, lines, oneLine, paragraphs } from './render-html.ts';
import type { Html } from './render-html.ts';
import { itemLines } from './render-items.ts';
import { message } from './render-message.ts';
import { isPlainBill } from './render-orders.ts';
import type { RenderedMessage } from './render-message.ts';
import { quoteErrorText } from './render-notice.ts';
import type { Speech } from './render-speech.ts';

type View<Type extends FlowView['type']> = Extract<FlowView, { type: Type }>;

export const renderQuoteFailed = (view: View<'quoteFailed'>, speech: Speech, buttons: Buttons): RenderedMessage => {
  const { say } = speech;
  return message(
    paragraphs(
      lines(bold(say('quoteFailed.title')), escape(oneLine(view.product.name, 100))),
      escape(quoteErrorText(view.error, speech)),
    ),
    [buttons.flow(say('button.retry'), { type: 'retry' }, 'primary')],
    exits(speech, buttons),
  );
};

/** What the buyer typed, to be checked once more before it is final. */
const fieldLines = ({ product, form, fields, warnings, invoices }: View<'price'>, speech: Speech): Html =>
  lines(
    ...form.fields.map((field) => {
      const value = fields[field.name];
      return value === undefined ? null : labelled(fieldLabel(field, speech), fieldValue(field, value, product, speech));
    }),
    invoices.length === 0 ? null : labelled(speech.say('invoices.reference'), escape(oneLine(invoices.join(', '), 200))),
    warningLines(warnings, product, speech),
  );

/** The catalogue's fee has no known unit, so only a supplier's quote tells its amount. */
const feeLine = ({ fee, pay, estimated }: Quote, { say, money }: Speech): Html | null => {
  if (fee === 0) return null;
  return estimated
    ? escape(say('price.feeUnknown'))
    : labelled(say('price.fee'), escape(money({ hundredths: fee, currency: pay.currency })));
};

/** Agents alone get one. */
const commissionLine = ({ commission }: Quote, { say, money }: Speech): Html | null =>
  commission.hundredths === 0 ? null : labelled(say('price.commission'), escape(money(commission)));

/** What arrives can't always be exactly what was asked for: amounts come in steps. */
const nearestLine = ({ choice, receive }: Quote, { say, money }: Speech): Html | null => {
  if (choice.direction === 'direct' || choice.amount === receive.hundredths) return null;
  return italic(say('price.nearest', { asked: money({ hundredths: choice.amount, currency: receive.currency }) }));
};

/** What the button that buys says; `another` where the same was bought a moment ago. */
const confirmLabel = ({ family }: Product, another: boolean, amount: string, { say }: Speech): string => {
  if (family === 'bill') return say(another ? 'button.confirmBillAnother' : 'button.confirmBill', { amount });
  return say(another ? 'button.confirmAnother' : 'button.confirm', { amount });
};

export const renderPrice = (view: View<'price'>, speech: Speech, buttons: Buttons): RenderedMessage => {
  const { say, money } = speech;
  const { product, quote, item, order, twin, sellable } = view;
  const pay = money(quote.pay);
  return message(
    paragraphs(
      lines(bold(say('price.title')), escape(oneLine(product.name, 100)), item && itemLines(item, speech)),
      lines(
        labelled(say('price.youPay'), bold(pay)),
        isPlainBill(product, quote)
          ? null
          : labelled(say('price.theyReceive'), bold(`${quote.estimated ? '≈ ' : ''}${money(quote.receive)}`)),
        feeLine(quote, speech),
        commissionLine(quote, speech),
      ),
      fieldLines(view, speech),
      nearestLine(quote, speech),
      quote.estimated ? italic(say('price.estimate')) : null,
      escape(sellable ? say('price.heldUntil', { time: speech.time(quote.expiresAt) }) : say('price.notSellable')),
    ),
    ...(sellable
      ? [[buttons.flow(confirmLabel(product, twin !== null, pay, speech), { type: 'confirm', order }, 'success')]]
      : []),
    ...(twin === null ? [] : [[buttons.lasting(say('button.earlierOrder'), { type: 'showOrder', order: twin })]]),
    exits(speech, buttons),
  );
};

export const renderProcessing = (view: View<'processing'>, speech: Speech, buttons: Buttons): RenderedMessage => {
  const { say, money } = speech;
  return message(
    paragraphs(
      lines(
        bold(say(view.family === 'bill' ? 'processing.titleBill' : 'processing.title')),
        escape(`${oneLine(view.productName, 100)} · ${money(view.pay)}`),
      ),
      escape(say(hasCode(view.family) ? 'processing.text' : 'processing.done')),
      labelled(say('order.number'), code(view.order)),
    ),
    [buttons.lasting(say('button.orders'), { type: 'orders' })],
  );
};
