// What agents and clerks do in the chat beside selling, as data: their actions, questions, answers, views and notices.
import type { DailyLimit } from '../daily-limit.ts';
import type { Day } from '../day.ts';
import type { CustomerId } from '../ids.ts';
import type { InvitationRefusal, Member } from '../member.ts';
import type { Currency, Hundredths, Money } from '../money.ts';
import type { Statement } from '../statement.ts';
import type { Instant } from '../time.ts';
import type { Token } from '../token.ts';
import type { Days } from '../typed-days.ts';

/** By the shop's calendar at the moment of the tap, or a certain day. */
export type StatementDay = 'today' | 'yesterday' | Day;

/** Buttons that ask something of the shop at once. */
type AskingAction =
  | { readonly type: 'home' }
  | { readonly type: 'statement'; readonly day: StatementDay }
  | { readonly type: 'statementFile'; readonly days: Days; readonly format: 'csv' | 'pdf' }
  | { readonly type: 'hideCodes'; readonly hide: boolean }
  | { readonly type: 'clerks' }
  | { readonly type: 'clerk'; readonly clerk: CustomerId }
  | { readonly type: 'freeClerk'; readonly clerk: CustomerId }
  | { readonly type: 'blockClerk'; readonly clerk: CustomerId; readonly block: boolean }
  /** `sure`: the agent has been asked and means it. */
  | { readonly type: 'removeClerk'; readonly clerk: CustomerId; readonly sure: boolean };

/** All of them last. The last three wait for typed text. */
export type AgentAction =
  | AskingAction
  | { readonly type: 'pickDays' }
  | { readonly type: 'inviteClerk' }
  | { readonly type: 'limitClerk'; readonly clerk: CustomerId };

/** What the next typed text is for. */
export type AgentAsking =
  { readonly for: 'days' } | { readonly for: 'clerkName' } | { readonly for: 'clerkLimit'; readonly clerk: CustomerId };

export type AgentQuestion =
  | AskingAction
  /** `token`: what stood in the link, which may be anything. */
  | { readonly type: 'acceptInvitation'; readonly token: string }
  /** `days` null: what was typed is none. */
  | { readonly type: 'statementOfDays'; readonly days: Days | null }
  | { readonly type: 'inviteClerk'; readonly name: string }
  /** `currency` null: the only one of the agent's float. */
  | { readonly type: 'limitClerk'; readonly clerk: CustomerId; readonly amount: Hundredths; readonly currency: Currency | null };

/** What was sold today in one currency. */
export type DaySales = { readonly count: number; readonly pay: Money; readonly commission: Money };

export type AgentHome = {
  readonly name: string;
  /** What a clerk's agent is called; null: is an agent. */
  readonly agentName: string | null;
  /** What may be spent without credit, which may be negative, and how far below zero it may go. */
  readonly float: readonly { readonly available: Money; readonly credit: Money | null }[];
  /** One entry a currency; a clerk's own sales, or all that an agent's float paid for. */
  readonly today: readonly DaySales[];
  readonly perDay: DailyLimit | null;
  readonly hidesCodes: boolean;
  /** The phones and accounts that were sold to last, masked; the latest first. */
  readonly recent: readonly string[];
  /** When all this was so. */
  readonly at: Instant;
};

export type AgentView =
  | { readonly type: 'home'; readonly home: AgentHome }
  | { readonly type: 'clerks'; readonly clerks: readonly Member[] }
  | { readonly type: 'clerk'; readonly clerk: Member }
  /** Asks whether the agent means it. */
  | { readonly type: 'removing'; readonly clerk: Member }
  /** The one time that the link is shown. */
  | { readonly type: 'invitation'; readonly name: string; readonly token: Token; readonly expiresAt: Instant };

export type AgentNotice =
  | { readonly type: 'refusedInvitation'; readonly why: InvitationRefusal }
  | { readonly type: 'whichCurrency'; readonly currencies: readonly Currency[] }
  | { readonly type: 'clerksFull'; readonly most: number }
  | { readonly type: 'tooManyDays'; readonly most: number }
  | {
      readonly type:
        | 'notMember'
        | 'blocked'
        | 'agentsOnly'
        | 'joined'
        | 'notAName'
        | 'notALimit'
        | 'notDays'
        | 'daysBackwards'
        | 'clerkGone'
        | 'limitSet'
        | 'limitLifted'
        | 'clerkBlocked'
        | 'clerkUnblocked'
        | 'clerkRemoved'
        | 'codesHidden'
        | 'codesShown'
        | 'statementTooLong'
        | 'fileNotSent';
    };

/** `view` null: there is nothing to show but the notice. `again`: what was typed is not enough, and `asking` is asked for once more. */
export type AgentAnswer =
  | { readonly type: 'shown'; readonly view: AgentView | null; readonly notice: AgentNotice | null }
  | { readonly type: 'again'; readonly asking: AgentAsking; readonly notice: AgentNotice }
  | { readonly type: 'statement'; readonly statement: Statement }
  /** A file was sent, which says all there is to say. */
  | { readonly type: 'sent' };
