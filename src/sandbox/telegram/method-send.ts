// Bot API methods that send: messages, photos, documents, chat actions.
import type { Message } from '@grammyjs/types';
import { z } from 'zod';
import { accept, badRequest, forbidden, type Answer } from './answer.ts';
import { readKeyboard } from './keyboard.ts';
import { findFile, mostCaption, mostText, pictureSize, readText } from './message-content.ts';
import { replyTo } from './message.ts';
import { param, parseValues, type Params } from './params.ts';
import { fileReference, type Chat, type Content, type StoredFile, type World } from './world.ts';

const sendParams = z.object({
  chat_id: param.chatId.optional(),
  parse_mode: z.string().optional(),
  reply_markup: param.replyMarkup,
  reply_parameters: param.replyParameters,
  protect_content: param.flag,
});

const messageParams = sendParams.extend({ text: param.text.default(''), entities: param.entities });
const mediaParams = sendParams.extend({ caption: param.text.default(''), caption_entities: param.entities });

const actionParams = z.object({ chat_id: param.chatId.optional(), action: z.string().default('') });

/** The most pixels of width and height together. */
const mostPictureSides = 10_000;

const actions = [
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
];

export const createSendMethods = (world: World) => {
  const reachableChat = (chatId: number | undefined): Answer<Chat> => {
    if (chatId === undefined || chatId === 0) return badRequest('chat_id is empty');
    const chat = world.chats.get(chatId);
    if (chat === undefined) return badRequest('chat not found');
    return chat.blocked ? forbidden('bot was blocked by the user') : accept(chat);
  };

  /** Adds what is common to everything sent (keyboard, protection, reply) and puts the message into the chat. */
  const send = (chat: Chat, params: z.infer<typeof sendParams>, content: Content): Answer<Message> => {
    const read = readKeyboard(params.reply_markup);
    if (!read.ok) return read;
    const keyboard = read.value;
    const replied = params.reply_parameters && chat.messages.get(params.reply_parameters.message_id);
    const reply = replied?.deleted === false ? replied.wire : undefined;
    const needsReply = params.reply_parameters !== undefined && params.reply_parameters.allow_sending_without_reply !== true;
    if (needsReply && reply === undefined) return badRequest('message to be replied not found');
    const message = world.addMessage(chat, world.botUser(), {
      ...content,
      ...(keyboard.kind === 'inline' && { reply_markup: { inline_keyboard: keyboard.rows } }),
      ...(params.protect_content && { has_protected_content: true }),
      ...replyTo(reply),
    });
    if (keyboard.kind === 'reply') chat.keyboard = keyboard.keyboard;
    if (keyboard.kind === 'remove') chat.keyboard = undefined;
    if (keyboard.kind === 'forceReply') chat.replyTo = { messageId: message.message_id, placeholder: keyboard.placeholder };
    if (keyboard.kind !== 'none' && keyboard.kind !== 'inline') world.showFrame(chat.id);
    return accept(message);
  };

  const sendMessage = ({ values }: Params): Answer<Message> => {
    const parsed = parseValues(messageParams, values);
    if (!parsed.ok) return parsed;
    const params = parsed.value;
    const chat = reachableChat(params.chat_id);
    if (!chat.ok) return chat;
    const formatted = readText({ text: params.text, parseMode: params.parse_mode, entities: params.entities });
    if (!formatted.ok) return formatted;
    const { text, entities } = formatted.result;
    if (text === '') return badRequest('message text is empty');
    if (text.length > mostText) return badRequest('message is too long');
    return send(chat.result, params, { text, ...(entities.length > 0 && { entities }) });
  };

  /** What photos and documents share: the chat, the caption and the file; `describe` makes the content of the file. */
  const sendFile = (params: Params, field: string, describe: (file: StoredFile) => Answer<Content>): Answer<Message> => {
    const parsed = parseValues(mediaParams, params.values);
    if (!parsed.ok) return parsed;
    const chat = reachableChat(parsed.value.chat_id);
    if (!chat.ok) return chat;
    const { caption, parse_mode: parseMode, caption_entities: entities } = parsed.value;
    const formatted = readText({ text: caption, parseMode, entities });
    if (!formatted.ok) return formatted;
    if (formatted.result.text.length > mostCaption) return badRequest('message caption is too long');
    const file = findFile(world, params, field);
    if (!file.ok) return file;
    const media = describe(file.result);
    if (!media.ok) return media;
    return send(chat.result, parsed.value, {
      ...media.result,
      ...(formatted.result.text !== '' && { caption: formatted.result.text }),
      ...(formatted.result.entities.length > 0 && { caption_entities: formatted.result.entities }),
    });
  };

  const sendPhoto = (params: Params): Answer<Message> =>
    sendFile(params, 'photo', (file) => {
      const size = pictureSize(file.bytes);
      if (size === undefined) return badRequest('IMAGE_PROCESS_FAILED');
      if (size.width + size.height > mostPictureSides) return badRequest('PHOTO_INVALID_DIMENSIONS');
      return accept({ photo: [{ ...fileReference(file), ...size }] });
    });

  const sendDocument = (params: Params): Answer<Message> =>
    sendFile(params, 'document', (file) =>
      accept({ document: { ...fileReference(file), file_name: file.name, mime_type: file.mimeType } }),
    );

  const sendChatAction = ({ values }: Params): Answer<true> => {
    const parsed = parseValues(actionParams, values);
    if (!parsed.ok) return parsed;
    const chat = reachableChat(parsed.value.chat_id);
    if (!chat.ok) return chat;
    if (!actions.includes(parsed.value.action)) return badRequest('wrong parameter action in request');
    world.showAction(chat.result.id, parsed.value.action);
    return accept(true);
  };

  return { sendMessage, sendPhoto, sendDocument, sendChatAction };
};
