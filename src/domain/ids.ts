// The identifiers of the domain, branded so that one can't be passed for another. Each has a parser; its text form is itself.
import { fail, ok } from './result.ts';
import type { Result } from './result.ts';

declare const brand: unique symbol;
export type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** A buyer: the Telegram user id, a positive integer of up to 52 bits. */
export type CustomerId = Branded<number, 'CustomerId'>;
/** A chat: equal to the customer's id in private chats, negative in groups. */
export type ChatId = Branded<number, 'ChatId'>;
/** A message, unique in its chat. */
export type MessageId = Branded<number, 'MessageId'>;
/** What is sold: eVSB's `operatorId`, which is the catalogue's `articleId`. A positive int32. */
export type ProductId = Branded<number, 'ProductId'>;
/** The integer that we choose for one purchase, 1 to 999,999,999, never used twice on a terminal. */
export type LocalReference = Branded<number, 'LocalReference'>;
/** One purchase intention: 12 characters of Crockford's base 32 (60 bits), minted before anyone is asked anything. */
export type OrderId = Branded<string, 'OrderId'>;

const integerWithin =
  <Id extends number>(from: number, to: number) =>
  (value: number): Result<Id, 'notAnId'> =>
    Number.isInteger(value) && value >= from && value <= to ? ok(value as Id) : fail('notAnId');

export const parseCustomerId = integerWithin<CustomerId>(1, 2 ** 52);
export const parseChatId = integerWithin<ChatId>(-(2 ** 52), 2 ** 52);
export const parseMessageId = integerWithin<MessageId>(1, 2 ** 52);
export const parseProductId = integerWithin<ProductId>(1, 2 ** 31 - 1);
export const parseLocalReference = integerWithin<LocalReference>(1, 999_999_999);

const ORDER_ID = /^[0-9A-HJKMNP-TV-Z]{12}$/;
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export const parseOrderId = (text: string): Result<OrderId, 'notAnId'> =>
  ORDER_ID.test(text) ? ok(text as OrderId) : fail('notAnId');

/** Makes an order id of 12 random bytes; the five low bits of each count. Throws on any other length. */
export const orderIdFromBytes = (bytes: Uint8Array): OrderId => {
  if (bytes.length !== 12) throw new Error(`An order id takes 12 random bytes, not ${bytes.length}`);
  return Array.from(bytes, (byte) => CROCKFORD.charAt(byte & 31)).join('') as OrderId;
};
