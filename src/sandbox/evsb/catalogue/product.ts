// What the supplier knows about a product: what its catalogue shows, and what only a sale reveals.
import type { Amounts } from '../prices.ts';
import type { Misses } from '../switches.ts';

/** The endpoint family that sells a product. The catalogue does not tell it. */
export type Family = 'voucher' | 'recharge';

/** A field of the purchase that a product insists on. */
export type RequiredField = 'account' | 'receiverEmail' | 'documentNumber' | 'dynamicProductId';

/** How the buyer gets the code. */
export type Delivery =
  /** The details are in the purchase answer. */
  | { kind: 'immediate' }
  /** The details must be asked for, and come after some misses. */
  | { kind: 'deferred'; misses: Misses }
  /** The supplier token is the PIN, and there are no details. */
  | { kind: 'token' }
  /** The supplier token is the PIN, and the details are in the purchase answer. */
  | { kind: 'tokenWithDetails' }
  /** The supplier token is the PIN, and the details must be asked for. */
  | { kind: 'tokenThenDetails' }
  /** Drawn for each sale: immediate or deferred. */
  | { kind: 'drawn' };

/** One item of a dynamic product, such as a raffle. The day is counted from the simulator's start. */
export type DynamicItem = { id: string; description: string; amountToSendX100: number; endsInDays: number; result: string };

export type Product = {
  articleId: number;
  family: Family;
  name: string;
  countryId: number;
  country: string;
  topupType: string;
  /** `#` stands for one digit, every other character for itself. */
  mask: string | null;
  amounts: Amounts;
  /** Destination units for one sale unit, as decimal text; null: no conversion is possible. */
  exchangeRate: string | null;
  saleCurrency: string;
  destinationCurrency: string;
  /** Hundredths of the sale currency on top of the amount. */
  serviceFee: number;
  productDescription: string;

  /** False: listed, but every sale answers -1. */
  routed: boolean;
  requires: readonly RequiredField[];
  /** What an account looks like when there is no mask. */
  accountFormat: 'any' | 'email';
  delivery: Delivery;
  /** `#` becomes a digit, `@` a capital letter or digit. */
  codePattern: string;
  redeemInstructions: string;
  /** Days until the code expires; null: the answer has no expiry. */
  validDays: number | null;
  /** A result code that answers every purchase, whatever is sent. */
  alwaysCode: string | null;
  /** Milliseconds after the sale in which it may be reverted; null: never. */
  revertWindowMs: number | null;
  dynamicItems: readonly DynamicItem[];
};

const dayMs = 86_400_000;

/** A quarter of an hour: the window of the few products whose issuer takes back what was not used. */
export const shortRevertWindowMs = 15 * 60_000;

/** When an item of a dynamic product closes, in epoch milliseconds: the end of its last day in UTC. */
export const closingTime = (item: DynamicItem, openedAt: number): number =>
  (Math.floor(openedAt / dayMs) + item.endsInDays + 1) * dayMs;

/** A voucher as most are: sold by list or range, no account needed, a code in the answer that lasts a year. */
export const plainVoucher = {
  family: 'voucher',
  mask: null,
  serviceFee: 0,
  routed: true,
  requires: [],
  accountFormat: 'any',
  delivery: { kind: 'immediate' },
  codePattern: '@@@@-@@@@-@@@@',
  validDays: 365,
  alwaysCode: null,
  // A code that was seen can't be taken back.
  revertWindowMs: null,
  dynamicItems: [],
} as const satisfies Partial<Product>;

export const list = (...values: number[]): Amounts => ({ type: 'by_list', list: values });
export const range = (from: number, to: number, step: number): Amounts => ({ type: 'by_range', from, to, step });
