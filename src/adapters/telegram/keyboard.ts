// Inline keyboards: buttons bound to their screen's revision, and the rows that recur.
import type { InlineKeyboardButton } from '@grammyjs/types';
import type { FlowAction, LastingAction } from '../../domain/dialog/action.ts';
import type { Page } from '../../domain/dialog/view.ts';
import { encodeFlow, encodeLasting } from './callback-data.ts';
import { oneLine } from './render-html.ts';
import type { Speech } from './render-speech.ts';

export type Button = InlineKeyboardButton;
export type Row = readonly Button[];
/** One green action a screen, red only for cancelling. Older clients ignore it. */
type Style = 'primary' | 'success' | 'danger';

/** Telegram shows about this much of a label on a phone. */
const MOST_LABEL = 60;
/** Labels up to this length fit side by side. */
const MOST_HALF_LABEL = 18;
/** Telegram's limit for a text that a button copies. */
const MOST_COPIED = 256;

export type Buttons = {
  /** Belongs to this screen only. */
  readonly flow: (label: string, action: FlowAction, style?: Style) => Button;
  /** Works from any message at any time. */
  readonly lasting: (label: string, action: LastingAction, style?: Style) => Button;
};

const button = (label: string, data: string, style: Style | undefined): Button => ({
  text: oneLine(label, MOST_LABEL),
  callback_data: data,
  ...(style !== undefined && { style }),
});

export const createButtons = (revision: number): Buttons => ({
  flow: (label, action, style) => button(label, encodeFlow(action, revision), style),
  lasting: (label, action, style) => button(label, encodeLasting(action), style),
});

/** Null when Telegram would not copy the text whole. */
export const copyButton = (label: string, text: string): Button | null =>
  text.trim() !== '' && text.length <= MOST_COPIED && text.isWellFormed() ? { text: label, copy_text: { text } } : null;

/** Two columns when every label is short, else one. */
export const grid = (buttons: readonly Button[]): readonly Row[] => {
  const columns = buttons.every(({ text }) => text.length <= MOST_HALF_LABEL) ? 2 : 1;
  return Array.from({ length: Math.ceil(buttons.length / columns) }, (_, row) =>
    buttons.slice(row * columns, (row + 1) * columns),
  );
};

/** `‹ 2/3 ›`, or nothing for a single page. The arrows stop at the ends. */
export const pager = ({ say }: Speech, { flow }: Buttons, { page, pages }: Page<unknown>): readonly Row[] => {
  if (pages < 2) return [];
  const turn = (label: string, to: number): Button => flow(label, { type: 'turnPage', page: to });
  const previous = page > 0 ? [turn(say('button.previous'), page - 1)] : [];
  const next = page < pages - 1 ? [turn(say('button.next'), page + 1)] : [];
  return [[...previous, turn(say('button.page', { page: page + 1, pages }), page), ...next]];
};

/** The ways out of a flow screen. */
export const exits = ({ say }: Speech, { flow }: Buttons): Row => [
  flow(say('button.back'), { type: 'back' }),
  flow(say('button.cancel'), { type: 'cancel' }, 'danger'),
];

export const shopRow = ({ say }: Speech, { lasting }: Buttons): Row => [lasting(say('button.shop'), { type: 'shop' })];

export const ordersAndShopRow = (speech: Speech, buttons: Buttons): Row => [
  buttons.lasting(speech.say('button.orders'), { type: 'orders' }),
  ...shopRow(speech, buttons),
];
