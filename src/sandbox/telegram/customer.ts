// A customer driven by a program: does everything that the chat page can do, and waits for what the bot answers.
import { toHtml } from './formatted-text.ts';
import { toBubble } from './message.ts';
import type { ContactCard, People } from './people.ts';
import { writeTranscript } from './transcript.ts';
import type { UpdateQueue } from './update-queue.ts';
import type { Bubble, Button, CallbackAnswer, ReplyKeyboard } from './view.ts';
import type { World } from './world.ts';

/** A message as the customer sees it now, with its text as HTML and the bytes of its photo or document. */
export type SeenMessage = Bubble & { html: string; photo?: Uint8Array; document?: Uint8Array };

/** What a tap did: asked the bot, copied a text, or opened an address. */
export type TapResult =
  { kind: 'callback'; callbackId: string } | { kind: 'copied'; text: string } | { kind: 'opened'; url: string };

export type ButtonChoice = string | ((button: Button) => boolean);

export type CustomerOptions = { userId: number; world: World; people: People; queue: UpdateQueue };

export const createCustomer = ({ userId, world, people, queue }: CustomerOptions) => {
  const see = (chatId: number): SeenMessage[] =>
    [...(world.chats.get(chatId)?.messages.values() ?? [])].map((message) => {
      const bubble = toBubble(message, world.bot.id, userId);
      const { attachment } = bubble;
      const isFile = attachment?.kind === 'photo' || attachment?.kind === 'document';
      const file = isFile ? world.files.get(attachment.fileId) : undefined;
      return { ...bubble, html: toHtml(bubble), ...(isFile && file !== undefined && { [attachment.kind]: file.bytes }) };
    });

  const messages = (): SeenMessage[] => see(userId);
  const answers = (): readonly CallbackAnswer[] => world.chats.get(userId)?.answers ?? [];
  const transcript = (): string => writeTranscript(messages(), answers());

  /** A failure with the whole chat, so that the reader sees what was there instead. */
  const complaint = (problem: string): Error =>
    new Error(`${problem}. The chat of customer ${userId}:\n${transcript() || '(empty)'}`);

  const fail = (problem: string): never => {
    throw complaint(problem);
  };

  /**
   * Resolves with what `predicate` returns as soon as that is neither false, null nor undefined; looks again on every change
   * in any chat and on every call of the bot.
   * Throws with the transcript after `timeoutMs` milliseconds.
   */
  const waitFor = async <T>(predicate: (messages: SeenMessage[]) => T, timeoutMs = 10_000): Promise<NonNullable<T>> =>
    await new Promise((resolve, reject) => {
      const finish = (settle: () => void): void => {
        clearTimeout(timer);
        unwatch();
        settle();
      };
      const look = (): void => {
        try {
          const seen = predicate(messages());
          if (seen !== false && seen !== null && seen !== undefined) finish(() => resolve(seen));
        } catch (error) {
          finish(() => reject(error instanceof Error ? error : new Error(String(error))));
        }
      };
      const giveUp = (): void => finish(() => reject(complaint(`Nothing came of it within ${timeoutMs} ms`)));
      const timer = setTimeout(giveUp, timeoutMs);
      const unwatch = world.watch(look);
      look();
    });

  /** Taps an inline button: by label or by a condition, on the newest message that has it or on the given message. */
  const tap = (choice: ButtonChoice, options: { message?: number } = {}): TapResult => {
    const matches = (button: Button): boolean => (typeof choice === 'string' ? button.text === choice : choice(button));
    const holder = messages().findLast(
      (message) =>
        !message.deleted &&
        (options.message === undefined || message.id === options.message) &&
        message.buttons.flat().some(matches),
    );
    const button = holder?.buttons.flat().find(matches);
    if (holder === undefined || button === undefined)
      return fail(`No button ${typeof choice === 'string' ? `"${choice}"` : 'fits'}`);
    if (button.copyText !== undefined) return { kind: 'copied', text: button.copyText };
    if (button.url !== undefined) return { kind: 'opened', url: button.url };
    return { kind: 'callback', callbackId: people.tap(userId, holder.id, button.callbackData ?? '') };
  };

  return {
    userId,
    /** Writes a text; returns the id of the message, like all that send one. */
    sendText: (text: string): number => people.sendText(userId, text),
    tap,
    /** Taps with any data on any message id, as a modified client can: forged or stale. Returns the id of the callback. */
    tapRaw: (callbackData: string, messageId: number): string => people.tap(userId, messageId, callbackData),
    /** Shares the customer's own contact, or the given card of somebody else. */
    shareContact: (card?: ContactCard): number => people.shareContact(userId, card),
    sendSticker: (emoji = '👍'): number => people.sendSticker(userId, emoji),
    sendPhoto: (bytes?: Uint8Array, caption?: string): number => people.sendPhoto(userId, bytes, caption),
    sendForward: (text: string, from = 'Somebody'): number => people.sendForward(userId, text, from),
    editMessage: (messageId: number, text: string): void => {
      if (!people.editMessage(userId, messageId, text)) fail(`Message ${messageId} is not the customer's`);
    },
    pressReplyKeyboard: (label: string): number =>
      people.pressKey(userId, label) ?? fail(`No key "${label}" on the reply keyboard`),
    /** The command menu, as the customer's app shows it. */
    menu: () => world.menuOf(userId),
    replyKeyboard: (): ReplyKeyboard | undefined => world.chats.get(userId)?.keyboard,
    block: (): void => people.setBlocked(userId, true),
    unblock: (): void => people.setBlocked(userId, false),
    /** Writes in the group that all customers and the bot share. */
    sendInGroup: (text: string): { chatId: number; messageId: number } => people.sendInGroup(userId, text),
    /** What stands in the group, `from: 'other'` being the other members. */
    groupMessages: (): SeenMessage[] => [...world.chats.keys()].filter((id) => id < 0).flatMap(see),
    /** Queues any update at all, junk included, wanted by the bot or not; it gets the next update id. */
    sendRaw: (update: Record<string, unknown>): void => {
      queue.push(update, true);
    },
    messages,
    answers,
    transcript,
    waitFor,
  };
};

export type Customer = ReturnType<typeof createCustomer>;
