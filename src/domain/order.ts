// The vocabulary of an order's life. Commands are decided into events, events evolve the state; money and news follow from the events.
import type { Family } from './catalog.ts';
import type { ChosenItem } from './dynamic-item.ts';
import type { ChatId, CustomerId, LocalReference, MessageId, OrderId, ProductId } from './ids.ts';
import type { Money } from './money.ts';
import type { AmountChoice } from './quote.ts';
import type { Instant, LocalDateTime } from './time.ts';
import type { KeyValue } from './key-value.ts';

/** What the buyer typed for the product's required fields. Personal: sealed at rest, masked in logs. */
export type Fields = Readonly<Partial<Record<string, string>>>;

/** What a bill's payment names beside its amount: what its form wants, what the last query returned, and the chosen invoices. Personal. */
export type BillDetails = {
  readonly values: readonly KeyValue[];
  readonly returned: readonly KeyValue[];
  readonly invoices: readonly string[];
};

/** What was confirmed. It never changes afterwards. `sent` is the one amount that the purchase names. */
export type OrderTerms = {
  readonly id: OrderId;
  readonly customer: CustomerId;
  /** Whose wallet pays: the customer's own, or the agent's for whom a clerk sells. */
  readonly payer: CustomerId;
  readonly chat: ChatId;
  readonly language: string;
  /** The message whose button confirmed the order; it shows the progress. */
  readonly progress: MessageId;
  readonly productId: ProductId;
  readonly productName: string;
  readonly operatorName: string;
  readonly family: Family;
  readonly choice: AmountChoice;
  readonly sent: { readonly as: 'send' | 'receive'; readonly amount: Money };
  /** What the supplier takes, what the payer is charged, and how much of that an agent gets back. All of the sale currency. */
  readonly cost: Money;
  readonly pay: Money;
  readonly commission: Money;
  readonly receive: Money;
  readonly fields: Fields;
  /** Bills only. */
  readonly bill: BillDetails | null;
  /** The item of a dynamic product; null for every other. */
  readonly dynamic: ChosenItem | null;
  /** All orders that were confirmed with the same tap, this one among them, in their order; left out for one that was confirmed alone. */
  readonly batch?: readonly OrderId[];
  readonly placedAt: Instant;
};

/** One purchase as it was, or was about to be, sent. */
export type Attempt = {
  readonly terminalId: number;
  readonly reference: LocalReference;
  readonly localTime: LocalDateTime;
  readonly at: Instant;
};

/** Why nothing was bought, in the words that a customer needs. The supplier's own code is kept beside it for the operator. */
export type RejectionReason = 'operatorRefused' | 'accountRefused' | 'amountRefused' | 'unavailable' | 'shopProblem';

/** `unconfirmed`: almost certainly not charged. `open`: anything may have happened. Neither is ever sent again. */
export type Expectation = 'unconfirmed' | 'open';

export type PersonReason = 'paidWithoutCode' | 'outcomeNeverLearnt' | 'revertNeverLearnt';

/** The search for the result of an order's draw. `askAt` null: it is over. */
export type ResultSearch = { readonly asked: number; readonly askAt: Instant | null };

/** An order has a search from its first question on; until then its terms say when that is due. */
type Drawn = { readonly search?: ResultSearch };

/** An order whose purchase was charged and stands: what may be reverted, and where a revert that came to nothing leads back to. */
export type PaidState =
  | { readonly status: 'awaitingCode'; readonly attempt: Attempt; readonly polled: number; readonly pollAt: Instant }
  | ({ readonly status: 'charged'; readonly attempt: Attempt } & Drawn)
  | ({ readonly status: 'delivered'; readonly attempt: Attempt; readonly message: MessageId } & Drawn)
  | { readonly status: 'needsPerson'; readonly attempt: Attempt; readonly why: 'paidWithoutCode' };

/** A revert that was, or may have been, sent. `attempt` is still the sale's, `revert` the revert's own. */
type RevertUnderWay = { readonly attempt: Attempt; readonly revert: Attempt; readonly back: PaidState };

export type OrderState =
  /** `unsent`: the reference of a purchase that provably did not leave us; it may be used again on its terminal. */
  | {
      readonly status: 'placed';
      readonly unsent: { readonly terminalId: number; readonly reference: LocalReference } | null;
      readonly tries: number;
      readonly tryAt: Instant;
    }
  | { readonly status: 'sending'; readonly attempt: Attempt; readonly tries: number }
  | {
      readonly status: 'unknown';
      readonly attempt: Attempt;
      readonly expectation: Expectation;
      readonly asked: number;
      readonly askAt: Instant;
      /** Transaction Info called it rejected once; funds are released only when a later answer says so again. */
      readonly reportedRejected: boolean;
    }
  | PaidState
  | { readonly status: 'rejected'; readonly reason: RejectionReason }
  | { readonly status: 'needsPerson'; readonly attempt: Attempt; readonly why: 'outcomeNeverLearnt' }
  | ({ readonly status: 'reverting' } & RevertUnderWay)
  | ({ readonly status: 'revertUnknown'; readonly asked: number; readonly askAt: Instant } & RevertUnderWay)
  | ({ readonly status: 'needsPerson'; readonly why: 'revertNeverLearnt' } & RevertUnderWay)
  /** The sale was undone and the customer has the money back. */
  | { readonly status: 'reverted'; readonly attempt: Attempt; readonly revert: Attempt };

