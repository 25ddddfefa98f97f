// The calls to eVSB as data: how long each may take, how often a read is repeated, and how large its answer may be.

export type CallName =
  | 'ping'
  | 'balances'
  | 'portfolio'
  | 'prices'
  | 'voucherProducts'
  | 'voucherDetails'
  | 'transactionInfo'
  | 'voucherPurchase'
  | 'revert';

/** `timeout` covers connecting, sending and the whole answer. Times are in milliseconds, `limit` in bytes after decompression. */
export type CallRule = {
  readonly timeout: number;
  readonly retries: number;
  /** The wait before the first repetition; it doubles with each further one. */
  readonly retryAfter: number;
  readonly limit: number;
};

const MEBIBYTE = 1024 * 1024;
const read: CallRule = { timeout: 15_000, retries: 2, retryAfter: 1_000, limit: MEBIBYTE };

export const CALLS: Readonly<Record<CallName, CallRule>> = {
  ping: { ...read, timeout: 5_000, retries: 0 },
  balances: read,
  portfolio: { ...read, timeout: 60_000, limit: 8 * MEBIBYTE },
  prices: { ...read, retries: 1 },
  voucherProducts: { ...read, timeout: 30_000, retries: 1, retryAfter: 2_000 },
  voucherDetails: read,
  transactionInfo: read,
  // What moves money is sent once. What became of a lost call is found out by asking, never by sending it again.
  voucherPurchase: { ...read, timeout: 90_000, retries: 0 },
  revert: { ...read, timeout: 90_000, retries: 0 },
};

/** Limits beside the calls' own, in milliseconds. `queue`: how long a call may wait for its turn before it counts as not sent. */
export const WAITS = { connect: 5_000, queue: 20_000 } as const;

/** Any of the times above, replaced. */
export type Timeouts = Readonly<Partial<Record<CallName | keyof typeof WAITS, number>>>;
