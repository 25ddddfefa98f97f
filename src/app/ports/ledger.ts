// The ledger of orders and money. Each operation is one database transaction; nothing else may move money.
import type { Alert } from '../../domain/alert.ts';
import type { DailyLimit } from '../../domain/daily-limit.ts';
import type { Span } from '../../domain/day.ts';
import type { PlaceError } from '../../domain/dialog/event.ts';
import type { ChatId, CustomerId, LocalReference, MessageId, OrderId } from '../../domain/ids.ts';
import type { Money } from '../../domain/money.ts';
import type { OrderEvent, OrderNews, OrderState, OrderTerms } from '../../domain/order.ts';
import type { Result } from '../../domain/result.ts';
import type { NamedStop } from '../../domain/stop-scope.ts';
import type { Instant } from '../../domain/time.ts';
import type { OrderSecrets } from '../../domain/voucher.ts';
import type { Transfer } from '../../domain/wallet.ts';

/** An order as stored. `version` counts its writes and guards each of them. */
export type StoredOrder = { readonly terms: OrderTerms; readonly state: OrderState; readonly version: number };

/** A step of an order: its events, the state that they lead to, and all that has to be durable with them. */
export type OrderStep = {
  readonly events: readonly OrderEvent[];
  readonly state: OrderState;
  readonly transfers: readonly Transfer[];
  /** When the worker looks again; null when it need not. */
  readonly dueAt: Instant | null;
  /** News for the customer, staged in the outbox with the step. */
  readonly news: OrderNews | null;
  /** What the operator has to know, stored with the step. */
  readonly alert: Alert | null;
  /** What must not be sold any more, put with the step unless it is off sale already; left out, nothing is. */
  readonly stop?: NamedStop;
  /** Replaces the sealed secrets; left out, they stay as they are. */
  readonly secrets?: OrderSecrets;
  /** The exact body of the purchase or the revert that is about to be sent; sealed and kept with the attempt. */
  readonly body?: string;
};

/** A limit that a new order is held to: over the orders of a day that have the same payer as it has, or the same customer. */
export type DayLimit = { readonly counts: 'payer' | 'customer'; readonly perDay: DailyLimit; readonly day: Span };

/** A staged message that is due. `tries` counts the attempts to deliver it before this one. */
export type DueMessage = {
  readonly id: number;
  readonly orderId: OrderId;
  readonly chat: ChatId;
  readonly news: OrderNews;
  readonly tries: number;
};

export type MessageOutcome =
  | { readonly kind: 'delivered'; readonly message: MessageId }
  /** The customer stopped the bot, or Telegram refuses for ever: the code stays in the list of orders. May be revived. */
  | { readonly kind: 'undeliverable' }
  /** Later news made this message wrong. */
  | { readonly kind: 'overtaken' }
  | { readonly kind: 'postponed'; readonly until: Instant };

export type Ledger = {
  /**
   * Stores a new order with its funds reserved and its work due, unless it passes a limit. The same id again finds the stored order and
   * changes nothing; an id that belongs to another customer is refused.
   */
  place(
    terms: OrderTerms,
    step: OrderStep,
    limits?: readonly DayLimit[],
  ): Promise<Result<{ readonly order: StoredOrder; readonly existed: boolean }, PlaceError>>;
  /** Appends a step when the order is still at `version`; `stale` means that somebody else was faster and nothing was written. */
  append(order: StoredOrder, step: OrderStep): Promise<Result<StoredOrder, 'stale'>>;
  /** Takes up to `limit` orders that are due and not leased, and leases them until `leaseUntil`. Two claims never return the same order. */
  claimOrders(now: Instant, leaseUntil: Instant, limit: number): Promise<readonly StoredOrder[]>;
  /** Ends the lease of an order that was claimed and not worked on to the end. */
  releaseOrder(id: OrderId): Promise<void>;
  /** The next reference of the terminal's sequence: 1 to 999,999,999, never the same twice. */
  nextReference(terminalId: number): Promise<LocalReference>;

  claimMessages(now: Instant, leaseUntil: Instant, limit: number): Promise<readonly DueMessage[]>;
  concludeMessage(id: number, outcome: MessageOutcome): Promise<void>;

  /** Makes the messages of a chat due again that could not be delivered because the customer had stopped the bot. */
  reviveMessages(chat: ChatId, now: Instant): Promise<void>;

  order(id: OrderId): Promise<StoredOrder | null>;
  /** What is sealed: for delivery, for showing again, and for the worker's token. Each reading for a customer is recorded by `recordShowing`. */
  secrets(id: OrderId): Promise<OrderSecrets>;
  /** What the supplier calls the sale, as far as it was ever told; null else. */
  supplierReference(id: OrderId): Promise<string | null>;
  recordShowing(id: OrderId, chat: ChatId, at: Instant): Promise<void>;
  /** The newest first. */
  ordersOf(customer: CustomerId, limit: number): Promise<readonly StoredOrder[]>;

  /** Writes a transfer that belongs to no order, such as a granted balance. `existed`: its id was there before, and nothing changed. */
  post(transfer: Transfer, at: Instant): Promise<'written' | 'existed'>;
  /** What the customer has, one entry a currency that they ever had, in the order of the currency codes. Negative where an agent owes. */
  balances(customer: CustomerId): Promise<readonly Money[]>;
  close(): Promise<void>;
};
