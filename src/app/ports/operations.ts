// What the people who run the shop ask of the ledger: stops, the record of what they did, and a look into orders and queues.
import type { Adjustment } from '../../domain/adjustment.ts';
import type { AdminAction, Confirmed } from '../../domain/admin-action.ts';
import type { Span } from '../../domain/day.ts';
import type { CustomerId, OrderId } from '../../domain/ids.ts';
import type { Invitation } from '../../domain/member.ts';
import type { Money } from '../../domain/money.ts';
import type { AccountTotal, HistoryEntry, Queues, Sales } from '../../domain/operations.ts';
import type { OrderNews, OrderState, OrderStatus } from '../../domain/order.ts';
import type { StopScope } from '../../domain/stop.ts';
import type { NamedStop } from '../../domain/stop-scope.ts';
import type { Instant } from '../../domain/time.ts';
import type { TokenHash } from '../../domain/token.ts';
import type { StoredOrder } from './ledger.ts';

export type Stops = {
  /** The newest first. */
  stops(): Promise<readonly NamedStop[]>;
  /** `existed`: its scope is stopped already, or the key was used before; nothing has changed. */
  putStop(stop: NamedStop, key: string): Promise<'put' | 'existed'>;
  liftStop(scope: StopScope, confirmed: Confirmed): Promise<'lifted' | 'notThere'>;
};

export type Agency = {
  /** Stores an agent's invitation under the hash of its token. `again`: the key was used before, and there is no new invitation. */
  inviteAgent(hash: TokenHash, invitation: Invitation, confirmed: Confirmed): Promise<'invited' | 'again'>;
  blockAgent(agent: CustomerId, blocked: boolean, confirmed: Confirmed): Promise<'done' | 'again' | 'unknown'>;
  /** The credit of one currency, none for zero; that of others stays. */
  setAgentCredit(agent: CustomerId, credit: Money, confirmed: Confirmed): Promise<'done' | 'again' | 'unknown'>;
};

/** `notEnough`: less than that is there to take away, of the balance and of an agent's credit; nothing has changed. */
export type Adjusted = 'done' | 'again' | { readonly notEnough: Money };

export type Adjustments = {
  /** Anybody's balance, once a confirmation. */
  adjust(adjustment: Adjustment, confirmed: Confirmed): Promise<Adjusted>;
};

export type Operations = Stops &
  Agency &
  Adjustments & {
    /** The newest first. */
    lastActions(limit: number): Promise<readonly AdminAction[]>;
    /** Stages a message of an order once more. `existed`: the key was used before. */
    restage(order: StoredOrder, news: OrderNews, confirmed: Confirmed): Promise<'staged' | 'existed'>;
    /** The newest first. Finds the phone number or account that an order was for, however its digits were written. */
    ordersFor(account: string, limit: number): Promise<readonly StoredOrder[]>;
    /** The oldest first; empty for an order that is not there. */
    history(order: OrderId): Promise<readonly HistoryEntry[]>;
    /** Of the orders that were placed in the span. */
    salesOf(span: Span): Promise<readonly Sales[]>;
    queues(now: Instant): Promise<Queues>;
    /** The orders that have one of these statuses and are due some day. What can't be read is left out. */
    ordersIn(statuses: readonly OrderStatus[]): Promise<readonly { readonly id: OrderId; readonly state: OrderState }[]>;
    /** How many orders of all times have each status. */
    ordersByStatus(): Promise<Readonly<Partial<Record<OrderStatus, number>>>>;
    /** When the oldest order of each status was placed, of those that have not come to their end. */
    oldestByStatus(): Promise<readonly { readonly status: OrderStatus; readonly placedAt: Instant }[]>;
    /** What customers may spend first, then what is set aside, then the shop's own accounts; by currency. */
    accountTotals(): Promise<readonly AccountTotal[]>;
  };
