// Choosing an amount: tapped or typed, as what is paid or as what should arrive.
import type { Product } from '../../domain/catalog.ts';
import type { FlowView } from '../../domain/dialog/view.ts';
import { formatAmount, hundredths, sameMoney } from '../../domain/money.ts';
import type { Hundredths, Money } from '../../domain/money.ts';
import { exits, grid, pager } from './keyboard.ts';
import type { Buttons, Row } from './keyboard.ts';
import { accountLines } from './render-field.ts';
import { bold, cut, escape, expandable, italic, lines, oneLine, paragraphs, plainText } from './render-html.ts';
import type { Html } from './render-html.ts';
import { message } from './render-message.ts';
import type { RenderedMessage } from './render-message.ts';
import type { Speech } from './render-speech.ts';

type AmountView = Extract<FlowView, { type: 'amount' }>;
type Bounds = NonNullable<AmountView['bounds']>;

const MOST_DESCRIPTION = 800;

const productHead = (product: Product): Html => bold(oneLine(product.name, 100));

const description = (product: Product): Html | null => {
  const text = cut(plainText(product.description), MOST_DESCRIPTION);
  return text === '' ? null : expandable(text);
};

/** Amounts that people would type, in hundredths. */
const ROUND = [2_500, 5_000, 10_000, 20_000, 50_000, 1_000, 2_000, 500, 100_000, 200_000].map(hundredths);

/** An amount that the product takes, round if there is one, in the plain form that can be typed: `25`, `25.50`. */
const amountExample = ({ least, most, step }: Bounds): string => {
  const fits = (amount: Hundredths): boolean =>
    amount >= least.hundredths && amount <= most.hundredths && (amount - least.hundredths) % step === 0;
  return formatAmount(ROUND.find(fits) ?? least.hundredths).replace(/\.00$/, '');
};

const boundsText = (bounds: Bounds, besideChoices: boolean, { say, money }: Speech): Html => {
  const range = { least: money(bounds.least), most: money(bounds.most) };
  const step = bounds.step > 1 ? say('amount.step', { step: money({ ...bounds.least, hundredths: bounds.step }) }) : null;
  return lines(
    escape(say(besideChoices ? 'amount.boundsToo' : 'amount.bounds', range)),
    step === null ? null : escape(step),
    besideChoices ? null : italic(say('amount.example', { example: amountExample(bounds) })),
  );
};

/** Listed amounts are tapped; ranges, and anything that should arrive, can be typed too. */
const typingText = ({ bounds, choices, entering }: AmountView, currency: string, speech: Speech): Html | null => {
  const hasChoices = choices.items.length > 0;
  if (hasChoices && entering === 'direct') return null;
  return bounds === null ? escape(speech.say('amount.typed', { currency })) : boundsText(bounds, hasChoices, speech);
};

const choiceLabel = (amount: Money, receive: Money | null, { say, money }: Speech): string =>
  receive === null || sameMoney(amount, receive)
    ? money(amount)
    : say('amount.choice', { amount: money(amount), receive: money(receive) });

/** Where the shop adds something, the amount is not what is paid, and must not be called that. */
const switchRow = ({ entering, marked }: AmountView, { say }: Speech, { flow }: Buttons): Row => {
  const backToPay = marked ? 'button.enterAmount' : 'button.enterPay';
  return [flow(say(entering === 'direct' ? 'button.enterReceive' : backToPay), { type: 'switchDirection' })];
};

const askText = ({ entering, marked }: AmountView, { say }: Speech): string => {
  if (entering === 'reverse') return say('amount.askReceive');
  return say(marked ? 'amount.askAmount' : 'amount.askPay');
};

export const renderAmount = (view: AmountView, speech: Speech, buttons: Buttons): RenderedMessage => {
  const { product, account, entering, choices } = view;
  const { saleCurrency, destinationCurrency } = product;
  const currency = entering === 'direct' ? saleCurrency : destinationCurrency;
  const choice = ({ amount, receive }: (typeof choices.items)[number]): string =>
    choiceLabel(
      { hundredths: amount, currency },
      receive === null ? null : { hundredths: receive, currency: destinationCurrency },
      speech,
    );
  return message(
    paragraphs(
      productHead(product),
      accountLines(account, product, speech),
      description(product),
      bold(askText(view, speech)),
      typingText(view, currency, speech),
    ),
    ...grid(choices.items.map((item) => buttons.flow(choice(item), { type: 'pickAmount', amount: item.amount }))),
    ...pager(speech, buttons, choices),
    ...(view.canSwitch ? [switchRow(view, speech, buttons)] : []),
    exits(speech, buttons),
  );
};
