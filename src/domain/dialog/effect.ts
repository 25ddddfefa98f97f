// What a transition asks for, as data. Questions are answered by an event; showings are carried out after the state is saved.
import type { Product } from '../catalog.ts';
import type { MessageId, OrderId } from '../ids.ts';
import type { Quote } from '../quote.ts';
import type { AdminQuestion } from './admin.ts';
import type { AgentQuestion } from './agent.ts';
import type { KeepsakeQuestion } from './keepsake-words.ts';
import type { CompleteDraft, Draft } from './state.ts';
import type { Notice, View } from './view.ts';

/** A line that needs a price. `shown`: the one that it has, and the order that it becomes; null for the first. */
export type LineToPrice = {
  readonly product: Product;
  readonly draft: CompleteDraft;
  readonly shown: { readonly order: OrderId; readonly quote: Quote } | null;
};

/** What an order is made of, but for where it was confirmed. */
export type LineToPlace = {
  readonly product: Product;
  readonly operatorName: string;
  readonly draft: CompleteDraft;
  readonly quote: Quote;
  readonly order: OrderId;
};

export type Question =
  | { readonly type: 'quote'; readonly product: Product; readonly draft: CompleteDraft }
  /** What the product asks for, and what of it is known already. */
  | { readonly type: 'readForm'; readonly product: Product }
  /** What is owed by whoever the draft's fields say. */
  | { readonly type: 'readInvoices'; readonly product: Product; readonly draft: Draft }
  /** `account`: whose items they are; null where all are offered the same. */
  | { readonly type: 'listItems'; readonly product: Product; readonly account: string | null }
  | (LineToPlace & {
      readonly type: 'place';
      /** The message whose button confirmed; it will show the progress. */
      readonly progress: MessageId;
      /** All that were confirmed together, this one among them; left out for one that was confirmed alone. */
      readonly batch?: readonly OrderId[];
    })
  | { readonly type: 'priceLines'; readonly lines: readonly LineToPrice[] }
  | { readonly type: 'placeLines'; readonly lines: readonly LineToPlace[]; readonly progress: MessageId }
  | { readonly type: 'recall'; readonly order: OrderId }
  | { readonly type: 'find'; readonly order: OrderId }
  /** Brings back the news that could not be delivered while the customer had stopped the bot. */
  | { readonly type: 'reviveNews' }
  | { readonly type: 'listOrders' }
  | { readonly type: 'showOrder'; readonly order: OrderId }
  | { readonly type: 'admin'; readonly question: AdminQuestion }
  | { readonly type: 'agent'; readonly question: AgentQuestion }
  | { readonly type: 'keepsake'; readonly question: KeepsakeQuestion }
  | { readonly type: 'recentOrders' }
  | { readonly type: 'readBalance' };

export type Effect =
  | { readonly type: 'ask'; readonly question: Question }
  /** Edits the message `replace`, or sends a new one when it is null. */
  | { readonly type: 'show'; readonly view: View; readonly notice: Notice | null; readonly replace: MessageId | null }
  /** Answers the tap with a short notice; a tap without this effect is answered with none. */
  | { readonly type: 'toast'; readonly notice: Notice };
