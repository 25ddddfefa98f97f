// Bot API methods that change what was sent: edits, deletion, and the answer to a tapped button.
import type { Message } from '@grammyjs/types';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { accept, badRequest, type Answer, type Refusal } from './answer.ts';
import { readKeyboard } from './keyboard.ts';
import { mostCaption, mostText, readText } from './message-content.ts';
import type { StoredMessage } from './message.ts';
import { param, parseValues, type Params } from './params.ts';
import type { Chat, World } from './world.ts';

const placeParams = z.object({ chat_id: param.chatId.optional(), message_id: param.integer.default(0) });
const editParams = placeParams.extend({ parse_mode: z.string().optional(), reply_markup: param.replyMarkup });
const editTextParams = editParams.extend({ text: param.text.default(''), entities: param.entities });
const editCaptionParams = editParams.extend({ caption: param.text.default(''), caption_entities: param.entities });
const callbackParams = z.object({
  callback_query_id: param.text.default(''),
  text: param.text.default(''),
  show_alert: param.flag,
  url: z.string().exactOptional(),
});

/** How long a message can be deleted, in milliseconds: 48 hours. */
const mostAgeToDelete = 48 * 3_600_000;

/** How long a tapped button waits for its answer, in milliseconds. */
const callbackLifetime = 15_000;

const mostAnswerText = 200;

const notModified =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';

type Target = { chat: Chat; message: StoredMessage };

/** What of a message an edit can change; both sides are compared to find out that nothing changes. */
const editable = ({ text, entities, caption, caption_entities, reply_markup }: Message) => ({
  text,
  entities,
  caption,
  caption_entities,
  reply_markup,
});

export const createEditMethods = (world: World) => {
  const findTarget = (params: z.infer<typeof placeParams>, purpose: 'edit' | 'delete'): Answer<Target> => {
    if (params.chat_id === undefined || params.chat_id === 0) return badRequest('chat_id is empty');
    const chat = world.chats.get(params.chat_id);
    if (chat === undefined) return badRequest('chat not found');
    const message = chat.messages.get(params.message_id);
    if (message === undefined || message.deleted) return badRequest(`message to ${purpose} not found`);
    return accept({ chat, message });
  };

  /** Replaces content and keyboard; an edit without a keyboard takes the old one away. `change` gets a copy to work on. */
  const edit = (params: z.infer<typeof editParams>, change: (copy: Message) => Refusal | undefined): Answer<Message> => {
    const keyboard = readKeyboard(params.reply_markup);
    if (!keyboard.ok) return keyboard;
    const target = findTarget(params, 'edit');
    if (!target.ok) return target;
    const { chat, message } = target.result;
    if (message.wire.from?.id !== world.bot.id) return badRequest("message can't be edited");
    if (keyboard.value.kind !== 'inline' && keyboard.value.kind !== 'none') return badRequest('inline keyboard expected');
    const wire = { ...message.wire };
    delete wire.reply_markup;
    if (keyboard.value.kind === 'inline') wire.reply_markup = { inline_keyboard: keyboard.value.rows };
    const refusal = change(wire);
    if (refusal !== undefined) return refusal;
    if (isDeepStrictEqual(editable(wire), editable(message.wire))) return badRequest(notModified);
    world.replaceMessage(chat, message, { ...wire, edit_date: Math.floor(world.now() / 1000) });
    return accept(message.wire);
  };

  const editMessageText = ({ values }: Params): Answer<Message> => {
    const parsed = parseValues(editTextParams, values);
    if (!parsed.ok) return parsed;
    const params = parsed.value;
    const formatted = readText({ text: params.text, parseMode: params.parse_mode, entities: params.entities });
    if (!formatted.ok) return formatted;
    const { text, entities } = formatted.result;
    if (text === '') return badRequest('message text is empty');
    if (text.length > mostText) return badRequest('message is too long');
    return edit(params, (wire) => {
      if (wire.text === undefined) return badRequest('there is no text in the message to edit');
      wire.text = text;
      delete wire.entities;
      if (entities.length > 0) wire.entities = entities;
      return undefined;
    });
  };

  const editMessageCaption = ({ values }: Params): Answer<Message> => {
    const parsed = parseValues(editCaptionParams, values);
    if (!parsed.ok) return parsed;
    const params = parsed.value;
    const formatted = readText({ text: params.caption, parseMode: params.parse_mode, entities: params.caption_entities });
    if (!formatted.ok) return formatted;
    const { text, entities } = formatted.result;
    if (text.length > mostCaption) return badRequest('message caption is too long');
    return edit(params, (wire) => {
      if (wire.photo === undefined && wire.document === undefined)
        return badRequest('there is no caption in the message to edit');
      delete wire.caption;
      delete wire.caption_entities;
      if (text !== '') wire.caption = text;
      if (entities.length > 0) wire.caption_entities = entities;
      return undefined;
    });
  };

  const editMessageReplyMarkup = ({ values }: Params): Answer<Message> => {
    const parsed = parseValues(editParams, values);
    return parsed.ok ? edit(parsed.value, () => undefined) : parsed;
  };

  const deleteMessage = ({ values }: Params): Answer<true> => {
    const parsed = parseValues(placeParams, values);
    if (!parsed.ok) return parsed;
    const target = findTarget(parsed.value, 'delete');
    if (!target.ok) return target;
    const { chat, message } = target.result;
    if (world.now() - message.at > mostAgeToDelete) return badRequest("message can't be deleted for everyone");
    world.deleteMessage(chat, message);
    return accept(true);
  };

  const answerCallbackQuery = ({ values }: Params): Answer<true> => {
    const parsed = parseValues(callbackParams, values);
    if (!parsed.ok) return parsed;
    const { callback_query_id: id, text, show_alert: alert, url } = parsed.value;
    if (text.length > mostAnswerText) return badRequest('MESSAGE_TOO_LONG');
    const callback = world.callbacks.get(id);
    const isWaiting = callback?.answered === false && world.now() - callback.at <= callbackLifetime;
    if (!isWaiting) return badRequest('query is too old and response timeout expired or query ID is invalid');
    world.answerCallback(callback, { text, alert, ...(url !== undefined && { url }) });
    return accept(true);
  };

  return { editMessageText, editMessageCaption, editMessageReplyMarkup, deleteMessage, answerCallbackQuery };
};
