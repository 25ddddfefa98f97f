// What Telegram sends, as an event of the conversation. The edge of the house: anything may arrive here, nothing throws.
import { z } from 'zod';
import type { IgnoredReason, IncomingUpdate } from '../../app/ports/updates.ts';
import type { CustomerEvent } from '../../domain/dialog/event.ts';
import { languageOf } from '../../domain/dialog/language.ts';
import type { Speaker } from '../../domain/dialog/state.ts';
import { parseChatId, parseCustomerId, parseMessageId } from '../../domain/ids.ts';
import { assertNever } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import { decodeButton } from './callback-data.ts';
import { cleanLines, cleanText, commandIn, isAddressed } from './incoming-text.ts';

/** Contents of a message that a customer sends and the shop does not read. Whatever else a message may hold is service news. */
const MEDIA = [
  'animation',
  'audio',
  'checklist',
  'dice',
  'document',
  'game',
  'live_photo',
  'location',
  'paid_media',
  'photo',
  'poll',
  'rich_message',
  'sticker',
  'story',
  'venue',
  'video',
  'video_note',
  'voice',
] as const;

/** A schema for a branded id, from the domain's own parser. */
const id = <Id>(parse: (value: number) => Result<Id, unknown>) =>
  z.number().transform((value, context) => {
    const parsed = parse(value);
    if (parsed.ok) return parsed.value;
    context.issues.push({ code: 'custom', input: value, message: 'not an id' });
    return z.NEVER;
  });

const updateSchema = z.looseObject({ update_id: z.int() });

const userSchema = z.object({ id: id(parseCustomerId), is_bot: z.boolean(), language_code: z.string().optional() });
type User = z.infer<typeof userSchema>;

const chatSchema = z.object({ id: id(parseChatId), type: z.string() });
type Chat = z.infer<typeof chatSchema>;

const messageSchema = z.looseObject({
  from: userSchema.optional(),
  chat: chatSchema,
  text: z.string().optional(),
  contact: z.object({ phone_number: z.string(), user_id: id(parseCustomerId).optional() }).optional(),
});
type Message = z.infer<typeof messageSchema>;

const tapSchema = z.object({
  id: z.string().min(1),
  from: userSchema,
  message: z.object({ message_id: z.number(), chat: chatSchema }).optional(),
  data: z.string().optional(),
});

const membershipSchema = z.object({
  chat: chatSchema,
  from: userSchema,
  old_chat_member: z.object({ status: z.string() }),
  new_chat_member: z.object({ status: z.string() }),
});

/** Decodes one update; `botUsername` (without `@`) tells what a group says to this bot from what it says to others. */
export const decodeUpdate = (raw: unknown, botUsername: string): IncomingUpdate => {
  const parsed = updateSchema.safeParse(raw);
  if (!parsed.success) return { kind: 'ignored', updateId: null, reason: 'notAnUpdate' };
  const { update_id: updateId, message, callback_query: tap, my_chat_member: membership, ...others } = parsed.data;
  if (message !== undefined) return decodeMessage(updateId, message, botUsername);
  if (tap !== undefined) return decodeTap(updateId, tap);
  if (membership !== undefined) return decodeMembership(updateId, membership);
  return ignored(updateId, 'edited_message' in others ? 'edited' : 'notUsed');
};

const ignored = (updateId: number, reason: IgnoredReason): IncomingUpdate => ({ kind: 'ignored', updateId, reason });

/** In a private chat: the customer stopped the bot, or let it write again. */
const decodeMembership = (updateId: number, raw: unknown): IncomingUpdate => {
  const parsed = membershipSchema.safeParse(raw);
  if (!parsed.success) return ignored(updateId, 'malformed');
  const { chat, from, old_chat_member: before, new_chat_member: after } = parsed.data;
  if (!isPrivateWith(chat, from)) return ignored(updateId, 'membership');
  if (after.status === 'kicked') return ignored(updateId, 'blocked');
  if (before.status !== 'kicked') return ignored(updateId, 'membership');
  return { kind: 'customer', updateId, chat: chat.id, speaker: speakerOf(from), tapId: null, event: { type: 'returned' } };
};

