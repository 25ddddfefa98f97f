// What the bot tells about its own work: metrics, traces, both or nothing may stand behind it. Names and codes only; never a secret or a person's data.
import type { Question } from '../../domain/dialog/effect.ts';
import type { CustomerEvent } from '../../domain/dialog/event.ts';
import type { Screen } from '../../domain/dialog/state.ts';
import type { OrderId } from '../../domain/ids.ts';
import type { Direction } from '../../domain/quote.ts';
import type { LimitName } from './limits.ts';
import type { IgnoredReason } from './updates.ts';

/** A piece of work that takes time. Its fields name it in traces and are few enough in kind to be labels of metrics, except for the ids. */
export type Work =
  /** One update of a chat, from its decoding to its last call. `event` is what the customer did; `group` is a word in a group. */
  | { readonly kind: 'update'; readonly event: CustomerEvent['type'] | 'group'; readonly updateId: number }
  /** A question that the conversation asked of a use case; `order` where it is about one. */
  | { readonly kind: 'effect'; readonly question: Question['type']; readonly order: OrderId | null }
  /** One call of the Bot API, its waits and its repetition included. */
  | { readonly kind: 'telegramCall'; readonly method: string }
  /** One exchange with the supplier, as named in the client's table of calls; not the wait for its turn. */
  | { readonly kind: 'supplierCall'; readonly endpoint: string }
  /** One operation of the ledger by its name; what it writes is one transaction. */
  | { readonly kind: 'databasePhase'; readonly phase: string }
  /** A due row that the worker carries out; `id` is the order where there is one. */
  | { readonly kind: 'job'; readonly queue: 'orders' | 'messages' | 'alerts'; readonly id: string | null };

/** Something that happened, without a length. */
export type Fact =
  /** An update that is none of a customer's. */
  | { readonly kind: 'ignored'; readonly reason: IgnoredReason }
  /** The conversation went from one screen to another, or stayed. */
  | { readonly kind: 'screen'; readonly from: Screen['at']; readonly to: Screen['at'] }
  | { readonly kind: 'quote'; readonly direction: Direction; readonly outcome: string }
  /** How long a customer's update waited until its first message went out, in milliseconds. The answer to a tap, which may travel on its own, is none. */
  | { readonly kind: 'firstCall'; readonly milliseconds: number }
  /** What the supplier calls the exchange that is under way: too many different ones for a metric, of use in a trace. */
  | { readonly kind: 'supplierUid'; readonly uid: string }
  /** Another update of the chat had saved its session in between: this one starts again. */
  | { readonly kind: 'sessionConflict' }
  /** An update that was not handled because there were too many: of its user, of its chat, or of everybody. */
  | { readonly kind: 'limited'; readonly by: LimitName };

export type Telemetry = {
  /**
   * Runs a piece of work and notes how long it took and how it ended, in a word that `outcomeOf` gives: one of few. What the work starts is part
   * of it. Whatever it rejects with passes through, and counts as `failed`.
   */
  measure<T>(work: Work, run: () => Promise<T>, outcomeOf: (value: T) => string): Promise<T>;
  note(fact: Fact): void;
  /** A reading in milliseconds, with fractions, of a clock that only goes forward: the difference of two is a length for `note`. */
  reading(): number;
};
