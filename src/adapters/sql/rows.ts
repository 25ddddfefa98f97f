// Between orders and their rows. Reading parses everything: a row that does not fit says which order it is.
import { z } from 'zod';
import {
  parseChatId,
  parseCustomerId,
  parseLocalReference,
  parseMessageId,
  parseOrderId,
  parseProductId,
} from '../../domain/ids.ts';
import type { ChatId, CustomerId, LocalReference, MessageId, OrderId, ProductId } from '../../domain/ids.ts';
import { hundredths, parseCurrency, parseHundredths } from '../../domain/money.ts';
import type { Currency, Hundredths, Money } from '../../domain/money.ts';
import type { BillDetails, Fields, OrderEvent, OrderNews, OrderState, OrderTerms, PaidState } from '../../domain/order.ts';
import type { Result } from '../../domain/result.ts';
import { parseInstant } from '../../domain/time.ts';
import type { Instant, LocalDateTime } from '../../domain/time.ts';
import { noSecrets } from '../../domain/voucher.ts';
import type { OrderSecrets } from '../../domain/voucher.ts';
import type { StoredOrder } from '../../app/ports/ledger.ts';
import type { OrderRow } from './schema.ts';
import type { Sealer } from './sealer.ts';

export const integer = <Id extends number>(parse: (value: number) => Result<Id, unknown>) =>
  z.custom<Id>((value) => typeof value === 'number' && parse(value).ok);
export const text = <Id extends string>(parse: (value: string) => Result<Id, unknown>) =>
  z.custom<Id>((value) => typeof value === 'string' && parse(value).ok);

export const orderId = text<OrderId>(parseOrderId);
export const customerId = integer<CustomerId>(parseCustomerId);
export const chatId = integer<ChatId>(parseChatId);
const messageId = integer<MessageId>(parseMessageId);
export const productId = integer<ProductId>(parseProductId);
export const localReference = integer<LocalReference>(parseLocalReference);
const localDateTime = z.custom<LocalDateTime>(
  (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(value),
);
export const time = integer<Instant>(parseInstant);
export const amount = integer<Hundredths>(parseHundredths);
export const money: z.ZodType<Money> = z.object({ hundredths: amount, currency: text<Currency>(parseCurrency) });

const rejectionReason = z.enum(['operatorRefused', 'accountRefused', 'amountRefused', 'unavailable', 'shopProblem']);
export const attempt = z.object({
  terminalId: z.int(),
  reference: localReference,
  localTime: localDateTime,
  at: time,
});

const awaitingCode = z.object({ status: z.literal('awaitingCode'), attempt, polled: z.int(), pollAt: time });
const search = z.object({ asked: z.int(), askAt: time.nullable() }).exactOptional();
const charged = z.object({ status: z.literal('charged'), attempt, search });
const delivered = z.object({ status: z.literal('delivered'), attempt, message: messageId, search });
const paidWithoutCode = z.object({ status: z.literal('needsPerson'), attempt, why: z.literal('paidWithoutCode') });
const back: z.ZodType<PaidState> = z.discriminatedUnion('status', [awaitingCode, charged, delivered, paidWithoutCode]);

const orderState: z.ZodType<OrderState> = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('placed'),
    unsent: z.object({ terminalId: z.int(), reference: localReference }).nullable(),
    tries: z.int(),
    tryAt: time,
  }),
  z.object({ status: z.literal('sending'), attempt, tries: z.int() }),
  z.object({
    status: z.literal('unknown'),
    attempt,
    expectation: z.enum(['unconfirmed', 'open']),
    asked: z.int(),
    askAt: time,
    reportedRejected: z.boolean(),
  }),
  awaitingCode,
  charged,
  delivered,
  z.object({ status: z.literal('rejected'), reason: rejectionReason }),
  z.discriminatedUnion('why', [
    paidWithoutCode,
    z.object({ status: z.literal('needsPerson'), attempt, why: z.literal('outcomeNeverLearnt') }),
    z.object({ status: z.literal('needsPerson'), attempt, why: z.literal('revertNeverLearnt'), revert: attempt, back }),
  ]),
  z.object({ status: z.literal('reverting'), attempt, revert: attempt, back }),
  z.object({ status: z.literal('revertUnknown'), attempt, revert: attempt, back, asked: z.int(), askAt: time }),
  z.object({ status: z.literal('reverted'), attempt, revert: attempt }),
]);

/** The terms that lie in the clear in one column, as JSON. */
const openTerms = z.object({
  language: z.string(),
  progress: messageId,
  productId,
  productName: z.string(),
  operatorName: z.string(),
  choice: z.object({ direction: z.enum(['direct', 'reverse']), amount }),
  sent: z.object({ as: z.enum(['send', 'receive']), amount: money }),
  pay: money,
  receive: money,
  /** Rows of a time before agents, margins and other families say nothing of these: `readOrder` knows what was meant. */
  family: z.enum(['voucher', 'recharge', 'supermarket', 'bill']).default('voucher'),
  cost: money.optional(),
  commission: money.optional(),
  /** Rows of a time without dynamic products have none. */
  dynamic: z.object({ id: z.string(), description: z.string(), endsAt: time.nullable() }).nullable().default(null),
  batch: z.array(orderId).exactOptional(),
});

