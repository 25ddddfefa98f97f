// One message, ready to be sent: what every view is rendered to.
import type { Row } from './keyboard.ts';
import type { Html } from './render-html.ts';

export type RenderedMessage = {
  /** Never empty; at most 4,096 characters once Telegram has parsed it. */
  readonly html: Html;
  /** Rows of inline buttons, none for a message without buttons. */
  readonly keyboard: readonly Row[];
  /** Holds a code: private chats only, not to be forwarded or saved. */
  readonly protect: boolean;
  /** What a QR image beside the message should say where it fits one; as secret as the message. */
  readonly qr: string | null;
};

/** Telegram's limit for a message, in UTF-16 units after parsing. */
export const MOST_TEXT = 4096;
/** What a notice above a view may take. */
export const MOST_NOTICE = 300;
/** What is left for the view, with the empty line between the two. */
export const MOST_VIEW = MOST_TEXT - MOST_NOTICE - 2;

export const message = (html: Html, ...keyboard: readonly Row[]): RenderedMessage => ({
  html,
  keyboard,
  protect: false,
  qr: null,
});

/** The address that opens the private chat with the bot and sends `/start` with this payload. */
export type DeepLink = (payload: string) => string;
