// The calls to eVSB as data: how long each may take, how often a read is repeated, and how large its answer may be.

export type CallName =
  | 'ping'
  | 'balances'
  | 'portfolio'
  | 'prices'
  | 'voucherProducts'
  | 'voucherDetails'
  | 'transactionInfo'
  | 'rechargeParameters'
  | 'rechargeProducts'
  | 'billParameters'
  | 'invoices'
  | 'voucherPurchase'
  | 'rechargePurchase'
  | 'supermarketPurchase'
  | 'billPayment'
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
/** What the supplier has to ask the telecom operator or the biller for. */
const slowRead: CallRule = { ...read, timeout: 30_000, retries: 1, retryAfter: 2_000 };
// What moves money is sent once. What became of a lost call is found out by asking, never by sending it again.
const money: CallRule = { ...read, timeout: 90_000, retries: 0 };

export const CALLS: Readonly<Record<CallName, CallRule>> = {
  ping: { ...read, timeout: 5_000, retries: 0 },
  balances: read,
  portfolio: { ...read, timeout: 60_000, limit: 8 * MEBIBYTE },
  prices: { ...read, retries: 1 },
  voucherProducts: slowRead,
  voucherDetails: read,
  transactionInfo: read,
  rechargeParameters: read,
  rechargeProducts: slowRead,
  billParameters: read,
  invoices: slowRead,
  voucherPurchase: money,
  rechargePurchase: money,
  supermarketPurchase: money,
  billPayment: money,
  revert: money,
};

/** Limits beside the calls' own, in milliseconds. `queue`: how long a call may wait for its turn before it counts as not sent. */
export const WAITS = { connect: 5_000, queue: 20_000 } as const;

/** Any of the times above, replaced. */
export type Timeouts = Readonly<Partial<Record<CallName | keyof typeof WAITS, number>>>;