const keyValue = z.object({ key: z.string(), value: z.string() });

const fields: z.ZodType<Fields> = z.record(z.string(), z.string());
const bill: z.ZodType<BillDetails> = z.object({
  values: z.array(keyValue),
  returned: z.array(keyValue),
  invoices: z.array(z.string()),
});
/** What lies sealed beside the terms. Rows of a time without bills hold the fields alone. */
const sealedTerms = z.union([
  z.strictObject({ fields, bill: bill.nullable() }),
  fields.transform((typed) => ({ fields: typed, bill: null })),
]);
const secrets: z.ZodType<OrderSecrets> = z.object({
  token: z.string().nullable(),
  voucher: z
    .object({
      code: z.string(),
      account: z.string().nullable(),
      instructions: z.string().nullable(),
      expiration: z.string().nullable(),
      extra: z.array(keyValue),
    })
    .nullable(),
  /** Rows of a time without top-ups and bills have none. */
  receipt: z
    .object({ authorisation: z.string().nullable(), message: z.string().nullable(), extra: z.array(keyValue) })
    .nullable()
    .default(null),
  result: z
    .object({ description: z.string(), own: z.array(z.string()), extra: z.array(keyValue) })
    .nullable()
    .default(null),
  raw: z.array(z.string()),
});

const news: z.ZodType<OrderNews> = z.enum([
  'code',
  'codeLate',
  'rejected',
  'unknown',
  'needsPerson',
  'reverted',
  'result',
  'handedOver',
]);

/** The parts of an order's row that say nothing personal, for whoever has no key. */
export const parseState = (json: string): OrderState => orderState.parse(JSON.parse(json));
export const parseOpenTerms = (json: string) => {
  const { cost, commission, ...rest } = openTerms.parse(JSON.parse(json));
  const { pay } = rest;
  return { ...rest, cost: cost ?? pay, commission: commission ?? { ...pay, hundredths: hundredths(0) } };
};

const dueMessage = z.object({ id: z.int(), order_id: orderId, chat: chatId, news, tries: z.int() });
export const parseDueMessage = (row: unknown): z.infer<typeof dueMessage> => dueMessage.parse(row);

/** An event without what has its own column. Events hold no secret. */
export const eventData = (event: OrderEvent): string => JSON.stringify({ ...event, type: undefined, at: undefined });

const chargedData = z.object({ supplierReference: z.string().nullable() });
/** Out of the data of a `purchaseCharged`. */
export const parseSupplierReference = (data: string): string | null => chargedData.parse(JSON.parse(data)).supplierReference;

const unreadable = (id: string, cause: unknown): Error => new Error(`Order ${id} can't be read from the ledger`, { cause });

export const createCodec = (sealer: Sealer) => {
  const fieldsContext = (id: string): string => `${id} fields`;
  const secretsContext = (id: string): string => `${id} secrets`;
  return {
    /** The columns of an order that never change. */
    termsColumns: ({ id, customer, payer, chat, placedAt, fields: typed, bill: billed, ...rest }: OrderTerms) => ({
      id,
      customer,
      payer,
      chat,
      placed_at: placedAt,
      terms: JSON.stringify(rest),
      fields_sealed: sealer.seal(JSON.stringify({ fields: typed, bill: billed }), fieldsContext(id)),
    }),

    /** Throws an error that names the order when the row is corrupt. */
    readOrder: (row: OrderRow): StoredOrder => {
      try {
        const customer = customerId.parse(row.customer);
        const terms: OrderTerms = {
          ...parseOpenTerms(row.terms),
          id: orderId.parse(row.id),
          customer,
          payer: row.payer === null ? customer : customerId.parse(row.payer),
          chat: chatId.parse(row.chat),
          placedAt: time.parse(row.placed_at),
          ...sealedTerms.parse(JSON.parse(sealer.open(row.fields_sealed, fieldsContext(row.id)))),
        };
        return { terms, state: parseState(row.state), version: z.int().positive().parse(row.version) };
      } catch (error) {
        throw unreadable(row.id, error);
      }
    },

    sealSecrets: (id: OrderId, value: OrderSecrets): Uint8Array => sealer.seal(JSON.stringify(value), secretsContext(id)),

    /** Throws an error that names the order when they can't be opened. */
    openSecrets: (id: OrderId, sealed: Uint8Array | null): OrderSecrets => {
      if (sealed === null) return noSecrets;
      try {
        return secrets.parse(JSON.parse(sealer.open(sealed, secretsContext(id))));
      } catch (error) {
        throw unreadable(id, error);
      }
    },

    sealBody: (id: OrderId, body: string): Uint8Array => sealer.seal(body, `${id} body`),
  };
};

export type Codec = ReturnType<typeof createCodec>;
