// What the bot tells about its own work: metrics, traces, both or nothing may stand behind it. Names and codes only; never a secret or a person's data.

/** A piece of work that takes time. Its fields name it in traces and are few enough in kind to be labels of metrics, except for the ids. */
export type Work =
  /** One update of a chat, from its decoding to its last call. `event` is what the customer did. */
  | { readonly kind: 'update'; readonly event: string; readonly updateId: number }
  /** A question that the conversation asked of a use case. */
  | { readonly kind: 'effect'; readonly question: string }
  /** One call of the Bot API, its repetition after a short wait included. */
  | { readonly kind: 'telegramCall'; readonly method: string }
  /** One exchange with the supplier, as named in the client's table of calls. */
  | { readonly kind: 'supplierCall'; readonly endpoint: string }
  /** One transaction of the ledger. */
  | { readonly kind: 'databasePhase'; readonly phase: string }
  /** A due row that the worker carries out; `id` is the order where there is one. */
  | { readonly kind: 'job'; readonly queue: 'orders' | 'messages' | 'alerts'; readonly id: string | null };

/** Something that happened, without a length. */
export type Fact =
  /** The conversation went from one screen to another, or stayed. */
  | { readonly kind: 'screen'; readonly from: string; readonly to: string }
  | { readonly kind: 'quote'; readonly direction: 'direct' | 'reverse'; readonly outcome: string }
  /** How long an update waited for its first call out, in milliseconds. */
  | { readonly kind: 'firstCall'; readonly milliseconds: number }
  /** An update that was not handled because there were too many: of its user, of its chat, or of everybody. */
  | { readonly kind: 'limited'; readonly by: 'user' | 'chat' | 'bot' };

export type Telemetry = {
  /**
   * Runs a piece of work and notes how long it took and how it ended, in a word that `outcomeOf` gives. What the work starts is part of it. Whatever it
   * rejects with passes through, and counts as `failed`.
   */
  measure<T>(work: Work, run: () => Promise<T>, outcomeOf: (value: T) => string): Promise<T>;
  note(fact: Fact): void;
};
