// Handing an order over: the seller makes a link and may take it back, and somebody opens it; and what the first screen offers again.
import type { MessageId, OrderId } from '../ids.ts';
import type { KeepsakeAnswer } from './keepsake-answer.ts';
import type { DialogState } from './state.ts';
import { ask, homeScreen, goTo, showAside } from './step.ts';
import type { Step, World } from './step.ts';
import type { AsideView, Notice, Repeat, ShownOrder } from './view.ts';

type Answer<Type extends KeepsakeAnswer['type']> = Extract<KeepsakeAnswer, { type: Type }>;
type LinkNotice = Extract<Extract<Notice, { type: 'keepsake' }>['notice'], { about: 'link' }>;

const linkNotice = (what: LinkNotice['what']): Notice => ({ type: 'keepsake', notice: { about: 'link', what } });

const showNotice = (state: DialogState, notice: Notice): Step => showAside(state, { type: 'notice' }, notice);

/** What an order brought, or how it stands where nothing of that may be shown. */
export const orderView = ({ order, voucher, receipt }: ShownOrder, shownAgain: boolean): AsideView => {
  if (voucher !== null) return { type: 'code', order, voucher, shownAgain };
  return receipt === null ? { type: 'order', order } : { type: 'receipt', order, receipt, shownAgain };
};

export const makeLink = (state: DialogState, order: OrderId): Step =>
  ask(state, { for: 'keepsake', replace: null }, { type: 'keepsake', question: { type: 'makeLink', order } });

export const linkMade = (state: DialogState, { result }: Answer<'linkMade'>): Step => {
  if (result.ok) return showAside(state, { type: 'handOver', view: { type: 'link', ...result.value, sold: false } });
  return showNotice(state, result.error === 'notFound' ? { type: 'orderNotFound' } : linkNotice(result.error));
};

/** Somebody came by a link: `/start` with its argument. */
export const openLink = (state: DialogState, argument: string): Step =>
  ask(state, { for: 'keepsake', replace: null }, { type: 'keepsake', question: { type: 'openLink', argument } });

export const linkOpened = (state: DialogState, { result }: Answer<'linkOpened'>): Step =>
  result.ok ? showAside(state, orderView(result.value, false)) : showNotice(state, linkNotice(result.error));

/** The link's message says what has become of it. */
export const linkTakenBack = (state: DialogState, replace: MessageId | null, { result }: Answer<'linkTakenBack'>): Step => {
  const notice: Notice = result === 'notFound' ? { type: 'orderNotFound' } : linkNotice(result);
  return { state, effects: [{ type: 'show', view: { type: 'notice' }, notice, replace }] };
};

/** The first screen, with orders to repeat where their products are still sold. */
export const goHomeWithRepeats = (state: DialogState, repeats: readonly Repeat[], world: World): Step => {
  const step = goTo(state, homeScreen(world.catalog), world);
  const again = repeats.filter(({ product }) => world.catalog?.products.has(product));
  if (again.length === 0) return step;
  const effects = step.effects.map((effect) =>
    effect.type === 'show' && (effect.view.type === 'countries' || effect.view.type === 'operators')
      ? { ...effect, view: { ...effect.view, again } }
      : effect,
  );
  return { ...step, effects };
};
