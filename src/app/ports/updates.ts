// What comes in from the chat, decoded: the vocabulary between the channel and the use cases.
import type { CustomerEvent } from '../../domain/dialog/event.ts';
import type { Speaker } from '../../domain/dialog/state.ts';
import type { ChatId, CustomerId } from '../../domain/ids.ts';

/** What a customer did in a private chat. `tapId` is set when it was a button, which waits to be answered. */
export type CustomerUpdate = {
  readonly updateId: number;
  readonly chat: ChatId;
  readonly speaker: Speaker;
  readonly tapId: string | null;
  readonly event: CustomerEvent;
};

/** `group`: someone in a group spoke to the bot, by a command or a mention, and deserves the hint to the private chat. */
export type IncomingUpdate =
  | ({ readonly kind: 'customer' } & CustomerUpdate)
  | { readonly kind: 'group'; readonly updateId: number; readonly chat: ChatId; readonly customer: CustomerId }
  | { readonly kind: 'ignored'; readonly updateId: number | null; readonly reason: IgnoredReason };

/** `updateId` is null with `notAnUpdate` only. `blocked`: the customer stopped the bot. */
export type IgnoredReason =
  | 'notAnUpdate'
  | 'notUsed'
  | 'malformed'
  | 'fromBot'
  | 'notPrivate'
  | 'notAddressed'
  | 'tapOutsidePrivate'
  | 'serviceMessage'
  | 'edited'
  | 'membership'
  | 'blocked';