const speakerOf = (user: User): Speaker => ({ customer: user.id, language: languageOf(user.language_code ?? null) });

/** A private chat has its customer's id, which no group or channel can have. */
const isPrivateWith = (chat: Chat, user: User): boolean => Number(chat.id) === Number(user.id);

const decodeMessage = (updateId: number, raw: unknown, botUsername: string): IncomingUpdate => {
  const parsed = messageSchema.safeParse(raw);
  if (!parsed.success) return ignored(updateId, 'malformed');
  const { from, chat } = parsed.data;
  if (from === undefined) return ignored(updateId, 'notPrivate');
  if (from.is_bot) return ignored(updateId, 'fromBot');
  if (chat.type === 'group' || chat.type === 'supergroup') {
    const addressed = isAddressed(cleanText(parsed.data.text ?? ''), botUsername);
    return addressed ? { kind: 'group', updateId, chat: chat.id, customer: from.id } : ignored(updateId, 'notAddressed');
  }
  if (!isPrivateWith(chat, from)) return ignored(updateId, 'notPrivate');
  const event = eventOf(parsed.data);
  if (event === null) return ignored(updateId, 'serviceMessage');
  return { kind: 'customer', updateId, chat: chat.id, speaker: speakerOf(from), tapId: null, event };
};

const eventOf = (message: Message): CustomerEvent | null => {
  if (message.text !== undefined) return eventOfText(message.text);
  if (message.contact !== undefined) {
    const { phone_number: phone, user_id: owner } = message.contact;
    return { type: 'sharedContact', phone: cleanText(phone), owner: owner ?? null };
  }
  return MEDIA.some((kind) => kind in message) ? { type: 'sentMedia' } : null;
};

const eventOfText = (typed: string): CustomerEvent => {
  const text = cleanText(typed);
  // Nothing but invisible characters is nothing that the shop could read.
  if (text === '') return { type: 'sentMedia' };
  if (!text.startsWith('/')) return { type: 'typed', text, lines: cleanLines(typed) };
  const found = commandIn(text);
  if (found === null || found.command === null) return { type: 'unknownCommand' };
  return { type: 'command', command: found.command, argument: found.argument };
};

const decodeTap = (updateId: number, raw: unknown): IncomingUpdate => {
  const parsed = tapSchema.safeParse(raw);
  if (!parsed.success) return ignored(updateId, 'malformed');
  const { id: tapId, from, message, data } = parsed.data;
  if (from.is_bot) return ignored(updateId, 'fromBot');
  if (message !== undefined && !isPrivateWith(message.chat, from)) return ignored(updateId, 'tapOutsidePrivate');
  // A private chat has its customer's id, so that even a tap without its message is answered in the right place.
  const chat = message === undefined ? parseChatId(from.id) : { ok: true as const, value: message.chat.id };
  if (!chat.ok) return ignored(updateId, 'malformed');
  const event = eventOfTap(message?.message_id ?? 0, data ?? '');
  return { kind: 'customer', updateId, chat: chat.value, speaker: speakerOf(from), tapId, event };
};

const eventOfTap = (messageId: number, data: string): CustomerEvent => {
  const message = parseMessageId(messageId);
  if (!message.ok) return { type: 'staleButton', message: null };
  const button = decodeButton(data);
  switch (button.kind) {
    case 'flow':
      return { type: 'tappedFlow', action: button.action, revision: button.revision, message: message.value };
    case 'lasting':
      return { type: 'tappedLasting', action: button.action, message: message.value };
    case 'stale':
      return { type: 'staleButton', message: message.value };
    default:
      return assertNever(button);
  }
};
