// Bills: Get Invoices. What an account owes, how it may be paid, and what the payment has to repeat.
import { z } from 'zod';
import type { InvoicesError } from '../../app/ports/families.ts';
import type { Log } from '../../app/ports/log.ts';
import type { BillAmounts, Debt, Invoice } from '../../domain/bill.ts';
import type { ProductId } from '../../domain/ids.ts';
import { fail, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import type { KeyValue } from '../../domain/key-value.ts';
import { amount, feeOf } from './dynamic-vouchers.ts';
import { absent, envelope, loose, statusOf, text, unusable } from './wire.ts';

const amounts = {
  amountToSendX100: amount,
  destinationAmountX100: amount,
  serviceFeeX100: amount,
  totalAmountX100: amount,
  destinationCurrency: text,
};

/** A payment has to repeat all of it, so an entry that can't be read spoils the answer. */
const returned = z
  .object({
    key: z.string().min(1),
    value: z.union([z.string(), z.number(), z.boolean()]).nullish(),
  })
  .transform(({ key, value }): KeyValue => ({ key, value: String(value ?? '') }));
/** An entry that says nothing is none. */
const nothing = z.object({ key: absent, value: absent }).transform(() => null);
const returnedOrNothing = z.union([nothing, returned]);

const paymentType = z.union([z.literal(['TOTAL', 'DISCRETE', 'OPEN']), absent]);

const answer = z.object({
  ...amounts,
  additionalData: z
    .union([z.array(returnedOrNothing), returnedOrNothing.transform((single) => [single]), absent])
    .transform((entries) => (Array.isArray(entries) ? entries.filter((entry) => entry !== null) : [])),
  paymentType,
  /** Read only where the newer name is missing. */
  type: z.unknown().optional(),
  pendingInvoices: loose(z.int().min(0)),
  items: z.array(z.unknown()).nullish(),
});

const yesOrNo = z.union([z.boolean(), z.literal(['true', 'false']).transform((value) => value === 'true'), absent]);

const invoice = z.object({
  ...amounts,
  date: text,
  expirationDate: text,
  invoiceReference: text,
  /** Misspelt by the supplier, and perhaps not for ever. */
  isElegible: yesOrNo,
  isEligible: yesOrNo,
});

const amountsOf = (read: z.infer<z.ZodObject<typeof amounts>>): BillAmounts => ({
  send: read.amountToSendX100,
  receive: read.destinationAmountX100,
  fee: feeOf(read),
  destinationCurrency: read.destinationCurrency,
});

/** Where nobody says so, only a debt that is not paid by chosen invoices has eligible ones; a no counts under either spelling. */
const isEligible = (read: z.infer<typeof invoice>, type: Debt['paymentType']): boolean => {
  const said = [read.isElegible, read.isEligible].filter((value) => typeof value === 'boolean');
  if (type !== 'DISCRETE') return !said.includes(false);
  // What can't be named, or has no amount, can't be paid by itself.
  return said.length > 0 && !said.includes(false) && read.invoiceReference !== null && (read.amountToSendX100 ?? 0) > 0;
};

const readInvoice = (item: unknown, type: Debt['paymentType']): Invoice | null => {
  const { data } = invoice.safeParse(item);
  if (data === undefined) return null;
  const { invoiceReference, date, expirationDate } = data;
  return { ...amountsOf(data), reference: invoiceReference, date, expirationDate, eligible: isEligible(data, type) };
};

/** A reference that several invoices have names none of them, so none of them can be paid by it. */
const withoutNamesakes = (invoices: readonly Invoice[]): readonly Invoice[] => {
  const named = Map.groupBy(invoices, ({ reference }) => reference);
  return invoices.map((read) => ((named.get(read.reference)?.length ?? 0) > 1 ? { ...read, eligible: false } : read));
};

/** Reads a debt, which stands at the root of the answer. It is never paid in a way that the supplier has not said. */
export const readInvoices = (json: unknown, product: ProductId, log: Log): Result<Debt, InvoicesError> => {
  const { rc } = envelope.safeParse(json).data ?? { rc: null };
  if (rc === null) return unusable('unreadable answer');
  if (rc !== 0) {
    const { resultCode, message } = statusOf(json);
    return fail({ kind: 'refused', resultCode, message });
  }
  const { data } = answer.safeParse(json);
  if (data === undefined) return unusable('unreadable debt');
  const type = (data.paymentType ?? '') === '' ? paymentType.safeParse(data.type).data : data.paymentType;
  if (type === undefined || type === null || type === '') return unusable('unknown payment type');
  if (type === 'TOTAL' && data.amountToSendX100 === null) return unusable('a total without an amount');
  const invoices = (data.items ?? []).flatMap((item) => {
    const read = readInvoice(item, type);
    if (read === null) log.warn('evsb.invoiceLeftOut', { product });
    return read ?? [];
  });
  return ok({
    ...amountsOf(data),
    paymentType: type,
    pending: data.pendingInvoices,
    invoices: type === 'DISCRETE' ? withoutNamesakes(invoices) : invoices,
    returned: data.additionalData,
  });
};
