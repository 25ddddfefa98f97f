// Limits on what comes in: how many updates a person, a group and everybody together may send in a window of time.

/** So many updates in a window of so many seconds. */
export type RateLimit = { readonly points: number; readonly seconds: number };

export type LimitName = 'user' | 'chat' | 'bot';

/** Null: no limit. A private chat is its user's: `chat` is for groups. */
export type RateLimits = Readonly<Record<LimitName, RateLimit | null>>;

/** An update over a limit. `first`: none was over it before in this window, anywhere. `endsIn`: what is left of the window, in milliseconds. */
export type Excess = { readonly first: boolean; readonly endsIn: number };

export type Limit = {
  /** Counts one update of somebody. Null: it may be handled. Never rejects: where nothing can be counted, nothing is refused. */
  countUpdate(id: number): Promise<Excess | null>;
};

export type Limits = Readonly<Record<LimitName, Limit | null>>;
