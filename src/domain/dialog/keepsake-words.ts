// The words of the conversations about what customers keep beside their orders: handing an order over, numbers with names, remembered details.
import type { Product, RequiredField } from '../catalog.ts';
import type { HandOverRefusal } from '../hand-over.ts';
import type { OrderId } from '../ids.ts';
import type { NumberId, SavedNumber } from '../keepsake.ts';
import type { PersonalKind } from '../personal-detail.ts';

/** All of them last: they work from any message at any time. */
export type KeepsakeAction =
  /** Makes a link that shows the order to whoever opens it first. */
  | { readonly type: 'handOver'; readonly order: OrderId }
  | { readonly type: 'takeBack'; readonly order: OrderId }
  | { readonly type: 'numbers' }
  | { readonly type: 'number'; readonly number: NumberId }
  /** The number that an order was for. */
  | { readonly type: 'saveNumber'; readonly order: OrderId }
  | { readonly type: 'renameNumber'; readonly number: NumberId }
  | { readonly type: 'deleteNumber'; readonly number: NumberId }
  /** The details that an order was bought with. */
  | { readonly type: 'remember'; readonly order: OrderId }
  | { readonly type: 'doNotRemember' }
  | { readonly type: 'forget' };

/** What a typed name is for. */
export type Naming = { readonly kind: 'order'; readonly order: OrderId } | { readonly kind: 'number'; readonly number: NumberId };

export type KeepsakeQuestion =
  | { readonly type: 'makeLink'; readonly order: OrderId }
  /** `argument`: of `/start`, as it was opened. */
  | { readonly type: 'openLink'; readonly argument: string }
  | { readonly type: 'takeLinkBack'; readonly order: OrderId }
  | { readonly type: 'listNumbers' }
  | { readonly type: 'findNumber'; readonly number: NumberId }
  | { readonly type: 'nameNumber'; readonly naming: Naming; readonly name: string }
  | { readonly type: 'deleteNumber'; readonly number: NumberId }
  /** An order was placed with answers to these fields. */
  | {
      readonly type: 'noteSale';
      readonly order: OrderId;
      readonly product: Product;
      readonly fields: readonly RequiredField[];
    }
  /** `remember`: the order whose details the customer wants kept; null for none, ever. */
  | { readonly type: 'consent'; readonly remember: OrderId | null }
  | { readonly type: 'readKept' }
  | { readonly type: 'forget' };

/** `notNow`: nothing can be shown of the order at the moment. */
export type LinkProblem = HandOverRefusal | 'notNow';

/** `alreadyGiven`: somebody has it, so no link is made, or none is taken back. */
export type KeepsakeNotice =
  | { readonly about: 'link'; readonly what: LinkProblem | 'wasTakenBack' | 'alreadyGiven' }
  | { readonly about: 'number'; readonly what: 'saved' | 'renamed' | 'deleted' | 'full' | 'gone' | 'notAName' }
  | { readonly about: 'details'; readonly what: 'remembered' | 'notRemembered' | 'forgotten' };

/** What is kept of a customer beside the orders, without any of it. */
export type Kept = {
  readonly numbers: number;
  readonly details: readonly PersonalKind[];
  /** Whether an answer to "may we remember?" is kept. */
  readonly answered: boolean;
};

export type KeepsakeView =
  | { readonly type: 'numbers'; readonly numbers: readonly SavedNumber[] }
  | { readonly type: 'number'; readonly number: SavedNumber }
  | { readonly type: 'mayRemember'; readonly order: OrderId }
  | { readonly type: 'kept'; readonly kept: Kept };
