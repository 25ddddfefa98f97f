// What a voucher buyer receives. All of it is secret: it is sealed at rest and shown in private chats only.
import type { KeyValue } from './key-value.ts';
import type { CodePlace } from './order.ts';

/** The sellable code with what it takes to redeem it. Texts are the supplier's own, of unknown length and possibly with markup. */
export type Voucher = {
  readonly code: string;
  readonly account: string | null;
  readonly instructions: string | null;
  /** As the supplier wrote it: its format is not documented. */
  readonly expiration: string | null;
  readonly extra: readonly KeyValue[];
};

/** What came of a raffle, in the supplier's own words. `own`: under which keys it names the order that the result is told to. */
export type DrawResult = {
  readonly description: string;
  readonly own: readonly string[];
  readonly extra: readonly KeyValue[];
};

/** What is known about an order and must never be stored in the clear. `raw` keeps upstream answers for support. */
export type OrderSecrets = {
  readonly token: string | null;
  readonly voucher: Voucher | null;
  readonly result: DrawResult | null;
  readonly raw: readonly string[];
};

/** Where the code of a charged order is, by what is known of it. */
export const placeOfCode = ({ token, voucher }: Pick<OrderSecrets, 'token' | 'voucher'>): CodePlace =>
  voucher !== null ? 'here' : token !== null ? 'later' : 'missing';

export const noSecrets: OrderSecrets = { token: null, voucher: null, result: null, raw: [] };
