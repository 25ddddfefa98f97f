// The chat port on the Bot API: which calls a screenful takes, and what Telegram's refusals mean for it.
import { z } from 'zod';
import type { Channel, ChannelError } from '../../app/ports/channel.ts';
import { isPrivate } from '../../domain/dialog/view.ts';
import { parseMessageId } from '../../domain/ids.ts';
import type { ChatId, MessageId } from '../../domain/ids.ts';
import { fail, ok } from '../../domain/result.ts';
import { SECOND } from '../../domain/time.ts';
import type { Result } from '../../domain/result.ts';
import type { BotApi } from './bot-api.ts';
import { createLanes } from './lanes.ts';
import type { Lanes } from './lanes.ts';
import type { TakeTurn } from './pace.ts';
import { drawQr } from './qr-image.ts';
import type { RenderedMessage } from './render-message.ts';
import type { Renderer } from './render.ts';
import type { TapReplies } from './tap-replies.ts';

const sentSchema = z.object({ message_id: z.number() });

/** What Telegram says of a message that no edit can reach any more. */
const OUT_OF_REACH = /message to edit not found|message can't be edited|no text in the message to edit|MESSAGE_ID_INVALID/;

/** The parameters that sending and editing share. A message without buttons takes none along, which removes those of the old text. */
const bodyOf = ({ html, keyboard }: RenderedMessage) => ({
  text: html,
  parse_mode: 'HTML' as const,
  link_preview_options: { is_disabled: true },
  ...(keyboard.length > 0 && { reply_markup: { inline_keyboard: keyboard.map((row) => [...row]) } }),
});

/** The message that Telegram says it sent. */
const messageIn = (answer: unknown): Result<MessageId, ChannelError> => {
  const parsed = sentSchema.safeParse(answer);
  const id = parsed.success ? parseMessageId(parsed.data.message_id) : fail('notAnId');
  return id.ok ? id : fail({ kind: 'noAnswer', reason: 'sent, but the answer names no message' });
};

/** How long a message for which `waitOf` is asked may wait for its turn, in milliseconds. */
const LONGEST_WAIT = 3 * SECOND;

export type ChannelOptions = {
  /** Takes answers to taps along where something can carry them; without it each is a call. */
  readonly carry?: TapReplies['carry'];
  /** Waited for before each message; without it nothing waits. */
  readonly takeTurn?: TakeTurn;
  /**
   * Milliseconds until a message to the chat could leave. Where it is given, a message that would wait for long is answered with `tooMany`
   * instead: whoever sends for everybody must not stand in line for one chat.
   */
  readonly waitOf?: (chat: ChatId) => number;
  /** One a message: an edit that is slow must not land on top of a later one. Channels into the same chats have to share them. */
  readonly lanes?: Lanes;
};

export const createChannel = (
  api: Pick<BotApi, 'call'>,
  { render, renderNotice }: Renderer,
  { carry = () => false, takeTurn = () => Promise.resolve(), waitOf = () => 0, lanes = createLanes() }: ChannelOptions = {},
): Channel => {
  const sendText = async (chat: ChatId, rendered: RenderedMessage): Promise<Result<MessageId, ChannelError>> => {
    await takeTurn(chat);
    const sent = await api.call('sendMessage', { chat_id: chat, protect_content: rendered.protect, ...bodyOf(rendered) });
    if (!sent.ok) return sent;
    return messageIn(sent.value);
  };

  /** An extra that leaves with its message: the text has the code already, so a failure is left to the log of the calls. */
  const sendQr = async (chat: ChatId, message: MessageId, text: string, secret: boolean): Promise<void> => {
    const bytes = await drawQr(text);
    if (bytes === null) return;
    await api.call('sendPhoto', {
      chat_id: chat,
      photo: { bytes, fileName: 'code.png' },
      protect_content: secret,
      disable_notification: true,
      reply_parameters: { message_id: message, allow_sending_without_reply: true },
    });
  };

  const sendRendered = async (chat: ChatId, rendered: RenderedMessage): Promise<Result<MessageId, ChannelError>> => {
    if (rendered.protect && !isPrivate(chat)) return fail({ kind: 'refused', reason: 'codes go to private chats only' });
    const sent = await sendText(chat, rendered);
    if (sent.ok && rendered.qr !== null) await sendQr(chat, sent.value, rendered.qr, rendered.protect);
    return sent;
  };

  const replace: Channel['replace'] = async (chat, message, screenful) => {
    const rendered = render(screenful);
    // An edit can't protect a message that was sent without protection.
    if (rendered.protect) return sendRendered(chat, rendered);
    await takeTurn(chat);
    const edited = await api.call('editMessageText', { chat_id: chat, message_id: message, ...bodyOf(rendered) });
    if (edited.ok) return ok(message);
    if (edited.error.kind !== 'refused' || !OUT_OF_REACH.test(edited.error.reason)) return edited;
    // It only tidies up a message above the news; where there is none, there is nothing to tidy.
    return screenful.view.type === 'settled' || screenful.view.type === 'batchSettled'
      ? ok(message)
      : sendRendered(chat, rendered);
  };

  return {
    send: async (chat, screenful) => {
      const wait = waitOf(chat);
      if (wait > LONGEST_WAIT) return fail({ kind: 'tooMany', retryAfterSeconds: Math.ceil(wait / SECOND) });
      return sendRendered(chat, render(screenful));
    },

    replace: (chat, message, screenful) => lanes.run(`${chat} ${message}`, () => replace(chat, message, screenful)),

    sendDocument: async (chat, { fileName, bytes, caption, language }) => {
      await takeTurn(chat);
      const sent = await api.call('sendDocument', {
        chat_id: chat,
        document: { bytes, fileName },
        ...(caption !== null && { caption: renderNotice(caption, language) }),
      });
      return sent.ok ? messageIn(sent.value) : sent;
    },

    answerTap: async (tapId, notice, language) => {
      const answer = { callback_query_id: tapId, ...(notice !== null && { text: renderNotice(notice, language) }) };
      if (carry(answer)) return ok(null);
      const answered = await api.call('answerCallbackQuery', answer);
      return answered.ok ? ok(null) : answered;
    },

    showBusy: async (chat) => {
      const shown = await api.call('sendChatAction', { chat_id: chat, action: 'typing' });
      return shown.ok ? ok(null) : shown;
    },
  };
};
