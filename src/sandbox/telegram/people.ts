// What people do in the chat: each deed changes the world and queues the update that Telegram would send for it.
import type { ChatMember, Message, User } from '@grammyjs/types';
import { normalise } from './formatted-text.ts';
import { pictureSize } from './message-content.ts';
import { replyTo } from './message.ts';
import type { UpdateQueue } from './update-queue.ts';
import { fileReference, type Chat, type Content, type SentMessage, type World } from './world.ts';

/** The contact card that a customer shares; without a user id it is somebody from the address book. */
export type ContactCard = { phoneNumber: string; firstName: string; lastName?: string; userId?: number };

/** A small picture with blue stripes, for a photo whose content does not matter. */
const placeholderPhoto = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAKAAAACgAgMAAAD2oY++AAAADFBMVEVaqeZ8wPKb0vfC5PvRypvzAAAAPUlEQVR42u3VMREAAAgDMXzg3xlCuIORBQHpnLkf9VyAIDgwnwNBcKFLAUGdAUGdAUGdAUGdAUGdcSkgeNYj9nQ18BXoUgAAAABJRU5ErkJggg==',
  'base64',
);

const group = { id: -1001, title: 'Friends' };

const textContent = (source: string): Pick<Message, 'text' | 'entities'> => {
  const { text, entities } = normalise({ text: source, entities: [] });
  return { text, ...(entities.length > 0 && { entities }) };
};

export const createPeople = (world: World, queue: UpdateQueue) => {
  const membership = (user: User, isMember: boolean): ChatMember =>
    isMember ? { user, status: 'member' } : { user, status: 'kicked', until_date: 0 };

  /** Blocks the bot, or lets it write again. */
  const setBlocked = (userId: number, blocked: boolean): void => {
    const chat = world.openChat(userId);
    if (chat.blocked === blocked) return;
    chat.blocked = blocked;
    queue.push({
      my_chat_member: {
        chat: world.wireChat(chat),
        from: world.userOf(userId),
        date: Math.floor(world.now() / 1000),
        old_chat_member: membership(world.botUser(), blocked),
        new_chat_member: membership(world.botUser(), !blocked),
      },
    });
    world.showFrame(userId);
  };

  const post = (userId: number, chat: Chat, content: Content): number => {
    const message: SentMessage = world.addMessage(chat, world.userOf(userId), content);
    queue.push({ message: structuredClone(message) });
    return message.message_id;
  };

  /** Writes to the bot in private; writing to a blocked bot unblocks it, answering a question that asked for a reply quotes it. */
  const write = (userId: number, content: Content): number => {
    setBlocked(userId, false);
    const chat = world.openChat(userId);
    const question = chat.replyTo && chat.messages.get(chat.replyTo.messageId);
    const messageId = post(userId, chat, { ...content, ...replyTo(question?.wire) });
    if (chat.replyTo !== undefined) {
      chat.replyTo = undefined;
      world.showFrame(userId);
    }
    return messageId;
  };

  const sendText = (userId: number, text: string): number => write(userId, textContent(text));

  /** Shares a contact card; without one, the customer's own. */
  const shareContact = (userId: number, card?: ContactCard): number => {
    const profile = world.profiles.get(userId);
    const own: ContactCard = { phoneNumber: profile?.phoneNumber ?? '', firstName: profile?.firstName ?? '', userId };
    const { phoneNumber, firstName, lastName, userId: cardUserId } = card ?? own;
    return write(userId, {
      contact: {
        phone_number: phoneNumber,
        first_name: firstName,
        ...(lastName !== undefined && { last_name: lastName }),
        ...(cardUserId !== undefined && { user_id: cardUserId }),
      },
    });
  };

  const sendSticker = (userId: number, emoji: string): number => {
    const file = world.addFile({ name: 'sticker.webp', mimeType: 'image/webp', bytes: new Uint8Array(0) });
    const face = { type: 'regular' as const, width: 512, height: 512, is_animated: false, is_video: false, emoji };
    return write(userId, { sticker: { ...fileReference(file), ...face } });
  };

  const sendPhoto = (userId: number, bytes: Uint8Array = placeholderPhoto, caption = ''): number => {
    const file = world.addFile({ name: 'photo.png', mimeType: 'image/png', bytes });
    const size = pictureSize(bytes) ?? { width: 320, height: 320 };
    return write(userId, { photo: [{ ...fileReference(file), ...size }], ...(caption !== '' && { caption }) });
  };

  /** Forwards somebody's text; the sender hides behind a name, as most people do. */
  const sendForward = (userId: number, text: string, from: string): number => {
    const date = Math.floor(world.now() / 1000);
    return write(userId, { ...textContent(text), forward_origin: { type: 'hidden_user', sender_user_name: from, date } });
  };

  const editMessage = (userId: number, messageId: number, text: string): boolean => {
    const chat = world.openChat(userId);
    const message = chat.messages.get(messageId);
    if (message === undefined || message.wire.from?.id !== userId) return false;
    const { message_id, date } = message.wire;
    const heading = { message_id, date, chat: world.wireChat(chat), from: world.userOf(userId) };
    const edited = { ...heading, ...textContent(text), edit_date: Math.floor(world.now() / 1000) };
    world.replaceMessage(chat, message, edited);
    queue.push({ edited_message: edited });
    return true;
  };

  /** Taps a button below a message, whether or not the message has such a button; returns the id of the callback. */
  const tap = (userId: number, messageId: number, data: string, chatId = userId): string => {
    const chat = world.openChat(chatId);
    const message = chat.messages.get(messageId);
    const callback = world.addCallback({ userId, chatId, messageId, data });
    const isThere = message?.deleted === false;
    queue.push({
      callback_query: {
        id: callback.id,
        from: world.userOf(userId),
        chat_instance: String(chatId),
        data,
        message: isThere ? structuredClone(message.wire) : { chat: world.wireChat(chat), message_id: messageId, date: 0 },
      },
    });
    return callback.id;
  };

  /** Presses a key of the reply keyboard: it writes its text, or shares the customer's phone number. */
  const pressKey = (userId: number, label: string): number | undefined => {
    const chat = world.openChat(userId);
    const key = chat.keyboard?.rows.flat().find((one) => one.text === label);
    if (key === undefined) return undefined;
    if (chat.keyboard?.oneTime === true) {
      chat.keyboard = undefined;
      world.showFrame(userId);
    }
    return key.requestContact ? shareContact(userId) : sendText(userId, label);
  };

  /** Writes in a group that the bot belongs to; the bot sees it because it is mentioned, replied to or given a command. */
  const sendInGroup = (userId: number, text: string): { chatId: number; messageId: number } => {
    const chat = world.openChat(group.id, group.title);
    return { chatId: chat.id, messageId: post(userId, chat, textContent(text)) };
  };

  return {
    setBlocked,
    sendText,
    shareContact,
    sendSticker,
    sendPhoto,
    sendForward,
    editMessage,
    tap,
    pressKey,
    sendInGroup,
  };
};

export type People = ReturnType<typeof createPeople>;
