// What the bot shows, as data: no text, no markup. The channel renders it in the customer's language.
import type { Alert } from '../alert.ts';
import type { Debt, Invoice } from '../bill.ts';
import type { AmountProblem, Country, Family, Operator, Product, RequiredField } from '../catalog.ts';
import type { LimitProblem } from '../daily-limit.ts';
import type { Day } from '../day.ts';
import type { ChosenItem, DynamicItem } from '../dynamic-item.ts';
import type { Form, Suggestion } from '../form.ts';
import type { OrderId, ProductId } from '../ids.ts';
import type { Hundredths, Money } from '../money.ts';
import type { Fields, OrderStatus, RejectionReason } from '../order.ts';
import type { PhoneWarning } from '../phone-warnings.ts';
import type { Direction, Quote, QuoteError } from '../quote.ts';
import type { FieldProblem } from '../required-field.ts';
import type { Statement } from '../statement.ts';
import type { Instant } from '../time.ts';
import type { Token } from '../token.ts';
import type { DrawResult, Receipt, Voucher } from '../voucher.ts';
import type { AdminNotice, AdminView } from './admin.ts';
import type { AgentAsking, AgentNotice, AgentView } from './agent.ts';
import type { BatchOrder, BatchSum, BatchViewLine } from './batch-words.ts';
import type { KeepsakeNotice, KeepsakeView, Naming } from './keepsake-words.ts';
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
  | { readonly type: 'badField'; readonly field: RequiredField; readonly problem: FieldProblem }
  /** The biller has no such account, or does not like what was typed. */
  | { readonly type: 'billRefused' }
  /** Something else is owed than when it was chosen what to pay. */
  | { readonly type: 'debtChanged' }
  | { readonly type: 'invoiceNotPayable' }
  | { readonly type: 'chooseInvoices' }
  | { readonly type: 'contactNotYours' }
  | { readonly type: 'contactNotAsked' }
  /** The list of items had another price than the one that the order would have. `listed`: what was to be paid. */
  | { readonly type: 'itemPriceMoved'; readonly listed: Money }
  | { readonly type: 'priceMoved'; readonly pay: Money; readonly receive: Money }
  | { readonly type: 'outOfFunds'; readonly available: Money }
  | { readonly type: 'limitReached'; readonly problem: LimitProblem; readonly opensAt: Instant }
  /** The shop does not sell to them. */
  | { readonly type: 'blocked' }
  | { readonly type: 'boughtJustNow'; readonly twin: OrderSummary }
  /** A line of a batch that was confirmed costs something else now, or can't be had. */
  | { readonly type: 'batchMoved' }
  | { readonly type: 'tooManyLines'; readonly most: number }
  | { readonly type: 'cancelled' }
  | { readonly type: 'languageSet' }
  | { readonly type: 'orderNotFound' }
  | { readonly type: 'unknownCommand' }
  /** What stands below a statement that was sent as a file. Both days are included. */
  | { readonly type: 'statement'; readonly from: Day; readonly to: Day }
  | { readonly type: 'freshStart' }
  | { readonly type: 'admin'; readonly notice: AdminNotice }
  | { readonly type: 'agent'; readonly notice: AgentNotice }
  | { readonly type: 'keepsake'; readonly notice: KeepsakeNotice }
  /** More came from them in a short time than is handled; what they did last was not. */
  | { readonly type: 'tooFast' }
  /** Something went wrong on our side. */
  | { readonly type: 'trouble' };

/** An order as it appears in a list or a message; nothing secret. */
export type OrderSummary = {
  readonly id: OrderId;
  readonly productName: string;
  readonly operatorName: string;
  readonly family: Family;
  /** The number, login or contract that it is for, where that is what was bought; null for codes. */
  readonly account: string | null;
  /** Which item of a dynamic product, in the supplier's words. */
  readonly item: string | null;
  readonly pay: Money;
  readonly receive: Money;
  readonly status: OrderStatus;
  readonly placedAt: Instant;
  /** There where it was bought for a number or an account, which may be saved with a name. */
  readonly hasNumber?: true;
  /** There where it went to somebody else, or came from somebody else. */
  readonly hands?: 'handedOver' | 'received';
};

/** An order with what it brought, where that may be shown: a code or a receipt. */
export type ShownOrder = { readonly order: OrderSummary; readonly voucher: Voucher | null; readonly receipt: Receipt | null };

/** An earlier order as the first screen offers it. `to`: the name of the number that it was for, or its end; null for none. */
export type Repeat = {
  readonly order: OrderId;
  readonly product: ProductId;
  readonly productName: string;
  readonly pay: Money;
  readonly to: string | null;
};

/** Around a link that hands an order over. */
export type HandOverView =
  /** `sold`: the order has just been bought, by somebody who never sees codes. */
  | {
      readonly type: 'link';
      readonly order: OrderSummary;
      readonly token: Token;
      readonly expiresAt: Instant;
      readonly sold: boolean;
    }
  /** For the seller. */
  | { readonly type: 'handedOver'; readonly order: OrderSummary };

/** Whom a top-up goes to: the number as the purchase sends it, and what is odd about it. */
export type Account = { readonly value: string; readonly warnings: readonly PhoneWarning[] };

