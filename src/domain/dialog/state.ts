// The conversation's state: one screen with its draft, a revision that binds buttons to it, and the chosen language. Plain JSON.
import type { Debt, Payment } from '../bill.ts';
import type { CountryId, Family, OperatorId } from '../catalog.ts';
import type { CustomerId, MessageId, OrderId, ProductId } from '../ids.ts';
import type { ChosenItem, DynamicItem } from '../dynamic-item.ts';
import type { Form } from '../form.ts';
import type { KeyValue } from '../key-value.ts';
import type { Money } from '../money.ts';
import type { Fields } from '../order.ts';
import type { PhoneWarning } from '../phone-warnings.ts';
import type { AmountChoice, Direction, Quote, QuoteError } from '../quote.ts';
import { SECOND } from '../time.ts';
import type { Instant } from '../time.ts';
import type { AdminAsking } from './admin.ts';
import type { AgentAsking } from './agent.ts';
import type { BatchLine, BatchOrder } from './batch-words.ts';
import type { Naming } from './keepsake-words.ts';
import type { Language } from './language.ts';
import type { Notice } from './view.ts';

/** How a bill is paid: what was chosen, and what the supplier returned for the payment. */
export type DraftPayment = { readonly payment: Payment; readonly returned: readonly KeyValue[] };

/** A purchase that is being put together; what is still missing is null, or a field without a value. */
export type Draft = {
  readonly product: ProductId;
  /** Null until it was looked up, and for products that ask for nothing. */
  readonly form: Form | null;
  readonly fields: Fields;
  /** What is odd about the fields, to be seen before anything is paid. */
  readonly warnings: readonly PhoneWarning[];
  readonly choice: AmountChoice | null;
  /** The item of a dynamic product; null for every other. Without a choice: the one that was bought before, and is looked for again. */
  readonly dynamic: ChosenItem | null;
  /** Bills only. */
  readonly bill: DraftPayment | null;
  /** The same purchase of a moment ago, which the customer knows about: confirming means another one. */
  readonly twin: OrderId | null;
};

/** A purchase that is complete but for its price. */
export type CompleteDraft = Draft & { readonly choice: AmountChoice };

export const newDraft = (product: ProductId): Draft => ({
  product,
  form: null,
  fields: {},
  warnings: [],
  choice: null,
  dynamic: null,
  bill: null,
  twin: null,
});

/** Where the customer is. Every screen has a view, and every saved session has a screen. */
export type Screen =
  | { readonly at: 'countries'; readonly page: number }
  | { readonly at: 'operators'; readonly country: CountryId | null; readonly query: string | null; readonly page: number }
  | { readonly at: 'products'; readonly operator: OperatorId; readonly query: string | null; readonly page: number }
  /** `items`: as they were listed when the screen was opened; null when the supplier did not tell. */
  | {
      readonly at: 'items';
      readonly draft: Draft;
      readonly items: readonly DynamicItem[] | null;
      readonly page: number;
    }
  | { readonly at: 'amount'; readonly draft: Draft; readonly entering: Direction; readonly page: number }
  | { readonly at: 'field'; readonly draft: Draft; readonly index: number }
  /** What an account owes, and which of its invoices are chosen, by their places. */
  | {
      readonly at: 'invoices';
      readonly draft: Draft;
      readonly debt: Debt;
      readonly chosen: readonly number[];
      readonly page: number;
    }
  | { readonly at: 'quoteFailed'; readonly draft: Draft; readonly order: OrderId; readonly error: QuoteError }
  | { readonly at: 'price'; readonly draft: CompleteDraft; readonly order: OrderId; readonly quote: Quote }
  | { readonly at: 'batch'; readonly lines: readonly BatchLine[]; readonly page: number }
  /** As `processing`, of several orders. */
  | { readonly at: 'batchPlaced'; readonly orders: readonly BatchOrder[] }
  | { readonly at: 'admin'; readonly asking: AdminAsking }
  | { readonly at: 'agent'; readonly asking: AgentAsking }
  /** A name is to be typed. */
  | { readonly at: 'naming'; readonly naming: Naming }
  | {
      readonly at: 'processing';
      readonly order: OrderId;
      readonly productName: string;
      readonly family: Family;
      readonly pay: Money;
    };

/** What an effect was asked for while it runs. Null in every saved session: questions are answered within the update that asked. */
export type Pending =
  /** `shown`: the price that the customer has already confirmed and that has expired since. */
  | { readonly for: 'quote'; readonly draft: CompleteDraft; readonly order: OrderId; readonly shown: Quote | null }
  | { readonly for: 'form'; readonly draft: Draft }
  | { readonly for: 'invoices'; readonly draft: Draft; readonly notice: Notice | null }
  | { readonly for: 'place'; readonly draft: CompleteDraft; readonly order: OrderId; readonly quote: Quote }
  /** `notice`: why the list is shown. */
  | { readonly for: 'items'; readonly draft: Draft; readonly notice: Notice | null }
  /** `places`: the lines that were asked about, in the order of the question. `confirmed`: they are bought if their prices stand. */
  | {
      readonly for: 'priceLines';
      readonly lines: readonly BatchLine[];
      readonly places: readonly number[];
      readonly confirmed: boolean;
    }
  | { readonly for: 'placeLines'; readonly lines: readonly BatchLine[]; readonly places: readonly number[] }
  | { readonly for: 'recall' }
  | { readonly for: 'revive' }
  | { readonly for: 'admin' }
  /** `replace`: the message that the answer takes the place of; null for a new one. */
  | { readonly for: 'agent'; readonly replace: MessageId | null }
  /** `replace`: the message that the answer takes the place of; null for a new one. */
  | { readonly for: 'keepsake'; readonly replace: MessageId | null }
  /** Whether the price card's order exists already, before something is said or done that would be wrong if it did. */
  | { readonly for: 'find'; readonly before: 'renewing' | 'cancelling' };

export type DialogState = {
  readonly screen: Screen;
  readonly pending: Pending | null;
  /** Grows with every screen that is shown; a flow button of another revision is stale. */
  readonly revision: number;
  /** The message whose button was tapped last: the flow lives there. Null when the flow moved below it. */
  readonly living: MessageId | null;
  /** What `/language` set; null follows the customer's Telegram language. */
  readonly language: Language | null;
};

/** A first conversation, or one whose state was lost. Revisions start at the time, so that buttons from before a loss stay stale. */
export const newDialog = (now: Instant): DialogState => ({
  screen: { at: 'countries', page: 0 },
  pending: null,
  revision: Math.floor(now / SECOND),
  living: null,
  language: null,
});

/** Who is talking, as the update says. */
export type Speaker = { readonly customer: CustomerId; readonly language: Language };

/** How many update ids are remembered per chat. Telegram's ids may restart at random, so membership counts, not order. */
export const REMEMBERED_UPDATES = 20;
