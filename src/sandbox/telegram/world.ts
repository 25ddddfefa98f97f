// The state of the local Telegram: people, chats, messages and files, and the news of every change.
import type { Chat as WireChat, Message, Update, User } from '@grammyjs/types';
import { toBubble, type StoredMessage } from './message.ts';
import type { BotProfile, CallbackAnswer, ChatEvent, ChatFrame, ChatView, Command, Profile, ReplyKeyboard } from './view.ts';

export type Chat = {
  id: number;
  title: string | undefined;
  messages: Map<number, StoredMessage>;
  lastMessageId: number;
  keyboard: ReplyKeyboard | undefined;
  replyTo: { messageId: number; placeholder: string } | undefined;
  blocked: boolean;
  answers: CallbackAnswer[];
};

export type StoredFile = { id: string; name: string; mimeType: string; bytes: Uint8Array };

/** How messages refer to a file. */
export const fileReference = ({ id, bytes }: StoredFile) => ({ file_id: id, file_unique_id: id, file_size: bytes.length });

/** A tapped button that waits for its answer; `at` is in milliseconds. */
export type Callback = {
  id: string;
  userId: number;
  chatId: number;
  messageId: number;
  data: string;
  at: number;
  answered: boolean;
};

export type WorldOptions = {
  bot: BotProfile;
  now: () => number;
  commandsFor: (chatId: number, languageCode: string) => Command[];
};

/** A message of a private chat or a group: it has a sender. */
export type SentMessage = Message & Update.NonChannel;

/** Everything that a message carries besides what the chat decides. */
export type Content = Omit<Message, 'message_id' | 'date' | 'chat' | 'from'>;

export const createWorld = ({ bot, now, commandsFor }: WorldOptions) => {
  const profiles = new Map<number, Profile>();
  const chats = new Map<number, Chat>();
  const files = new Map<string, StoredFile>();
  const callbacks = new Map<string, Callback>();
  const listeners = new Set<(event: ChatEvent) => void>();
  const watchers = new Set<() => void>();

  /** Wakes everybody who waits for a condition to hold. */
  const pulse = (): void => {
    for (const watcher of watchers) watcher();
  };

  const emit = (event: ChatEvent): void => {
    for (const listener of listeners) listener(event);
    pulse();
  };

  /** Calls back with what happens in the chats until the returned function is called. */
  const subscribe = (listener: (event: ChatEvent) => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  /** Calls back after every change and after every call of the bot, until the returned function is called. */
  const watch = (watcher: () => void): (() => void) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  };

  const botUser = (): User => ({ id: bot.id, is_bot: true, first_name: bot.name, username: bot.username });

  const userOf = (userId: number): User => {
    const profile = profiles.get(userId);
    return {
      id: userId,
      is_bot: false,
      first_name: profile?.firstName ?? '',
      ...(profile?.lastName !== undefined && { last_name: profile.lastName }),
      ...(profile?.username !== undefined && { username: profile.username }),
      language_code: profile?.languageCode ?? 'en',
    };
  };

  const wireChat = (chat: Chat): WireChat.PrivateChat | WireChat.GroupChat => {
    if (chat.title !== undefined) return { id: chat.id, type: 'group', title: chat.title };
    const user = userOf(chat.id);
    return {
      id: chat.id,
      type: 'private',
      first_name: user.first_name,
      ...(user.last_name !== undefined && { last_name: user.last_name }),
      ...(user.username !== undefined && { username: user.username }),
    };
  };

  /** The chat with this id, begun if need be: a group has a title, a private chat has none. */
  const openChat = (id: number, title?: string): Chat => {
    const known = chats.get(id);
    if (known !== undefined) return known;
    const chat: Chat = {
      id,
      title,
      messages: new Map(),
      lastMessageId: 0,
      keyboard: undefined,
      replyTo: undefined,
      blocked: false,
      answers: [],
    };
    chats.set(id, chat);
    return chat;
  };

  /** The commands that somebody is offered in their chat with the bot, in the language of their app. */
  const menuOf = (userId: number): Command[] => commandsFor(userId, profiles.get(userId)?.languageCode ?? 'en');

  const frameOf = (chatId: number): ChatFrame => {
    const chat = chats.get(chatId);
    return {
      commands: menuOf(chatId),
      blocked: chat?.blocked ?? false,
      ...(chat?.keyboard !== undefined && { keyboard: chat.keyboard }),
      ...(chat?.replyTo !== undefined && { replyPlaceholder: chat.replyTo.placeholder }),
    };
  };

  const showFrame = (chatId: number): void => emit({ type: 'frame', chatId, frame: frameOf(chatId) });

  const showMessage = (chat: Chat, message: StoredMessage): void =>
    emit({ type: 'bubble', chatId: chat.id, bubble: toBubble(message, bot.id, chat.id) });

  /** Adds a message to the chat under the next id of this chat. */
  const addMessage = (chat: Chat, from: User, content: Content): SentMessage => {
    chat.lastMessageId++;
    const wire: SentMessage = {
      message_id: chat.lastMessageId,
      from,
      chat: wireChat(chat),
      date: Math.floor(now() / 1000),
      ...content,
    };
    const message = { wire, at: now(), deleted: false };
    chat.messages.set(wire.message_id, message);
    showMessage(chat, message);
    return wire;
  };

  const deleteMessage = (chat: Chat, message: StoredMessage): void => {
    message.deleted = true;
    showMessage(chat, message);
  };

  const replaceMessage = (chat: Chat, message: StoredMessage, wire: Message): void => {
    message.wire = wire;
    showMessage(chat, message);
  };

  const addFile = (file: Omit<StoredFile, 'id'>): StoredFile => {
    const stored = { ...file, id: `local-file-${files.size + 1}` };
    files.set(stored.id, stored);
    return stored;
  };

  const addCallback = (callback: Omit<Callback, 'id' | 'at' | 'answered'>): Callback => {
    const stored = { ...callback, id: `${now()}${String(callbacks.size).padStart(5, '0')}`, at: now(), answered: false };
    callbacks.set(stored.id, stored);
    return stored;
  };

  const answerCallback = (callback: Callback, answer: Pick<CallbackAnswer, 'text' | 'alert' | 'url'>): void => {
    callback.answered = true;
    const full = { ...answer, callbackId: callback.id, messageId: callback.messageId, data: callback.data, at: now() };
    chats.get(callback.chatId)?.answers.push(full);
    emit({ type: 'answer', chatId: callback.chatId, answer: full });
  };

  /** A private chat as its customer sees it; undefined for somebody who does not exist. */
  const viewOf = (userId: number): ChatView | undefined => {
    const profile = profiles.get(userId);
    if (profile === undefined) return undefined;
    const messages = [...(chats.get(userId)?.messages.values() ?? [])];
    return { profile, bot, bubbles: messages.map((message) => toBubble(message, bot.id, userId)), frame: frameOf(userId) };
  };

  return {
    bot,
    now,
    profiles,
    chats,
    files,
    callbacks,
    botUser,
    userOf,
    wireChat,
    menuOf,
    openChat,
    addMessage,
    deleteMessage,
    replaceMessage,
    addFile,
    addCallback,
    answerCallback,
    showFrame,
    showAction: (chatId: number, action: string): void => emit({ type: 'action', chatId, action }),
    viewOf,
    subscribe,
    watch,
    pulse,
  };
};

export type World = ReturnType<typeof createWorld>;