/** Views of the flow: each belongs to a screen of the dialogue, its buttons carry the revision. */
export type FlowView =
  | { readonly type: 'closed' }
  /** `again`: orders to repeat, on the first screen alone; left out where there are none. */
  | { readonly type: 'countries'; readonly list: Page<Country>; readonly again?: readonly Repeat[] }
  | {
      readonly type: 'operators';
      readonly country: Country | null;
      readonly query: string | null;
      readonly list: Page<Operator>;
      readonly canGoBack: boolean;
      readonly again?: readonly Repeat[];
    }
  | { readonly type: 'products'; readonly operator: Operator; readonly query: string | null; readonly list: Page<Product> }
  | {
      readonly type: 'items';
      readonly product: Product;
      readonly account: Account | null;
      /** Each with its place on the whole list; null when the supplier did not tell. */
      readonly list: Page<{ readonly index: number; readonly item: DynamicItem }> | null;
    }
  | {
      readonly type: 'amount';
      readonly product: Product;
      readonly account: Account | null;
      /** What the customer is choosing: what they pay (`direct`), less what the shop adds to it (`marked`), or what arrives (`reverse`). */
      readonly entering: Direction;
      readonly marked: boolean;
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
      readonly suggestions: readonly Suggestion[];
    }
  | {
      readonly type: 'invoices';
      readonly product: Product;
      readonly debt: Debt;
      /** All of them or a page of them, each with its place in the debt. */
      readonly list: Page<{
        readonly index: number;
        readonly invoice: Invoice;
        readonly chosen: boolean;
        readonly payable: boolean;
      }>;
      readonly payable: boolean;
      /** What the button would pay: the running sum of the chosen, or all of it. Null where nothing is chosen or known. */
      readonly sum: Money | null;
    }
  | { readonly type: 'quoteFailed'; readonly product: Product; readonly error: QuoteError }
  | {
      readonly type: 'price';
      readonly product: Product;
      readonly quote: Quote;
      readonly form: Form;
      readonly fields: Fields;
      readonly warnings: readonly PhoneWarning[];
      /** The invoices that are paid, by their references. */
      readonly invoices: readonly string[];
      readonly item: ChosenItem | null;
      readonly order: OrderId;
      /** The same purchase of a moment ago: the button says that this is another one. */
      readonly twin: OrderId | null;
      readonly sellable: boolean;
    }
  /** `buy`: null where nothing can be bought. */
  | { readonly type: 'batch'; readonly list: Page<BatchViewLine>; readonly total: number; readonly buy: BatchSum | null }
  | { readonly type: 'batchPlaced'; readonly orders: readonly BatchOrder[] }
  | { readonly type: 'admin'; readonly view: AdminView }
  | { readonly type: 'agentAsking'; readonly asking: AgentAsking }
  | { readonly type: 'naming'; readonly naming: Naming }
  | {
      readonly type: 'processing';
      readonly order: OrderId;
      readonly productName: string;
      readonly family: Family;
      readonly pay: Money;
    };

/** Views beside the flow: their buttons last. The first group answers a question, the second brings news of an order. */
export type AsideView =
  | { readonly type: 'help' }
  | { readonly type: 'languages'; readonly current: Language }
  | { readonly type: 'balance'; readonly balances: readonly Money[] }
  | { readonly type: 'orders'; readonly orders: readonly OrderSummary[] }
  | { readonly type: 'order'; readonly order: OrderSummary }
  | { readonly type: 'notice' }
  | { readonly type: 'statement'; readonly statement: Statement }
  | { readonly type: 'agent'; readonly view: AgentView }
  | { readonly type: 'keepsake'; readonly view: KeepsakeView }
  | { readonly type: 'handOver'; readonly view: HandOverView }
  | { readonly type: 'code'; readonly order: OrderSummary; readonly voucher: Voucher; readonly shownAgain: boolean }
  | { readonly type: 'receipt'; readonly order: OrderSummary; readonly receipt: Receipt; readonly shownAgain: boolean }
  | { readonly type: 'codeLate'; readonly order: OrderSummary }
  | { readonly type: 'rejected'; readonly order: OrderSummary; readonly reason: RejectionReason }
  | { readonly type: 'unknown'; readonly order: OrderSummary; readonly nextAskAt: Instant }
  | { readonly type: 'needsPerson'; readonly order: OrderSummary }
  | { readonly type: 'reverted'; readonly order: OrderSummary }
  /** What came of an order's draw. Private, as it may name what the code is. */
  | { readonly type: 'result'; readonly order: OrderSummary; readonly result: DrawResult }
  /** What the progress message becomes once there is news below it. */
  | { readonly type: 'settled'; readonly order: OrderSummary }
  /** The same of orders that were confirmed together. */
  | { readonly type: 'batchSettled'; readonly orders: readonly BatchOrder[] }
  | { readonly type: 'groupHint' }
  /** For the operator, not for customers. */
  | { readonly type: 'alert'; readonly alert: Alert; readonly raisedAt: Instant }
  /** Several at once: each by its number. `raisedAt`: the first of them. */
  | { readonly type: 'alerts'; readonly alerts: readonly Alert[]; readonly raisedAt: Instant };

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
export const isPrivate = (chat: number): boolean => chat > 0;
