// What a customer sees of a chat: the vocabulary that the server, the programmatic customer and the page in the browser share.

/** Where an entity lies in its text, in UTF-16 units. */
export type Span = { offset: number; length: number };

/** The kinds of entity that say everything by their name. */
export type PlainEntityType =
  | 'mention'
  | 'bot_command'
  | 'url'
  | 'email'
  | 'bold'
  | 'italic'
  | 'underline'
  | 'strikethrough'
  | 'spoiler'
  | 'code'
  | 'blockquote'
  | 'expandable_blockquote';

/** A part of a text with a meaning. */
export type Entity = Span & ({ type: PlainEntityType } | { type: 'pre'; language?: string } | { type: 'text_link'; url: string });

export type ButtonStyle = 'primary' | 'success' | 'danger';

/** A button below a message. Exactly one of the actions is present. */
export type Button = { text: string; callbackData?: string; copyText?: string; url?: string; style?: ButtonStyle };

/** A button of the keyboard that replaces the letters; pressing it sends its text, or the customer's phone number. */
export type ReplyButton = { text: string; requestContact: boolean; style?: ButtonStyle };

export type ReplyKeyboard = { rows: ReplyButton[][]; oneTime: boolean; placeholder?: string };

export type Attachment =
  | { kind: 'photo'; fileId: string; width: number; height: number }
  | { kind: 'document'; fileId: string; name: string; size: number }
  | { kind: 'sticker'; emoji: string }
  | { kind: 'contact'; phoneNumber: string; name: string };

/** One message as it looks now: edits replace the content, a deleted message stays with its flag. `at` is in milliseconds. */
export type Bubble = {
  id: number;
  from: 'bot' | 'me' | 'other';
  author: string;
  at: number;
  edited: boolean;
  text: string;
  entities: Entity[];
  attachment?: Attachment;
  buttons: Button[][];
  protected: boolean;
  deleted: boolean;
  forwardedFrom?: string;
};

/** The bot's answer to a tapped button: a toast, an alert, or nothing to see (empty text). */
export type CallbackAnswer = {
  callbackId: string;
  messageId: number;
  data: string;
  text: string;
  alert: boolean;
  url?: string;
  at: number;
};

export type Command = { command: string; description: string };

/** A person who talks to the bot. Identifiers are Telegram's: the private chat has the user's id. */
export type Profile = {
  userId: number;
  firstName: string;
  lastName?: string;
  username?: string;
  languageCode: string;
  phoneNumber: string;
};

export type BotProfile = { id: number; name: string; username: string };

/** What surrounds the bubbles: it changes as a whole and is sent as a whole. */
export type ChatFrame = { commands: Command[]; blocked: boolean; keyboard?: ReplyKeyboard; replyPlaceholder?: string };

/** A private chat as a whole, enough to draw it from nothing. */
export type ChatView = { profile: Profile; bot: BotProfile; bubbles: Bubble[]; frame: ChatFrame };

/** What happened in a chat just now. */
export type ChatEvent =
  | { type: 'bubble'; chatId: number; bubble: Bubble }
  | { type: 'frame'; chatId: number; frame: ChatFrame }
  | { type: 'answer'; chatId: number; answer: CallbackAnswer }
  | { type: 'action'; chatId: number; action: string };