export type OrderStatus = OrderState['status'];

/** Where the code of a charged purchase is: sealed with the order, to be fetched with a token that is, or nowhere. */
export type CodePlace = 'here' | 'later' | 'missing';

/** What a purchase call can turn out to be, without its secrets. */
export type PurchaseSettlement =
  | { readonly kind: 'charged'; readonly code: CodePlace; readonly supplierReference: string | null }
  | { readonly kind: 'rejected'; readonly reason: RejectionReason; readonly resultCode: string | null }
  | { readonly kind: 'notSent' }
  | { readonly kind: 'unclear'; readonly expectation: Expectation; readonly resultCode: string | null };

/** What a revert call can turn out to be. `refused` and `notSent` prove that the sale stands. */
export type RevertSettlement =
  | { readonly kind: 'reverted'; readonly supplierReference: string | null }
  | { readonly kind: 'refused'; readonly resultCode: string | null }
  | { readonly kind: 'notSent' }
  | { readonly kind: 'unclear'; readonly resultCode: string | null };

export type OrderCommand =
  | { readonly type: 'intend'; readonly attempt: Attempt }
  /** `attempt` says which purchase it is that has come to this. */
  | { readonly type: 'settle'; readonly attempt: Attempt; readonly settlement: PurchaseSettlement }
  /** The worker found a purchase or a revert in flight that nobody is waiting for. */
  | { readonly type: 'recover' }
  | { readonly type: 'learnNothing' }
  | { readonly type: 'learnRejected'; readonly reason: RejectionReason; readonly resultCode: string | null }
  | { readonly type: 'learnCharged'; readonly code: CodePlace; readonly supplierReference: string | null }
  | { readonly type: 'receiveCode' }
  | { readonly type: 'missCode' }
  | { readonly type: 'confirmDelivery'; readonly message: MessageId }
  | { readonly type: 'learnResult' }
  | { readonly type: 'missResult' }
  /** A person has found out what became of an order that the bot gave up on. `code`: where the ledger has it, the ruling's own included. */
  | { readonly type: 'rule'; readonly ruling: Ruling; readonly code: CodePlace; readonly by: string; readonly why: string }
  /** The operator wants a sale undone that is known to have been charged. */
  | { readonly type: 'intendRevert'; readonly attempt: Attempt; readonly by: string; readonly why: string }
  /** `attempt` says which revert it is that has come to this. */
  | { readonly type: 'settleRevert'; readonly attempt: Attempt; readonly settlement: RevertSettlement }
  | { readonly type: 'learnReverted'; readonly supplierReference: string | null };

/**
 * What a person found out of a purchase: charged and the code is known, charged and it is not, or not charged. Of a revert: whether the
 * money is back at the supplier.
 */
export type Ruling = 'chargedWithCode' | 'charged' | 'notCharged' | 'reverted' | 'notReverted';

export type OrderEvent = { readonly at: Instant } & (
  | { readonly type: 'placed' }
  | { readonly type: 'purchaseIntended'; readonly attempt: Attempt }
  | { readonly type: 'purchaseNotSent' }
  | { readonly type: 'purchaseCharged'; readonly supplierReference: string | null }
  | { readonly type: 'purchaseRejected'; readonly reason: RejectionReason; readonly resultCode: string | null }
  /** Proof of a charge for an order that was given up as not charged. The money went back long ago; people settle it. */
  | { readonly type: 'chargeCameToLight'; readonly supplierReference: string | null }
  | { readonly type: 'outcomeUnclear'; readonly expectation: Expectation; readonly resultCode: string | null }
  | { readonly type: 'askedInVain' }
  | { readonly type: 'rejectionReported'; readonly resultCode: string | null }
  | { readonly type: 'codeMissed' }
  | { readonly type: 'codeReceived' }
  /** A late answer brought the key to a code that had been given up. */
  | { readonly type: 'tokenReceived' }
  | { readonly type: 'personNeeded'; readonly why: PersonReason }
  | { readonly type: 'ruled'; readonly ruling: Ruling; readonly by: string; readonly why: string }
  | { readonly type: 'codeDelivered'; readonly message: MessageId }
  /** What came of the draw is known; its text is sealed with the code. */
  | { readonly type: 'resultLearnt' }
  | { readonly type: 'resultMissed' }
  | { readonly type: 'revertIntended'; readonly attempt: Attempt; readonly by: string; readonly why: string }
  | { readonly type: 'revertNotSent' }
  | { readonly type: 'revertRefused'; readonly resultCode: string | null }
  | { readonly type: 'revertUnclear'; readonly resultCode: string | null }
  | { readonly type: 'saleReverted'; readonly supplierReference: string | null }
);

/** A command that the order's state does not allow. The caller lost a race or repeats itself; nothing changes. */
export type OrderRefusal = { readonly kind: 'notNow'; readonly status: OrderStatus };

/** What a customer is told about an order without having asked. */
export type OrderNews = 'code' | 'codeLate' | 'rejected' | 'unknown' | 'needsPerson' | 'reverted' | 'result' | 'handedOver';
