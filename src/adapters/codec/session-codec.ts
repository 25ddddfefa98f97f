// The stored form of a conversation: versioned JSON, parsed on the way in like any other input, because another version of the bot may have written it.
// What the customer typed for a product's fields is personal and sealed.
import { z } from 'zod';
import type { SessionCodec } from '../../app/ports/sessions.ts';
import type { Fields } from '../../domain/order.ts';
import { LANGUAGES } from '../../domain/dialog/language.ts';
import type { DialogState, Draft, Screen } from '../../domain/dialog/state.ts';
import type { DynamicItem } from '../../domain/dynamic-item.ts';
import { money as moneyOf, parseCurrency, parseHundredths } from '../../domain/money.ts';
import type { Money } from '../../domain/money.ts';
import { parseMessageId, parseOrderId, parseProductId } from '../../domain/ids.ts';
import type { AmountChoice, Quote, QuoteError } from '../../domain/quote.ts';
import { parseInstant } from '../../domain/time.ts';
import type { Result } from '../../domain/result.ts';

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
    /** Conversations of a time without margins have neither. */
    cost: money.optional(),
    commission: money.optional(),
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
});

const query = z.string().max(4096).nullable();
const screenOf = (draft: z.ZodType<Draft>): z.ZodType<Screen> =>
  z.discriminatedUnion('at', [
    z.object({ at: z.literal('countries'), page }),
    z.object({ at: z.literal('operators'), country: z.int().nullable(), query, page }),
    z.object({ at: z.literal('products'), operator: productId, query, page }),
    z.object({ at: z.literal('items'), product: productId, items: z.array(dynamicItem).nullable(), page }),
    z.object({ at: z.literal('amount'), product: productId, entering: direction, page }),
    z.object({ at: z.literal('field'), draft, index: page }),
    z.object({ at: z.literal('quoteFailed'), draft, order: orderId, error: quoteError }),
    z.object({ at: z.literal('price'), draft, order: orderId, quote }),
    z.object({ at: z.literal('processing'), order: orderId, productName: z.string(), pay: money }),
  ]);

/** What the codec needs of a seal: text in, bytes out, and back. `open` throws for bytes that it did not seal. */
export type Sealer = {
  seal(text: string, context: string): Uint8Array;
  open(sealed: Uint8Array, context: string): string;
};

/** Ties sealed fields to their place, so that they open nowhere else. */
const CONTEXT = 'session';

export const createSessionCodec = (sealer: Sealer): SessionCodec => {
  const sealedFields = z.string().transform((text, context): Fields => {
    try {
      return fields.parse(JSON.parse(sealer.open(Buffer.from(text, 'base64'), CONTEXT)));
    } catch {
      context.addIssue('not sealed with this key');
      return z.NEVER;
    }
  });
  const draft: z.ZodType<Draft> = z.object({
    product: productId,
    choice,
    fields: sealedFields,
    /** Conversations of a time without dynamic products have none. */
    dynamic: chosenItem.nullable().default(null),
    twin: orderId.nullable(),
  });
  const session = z.object({
    v: z.literal(VERSION),
    screen: screenOf(draft),
    revision: z.int().min(0),
    living: messageId.nullable(),
    language: z.enum(LANGUAGES).nullable(),
  });

  const stored = (screen: Screen): object => {
    if (!('draft' in screen)) return screen;
    const sealed = Buffer.from(sealer.seal(JSON.stringify(screen.draft.fields), CONTEXT)).toString('base64');
    return { ...screen, draft: { ...screen.draft, fields: sealed } };
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

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
