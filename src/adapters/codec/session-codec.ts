// The stored form of a conversation: versioned JSON, parsed on the way in like any other input, because another version of the bot may have written it.
// What the customer typed for a product's fields is personal and sealed.
import { z } from 'zod';
import type { SessionCodec } from '../../app/ports/sessions.ts';
import type { Debt, Payment } from '../../domain/bill.ts';
import type { RequiredField } from '../../domain/catalog.ts';
import type { Fields } from '../../domain/order.ts';
import type { AdminAsking } from '../../domain/dialog/admin.ts';
import type { AgentAsking } from '../../domain/dialog/agent.ts';
import type { BatchLine, BatchOrder } from '../../domain/dialog/batch-words.ts';
import type { Naming } from '../../domain/dialog/keepsake-words.ts';
import { LANGUAGES } from '../../domain/dialog/language.ts';
import type { CompleteDraft, DialogState, Draft, Screen } from '../../domain/dialog/state.ts';
import type { DynamicItem } from '../../domain/dynamic-item.ts';
import type { Suggestion } from '../../domain/form.ts';
import { parseNumberId } from '../../domain/keepsake.ts';
import { money as moneyOf, parseCurrency, parseHundredths } from '../../domain/money.ts';
import type { Money } from '../../domain/money.ts';
import { parseCustomerId, parseMessageId, parseOrderId, parseProductId } from '../../domain/ids.ts';
import type { AmountChoice, Quote, QuoteError } from '../../domain/quote.ts';
import { parseInstant } from '../../domain/time.ts';
import type { Result } from '../../domain/result.ts';
import { adminAsking } from './admin-codec.ts';
import { batchLines, batchOrders } from './batch-codec.ts';

/** Raised when the shape changes so that older text can't be read as it is. */
const VERSION = 1;

/** A zod schema out of a domain parser, so that each rule stands in one place. */
const branded = <In, Out>(input: z.ZodType<In>, parse: (value: In) => Result<Out, string>): z.ZodType<Out> =>
  input.transform((value, context) => {
    const parsed = parse(value);
    if (parsed.ok) return parsed.value;
    context.addIssue(parsed.error);
    return z.NEVER;
  });

const page = z.int().min(0).max(10_000);
const productId = branded(z.number(), parseProductId);
const orderId = branded(z.string(), parseOrderId);
const messageId = branded(z.number(), parseMessageId);
const hundredths = branded(z.number(), parseHundredths);
const instant = branded(z.number(), parseInstant);
const money: z.ZodType<Money> = z.object({ hundredths, currency: branded(z.string(), parseCurrency) });
const direction = z.enum(['direct', 'reverse']);
const choice: z.ZodType<AmountChoice> = z.object({ direction, amount: hundredths });
const fields: z.ZodType<Fields> = z.record(z.string(), z.string());
const quote: z.ZodType<Quote> = z
  .object({
    productId,
    choice,
    /** Conversations of a time without margins have none of the three. */
    cost: money.optional(),
    commission: money.optional(),
    payer: branded(z.number(), parseCustomerId).exactOptional(),
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
const quoteError: z.ZodType<QuoteError> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('amountNotAllowed') }),
  z.object({ kind: z.literal('notAvailable') }),
  z.object({ kind: z.literal('aboveCeiling'), most: money }),
  z.object({ kind: z.literal('noPrices') }),
  z.object({ kind: z.literal('itemGone') }),
  z.object({ kind: z.literal('supplierDown') }),
]);

const chosenItem = z.object({ id: z.string(), description: z.string(), endsAt: instant.nullable() });
const dynamicItem: z.ZodType<DynamicItem> = chosenItem.extend({
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
const form = z.object({
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
const debt: z.ZodType<Debt> = z.object({
  ...billAmounts,
  paymentType: z.enum(['TOTAL', 'DISCRETE', 'OPEN']),
  pending: z.number().nullable(),
  invoices: z.array(invoice),
  returned: keyValues,
});

const parts = { orderId, productId, money, instant, choice, quote, quoteError };

/** What is personal of a draft. Conversations of a time without bills and saved numbers have the fields alone. */
type Personal = Pick<Draft, 'fields' | 'bill'> & { readonly suggestions: readonly Suggestion[] };
const nothingPersonal: Personal = { fields: {}, bill: null, suggestions: [] };
const personal: z.ZodType<Personal> = z.union([
  z.strictObject({
    fields,
    bill: z.object({ payment, returned: keyValues }).nullable(),
    suggestions: z.array(z.object({ value: z.string(), name: z.string() })),
  }),
  fields.transform((typed) => ({ ...nothingPersonal, fields: typed })),
]);

const agentAsking: z.ZodType<AgentAsking> = z.discriminatedUnion('for', [
  z.object({ for: z.literal('days') }),
  z.object({ for: z.literal('clerkName') }),
  z.object({ for: z.literal('clerkLimit'), clerk: branded(z.number(), parseCustomerId) }),
]);

const naming: z.ZodType<Naming> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('order'), order: orderId }),
  z.object({ kind: z.literal('number'), number: branded(z.number(), parseNumberId) }),
]);

