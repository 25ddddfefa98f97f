// What the supplier knows about a product: what its catalogue shows, and what only a sale reveals.
import type { Amounts } from '../prices.ts';
import type { Bill } from './bill.ts';
import type { DynamicItem } from './dynamic-item.ts';
import type { Misses } from '../switches.ts';

/** The endpoint family that sells a product. The catalogue does not tell it. */
export type Family = 'voucher' | 'recharge' | 'supermarket' | 'bill';

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
  /** What the account is called where it is no mobile number. */
  accountLabel: Readonly<Record<'en' | 'es', string>> | null;
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
  /** None: the product is not dynamic. */
  dynamicItems: readonly DynamicItem[];
  /** Null for all that is no bill. */
  bill: Bill | null;
};

/** A quarter of an hour: the window of the few products whose issuer takes back what was not used. */
export const shortRevertWindowMs = 15 * 60_000;

/** A voucher as most are: sold by list or range, no account needed, a code in the answer that lasts a year. */
export const plainVoucher = {
  family: 'voucher',
  mask: null,
  serviceFee: 0,
  routed: true,
  requires: [],
  accountFormat: 'any',
  accountLabel: null,
  delivery: { kind: 'immediate' },
  codePattern: '@@@@-@@@@-@@@@',
  validDays: 365,
  alwaysCode: null,
  // A code that was seen can't be taken back.
  revertWindowMs: null,
  dynamicItems: [],
  bill: null,
} as const satisfies Partial<Product>;

/** A top-up as most are: to a number that a mask describes, without a code, and to be taken back for a quarter of an hour. */
export const plainTopUp = {
  ...plainVoucher,
  family: 'recharge',
  topupType: 'RTR',
  requires: ['account'],
  codePattern: '',
  redeemInstructions: '',
  validDays: null,
  revertWindowMs: shortRevertWindowMs,
} as const satisfies Partial<Product>;

export const list = (...values: number[]): Amounts => ({ type: 'by_list', list: values });
export const range = (from: number, to: number, step: number): Amounts => ({ type: 'by_range', from, to, step });
