// A batch of typed orders: what each line buys or what is wrong with it, the one button that buys, and what became of the orders.
import type { BatchOrder, BatchSum, BatchViewLine, LineError, LineTrouble } from '../../domain/dialog/batch-words.ts';
import type { AsideView, FlowView } from '../../domain/dialog/view.ts';
import type { Product } from '../../domain/catalog.ts';
import { accountMask } from '../../domain/line-parts.ts';
import type { Money } from '../../domain/money.ts';
import type { PhoneWarning } from '../../domain/phone-warnings.ts';
import { assertNever } from '../../domain/result.ts';
import { exits, ordersAndShopRow, pager } from './keyboard.ts';
import type { Buttons, Row } from './keyboard.ts';
import { bold, code, cut, escape, italic, labelled, lines, oneLine, paragraphs } from './render-html.ts';
import type { Html } from './render-html.ts';
import { message } from './render-message.ts';
import type { RenderedMessage } from './render-message.ts';
import { limitText, quoteErrorText } from './render-notice.ts';
import { MARKS } from './render-orders.ts';
import type { Speech } from './render-speech.ts';

type View<Type extends (FlowView | AsideView)['type']> = Extract<FlowView | AsideView, { type: Type }>;
type Line<Kind extends BatchViewLine['kind']> = Extract<BatchViewLine, { kind: Kind }>;

/** What each piece of a line may take, so that a page of lines fits into a message. */
const MOST = { name: 48, account: 48, price: 80, repair: 24, remark: 200, typed: 80, order: 40 } as const;

const sumText = (amounts: readonly Money[], { money }: Speech): string => amounts.map(money).join(' + ');

const nameLine = (number: number, { name }: Product): Html => bold(`${number}. ${oneLine(name, MOST.name)}`);

const accountLine = (account: string | null, { countryId }: Product, speech: Speech): Html | null =>
  account === null ? null : escape(oneLine(speech.phone(account, countryId), MOST.account));

const troubleText = (trouble: LineTrouble, speech: Speech): string => {
  switch (trouble.kind) {
    case 'outOfFunds':
      return speech.say('notice.outOfFunds', { available: speech.money(trouble.available) });
    case 'limitReached':
      return limitText(trouble.problem, speech.time(trouble.opensAt), speech);
    case 'boughtJustNow':
      return speech.say('batch.boughtJustNow', { time: speech.time(trouble.at) });
    default:
      return assertNever(trouble);
  }
};

const errorText = (error: LineError, speech: Speech): string => {
  switch (error.kind) {
    case 'needsDetails':
      return speech.say('batch.needsDetails');
    case 'notSellable':
      return speech.say('price.notSellable');
    case 'blocked':
      return speech.say('notice.blocked');
    case 'amountNotAllowed':
    case 'notAvailable':
    case 'aboveCeiling':
    case 'noPrices':
    case 'itemGone':
    case 'supplierDown':
      return quoteErrorText(error, speech);
    default:
      return assertNever(error);
  }
};

const warningText = (warning: PhoneWarning, { brand, countryId, countryName }: Product, { say, country }: Speech): string =>
  warning === 'otherCountry'
    ? say('field.warning.otherCountry', { country: country({ id: countryId, name: countryName }) })
    : say('field.warning.maskDoesNotFit', { operator: oneLine(brand, MOST.name) });

const remark = (text: string | null): Html | null => (text === null ? null : italic(cut(text, MOST.remark)));

const repairLine = ({ repaired }: Line<'ready' | 'open'>, { say }: Speech): Html | null =>
  repaired === null
    ? null
    : italic(say('batch.repaired', { from: oneLine(repaired.from, MOST.repair), to: oneLine(repaired.to, MOST.repair) }));

const readyLine = (line: Line<'ready'>, speech: Speech): Html => {
  const { number, product, account, quote, trouble, warnings } = line;
  const receive = `${quote.estimated ? '≈ ' : ''}${speech.money(quote.receive)}`;
  const [warning] = warnings;
  const odd = trouble === null ? warning && warningText(warning, product, speech) : troubleText(trouble, speech);
  return lines(
    nameLine(number, product),
    accountLine(account, product, speech),
    escape(cut(speech.say('batch.price', { pay: speech.money(quote.pay), receive }), MOST.price)),
    repairLine(line, speech),
    remark(odd ?? null),
  );
};

/** A line that the shop would understand: the brand, an amount that it takes, and a number where it is for one. */
const exampleLine = (product: Product, { phoneExample }: Speech): string => {
  const { amount, brand, countryId } = product;
  const value = amount.kind === 'range' ? amount.from : (amount.values[0] ?? 0);
  const text = value % 100 === 0 ? String(value / 100) : (value / 100).toFixed(2);
  const phone = accountMask(product) === null ? null : phoneExample(countryId);
  return [oneLine(brand, MOST.name), text, phone].filter((part) => part !== null).join(' ');
};