const query = z.string().max(4096).nullable();
const screenOf = (
  draft: z.ZodType<Draft>,
  complete: z.ZodType<CompleteDraft>,
  owed: z.ZodType<Debt>,
  asked: z.ZodType<AdminAsking>,
  typed: z.ZodType<readonly BatchLine[]>,
  placed: z.ZodType<readonly BatchOrder[]>,
): z.ZodType<Screen> =>
  z.discriminatedUnion('at', [
    z.object({ at: z.literal('countries'), page }),
    z.object({ at: z.literal('operators'), country: z.int().nullable(), query, page }),
    z.object({ at: z.literal('products'), operator: productId, query, page }),
    z.object({ at: z.literal('items'), draft, items: z.array(dynamicItem).nullable(), page }),
    z.object({ at: z.literal('amount'), draft, entering: direction, page }),
    z.object({ at: z.literal('invoices'), draft, debt: owed, chosen: z.array(page), page }),
    z.object({ at: z.literal('field'), draft, index: page }),
    z.object({ at: z.literal('quoteFailed'), draft, order: orderId, error: quoteError }),
    z.object({ at: z.literal('price'), draft: complete, order: orderId, quote }),
    z.object({ at: z.literal('batch'), lines: typed, page }),
    z.object({ at: z.literal('batchPlaced'), orders: placed }),
    z.object({ at: z.literal('admin'), asking: asked }),
    z.object({ at: z.literal('agent'), asking: agentAsking }),
    z.object({ at: z.literal('naming'), naming }),
    z.object({
      at: z.literal('processing'),
      order: orderId,
      productName: z.string(),
      family: z.enum(['voucher', 'recharge', 'supermarket', 'bill']).default('voucher'),
      pay: money,
    }),
  ]);

/** What the codec needs of a seal: text in, bytes out, and back. `open` throws for bytes that it did not seal. */
export type Sealer = {
  seal(text: string, context: string): Uint8Array;
  open(sealed: Uint8Array, context: string): string;
};

/** Ties sealed fields to their place, so that they open nowhere else. */
const CONTEXT = 'session';

export const createSessionCodec = (sealer: Sealer): SessionCodec => {
  /** A schema of what lies sealed as base64. */
  const sealed = <T>(content: z.ZodType<T>): z.ZodType<T> =>
    z.string().transform((text, context): T => {
      try {
        return content.parse(JSON.parse(sealer.open(Buffer.from(text, 'base64'), CONTEXT)));
      } catch {
        context.addIssue('not sealed with this key');
        return z.NEVER;
      }
    });
  const seal = (content: unknown): string => Buffer.from(sealer.seal(JSON.stringify(content), CONTEXT)).toString('base64');

  const draft: z.ZodType<Draft> = z
    .object({
      product: productId,
      choice: choice.nullable(),
      fields: sealed(personal).default(nothingPersonal),
      /** Conversations of a time without these have none. */
      form: form.nullable().default(null),
      warnings: z.array(z.enum(['otherCountry', 'maskDoesNotFit'])).default([]),
      dynamic: chosenItem.nullable().default(null),
      twin: orderId.nullable(),
    })
    .transform(({ fields: { fields: typed, bill, suggestions }, form: asked, ...rest }) => ({
      ...rest,
      fields: typed,
      bill,
      form: asked && { ...asked, suggestions },
    }));
  const complete = draft.transform((value, context): CompleteDraft => {
    if (value.choice !== null) return { ...value, choice: value.choice };
    context.addIssue('a price without a choice');
    return z.NEVER;
  });
  const session = z.object({
    v: z.literal(VERSION),
    screen: z.preprocess(
      withDraft,
      screenOf(draft, complete, sealed(debt), sealed(adminAsking), sealed(batchLines(parts)), sealed(batchOrders(parts))),
    ),
    revision: z.int().min(0),
    living: messageId.nullable(),
    language: z.enum(LANGUAGES).nullable(),
  });

  const storedDraft = ({ fields: typed, bill, form: asked, ...rest }: Draft): object => ({
    ...rest,
    fields: seal({ fields: typed, bill, suggestions: asked?.suggestions ?? [] }),
    form: asked && { ...asked, suggestions: undefined },
  });
  const stored = (screen: Screen): object => {
    if (screen.at === 'admin') return { at: 'admin', asking: seal(screen.asking) };
    if (screen.at === 'batch') return { ...screen, lines: seal(screen.lines) };
    if (screen.at === 'batchPlaced') return { ...screen, orders: seal(screen.orders) };
    if (!('draft' in screen)) return screen;
    const { draft: drafted, ...rest } = screen;
    return { ...rest, draft: storedDraft(drafted), ...('debt' in rest && { debt: seal(rest.debt) }) };
  };

  return {
    encode: ({ screen, pending, revision, living, language }: DialogState) => {
      if (pending !== null) throw new Error('A session is saved only when every question has been answered');
      return JSON.stringify({ v: VERSION, screen: stored(screen), revision, living, language });
    },
    decode: (text) => {
      const parsed = session.safeParse(parseJson(text));
      if (!parsed.success) return null;
      const { screen, revision, living, language } = parsed.data;
      return { screen, pending: null, revision, living, language };
    },
  };
};

const productScreen = z.looseObject({ at: z.enum(['amount', 'items']), product: z.number(), draft: z.never().optional() });

/** Screens of amounts and items of a time when they had a product and no draft yet. */
const withDraft = (screen: unknown): unknown => {
  const old = productScreen.safeParse(screen);
  return old.success ? { ...old.data, draft: { product: old.data.product, choice: null, twin: null } } : screen;
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
