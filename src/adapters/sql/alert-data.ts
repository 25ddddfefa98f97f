// Alerts as they are stored: JSON that is parsed when it is read, since another version may have written it.
import { z } from 'zod';
import type { Alert, SupplierTrouble } from '../../domain/alert.ts';
import { CHANGED_PARTS } from '../../domain/catalog-difference.ts';
import type { PersonReason } from '../../domain/order.ts';
import type { StuckStatus } from '../../domain/stuck-order.ts';
import { orderId, productId, time } from './rows.ts';

/** Spelled out, as the next ones are, so that a new reason breaks the build. */
const personReason = z.enum({
  paidWithoutCode: 'paidWithoutCode',
  outcomeNeverLearnt: 'outcomeNeverLearnt',
  revertNeverLearnt: 'revertNeverLearnt',
} satisfies { [Reason in PersonReason]: Reason });

const supplierTrouble = z.enum({
  notReached: 'notReached',
  noAnswer: 'noAnswer',
  refused: 'refused',
  systemError: 'systemError',
} satisfies { [Trouble in SupplierTrouble]: Trouble });

const counts = z.object({ unknown: z.int(), awaitingCode: z.int(), revertUnknown: z.int() } satisfies Record<
  StuckStatus,
  z.ZodType<number>
>);

const catalogDifference = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['added', 'removed']), product: productId }),
  z.object({ kind: z.literal('changed'), product: productId, parts: z.array(z.enum(CHANGED_PARTS)) }),
]);

const follows = time.nullable();

export const alertData: z.ZodType<Alert> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('personNeeded'), order: orderId, why: personReason }),
  z.object({ type: z.literal('orderUnreadable'), order: z.string() }),
  z.object({ type: z.literal('workFails'), order: z.string() }),
  z.object({ type: z.literal('chargedAfterAll'), order: orderId }),
  z.object({
    type: z.literal('booksDiffer'),
    terminalId: z.int(),
    day: z.iso.date(),
    differences: z.int(),
    drift: z.int().nullable(),
  }),
  z.object({ type: z.literal('catalogChanged'), differences: z.array(catalogDifference), total: z.int() }),
  z.object({ type: z.literal('productStopped'), product: productId, name: z.string(), order: orderId }),
  z.object({ type: z.literal('lowBalance'), balance: z.int(), limit: z.int(), day: z.iso.date() }),
  z.object({ type: z.literal('productsMissing'), products: z.array(productId), total: z.int() }),
  z.object({ type: z.literal('supplierFailing'), since: time, trouble: supplierTrouble, follows }),
  z.object({ type: z.literal('supplierBack'), since: time, follows }),
  z.object({ type: z.literal('clockSkew'), skew: z.int() }),
  z.object({ type: z.literal('ordersStuck'), orders: z.array(orderId), counts, follows }),
]);