const problemLine = ({ number, text, problem, example }: Line<'problem'>, speech: Speech): Html =>
  lines(
    bold(`${number}. ${oneLine(text, MOST.typed)}`),
    escape(speech.say(`batch.problem.${problem}`)),
    example === null ? null : labelled(speech.say('field.example'), code(exampleLine(example, speech))),
  );

const lineText = (line: BatchViewLine, speech: Speech): Html => {
  const { number } = line;
  switch (line.kind) {
    case 'ready':
      return readyLine(line, speech);
    case 'open': {
      const { product, account, error } = line;
      const why = error === null ? null : errorText(error, speech);
      return lines(nameLine(number, product), accountLine(account, product, speech), repairLine(line, speech), remark(why));
    }
    case 'choose': {
      const [first] = line.candidates;
      if (first === undefined) return bold(`${number}. ${speech.say('batch.choose')}`);
      const { choice, account } = line;
      const currency = choice.direction === 'direct' ? first.saleCurrency : first.destinationCurrency;
      const amount = escape(speech.money({ hundredths: choice.amount, currency }));
      return lines(bold(`${number}. ${speech.say('batch.choose')}`), accountLine(account, first, speech), amount);
    }
    case 'problem':
      return problemLine(line, speech);
    case 'gone':
      return lines(bold(`${number}.`), escape(speech.say('notice.productGone')));
    default:
      return assertNever(line);
  }
};

/** The buttons of one line. */
const lineRows = (line: BatchViewLine, { say }: Speech, { flow }: Buttons): readonly Row[] => {
  const place = line.number - 1;
  if (line.kind === 'choose') {
    return line.candidates.map(({ name }, candidate) => [
      flow(`${line.number}. ${name}`, { type: 'batch', action: { type: 'choose', line: place, candidate } }),
    ]);
  }
  const isOpen = line.kind === 'open' && (line.error?.kind === 'needsDetails' || line.error?.kind === 'itemGone');
  return isOpen
    ? [[flow(say('button.orderAlone', { number: line.number }), { type: 'batch', action: { type: 'alone', line: place } })]]
    : [];
};

const buyLabel = ({ count, pay }: BatchSum, speech: Speech): string => {
  const amount = sumText(pay, speech);
  return count === 1 ? speech.say('button.confirm', { amount }) : speech.say('button.buyBatch', { number: count, amount });
};

export const renderBatch = ({ list, total, buy }: View<'batch'>, speech: Speech, buttons: Buttons): RenderedMessage => {
  const { say } = speech;
  return message(
    paragraphs(
      bold(say('batch.title', { count: total })),
      ...list.items.map((line) => lineText(line, speech)),
      buy === null || buy.commission.length === 0
        ? null
        : labelled(say('price.commission'), escape(sumText(buy.commission, speech))),
      (buy?.count ?? 0) < total ? escape(say('batch.fix')) : null,
      buy === null ? null : escape(say('price.heldUntil', { time: speech.time(buy.heldUntil) })),
    ),
    ...list.items.flatMap((line) => lineRows(line, speech, buttons)),
    ...pager(speech, buttons, list),
    ...(buy === null ? [] : [[buttons.flow(buyLabel(buy, speech), { type: 'batch', action: { type: 'buy' } }, 'success')]]),
    exits(speech, buttons),
  );
};

const orderLines = (orders: readonly BatchOrder[], { money }: Speech): Html =>
  lines(
    ...orders.map(({ productName, account, pay, status }, i) => {
      const parts = [oneLine(productName, MOST.order), account && oneLine(account, MOST.order), money(pay)];
      return escape(`${i + 1}. ${MARKS[status]} ${parts.filter((part) => part !== null).join(' · ')}`);
    }),
  );

const ordersButton = ({ say }: Speech, { lasting }: Buttons): Row => [lasting(say('button.orders'), { type: 'orders' })];

export const renderBatchPlaced = ({ orders }: View<'batchPlaced'>, speech: Speech, buttons: Buttons): RenderedMessage =>
  message(
    paragraphs(
      bold(speech.say('batch.placed', { count: orders.length })),
      orderLines(orders, speech),
      escape(speech.say('batch.news')),
    ),
    ordersButton(speech, buttons),
  );

/** The progress message of a batch, once the news of some of its orders stand in messages of their own. */
export const renderBatchSettled = ({ orders }: View<'batchSettled'>, speech: Speech, buttons: Buttons): RenderedMessage =>
  message(
    paragraphs(
      bold(speech.say('batch.placed', { count: orders.length })),
      orderLines(orders, speech),
      escape(speech.say('settled.below')),
    ),
    ordersAndShopRow(speech, buttons),
  );
