// What those who run the shop do in the chat, as data: their actions, what they are asked for, what they confirm, and what they see.
import type { Adjustment } from '../adjustment.ts';
import type { AdminAction as RecordedAction } from '../admin-action.ts';
import type { Audience, Progress } from '../announcement.ts';
import type { CustomerId, OrderId } from '../ids.ts';
import type { Member } from '../member.ts';
import type { Hundredths, Money } from '../money.ts';
import type { HistoryEntry, Queues, Sales } from '../operations.ts';
import type { OrderStatus, OrderTerms, Ruling } from '../order.ts';
import type { StopScope } from '../stop.ts';
import type { NamedStop } from '../stop-scope.ts';
import type { Instant } from '../time.ts';
import type { Token } from '../token.ts';
import type { Decision, PendingTopUp, TopUp } from '../top-up.ts';
import type { AgentHome, DaySales } from './agent.ts';

export const ADMIN_PAGES = ['balance', 'today', 'stops', 'orders', 'topUps', 'agents', 'announce', 'health', 'actions'] as const;
export type AdminPage = (typeof ADMIN_PAGES)[number];

/** Buttons of a screen: they are bound to its revision. */
export type AdminAction =
  | { readonly type: 'menu' }
  | { readonly type: 'open'; readonly page: AdminPage }
  | { readonly type: 'agentsPage'; readonly page: number }
  | { readonly type: 'newStop' }
  | { readonly type: 'stopTarget'; readonly scope: StopScope }
  | { readonly type: 'lift'; readonly scope: StopScope }
  | { readonly type: 'order'; readonly order: OrderId }
  | { readonly type: 'resend'; readonly order: OrderId }
  | { readonly type: 'rule'; readonly order: OrderId; readonly ruling: Ruling }
  | { readonly type: 'revert'; readonly order: OrderId }
  | { readonly type: 'newTopUp' }
  | { readonly type: 'audience'; readonly audience: Audience }
  | { readonly type: 'invite' }
  | { readonly type: 'agent'; readonly agent: CustomerId }
  | { readonly type: 'setCredit'; readonly agent: CustomerId }
  /** Null: of a customer who is still to be named. */
  | { readonly type: 'adjust'; readonly customer: CustomerId | null }
  | { readonly type: 'block'; readonly agent: CustomerId; readonly block: boolean }
  /** `deed`: minted with the confirmation that was shown. */
  | { readonly type: 'confirm'; readonly deed: OrderId };

/** Buttons of messages that come by themselves: they last, and what they do happens once. */
export type AdminLastingAction =
  | { readonly type: 'decideTopUp'; readonly topUp: string; readonly yes: boolean }
  | { readonly type: 'stopAnnouncement'; readonly announcement: number };

/** What happens after a confirmation, and not before. */
export type AdminTask =
  | { readonly type: 'putStop'; readonly scope: StopScope; readonly name: string; readonly why: string }
  | { readonly type: 'liftStop'; readonly scope: StopScope }
  | { readonly type: 'resend'; readonly order: OrderId }
  /** `code`: with `chargedWithCode` alone. */
  | {
      readonly type: 'rule';
      readonly order: OrderId;
      readonly ruling: Ruling;
      readonly code: string | null;
      readonly why: string;
    }
  | { readonly type: 'revert'; readonly order: OrderId; readonly why: string }
  /** `second`: another person has to confirm it as well. */
  | { readonly type: 'topUp'; readonly topUp: TopUp; readonly second: boolean }
  /** `people`: how many the audience had when it was shown. */
  | { readonly type: 'announce'; readonly audience: Audience; readonly text: string; readonly people: number }
  | { readonly type: 'invite'; readonly name: string }
  /** Zero takes the credit of its currency away; that of others stays. */
  | { readonly type: 'setCredit'; readonly agent: CustomerId; readonly credit: Money }
  | { readonly type: 'adjust'; readonly adjustment: Adjustment }
  | { readonly type: 'block'; readonly agent: CustomerId; readonly block: boolean };

/** What the screen waits for: a tap, typed text, or a confirmation. */
export type AdminAsking =
  | { readonly for: 'nothing' }
  | { readonly for: 'orderSearch' }
  | { readonly for: 'stopTarget' }
  | { readonly for: 'stopReason'; readonly scope: StopScope; readonly name: string }
  | { readonly for: 'rulingCode'; readonly order: OrderId }
  | { readonly for: 'rulingReason'; readonly order: OrderId; readonly ruling: Ruling; readonly code: string | null }
  | { readonly for: 'revertReason'; readonly order: OrderId }
  | { readonly for: 'topUp' }
  | { readonly for: 'announcement'; readonly audience: Audience }
  | { readonly for: 'agentName' }
  | { readonly for: 'credit'; readonly agent: CustomerId }
  /** `customer` null: their Telegram id is typed as well. */
  | { readonly for: 'adjustment'; readonly customer: CustomerId | null }
  | { readonly for: 'confirmation'; readonly deed: OrderId; readonly task: AdminTask };

