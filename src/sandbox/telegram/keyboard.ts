// Reply markup: the keyboards that a bot attaches to a message, parsed and checked as Telegram checks them.
import type { InlineKeyboardButton } from '@grammyjs/types';
import { z } from 'zod';
import { badRequest, type Refusal } from './answer.ts';
import type { Button, ReplyKeyboard } from './view.ts';

const cannotParse = (reason: string): string => `can't parse InlineKeyboardButton: ${reason}`;

const style = z.enum(['primary', 'success', 'danger'], {
  error: cannotParse('Field "style" must be primary, success or danger'),
});

const inlineButton = z.object({
  text: z.string({ error: cannotParse('Can\'t find field "text"') }),
  callback_data: z.string().optional(),
  copy_text: z.object({ text: z.string() }).optional(),
  url: z.string().optional(),
  style: style.exactOptional(),
});

const replyButton = z.union([
  z.string().transform((text) => ({ text })),
  z.object({ text: z.string(), request_contact: z.boolean().optional(), style: style.optional() }),
]);

/** The four kinds of markup; a keyboard is recognised by its telling field, as in the Bot API. */
export const replyMarkup = z.object({
  inline_keyboard: z.array(z.array(inlineButton), { error: 'Field "inline_keyboard" must be of type Array' }).optional(),
  keyboard: z.array(z.array(replyButton), { error: 'Field "keyboard" must be of type Array' }).optional(),
  one_time_keyboard: z.boolean().optional(),
  input_field_placeholder: z.string().optional(),
  remove_keyboard: z.boolean().optional(),
  force_reply: z.boolean().optional(),
});

export type ReplyMarkup = z.infer<typeof replyMarkup>;
type InlineButton = z.infer<typeof inlineButton>;

export type Keyboard =
  | { kind: 'none' }
  | { kind: 'inline'; rows: InlineKeyboardButton[][] }
  | { kind: 'reply'; keyboard: ReplyKeyboard }
  | { kind: 'remove' }
  | { kind: 'forceReply'; placeholder: string };

/** Callback data is measured in bytes of UTF-8, a text to copy in characters. */
const refuseButton = (button: InlineButton): Refusal | undefined => {
  const isActionless = !button.callback_data && !button.url && button.copy_text === undefined;
  if (isActionless) return badRequest(cannotParse('Text buttons are not allowed in the inline keyboard'));
  if (button.text.trim() === '') return badRequest('inline keyboard button text must be non-empty');
  if (button.callback_data !== undefined && Buffer.byteLength(button.callback_data) > 64)
    return badRequest('BUTTON_DATA_INVALID');
  if (button.copy_text !== undefined && (button.copy_text.text === '' || button.copy_text.text.length > 256)) {
    return badRequest('BUTTON_COPY_TEXT_INVALID');
  }
  if (
    button.url !== undefined &&
    !/^(?:https?:\/\/[^\s/]+\.[^\s]+|https?:\/\/(?:localhost|127\.0\.0\.1)\S*|tg:\/\/\S+)$/.test(button.url)
  ) {
    return badRequest(`inline keyboard button URL '${button.url}' is invalid: Wrong HTTP URL`);
  }
  return undefined;
};

/** A button that carries several actions keeps the first that Telegram reads. */
const toWire = ({ text, style, url, callback_data, copy_text }: InlineButton): InlineKeyboardButton => {
  const face = { text, ...(style !== undefined && { style }) };
  if (url) return { ...face, url };
  return callback_data ? { ...face, callback_data } : { ...face, copy_text: { text: copy_text?.text ?? '' } };
};

/** The most buttons that fit below one message. */
const mostButtons = 100;

export const readKeyboard = (markup: ReplyMarkup | undefined): { ok: true; value: Keyboard } | Refusal => {
  if (markup === undefined) return { ok: true, value: { kind: 'none' } };
  if (markup.inline_keyboard !== undefined) {
    const buttons = markup.inline_keyboard.flat();
    for (const button of buttons) {
      const refusal = refuseButton(button);
      if (refusal !== undefined) return refusal;
    }
    if (buttons.length > mostButtons) return badRequest('REPLY_MARKUP_TOO_LONG');
    const rows = markup.inline_keyboard.filter((row) => row.length > 0).map((row) => row.map(toWire));
    return { ok: true, value: rows.length === 0 ? { kind: 'none' } : { kind: 'inline', rows } };
  }
  if (markup.keyboard !== undefined) {
    const rows = markup.keyboard.map((row) =>
      row.map((button) => ({
        text: button.text,
        requestContact: 'request_contact' in button && button.request_contact === true,
        ...('style' in button && button.style !== undefined && { style: button.style }),
      })),
    );
    if (rows.flat().some((button) => button.text.trim() === '')) return badRequest('keyboard button text must be non-empty');
    const placeholder = markup.input_field_placeholder;
    const keyboard = { rows, oneTime: markup.one_time_keyboard === true, ...(placeholder !== undefined && { placeholder }) };
    return { ok: true, value: { kind: 'reply', keyboard } };
  }
  if (markup.remove_keyboard === true) return { ok: true, value: { kind: 'remove' } };
  if (markup.force_reply === true)
    return { ok: true, value: { kind: 'forceReply', placeholder: markup.input_field_placeholder ?? '' } };
  return badRequest('object expected as reply markup');
};

/** A button as the customer sees it. */
export const toButton = (button: InlineKeyboardButton): Button => ({
  text: button.text,
  ...('url' in button && { url: button.url }),
  ...('callback_data' in button && { callbackData: button.callback_data }),
  ...('copy_text' in button && { copyText: button.copy_text.text }),
  ...(button.style !== undefined && { style: button.style }),
});
