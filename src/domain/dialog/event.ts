// What can happen to a conversation: what the customer did, and what the effects answered.
import type { Debt } from '../bill.ts';
import type { LimitProblem } from '../daily-limit.ts';
import type { DynamicItem } from '../dynamic-item.ts';
import type { Form } from '../form.ts';
import type { CustomerId, MessageId, OrderId } from '../ids.ts';
import type { KeyValue } from '../key-value.ts';
import type { Money } from '../money.ts';
import type { Fields, OrderTerms } from '../order.ts';
import type { Quote, QuoteError } from '../quote.ts';
import type { Result } from '../result.ts';
import type { Instant } from '../time.ts';
import type { FlowAction, LastingAction } from './action.ts';
import type { AdminAnswer } from './admin.ts';
import type { AgentAnswer } from './agent.ts';
import type { LineError } from './batch-words.ts';
import type { KeepsakeAnswer } from './keepsake-answer.ts';
import type { OrderSummary, Repeat, ShownOrder } from './view.ts';

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
  /** `text` is all of it on one line; `lines` are those of the message that are not empty. */
  | { readonly type: 'typed'; readonly text: string; readonly lines: readonly string[] }
  /** `owner` is the Telegram user whom the contact belongs to, null when the contact is no user. */
  | { readonly type: 'sharedContact'; readonly phone: string; readonly owner: CustomerId | null }
  /** A sticker, photo, voice message, location ...: nothing that the shop reads. */
  | { readonly type: 'sentMedia' }
  /** The customer had stopped the bot and let it write again. */
  | { readonly type: 'returned' };

/** Why a confirmation did not become an order. `idTaken`: the id belongs to somebody else's order, which only a forger can run into. */
export type PlaceError =
  /** `available`: what may still be spent, of the balance and of an agent's credit. */
  | { readonly kind: 'outOfFunds'; readonly available: Money }
  /** `opensAt`: when the day is over for which the limit counts. */
  | { readonly kind: 'limitReached'; readonly problem: LimitProblem; readonly opensAt: Instant }
  /** The shop has another price for it by now. */
  | { readonly kind: 'priceMoved' }
  /** The shop does not sell to them, or not to the agent whom they sell for. */
  | { readonly kind: 'blocked' }
  | { readonly kind: 'idTaken' }
  /** The operator took the product off sale a moment ago. */
  | { readonly kind: 'stopped' }
  /** The customer bought the same thing a moment ago, and has not said that they want another one. */
  | { readonly kind: 'boughtJustNow'; readonly twin: OrderSummary };

/** Why a form could not be had. */
export type FormError = Extract<QuoteError, { kind: 'notAvailable' | 'supplierDown' }>;

/** `refused`: the biller has no such account, or does not like what was typed. `noQuery`: it can't be asked what is owed. */
export type DebtError = FormError | { readonly kind: 'refused' } | { readonly kind: 'noQuery' };

/** The price of a line, and the order that the line becomes when it is bought. */
export type PricedLine = { readonly order: OrderId; readonly result: Result<Quote, LineError> };

/** A past order, enough to buy it again. */
export type RecalledOrder = Pick<OrderTerms, 'id' | 'productId' | 'choice' | 'fields' | 'dynamic'>;

export type EffectAnswer =
  /** `returned`: what the supplier wants back with a bill's payment, as of this price. */
  | { readonly type: 'quoted'; readonly result: Result<Quote, QuoteError>; readonly returned?: readonly KeyValue[] }
  /** `known`: values that the buyer let the shop remember. */
  | { readonly type: 'formRead'; readonly result: Result<{ readonly form: Form; readonly known: Fields }, FormError> }
  | { readonly type: 'invoicesRead'; readonly result: Result<Debt, DebtError> }
  /** Null when the supplier did not tell. */
  | { readonly type: 'itemsListed'; readonly items: readonly DynamicItem[] | null }
  | { readonly type: 'placed'; readonly result: Result<OrderSummary, PlaceError> }
  /** One for each line of the question, in its order. */
  | { readonly type: 'linesPriced'; readonly prices: readonly PricedLine[] }
  | { readonly type: 'linesPlaced'; readonly results: readonly Result<OrderSummary, PlaceError>[] }
  | { readonly type: 'recalled'; readonly order: RecalledOrder | null }
  | { readonly type: 'found'; readonly order: OrderSummary | null }
  /** The worker brings the news; there is nothing to say here. */
  | { readonly type: 'newsRevived' }
  | { readonly type: 'ordersListed'; readonly orders: readonly OrderSummary[] }
  | { readonly type: 'orderShown'; readonly found: ShownOrder | null }
  /** What a customer may want again, the latest first. */
  | { readonly type: 'recentOrdersRead'; readonly repeats: readonly Repeat[] }
  | { readonly type: 'keepsake'; readonly answer: KeepsakeAnswer }
  | { readonly type: 'admin'; readonly answer: AdminAnswer }
  | { readonly type: 'agent'; readonly answer: AgentAnswer }
  | { readonly type: 'balanceRead'; readonly balances: readonly Money[] };

export type DialogEvent = CustomerEvent | EffectAnswer;
