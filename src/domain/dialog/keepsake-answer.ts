// What the questions about keepsakes are answered with.
import type { OrderId } from '../ids.ts';
import type { SavedNumber } from '../keepsake.ts';
import type { Result } from '../result.ts';
import type { Instant } from '../time.ts';
import type { Token } from '../token.ts';
import type { Kept, KeepsakeNotice, LinkProblem } from './keepsake-words.ts';
import type { OrderSummary, ShownOrder } from './view.ts';

export type MadeLink = { readonly order: OrderSummary; readonly token: Token; readonly expiresAt: Instant };

export type KeepsakeAnswer =
  /** `notFound`: the customer has no such order. `notNow`: there is nothing to hand over yet, or any more. */
  | { readonly type: 'linkMade'; readonly result: Result<MadeLink, 'notFound' | 'notNow' | 'alreadyGiven'> }
  | { readonly type: 'linkOpened'; readonly result: Result<ShownOrder, LinkProblem> }
  | { readonly type: 'linkTakenBack'; readonly result: 'wasTakenBack' | 'alreadyGiven' | 'notFound' }
  /** The numbers as they are now; `notice`: what came of the change that was asked for, null where none was. */
  | { readonly type: 'numbersRead'; readonly numbers: readonly SavedNumber[]; readonly notice: KeepsakeNotice | null }
  | { readonly type: 'numberFound'; readonly number: SavedNumber | null }
  /** `ask`: the order after which the customer is to be asked whether its details may be remembered; null for not. */
  | { readonly type: 'saleNoted'; readonly ask: OrderId | null }
  | { readonly type: 'consentStored'; readonly remembered: boolean }
  | { readonly type: 'keptRead'; readonly kept: Kept }
  | { readonly type: 'forgotten' };
