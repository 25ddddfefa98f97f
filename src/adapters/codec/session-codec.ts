// The stored form of a conversation: versioned JSON, parsed on the way in like any other input, because another version of the bot may have written it.
// What the customer typed for a product's fields is personal and sealed.
//
// While a deploy rolls, replicas of two releases read and write the same conversations, and text may be as old as sessions are kept. So
// - what is new is read for one release before it is written, and then every replica that may meet it knows it;
// - a field is added with a default for text that has none, and may get lost where the older release writes next: it must not matter;
// - text that can't be read starts afresh with an apology. Nobody loses money by that, because orders are in the ledger and a confirmation
//   of a lost screen is stale, but what was chosen is chosen again, so no planned deploy may cause it. It is what a roll-back comes to.
import { z } from 'zod';
import type { SessionCodec } from '../../app/ports/sessions.ts';
import type { Debt } from '../../domain/bill.ts';
import type { AdminAsking } from '../../domain/dialog/admin.ts';
import type { AgentAsking } from '../../domain/dialog/agent.ts';
import type { BatchLine, BatchOrder } from '../../domain/dialog/batch-words.ts';
import type { Naming } from '../../domain/dialog/keepsake-words.ts';
import { LANGUAGES } from '../../domain/dialog/language.ts';
import type { CompleteDraft, DialogState, Draft, Screen } from '../../domain/dialog/state.ts';
import { parseNumberId } from '../../domain/keepsake.ts';
import { adminAsking } from './admin-codec.ts';
import { batchLines, batchOrders } from './batch-codec.ts';
import {
  branded,
  choice,
  chosenItem,
  customerId,
  debt,
  direction,
  dynamicItem,
  form,
  messageId,
  money,
  nothingPersonal,
  orderId,
  personal,
  productId,
  quote,
  quoteError,
} from './stored-parts.ts';
import type { Personal } from './stored-parts.ts';

/** Raised when the shape changes so that older text can't be read as it is. */
const VERSION = 1;

const page = z.int().min(0).max(10_000);

const agentAsking: z.ZodType<AgentAsking> = z.discriminatedUnion('for', [
  z.object({ for: z.literal('days') }),
  z.object({ for: z.literal('clerkName') }),
  z.object({ for: z.literal('clerkLimit'), clerk: customerId }),
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
      screenOf(draft, complete, sealed(debt), sealed(adminAsking), sealed(batchLines), sealed(batchOrders)),
    ),
    revision: z.int().min(0),
    living: messageId.nullable(),
    language: z.enum(LANGUAGES).nullable(),
  });

  /** Most screens have nothing personal yet, and sealing costs more than the rest of the writing. */
  const sealPersonal = (content: Personal): string | undefined =>
    Object.keys(content.fields).length === 0 && content.bill === null && content.suggestions.length === 0
      ? undefined
      : seal(content);
  const storedDraft = ({ fields: typed, bill, form: asked, ...rest }: Draft): object => ({
    ...rest,
    fields: sealPersonal({ fields: typed, bill, suggestions: asked?.suggestions ?? [] }),
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
