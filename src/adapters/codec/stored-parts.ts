// The pieces of a stored conversation that its screens share: ids, money, prices, forms, debts, and what of a purchase is personal.
import { z } from 'zod';
import type { Debt, Payment } from '../../domain/bill.ts';
import type { RequiredField } from '../../domain/catalog.ts';
import type { Draft } from '../../domain/dialog/state.ts';
import type { DynamicItem } from '../../domain/dynamic-item.ts';
import type { Suggestion } from '../../domain/form.ts';
import { parseCustomerId, parseMessageId, parseOrderId, parseProductId } from '../../domain/ids.ts';
import { money as moneyOf, parseCurrency, parseHundredths } from '../../domain/money.ts';
import type { Money } from '../../domain/money.ts';
import type { Fields } from '../../domain/order.ts';
import type { AmountChoice, Quote, QuoteError } from '../../domain/quote.ts';
import type { Result } from '../../domain/result.ts';
import { parseInstant } from '../../domain/time.ts';

/** A zod schema out of a domain parser, so that each rule stands in one place. */
export const branded = <In, Out>(input: z.ZodType<In>, parse: (value: In) => Result<Out, string>): z.ZodType<Out> =>
  input.transform((value, context) => {
    const parsed = parse(value);
    if (parsed.ok) return parsed.value;
    context.addIssue(parsed.error);
    return z.NEVER;
  });

export const productId = branded(z.number(), parseProductId);
export const orderId = branded(z.string(), parseOrderId);
export const customerId = branded(z.number(), parseCustomerId);
export const messageId = branded(z.number(), parseMessageId);
export const hundredths = branded(z.number(), parseHundredths);
export const instant = branded(z.number(), parseInstant);
export const money: z.ZodType<Money> = z.object({ hundredths, currency: branded(z.string(), parseCurrency) });
export const direction = z.enum(['direct', 'reverse']);
export const choice: z.ZodType<AmountChoice> = z.object({ direction, amount: hundredths });
const fields: z.ZodType<Fields> = z.record(z.string(), z.string());
export const quote: z.ZodType<Quote> = z
  .object({
    productId,
    choice,
    /** Conversations of a time without margins have none of the three. */
    cost: money.optional(),
    commission: money.optional(),
    payer: customerId.exactOptional(),
    pay: money,
    receive: money,
    fee: hundredths,
    estimated: z.boolean(),
    quotedAt: instant,
    expiresAt: instant,
  })
  .transform(({ cost, commission, ...rest }) => ({
    ...rest,
    cost: cost ?? rest.pay,
    commission: commission ?? moneyOf(0, rest.pay.currency),
  }));
export const quoteError: z.ZodType<QuoteError> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('amountNotAllowed') }),
  z.object({ kind: z.literal('notAvailable') }),
  z.object({ kind: z.literal('aboveCeiling'), most: money }),
  z.object({ kind: z.literal('noPrices') }),
  z.object({ kind: z.literal('itemGone') }),
  z.object({ kind: z.literal('supplierDown') }),
]);

export const chosenItem = z.object({ id: z.string(), description: z.string(), endsAt: instant.nullable() });
export const dynamicItem: z.ZodType<DynamicItem> = chosenItem.extend({
  price: z.object({ send: money, receive: money, fee: hundredths }),
  pay: money.exactOptional(),
});

const field: z.ZodType<RequiredField> = z.object({
  name: z.string(),
  kind: z.enum(['phone', 'login', 'email', 'document', 'name', 'text', 'choice']),
  mask: z.string().nullable(),
  labels: z.record(z.string(), z.string()).exactOptional(),
  lengths: z.object({ least: z.number().nullable(), most: z.number().nullable() }).exactOptional(),
  options: z.array(z.object({ value: z.string(), label: z.string() })).exactOptional(),
  document: z.enum(['dni', 'cpf', 'curp', 'passport', 'any']).exactOptional(),
});
/** A form but for its suggestions, which are personal. */
export const form = z.object({
  fields: z.array(field),
  itemsBy: z.string().nullable(),
  query: z.array(z.string()),
  pay: z.array(z.string()),
});

const keyValues = z.array(z.object({ key: z.string(), value: z.string() }));
const payment: z.ZodType<Payment> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('whole') }),
  z.object({ kind: z.literal('invoices'), references: z.array(z.string()) }),
  z.object({ kind: z.literal('amount'), amount: hundredths }),
]);
const billAmounts = {
  send: z.number().nullable(),
  receive: z.number().nullable(),
  fee: z.number().nullable(),
  destinationCurrency: z.string().nullable(),
};
const invoice = z.object({
  ...billAmounts,
  reference: z.string().nullable(),
  date: z.string().nullable(),
  expirationDate: z.string().nullable(),
  eligible: z.boolean(),
});
export const debt: z.ZodType<Debt> = z.object({
  ...billAmounts,
  paymentType: z.enum(['TOTAL', 'DISCRETE', 'OPEN']),
  pending: z.number().nullable(),
  invoices: z.array(invoice),
  returned: keyValues,
});

/** What is personal of a draft. Conversations of a time without bills and saved numbers have the fields alone. */
export type Personal = Pick<Draft, 'fields' | 'bill'> & { readonly suggestions: readonly Suggestion[] };
export const nothingPersonal: Personal = { fields: {}, bill: null, suggestions: [] };
export const personal: z.ZodType<Personal> = z.union([
  z.strictObject({
    fields,
    bill: z.object({ payment, returned: keyValues }).nullable(),
    suggestions: z.array(z.object({ value: z.string(), name: z.string() })),
  }),
  fields.transform((typed) => ({ ...nothingPersonal, fields: typed })),
]);
