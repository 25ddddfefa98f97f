// What a transition asks for, as data. Questions are answered by an event; showings are carried out after the state is saved.
import type { Product } from '../catalog.ts';
import type { ChosenItem } from '../dynamic-item.ts';
import type { MessageId, OrderId } from '../ids.ts';
import type { AmountChoice, Quote } from '../quote.ts';
import type { Draft } from './state.ts';
import type { Notice, View } from './view.ts';

export type Question =
  | {
      readonly type: 'quote';
      readonly product: Product;
      readonly choice: AmountChoice;
      readonly account: string | null;
      /** The chosen item of a dynamic product: its price is the one that the list has now. */
      readonly dynamic: ChosenItem | null;
    }
  | { readonly type: 'listItems'; readonly product: Product }
  | {
      readonly type: 'place';
      readonly product: Product;
      readonly operatorName: string;
      readonly draft: Draft;
      readonly quote: Quote;
      readonly order: OrderId;
      /** The message whose button confirmed; it will show the progress. */
      readonly progress: MessageId;
    }
  | { readonly type: 'recall'; readonly order: OrderId }
  | { readonly type: 'find'; readonly order: OrderId }
  /** Brings back the news that could not be delivered while the customer had stopped the bot. */
  | { readonly type: 'reviveNews' }
  | { readonly type: 'listOrders' }
  | { readonly type: 'showOrder'; readonly order: OrderId }
  | { readonly type: 'readBalance' };

export type Effect =
  | { readonly type: 'ask'; readonly question: Question }
  /** Edits the message `replace`, or sends a new one when it is null. */
  | { readonly type: 'show'; readonly view: View; readonly notice: Notice | null; readonly replace: MessageId | null }
  /** Answers the tap with a short notice; a tap without this effect is answered with none. */
  | { readonly type: 'toast'; readonly notice: Notice };
