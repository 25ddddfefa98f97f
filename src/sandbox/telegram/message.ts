// One message of a chat: kept as the Bot API shows it to the bot, drawn as the customer sees it.
import type { Message, MessageEntity } from '@grammyjs/types';
import { toButton } from './keyboard.ts';
import type { Attachment, Bubble, Entity } from './view.ts';

/** `wire` is what the bot gets; `at` is in milliseconds. */
export type StoredMessage = { wire: Message; at: number; deleted: boolean };

/** The entities that this server makes; others, from an arbitrary update, are shown as plain text. */
const toEntity = (entity: MessageEntity): Entity[] => {
  const { offset, length } = entity;
  switch (entity.type) {
    case 'pre':
      return [{ type: 'pre', offset, length, ...(entity.language !== undefined && { language: entity.language }) }];
    case 'text_link':
      return [{ type: 'text_link', offset, length, url: entity.url }];
    case 'text_mention':
    case 'custom_emoji':
    case 'date_time':
    case 'hashtag':
    case 'cashtag':
    case 'phone_number':
      return [];
    default:
      return [{ type: entity.type, offset, length }];
  }
};

const attachmentOf = (wire: Message): Attachment | undefined => {
  const photo = wire.photo?.at(-1);
  if (photo !== undefined) return { kind: 'photo', fileId: photo.file_id, width: photo.width, height: photo.height };
  if (wire.sticker !== undefined) return { kind: 'sticker', emoji: wire.sticker.emoji ?? '' };
  if (wire.document !== undefined) {
    return {
      kind: 'document',
      fileId: wire.document.file_id,
      name: wire.document.file_name ?? '',
      size: wire.document.file_size ?? 0,
    };
  }
  if (wire.contact !== undefined) {
    const name = [wire.contact.first_name, wire.contact.last_name].filter((part) => part !== undefined).join(' ');
    return { kind: 'contact', phoneNumber: wire.contact.phone_number, name };
  }
  return undefined;
};

type Quoted = NonNullable<Message['reply_to_message']>;

const isQuoted = (message: Message): message is Quoted => message.reply_to_message === undefined;

/** The field that refers to the message replied to; a quoted message quotes nothing itself. */
export const replyTo = (message: Message | undefined): Pick<Message, 'reply_to_message'> => {
  if (message === undefined) return {};
  const quoted = { ...message };
  delete quoted.reply_to_message;
  return isQuoted(quoted) ? { reply_to_message: quoted } : {};
};

/** Draws a message for `viewerId`, whose own messages stand on the right. */
export const toBubble = ({ wire, at, deleted }: StoredMessage, botId: number, viewerId: number): Bubble => {
  const attachment = attachmentOf(wire);
  const origin = wire.forward_origin;
  const side = wire.from?.id === viewerId ? 'me' : 'other';
  return {
    id: wire.message_id,
    from: wire.from?.id === botId ? 'bot' : side,
    author: wire.from?.first_name ?? '',
    at,
    edited: wire.edit_date !== undefined,
    text: wire.text ?? wire.caption ?? '',
    entities: (wire.entities ?? wire.caption_entities ?? []).flatMap(toEntity),
    ...(attachment !== undefined && { attachment }),
    buttons: (wire.reply_markup?.inline_keyboard ?? []).map((row) => row.map(toButton)),
    protected: wire.has_protected_content === true,
    deleted,
    ...(origin?.type === 'hidden_user' && { forwardedFrom: origin.sender_user_name }),
  };
};
