// The chat: what the bot can say, in views; how they look and which calls they take is the channel's affair.
import type { ChatId, MessageId } from '../../domain/ids.ts';
import type { Notice, View } from '../../domain/dialog/view.ts';
import type { Result } from '../../domain/result.ts';

/** One error union for all of it. `noAnswer`: it may or may not have arrived. */
export type ChannelError =
  | { readonly kind: 'blocked' }
  | { readonly kind: 'tooMany'; readonly retryAfterSeconds: number }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'noAnswer'; readonly reason: string };

/** A view with what it takes to render it. `revision` binds its buttons to the state that they were made for. */
export type Screenful = {
  readonly view: View;
  readonly notice: Notice | null;
  readonly language: string;
  readonly revision: number;
};

/** A file for the chat, such as a statement; nothing that has to be protected. `caption` stands below it. */
export type ChatDocument = {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly caption: Notice | null;
  readonly language: string;
};

export type Channel = {
  /** Sends a new message. A view with a code goes out protected. Returns the message that carries the buttons. */
  send(chat: ChatId, screenful: Screenful): Promise<Result<MessageId, ChannelError>>;
  /**
   * Replaces a message. "Nothing changed" is a success; a message that is gone is sent anew, except for `settled` and `batchSettled`. Replacements of one
   * message run in the order of their calls.
   */
  replace(chat: ChatId, message: MessageId, screenful: Screenful): Promise<Result<MessageId, ChannelError>>;
  /** Sends a file as a new message, which has no buttons. */
  sendDocument(chat: ChatId, document: ChatDocument): Promise<Result<MessageId, ChannelError>>;
  /** Ends the button's waiting animation, with a short notice or none. A tap that is too old is a success. */
  answerTap(tapId: string, notice: Notice | null, language: string): Promise<Result<null, ChannelError>>;
  /** Shows that the bot is busy, for about five seconds. */
  showBusy(chat: ChatId): Promise<Result<null, ChannelError>>;
};
