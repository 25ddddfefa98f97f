// Between reconciliation and its rows. Reading parses everything, as for orders.
import { z } from 'zod';
import type { AttemptEvent, LedgerSays } from '../../domain/attempt-standing.ts';
import type { Balance, Reading } from '../../domain/balance-drift.ts';
import { parseDay } from '../../domain/day.ts';
import type { Day } from '../../domain/day.ts';
import { parseCurrency } from '../../domain/money.ts';
import type { Currency } from '../../domain/money.ts';
import type { Attempt } from '../../domain/order.ts';
import type { DifferenceKind, Reconciliation, SupplierSays } from '../../domain/reconciliation.ts';
import { amount, attempt, localReference, productId, text, time } from './rows.ts';

const kinds = (...names: [AttemptEvent['type'], ...AttemptEvent['type'][]]) => names;

const attemptEvent: z.ZodType<AttemptEvent> = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['purchaseIntended', 'revertIntended']), at: time, attempt }),
  z.object({ type: z.literal('purchaseCharged'), at: time, supplierReference: z.string().nullable() }),
  z.object({ type: z.literal('purchaseRejected'), at: time, resultCode: z.string().nullable() }),
  z.object({ type: z.enum(['purchaseNotSent', 'revertNotSent', 'revertRefused', 'saleReverted']), at: time }),
]);

/** The types of the events that `parseAttemptEvent` reads. */
export const ATTEMPT_EVENTS = kinds(
  'purchaseIntended',
  'purchaseNotSent',
  'purchaseCharged',
  'purchaseRejected',
  'revertIntended',
  'revertNotSent',
  'revertRefused',
  'saleReverted',
);

const data = z.record(z.string(), z.unknown());

export const parseAttemptEvent = (row: { readonly type: string; readonly at: number; readonly data: string }): AttemptEvent =>
  attemptEvent.parse({ ...data.parse(JSON.parse(row.data)), type: row.type, at: row.at });

export const parseAttempt = (row: {
  readonly terminal_id: number;
  readonly reference: number;
  readonly local_time: string;
  readonly at: number;
}): Attempt => attempt.parse({ terminalId: row.terminal_id, reference: row.reference, localTime: row.local_time, at: row.at });

const reading: z.ZodType<Reading> = z.object({ at: time, hundredths: amount });
export const parseReading = (row: unknown): Reading => reading.parse(row);

const ledgerSays: z.ZodType<LedgerSays> = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['charged', 'reverted']), supplierReference: z.string().nullable() }),
  z.object({ kind: z.literal('rejected'), resultCode: z.string().nullable() }),
  z.object({ kind: z.enum(['open', 'unclear']) }),
]);

const supplierSays: z.ZodType<SupplierSays> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('charged'), supplierReference: z.string().nullable() }),
  z.object({ kind: z.literal('rejected'), resultCode: z.string().nullable() }),
  z.object({ kind: z.literal('stillUnknown') }),
  z.object({ kind: z.literal('couldNotAsk'), why: z.string() }),
]);

/** Spelled out so that a new kind breaks the build. */
const differenceKind = z.enum({
  chargedButNotFound: 'chargedButNotFound',
  chargedButRejected: 'chargedButRejected',
  rejectedButCharged: 'rejectedButCharged',
  otherReference: 'otherReference',
  openButCharged: 'openButCharged',
  openButRejected: 'openButRejected',
  couldNotAsk: 'couldNotAsk',
  ledgerUnclear: 'ledgerUnclear',
} satisfies { [Kind in DifferenceKind]: Kind });

const both = { order: z.string(), reference: localReference, ledger: ledgerSays, supplier: supplierSays };
const currency = text<Currency>(parseCurrency);

const balance: z.ZodType<Balance> = z.discriminatedUnion('kind', [
  z.discriminatedUnion('why', [
    z.object({ kind: z.literal('skipped'), why: z.enum(['noBalanceCurrency', 'noReadings', 'feesNotKnown']) }),
    z.object({ kind: z.literal('skipped'), why: z.literal('otherCurrency'), order: z.string(), currency }),
    z.object({ kind: z.literal('skipped'), why: z.literal('feeOfUnknownUnit'), order: z.string(), product: productId }),
    z.object({ kind: z.literal('skipped'), why: z.literal('ledgerUnclear'), order: z.string() }),
  ]),
  z.object({
    kind: z.literal('computed'),
    currency,
    opening: reading,
    closing: reading,
    expected: amount,
    drift: amount,
    perhaps: z.array(z.object({ order: z.string(), amount })),
  }),
]);

const reconciliation: z.ZodType<Reconciliation> = z.object({
  day: text<Day>(parseDay),
  terminalId: z.int(),
  at: time,
  agreed: z.int(),
  open: z.array(z.object({ ...both, outcome: z.literal('open') })),
  differences: z.array(z.object({ ...both, outcome: differenceKind })),
  balance,
});

export const parseReconciliation = (json: string): Reconciliation => reconciliation.parse(JSON.parse(json));
