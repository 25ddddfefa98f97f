// The stored form of a batch: whom its lines are for is personal, so all of it is sealed as a whole.
import { z } from 'zod';
import type { BatchLine, BatchOrder, LineError } from '../../domain/dialog/batch-words.ts';
import type { OrderId, ProductId } from '../../domain/ids.ts';
import type { Money } from '../../domain/money.ts';
import type { LineProblem } from '../../domain/one-line.ts';
import type { OrderStatus } from '../../domain/order.ts';
import type { AmountChoice, Quote, QuoteError } from '../../domain/quote.ts';
import type { Instant } from '../../domain/time.ts';

/** What a batch is made of and the other screens have as well. */
export type BatchParts = {
  readonly orderId: z.ZodType<OrderId>;
  readonly productId: z.ZodType<ProductId>;
  readonly money: z.ZodType<Money>;
  readonly instant: z.ZodType<Instant>;
  readonly choice: z.ZodType<AmountChoice>;
  readonly quote: z.ZodType<Quote>;
  readonly quoteError: z.ZodType<QuoteError>;
};

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

export const batchLines = (parts: BatchParts): z.ZodType<readonly BatchLine[]> => {
  const { orderId, productId, money, instant, choice, quote } = parts;
  const target = {
    product: productId,
    account: z.string().nullable(),
    warnings: z.array(z.enum(['otherCountry', 'maskDoesNotFit'])),
  };
  const wish = { ...target, choice, repaired: z.object({ from: z.string(), to: z.string() }).nullable() };
  const error: z.ZodType<LineError> = z.union([
    parts.quoteError,
    z.object({ kind: z.enum(['needsDetails', 'notSellable', 'blocked']) }),
  ]);
  const limit = z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('tooMany'), most: z.number() }),
    z.object({ kind: z.literal('tooMuch'), most: money, left: money }),
  ]);
  const trouble = z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('outOfFunds'), available: money }),
    z.object({ kind: z.literal('limitReached'), problem: limit, opensAt: instant }),
    z.object({ kind: z.literal('boughtJustNow'), at: instant }),
  ]);
  return z.array(
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
};

export const batchOrders = ({ orderId, money }: BatchParts): z.ZodType<readonly BatchOrder[]> =>
  z.array(z.object({ id: orderId, productName: z.string(), account: z.string().nullable(), pay: money, status }));
