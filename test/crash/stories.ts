// The purchases whose every step is crashed at: what the supplier and the customer do meanwhile, and how each ends undisturbed.
import en from '../../locales/en.json' with { type: 'json' };
import { DAY } from '../../src/domain/time.ts';
import type { OrderStatus } from '../../src/domain/order.ts';
import type { FaultOrder } from '../../src/sandbox/evsb/faults.ts';
import type { Customer } from '../../src/sandbox/telegram/customer.ts';
import { RAFFLE_TICKET } from '../e2e/buy.ts';
import { bill, supermarketVoucher, topUp } from './opening.ts';
import type { Opening } from './opening.ts';
import { sequels } from './sequels.ts';

/** Who does something in a story. */
export type Actors = {
  readonly customer: Customer;
  /** Somebody else, whom links are sent to. */
  readonly friend: Customer;
  /** Who runs the shop. */
  readonly admin: Customer;
  /** The token of an invitation to become an agent; the same whenever it is asked for. */
  invitation(): Promise<string>;
  /** Whether the friend is a member of the shop. */
  isMember(): Promise<boolean>;
  /** The operator has the sale undone, and the command dies once it has stored that it will be asked for. */
  beginRevert(): Promise<void>;
};

export type CrashStory = {
  readonly name: string;
  /** What is wrong with the supplier once the price card is on the screen. */
  readonly faults: readonly FaultOrder[];
  /** What is done after the confirmation, each deed when everything has become quiet after the one before. */
  readonly deeds: readonly ((actors: Actors) => unknown)[];
  readonly ends: OrderStatus;
  /** The writes of an order, counted from 1, that store something else than an earlier story's do. */
  readonly ownWrites?: readonly number[];
  /** What leads to the price card; the taps of a plain voucher unless given. */
  readonly taps?: readonly string[];
  readonly opens?: Opening;
  /** What is bought, in hundredths; what a plain voucher costs unless given. */
  readonly price?: number;
  /** What an admin pays in meanwhile, in hundredths. */
  readonly paidIn?: number;
  /** What has come of the deeds in the end, wherever the bot died. */
  readonly turnsOut?: (actors: Actors) => boolean | Promise<boolean>;
  /** What stands in the chat at the end. */
  readonly lastWords?: string;
  /** How long the story goes on after the order has ended, in milliseconds. */
  readonly goesOnFor?: number;
  /** The purchase itself is another story's: only what comes after it is crashed at. */
  readonly isSequel?: true;
};

const purchase = { endpoint: 'voucherPurchase' } as const;
/** Both invoices of the account that `bill` asks for. */
const BILL = 81_578;

export const stories: readonly CrashStory[] = [
  { name: 'the supplier charges and sends the code at once', faults: [], deeds: [], ends: 'delivered' },
  {
    name: 'the code comes later',
    faults: [{ kind: 'lateAdditionalData', misses: 1, match: purchase }],
    deeds: [],
    ends: 'delivered',
  },
  {
    name: 'the operator rejects it',
    faults: [{ kind: 'resultCode', code: '11', match: purchase }],
    deeds: [],
    ends: 'rejected',
    ownWrites: [2],
  },
  {
    name: 'the answer is lost after the sale',
    faults: [{ kind: 'dropAfter', match: purchase }],
    deeds: [],
    ends: 'needsPerson',
    ownWrites: [3],
  },
  {
    name: 'the customer had stopped the bot when the code came',
    faults: [{ kind: 'lateAdditionalData', misses: 1, match: purchase }],
    deeds: [({ customer }) => customer.block(), () => undefined, ({ customer }) => customer.unblock()],
    ends: 'delivered',
  },
  {
    name: 'a raffle is drawn',
    faults: [],
    deeds: [],
    taps: RAFFLE_TICKET,
    price: 300,
    lastWords: en['result.title'],
    goesOnFor: 40 * DAY,
    ends: 'delivered',
  },
  { name: 'a number is topped up', faults: [], deeds: [], opens: topUp, price: 5_000, ends: 'delivered' },
  { name: 'a supermarket voucher is bought', faults: [], deeds: [], opens: supermarketVoucher, price: 2_000, ends: 'delivered' },
  {
    name: 'a bill is paid, and the answer is lost',
    faults: [{ kind: 'dropAfter', match: { endpoint: 'billPayment' } }],
    deeds: [],
    opens: bill,
    price: BILL,
    ends: 'delivered',
  },
  {
    name: 'nobody knows what became of a revert',
    faults: [],
    deeds: [({ beginRevert }) => beginRevert()],
    ends: 'needsPerson',
    isSequel: true,
  },
  ...sequels,
];
