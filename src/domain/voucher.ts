// What a voucher buyer receives. All of it is secret: it is sealed at rest and shown in private chats only.
import type { Family } from './catalog.ts';
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

/** What the buyer of a sale without a code can hold on to. Secret: the authorisation of a prepaid meter is what fills it. */
export type Receipt = {
  /** The supplier's token, where there is one: an authorisation or the biller's own number. */
  readonly authorisation: string | null;
  /** The supplier's own words, in whatever language it speaks. */
  readonly message: string | null;
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
  /** Of top-ups and bills, in place of a voucher. */
  readonly receipt: Receipt | null;
  readonly result: DrawResult | null;
  readonly raw: readonly string[];
};

/** Whether what is bought is a code, or something that happens elsewhere and leaves a receipt. */
export const hasCode = (family: Family): boolean => family === 'voucher' || family === 'supermarket';

/** What stands for a purchase without a code of which nothing is known but that it was charged. */
export const bareReceipt: Receipt = { authorisation: null, message: null, extra: [] };

/** Where the code of a charged order is, by what is known of it. */
export const placeOfCode = ({ token, voucher }: Pick<OrderSecrets, 'token' | 'voucher'>): CodePlace =>
  voucher !== null ? 'here' : token !== null ? 'later' : 'missing';

/**
 * What a charged order has for its buyer, and where: without a code there is always a receipt, if only a bare one. Takes and gives the
 * secrets, so that what is handed out is what is stored.
 */
export const goodsOf = (family: Family, known: OrderSecrets): { readonly place: CodePlace; readonly secrets: OrderSecrets } =>
  hasCode(family)
    ? { place: placeOfCode(known), secrets: known }
    : { place: 'here', secrets: { ...known, receipt: known.receipt ?? bareReceipt } };

export const noSecrets: OrderSecrets = { token: null, voucher: null, receipt: null, result: null, raw: [] };
