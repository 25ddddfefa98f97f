// The shelves: countries, operators (brands) and products, and the shop when it has nothing to show.
import type { FlowView, Repeat } from '../../domain/dialog/view.ts';
import { exits, grid, pager } from './keyboard.ts';
import type { Buttons, Row } from './keyboard.ts';
import { bold, escape, italic, oneLine, paragraphs } from './render-html.ts';
import type { Html } from './render-html.ts';
import { message } from './render-message.ts';
import type { RenderedMessage } from './render-message.ts';
import { MOST_QUERY } from './render-notice.ts';
import type { Speech } from './render-speech.ts';

type View<Type extends FlowView['type']> = Extract<FlowView, { type: Type }>;

/** What the first screen of a conversation opens with. */
const greeting = ({ say }: Speech): Html => paragraphs(bold(say('countries.welcome')), escape(say('countries.offer')));

const sideDoors = ({ say }: Speech, { lasting }: Buttons): Row => [
  lasting(say('button.orders'), { type: 'orders' }),
  lasting(say('button.help'), { type: 'help' }),
];

/** Earlier orders, one tap away from their price. */
const againRows = (again: readonly Repeat[] | undefined, { say, money }: Speech, { lasting }: Buttons): readonly Row[] =>
  (again ?? []).map(({ order, productName, pay, to }) => {
    const product = oneLine(productName, 28);
    const amount = money(pay);
    const label =
      to === null ? say('button.again', { product, amount }) : say('button.againFor', { product, amount, to: oneLine(to, 20) });
    return [lasting(label, { type: 'buyAgain', order })];
  });

export const renderClosed = ({ say }: Speech, { flow, lasting }: Buttons): RenderedMessage =>
  message(
    paragraphs(bold(say('closed.title')), escape(say('closed.text'))),
    [flow(say('button.retry'), { type: 'retry' }, 'primary')],
    [lasting(say('button.orders'), { type: 'orders' })],
  );

export const renderCountries = ({ list, again }: View<'countries'>, speech: Speech, buttons: Buttons): RenderedMessage => {
  const ask = list.items.length === 0 ? 'countries.empty' : 'countries.ask';
  return message(
    paragraphs(greeting(speech), escape(speech.say(ask))),
    ...againRows(again, speech, buttons),
    ...grid(list.items.map((country) => buttons.flow(speech.country(country), { type: 'pickCountry', country: country.id }))),
    ...pager(speech, buttons, list),
    sideDoors(speech, buttons),
  );
};

export const renderOperators = (view: View<'operators'>, speech: Speech, buttons: Buttons): RenderedMessage => {
  const { say } = speech;
  const { country, query, list, canGoBack } = view;
  const place = country === null ? say('operators.all') : say('operators.inCountry', { country: speech.country(country) });
  const title = query === null ? place : say('operators.found', { query: oneLine(query, MOST_QUERY) });
  // Results from everywhere say where each one is.
  const label = ({ name, countryId }: (typeof list.items)[number]): string =>
    country === null ? `${speech.flag(countryId)} ${name}` : name;
  return message(
    paragraphs(
      canGoBack ? null : greeting(speech),
      bold(title),
      escape(say(list.items.length === 0 ? 'operators.empty' : 'operators.ask')),
    ),
    ...againRows(view.again, speech, buttons),
    ...grid(list.items.map((operator) => buttons.flow(label(operator), { type: 'pickOperator', operator: operator.id }))),
    ...pager(speech, buttons, list),
    // The first screen has nothing to go back from or to cancel.
    canGoBack ? exits(speech, buttons) : sideDoors(speech, buttons),
  );
};

export const renderProducts = (
  { operator, query, list }: View<'products'>,
  speech: Speech,
  buttons: Buttons,
): RenderedMessage => {
  const { say } = speech;
  return message(
    paragraphs(
      bold(oneLine(operator.name, 100)),
      query === null ? null : italic(say('products.found', { query: oneLine(query, MOST_QUERY) })),
      escape(say(list.items.length === 0 ? 'products.empty' : 'products.ask')),
    ),
    ...grid(list.items.map((product) => buttons.flow(product.name, { type: 'pickProduct', product: product.id }))),
    ...pager(speech, buttons, list),
    exits(speech, buttons),
  );
};
