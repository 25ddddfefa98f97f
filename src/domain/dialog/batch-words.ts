// A batch: orders that were typed in lines. What its lines are, what may be wrong with them, what is shown of them, and what its buttons do.
import type { Product } from '../catalog.ts';
import type { LimitProblem } from '../daily-limit.ts';
import type { OrderId, ProductId } from '../ids.ts';
import type { Money } from '../money.ts';
import type { LineProblem, Repair } from '../one-line.ts';
import type { OrderStatus } from '../order.ts';
import type { PhoneWarning } from '../phone-warnings.ts';
import type { AmountChoice, Quote, QuoteError } from '../quote.ts';
import type { Instant } from '../time.ts';

/** A batch of more lines is refused: nobody checks more before one tap. */
export const MOST_BATCH_LINES = 20;

/** Why a line has no price. `needsDetails`: the purchase asks for more than a line says. `notSellable`: its fee has no known unit. */
export type LineError =
  QuoteError | { readonly kind: 'needsDetails' } | { readonly kind: 'notSellable' } | { readonly kind: 'blocked' };

/** Why a line was not bought when the batch was confirmed; it may be confirmed again. `at`: when the same was bought. */
export type LineTrouble =
  | { readonly kind: 'outOfFunds'; readonly available: Money }
  | { readonly kind: 'limitReached'; readonly problem: LimitProblem; readonly opensAt: Instant }
  | { readonly kind: 'boughtJustNow'; readonly at: Instant };

/** A product for somebody. `account`: as the purchase sends it; null for codes. */
export type Target = {
  readonly product: ProductId;
  readonly account: string | null;
  readonly warnings: readonly PhoneWarning[];
};

/** What a line buys. */
export type LineWish = Target & { readonly choice: AmountChoice; readonly repaired: Repair | null };

export type BatchLine =
  /** `order`: what the line becomes when it is bought, however often it is confirmed. `twin`: as of a draft. */
  | (LineWish & {
      readonly kind: 'ready';
      readonly order: OrderId;
      readonly quote: Quote;
      readonly twin: OrderId | null;
      readonly trouble: LineTrouble | null;
    })
  /** `error` null: its price has not been asked for yet. */
  | (LineWish & { readonly kind: 'open'; readonly error: LineError | null })
  /** Several products fit. */
  | { readonly kind: 'choose'; readonly choice: AmountChoice; readonly candidates: readonly Target[] }
  | { readonly kind: 'problem'; readonly text: string; readonly problem: LineProblem; readonly product: ProductId | null };

/** An order of a batch that was confirmed. */
export type BatchOrder = {
  readonly id: OrderId;
  readonly productName: string;
  readonly account: string | null;
  readonly pay: Money;
  readonly status: OrderStatus;
};

/** What the message of a batch says of one of its orders. */
export const batchOrderOf = ({ id, productName, account, pay, status }: BatchOrder): BatchOrder => ({
  id,
  productName,
  account,
  pay,
  status,
});

export type BatchAction =
  | { readonly type: 'buy' }
  /** Which of the products that fit, by the places of the line and of the product. */
  | { readonly type: 'choose'; readonly line: number; readonly candidate: number }
  /** Leaves the batch and buys what a line says like every other purchase. */
  | { readonly type: 'alone'; readonly line: number };

type Shown<Kind extends BatchLine['kind']> = Omit<Extract<BatchLine, { readonly kind: Kind }>, 'product'>;

/** A line as it is shown. `gone`: its product is not on sale any more. */
export type BatchViewLine = { readonly number: number } & (
  | (Shown<'ready'> & { readonly product: Product })
  | (Shown<'open'> & { readonly product: Product; readonly error: LineError | null })
  | {
      readonly kind: 'choose';
      readonly account: string | null;
      readonly choice: AmountChoice;
      readonly candidates: readonly Product[];
    }
  /** `example`: a product that a line could name; null in a shop without one. */
  | { readonly kind: 'problem'; readonly text: string; readonly problem: LineProblem; readonly example: Product | null }
  | { readonly kind: 'gone' }
);

/** What the button buys, summed up per currency. */
export type BatchSum = {
  readonly count: number;
  readonly pay: readonly Money[];
  readonly commission: readonly Money[];
  /** When the first of the prices expires. */
  readonly heldUntil: Instant;
};
