// The stored form of a batch: whom its lines are for is personal, so all of it is sealed as a whole.
import { z } from 'zod';
import type { BatchLine, BatchOrder, LineError } from '../../domain/dialog/batch-words.ts';
import type { LineProblem } from '../../domain/one-line.ts';
import type { OrderStatus } from '../../domain/order.ts';
import { choice, instant, money, orderId, productId, quote, quoteError } from './stored-parts.ts';

/** Spelled out so that a new problem or status breaks the build. */
const problem = z.enum({
  noPhone: 'noPhone',
  noAmount: 'noAmount',
  unknownProduct: 'unknownProduct',
  badAmount: 'badAmount',
  badPhone: 'badPhone',
  notForPhone: 'notForPhone',
} satisfies { [Each in LineProblem]: Each });
const status = z.enum({
  placed: 'placed',
  sending: 'sending',
  unknown: 'unknown',
  awaitingCode: 'awaitingCode',
  charged: 'charged',
  delivered: 'delivered',
  rejected: 'rejected',
  needsPerson: 'needsPerson',
  reverting: 'reverting',
  revertUnknown: 'revertUnknown',
  reverted: 'reverted',
} satisfies { [Each in OrderStatus]: Each });

const target = {
  product: productId,
  account: z.string().nullable(),
  warnings: z.array(z.enum(['otherCountry', 'maskDoesNotFit'])),
};
const wish = { ...target, choice, repaired: z.object({ from: z.string(), to: z.string() }).nullable() };
const error: z.ZodType<LineError> = z.union([quoteError, z.object({ kind: z.enum(['needsDetails', 'notSellable', 'blocked']) })]);
const limit = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tooMany'), most: z.number() }),
  z.object({ kind: z.literal('tooMuch'), most: money, left: money }),
]);
const trouble = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('outOfFunds'), available: money }),
  z.object({ kind: z.literal('limitReached'), problem: limit, opensAt: instant }),
  z.object({ kind: z.literal('boughtJustNow'), at: instant }),
]);

export const batchLines: z.ZodType<readonly BatchLine[]> = z.array(
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('ready'),
      ...wish,
      order: orderId,
      quote,
      twin: orderId.nullable(),
      trouble: trouble.nullable(),
    }),
    z.object({ kind: z.literal('open'), ...wish, error: error.nullable() }),
    z.object({ kind: z.literal('choose'), choice, candidates: z.array(z.object(target)) }),
    z.object({ kind: z.literal('problem'), text: z.string(), problem, product: productId.nullable() }),
  ]),
);

export const batchOrders: z.ZodType<readonly BatchOrder[]> = z.array(
  z.object({ id: orderId, productName: z.string(), account: z.string().nullable(), pay: money, status }),
);
