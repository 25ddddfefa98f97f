// What can happen to a conversation: what the customer did, and what the effects answered.
import type { DynamicItem } from '../dynamic-item.ts';
import type { CustomerId, MessageId } from '../ids.ts';
import type { Money } from '../money.ts';
import type { OrderTerms } from '../order.ts';
import type { Quote, QuoteError } from '../quote.ts';
import type { Result } from '../result.ts';
import type { Voucher } from '../voucher.ts';
import type { FlowAction, LastingAction } from './action.ts';
import type { OrderSummary } from './view.ts';

/** What everybody's command menu offers. */
export const MENU = ['start', 'help', 'cancel', 'orders', 'balance', 'language', 'forget'] as const;
/** All commands, with those that only some people have a use for. */
export const COMMANDS = [...MENU, 'agent', 'admin'] as const;
export type Command = (typeof COMMANDS)[number];

/** What a customer did, decoded. `message` is the message that carries the tapped button. */
export type CustomerEvent =
  /** `argument`: what stands behind the command, such as a deep link's payload; empty where nothing does. */
  | { readonly type: 'command'; readonly command: Command; readonly argument: string }
  | { readonly type: 'unknownCommand' }
  | { readonly type: 'tappedFlow'; readonly action: FlowAction; readonly revision: number; readonly message: MessageId }
  | { readonly type: 'tappedLasting'; readonly action: LastingAction; readonly message: MessageId }
  /** Button data that no version of the bot would write today: older, forged, or broken. */
  | { readonly type: 'staleButton'; readonly message: MessageId | null }
  | { readonly type: 'typed'; readonly text: string }
  /** `owner` is the Telegram user whom the contact belongs to, null when the contact is no user. */
  | { readonly type: 'sharedContact'; readonly phone: string; readonly owner: CustomerId | null }
  /** A sticker, photo, voice message, location ...: nothing that the shop reads. */
  | { readonly type: 'sentMedia' }
  /** The customer had stopped the bot and let it write again. */
  | { readonly type: 'returned' };

/** Why a confirmation did not become an order. `idTaken`: the id belongs to somebody else's order, which only a forger can run into. */
export type PlaceError =
  | { readonly kind: 'outOfFunds'; readonly available: Money }
  | { readonly kind: 'idTaken' }
  /** The customer bought the same thing a moment ago, and has not said that they want another one. */
  | { readonly kind: 'boughtJustNow'; readonly twin: OrderSummary };

/** A past order, enough to buy it again. */
export type RecalledOrder = Pick<OrderTerms, 'id' | 'productId' | 'choice' | 'fields' | 'dynamic'>;

export type EffectAnswer =
  | { readonly type: 'quoted'; readonly result: Result<Quote, QuoteError> }
  /** Null when the supplier did not tell. */
  | { readonly type: 'itemsListed'; readonly items: readonly DynamicItem[] | null }
  | { readonly type: 'placed'; readonly result: Result<OrderSummary, PlaceError> }
  | { readonly type: 'recalled'; readonly order: RecalledOrder | null }
  | { readonly type: 'found'; readonly order: OrderSummary | null }
  /** The worker brings the news; there is nothing to say here. */
  | { readonly type: 'newsRevived' }
  | { readonly type: 'ordersListed'; readonly orders: readonly OrderSummary[] }
  | { readonly type: 'orderShown'; readonly found: { readonly order: OrderSummary; readonly voucher: Voucher | null } | null }
  | { readonly type: 'balanceRead'; readonly balances: readonly Money[] };

export type DialogEvent = CustomerEvent | EffectAnswer;
