// What a button can do. Flow actions belong to one screen and are bound to its revision; lasting ones work from any message at any time.
import type { CountryId, OperatorId } from '../catalog.ts';
import type { OrderId, ProductId } from '../ids.ts';
import type { Hundredths } from '../money.ts';
import type { AdminAction, AdminLastingAction } from './admin.ts';
import type { AgentAction } from './agent.ts';
import type { BatchAction } from './batch-words.ts';
import type { KeepsakeAction } from './keepsake-words.ts';
import type { Language } from './language.ts';

export type FlowAction =
  | { readonly type: 'pickCountry'; readonly country: CountryId }
  | { readonly type: 'pickOperator'; readonly operator: OperatorId }
  | { readonly type: 'pickProduct'; readonly product: ProductId }
  /** By its place on the list of the screen: an item's own id may be longer than a button holds. */
  | { readonly type: 'pickItem'; readonly index: number }
  | { readonly type: 'pickAmount'; readonly amount: Hundredths }
  | { readonly type: 'switchDirection' }
  /** By their places: of a choice's options, of the suggestions, of the debt's invoices. */
  | { readonly type: 'pickOption'; readonly index: number }
  | { readonly type: 'pickSuggestion'; readonly index: number }
  | { readonly type: 'toggleInvoice'; readonly index: number }
  /** Pays what was chosen of a debt, or all of it. */
  | { readonly type: 'payDebt' }
  | { readonly type: 'admin'; readonly action: AdminAction }
  | { readonly type: 'batch'; readonly action: BatchAction }
  | { readonly type: 'turnPage'; readonly page: number }
  | { readonly type: 'retry' }
  | { readonly type: 'confirm'; readonly order: OrderId }
  | { readonly type: 'back' }
  | { readonly type: 'cancel' };

export type LastingAction =
  | { readonly type: 'shop' }
  | { readonly type: 'orders' }
  | { readonly type: 'help' }
  | { readonly type: 'showOrder'; readonly order: OrderId }
  | { readonly type: 'buyAgain'; readonly order: OrderId }
  | { readonly type: 'admin'; readonly action: AdminLastingAction }
  | { readonly type: 'agent'; readonly action: AgentAction }
  | { readonly type: 'keepsake'; readonly action: KeepsakeAction }
  | { readonly type: 'setLanguage'; readonly language: Language };
