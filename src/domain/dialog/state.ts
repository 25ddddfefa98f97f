// The conversation's state: one screen with its draft, a revision that binds buttons to it, and the chosen language. Plain JSON.
import type { CountryId, OperatorId } from '../catalog.ts';
import type { CustomerId, MessageId, OrderId, ProductId } from '../ids.ts';
import type { ChosenItem, DynamicItem } from '../dynamic-item.ts';
import type { Money } from '../money.ts';
import type { Fields } from '../order.ts';
import type { AmountChoice, Direction, Quote, QuoteError } from '../quote.ts';
import { SECOND } from '../time.ts';
import type { Instant } from '../time.ts';
import type { Language } from './language.ts';
import type { Notice } from './view.ts';

/** A purchase that is complete but for its price. */
export type Draft = {
  readonly product: ProductId;
  readonly choice: AmountChoice;
  readonly fields: Fields;
  /** The item of a dynamic product; null for every other. */
  readonly dynamic: ChosenItem | null;
  /** The same purchase of a moment ago, which the customer knows about: confirming means another one. */
  readonly twin: OrderId | null;
};

/** Where the customer is. Every screen has a view, and every saved session has a screen. */
export type Screen =
  | { readonly at: 'countries'; readonly page: number }
  | { readonly at: 'operators'; readonly country: CountryId | null; readonly query: string | null; readonly page: number }
  | { readonly at: 'products'; readonly operator: OperatorId; readonly query: string | null; readonly page: number }
  /** `items`: as they were listed when the screen was opened; null when the supplier did not tell. */
  | {
      readonly at: 'items';
      readonly product: ProductId;
      readonly items: readonly DynamicItem[] | null;
      readonly page: number;
    }
  | { readonly at: 'amount'; readonly product: ProductId; readonly entering: Direction; readonly page: number }
  | { readonly at: 'field'; readonly draft: Draft; readonly index: number }
  | { readonly at: 'quoteFailed'; readonly draft: Draft; readonly order: OrderId; readonly error: QuoteError }
  | { readonly at: 'price'; readonly draft: Draft; readonly order: OrderId; readonly quote: Quote }
  | { readonly at: 'processing'; readonly order: OrderId; readonly productName: string; readonly pay: Money };

/** What an effect was asked for while it runs. Null in every saved session: questions are answered within the update that asked. */
export type Pending =
  /** `shown`: the price that the customer has already confirmed and that has expired since. */
  | { readonly for: 'quote'; readonly draft: Draft; readonly order: OrderId; readonly shown: Quote | null }
  | { readonly for: 'place'; readonly draft: Draft; readonly order: OrderId; readonly quote: Quote }
  /** `again`: an earlier purchase whose item is bought again if it is still there. `notice`: why the list is shown. */
  | { readonly for: 'items'; readonly product: ProductId; readonly again: Draft | null; readonly notice: Notice | null }
  | { readonly for: 'recall' }
  | { readonly for: 'revive' }
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
