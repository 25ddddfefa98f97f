// What the bot shows, as data: no text, no markup. The channel renders it in the customer's language.
import type { Alert } from '../alert.ts';
import type { AmountProblem, Country, Operator, Product, RequiredField } from '../catalog.ts';
import type { ChosenItem, DynamicItem } from '../dynamic-item.ts';
import type { ChatId, OrderId } from '../ids.ts';
import type { Hundredths, Money } from '../money.ts';
import type { Fields, OrderStatus, RejectionReason } from '../order.ts';
import type { Direction, Quote, QuoteError } from '../quote.ts';
import type { Instant } from '../time.ts';
import type { DrawResult, Voucher } from '../voucher.ts';
import type { Language } from './language.ts';

/** One page of a longer list. `page` counts from 0. */
export type Page<T> = { readonly items: readonly T[]; readonly page: number; readonly pages: number };

/** A line above the view that answers what the customer just did. */
export type Notice =
  | { readonly type: 'useButtons' }
  | { readonly type: 'buttonExpired' }
  | { readonly type: 'alreadyOrdered' }
  | { readonly type: 'textOnly' }
  | { readonly type: 'notFound'; readonly query: string }
  | { readonly type: 'productGone' }
  | { readonly type: 'notAnAmount' }
  | { readonly type: 'badAmount'; readonly problem: AmountProblem; readonly currency: string }
  | { readonly type: 'quoteFailed'; readonly error: QuoteError }
  | { readonly type: 'badField'; readonly field: RequiredField }
  | { readonly type: 'contactNotYours' }
  | { readonly type: 'contactNotAsked' }
  /** The list of items had another price than the one that the order would have. `listed`: what was to be paid. */
  | { readonly type: 'itemPriceMoved'; readonly listed: Money }
  | { readonly type: 'priceMoved'; readonly pay: Money; readonly receive: Money }
  | { readonly type: 'outOfFunds'; readonly available: Money }
  | { readonly type: 'boughtJustNow'; readonly twin: OrderSummary }
  | { readonly type: 'cancelled' }
  | { readonly type: 'languageSet' }
  | { readonly type: 'orderNotFound' }
  | { readonly type: 'unknownCommand' }
  | { readonly type: 'freshStart' }
  /** Something went wrong on our side. */
  | { readonly type: 'trouble' };

/** An order as it appears in a list or a message; nothing secret. */
export type OrderSummary = {
  readonly id: OrderId;
  readonly productName: string;
  readonly operatorName: string;
  /** Which item of a dynamic product, in the supplier's words. */
  readonly item: string | null;
  readonly pay: Money;
  readonly receive: Money;
  readonly status: OrderStatus;
  readonly placedAt: Instant;
};

/** Views of the flow: each belongs to a screen of the dialogue, its buttons carry the revision. */
export type FlowView =
  | { readonly type: 'closed' }
  | { readonly type: 'countries'; readonly list: Page<Country> }
  | {
      readonly type: 'operators';
      readonly country: Country | null;
      readonly query: string | null;
      readonly list: Page<Operator>;
      readonly canGoBack: boolean;
    }
  | { readonly type: 'products'; readonly operator: Operator; readonly query: string | null; readonly list: Page<Product> }
  | {
      readonly type: 'items';
      readonly product: Product;
      /** Each with its place on the whole list; null when the supplier did not tell. */
      readonly list: Page<{ readonly index: number; readonly item: DynamicItem }> | null;
    }
  | {
      readonly type: 'amount';
      readonly product: Product;
      /** What the customer is choosing: what they pay (`direct`) or what arrives (`reverse`). */
      readonly entering: Direction;
      readonly canSwitch: boolean;
      /** Amounts to tap, with what arrives for each where the catalogue's rate tells. Empty where the amount is typed. */
      readonly choices: Page<{ readonly amount: Hundredths; readonly receive: Hundredths | null }>;
      /** Bounds of a typed amount in the currency that is being entered; null where they are not known. */
      readonly bounds: { readonly least: Money; readonly most: Money; readonly step: Hundredths } | null;
    }
  | {
      readonly type: 'field';
      readonly product: Product;
      readonly field: RequiredField;
      readonly position: number;
      readonly total: number;
    }
  | { readonly type: 'quoteFailed'; readonly product: Product; readonly error: QuoteError }
  | {
      readonly type: 'price';
      readonly product: Product;
      readonly quote: Quote;
      readonly fields: Fields;
      readonly item: ChosenItem | null;
      readonly order: OrderId;
      /** The same purchase of a moment ago: the button says that this is another one. */
      readonly twin: OrderId | null;
      readonly sellable: boolean;
    }
  | { readonly type: 'processing'; readonly order: OrderId; readonly productName: string; readonly pay: Money };

/** Views beside the flow: their buttons last. The first group answers a question, the second brings news of an order. */
export type AsideView =
  | { readonly type: 'help' }
  | { readonly type: 'languages'; readonly current: Language }
  | { readonly type: 'balance'; readonly balances: readonly Money[] }
  | { readonly type: 'orders'; readonly orders: readonly OrderSummary[] }
  | { readonly type: 'order'; readonly order: OrderSummary }
  | { readonly type: 'notice' }
  | { readonly type: 'code'; readonly order: OrderSummary; readonly voucher: Voucher; readonly shownAgain: boolean }
  | { readonly type: 'codeLate'; readonly order: OrderSummary }
  | { readonly type: 'rejected'; readonly order: OrderSummary; readonly reason: RejectionReason }
  | { readonly type: 'unknown'; readonly order: OrderSummary; readonly nextAskAt: Instant }
  | { readonly type: 'needsPerson'; readonly order: OrderSummary }
  | { readonly type: 'reverted'; readonly order: OrderSummary }
  /** What came of an order's draw. Private, as it may name what the code is. */
  | { readonly type: 'result'; readonly order: OrderSummary; readonly result: DrawResult }
  /** What the progress message becomes once there is news below it. */
  | { readonly type: 'settled'; readonly order: OrderSummary }
  | { readonly type: 'groupHint' }
  /** For the operator, not for customers. */
  | { readonly type: 'alert'; readonly alert: Alert; readonly raisedAt: Instant };

export type View = FlowView | AsideView;

/** How many operators, products or amounts one page holds. */
export const PAGE_SIZE = 8;

/** Cuts a page out of a list; a page number beyond the end gives the last page. */
export const pageOf = <T>(items: readonly T[], page: number): Page<T> => {
  const pages = Math.max(1, Math.ceil(items.length / PAGE_SIZE));
  const at = Math.min(Math.max(0, page), pages - 1);
  return { items: items.slice(at * PAGE_SIZE, (at + 1) * PAGE_SIZE), page: at, pages };
};

/** Codes belong into private chats only, whose ids are positive. */
export const isPrivate = (chat: ChatId): boolean => chat > 0;