export type AdminQuestion =
  | { readonly type: 'open'; readonly page: Exclude<AdminPage, 'orders'> }
  | { readonly type: 'agentsPage'; readonly page: number }
  | { readonly type: 'orders'; readonly search: string }
  | { readonly type: 'order'; readonly order: OrderId }
  | { readonly type: 'agent'; readonly agent: CustomerId }
  /** What has to be known before something is confirmed: how many it reaches, whether somebody else has to say yes. */
  | { readonly type: 'weighTopUp'; readonly topUp: TopUp; readonly deed: OrderId }
  | { readonly type: 'weighAdjustment'; readonly adjustment: Adjustment; readonly asking: AdminAsking; readonly deed: OrderId }
  | { readonly type: 'weighAnnouncement'; readonly audience: Audience; readonly text: string; readonly deed: OrderId }
  | { readonly type: 'carryOut'; readonly task: AdminTask; readonly deed: OrderId }
  | AdminLastingAction;

/** An order as it appears in a list; nothing secret. */
export type OrderLine = Pick<OrderTerms, 'id' | 'productName' | 'operatorName' | 'family' | 'pay' | 'receive' | 'placedAt'> & {
  readonly item: string | null;
  readonly status: OrderStatus;
};

export type AdminOrder = {
  readonly order: OrderLine;
  readonly customer: CustomerId;
  /** Masked; null where there is none. */
  readonly account: string | null;
  readonly history: readonly HistoryEntry[];
  readonly rulings: readonly Ruling[];
  readonly canResend: boolean;
  readonly canRevert: boolean;
};

export type Health = {
  readonly ledger: boolean;
  readonly sessions: boolean;
  /** Their clock minus ours in milliseconds, where the answer told. */
  readonly supplier: { readonly answers: boolean; readonly skew: number | null };
  /** Null before the first list was fetched. */
  readonly catalogAge: number | null;
  readonly queues: Queues | null;
  readonly stuck: Readonly<Partial<Record<OrderStatus, number>>>;
};

export type AdminView =
  | { readonly type: 'menu' }
  /** `currency`: null where the configuration does not say; `balance`: null when the supplier did not. */
  | {
      readonly type: 'balance';
      readonly balance: Hundredths | null;
      readonly currency: string | null;
      readonly limit: Hundredths | null;
    }
  | { readonly type: 'today'; readonly day: string; readonly sales: readonly Sales[] }
  | { readonly type: 'health'; readonly health: Health }
  | { readonly type: 'stops'; readonly stops: readonly NamedStop[] }
  | { readonly type: 'stopTargets'; readonly targets: readonly { readonly scope: StopScope; readonly name: string }[] }
  | { readonly type: 'orders'; readonly orders: readonly OrderLine[] }
  | { readonly type: 'order'; readonly found: AdminOrder }
  | { readonly type: 'topUps'; readonly pending: readonly PendingTopUp[]; readonly limits: readonly Money[] }
  /** Sent to the other admins. */
  | { readonly type: 'topUpAsked'; readonly topUp: PendingTopUp }
  /** `page` counts from 0. */
  | { readonly type: 'agents'; readonly agents: readonly Member[]; readonly page: number; readonly pages: number }
  | { readonly type: 'agent'; readonly agent: Member; readonly float: AgentHome['float']; readonly today: readonly DaySales[] }
  | { readonly type: 'invitation'; readonly name: string; readonly token: Token; readonly expiresAt: Instant }
  | { readonly type: 'announce'; readonly recent: readonly Progress[] }
  /** The message of an announcement that counts itself. */
  | { readonly type: 'progress'; readonly text: string; readonly progress: Progress }
  /** The announcement as its recipients see it. */
  | { readonly type: 'announcement'; readonly text: string }
  | { readonly type: 'actions'; readonly actions: readonly RecordedAction[] }
  | { readonly type: 'asking'; readonly asking: Exclude<AdminAsking, { for: 'nothing' }> };

export type AdminNotice =
  | { readonly type: 'orderIsNow'; readonly status: OrderStatus }
  | { readonly type: 'notNow'; readonly status: OrderStatus }
  | { readonly type: 'revertEnded'; readonly outcome: 'refused' | 'notSent' | 'unclear'; readonly resultCode: string | null }
  | { readonly type: 'decided'; readonly decision: Decision }
  /** `available`: what there is to take away, with the credit. */
  | { readonly type: 'notEnough'; readonly available: Money }
  | {
      readonly type:
        | 'stopPut'
        | 'stoppedBefore'
        | 'stopLifted'
        | 'notStopped'
        | 'noSuchTarget'
        | 'notAReason'
        | 'resent'
        | 'nothingToResend'
        | 'noSuchOrder'
        | 'nothingFound'
        | 'orderChanged'
        | 'notRevertible'
        | 'soldByReceivedAmount'
        | 'notATopUp'
        | 'toppedUp'
        | 'topUpAsked'
        | 'referenceUsed'
        | 'doneBefore'
        | 'tooLong'
        | 'nobodyToTell'
        | 'announced'
        | 'announcementStopped'
        | 'announcementOver'
        | 'notAName'
        | 'agentBlocked'
        | 'agentUnblocked'
        | 'agentGone'
        | 'notACredit'
        | 'creditSet'
        | 'notAnAdjustment'
        | 'adjustmentTooLarge'
        | 'adjusted';
    };

/** `asking`: the question leads to another one, such as a confirmation. */
export type AdminAnswer =
  | { readonly type: 'shown'; readonly view: AdminView; readonly notice: AdminNotice | null }
  | { readonly type: 'asking'; readonly asking: AdminAsking; readonly notice: AdminNotice | null };
