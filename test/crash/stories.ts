// The purchases whose every step is crashed at: what the supplier and the customer do meanwhile, and how each ends undisturbed.
import en from '../../locales/en.json' with { type: 'json' };
import { DAY } from '../../src/domain/time.ts';
import type { OrderStatus } from '../../src/domain/order.ts';
import type { FaultOrder } from '../../src/sandbox/evsb/faults.ts';
import type { Customer } from '../../src/sandbox/telegram/customer.ts';
import { RAFFLE_TICKET } from '../e2e/buy.ts';

/** Who does something in a story. */
export type Actors = {
  readonly customer: Customer;
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
  /** The taps that lead to the price card; those of a plain voucher unless given. */
  readonly taps?: readonly string[];
  /** What is bought, in hundredths; what a plain voucher costs unless given. */
  readonly price?: number;
  /** What stands in the chat at the end. */
  readonly lastWords?: string;
  /** How long the story goes on after the order has ended, in milliseconds. */
  readonly goesOnFor?: number;
  /** The purchase itself is another story's: only what comes after it is crashed at. */
  readonly isSequel?: true;
};

const purchase = { endpoint: 'voucherPurchase' } as const;

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
  {
    name: 'nobody knows what became of a revert',
    faults: [],
    deeds: [({ beginRevert }) => beginRevert()],
    ends: 'needsPerson',
    isSequel: true,
  },
];
