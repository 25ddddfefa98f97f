// How the shop stands, in figures: what is under way, what waits, and where the money is. Read whenever somebody looks, so it must be cheap.
import type { AccountTotal, Queues } from '../../domain/operations.ts';
import type { OrderStatus } from '../../domain/order.ts';

export type Figures = {
  /** How many orders of all times have each status. */
  readonly orders: Readonly<Partial<Record<OrderStatus, number>>>;
  /** Of those that have not come to their end: how long ago the oldest one was placed, in milliseconds. */
  readonly ages: Readonly<Partial<Record<OrderStatus, number>>>;
  /** Orders that wait for longer than is normal, or for a person. */
  readonly stuck: Readonly<Partial<Record<OrderStatus, number>>>;
  /** `age`: for how long the first of the rows is due, in milliseconds; 0 where nothing is. */
  readonly queues: Readonly<Record<keyof Queues, { readonly due: number; readonly age: number }>>;
  readonly wallets: readonly AccountTotal[];
};

/** Rejects when the ledger can't be read. */
export type ReadFigures = () => Promise<Figures>;
