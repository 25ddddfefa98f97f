// The supplier of vouchers: what eVSB can be asked, in the domain's words. One error union for reads, one outcome union for purchases.
import type { SupplierTrouble } from '../../domain/alert.ts';
import type { ListedProduct, Product } from '../../domain/catalog.ts';
import type { LocalReference, ProductId } from '../../domain/ids.ts';
import type { Money } from '../../domain/money.ts';
import type { Attempt, Expectation, Fields, OrderTerms, RejectionReason } from '../../domain/order.ts';
import type { AmountChoice, Price } from '../../domain/quote.ts';
import type { Result } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { KeyValue } from '../../domain/key-value.ts';
import type { Voucher } from '../../domain/voucher.ts';

/** "They answered with an error" and "no answer" are different things; so is "it never left us". */
export type SupplierError =
  | { readonly kind: 'notSent'; readonly reason: string }
  | {
      readonly kind: 'answered';
      readonly httpStatus: number;
      readonly resultCode: string | null;
      readonly message: string | null;
    }
  | { readonly kind: 'noAnswer'; readonly reason: string };

/** A product whose price and description are fetched at sale time (raffles, dynamically priced vouchers). */
export type DynamicVoucher = {
  readonly id: string;
  readonly description: string;
  readonly send: number | null;
  readonly receive: number | null;
  readonly fee: number | null;
  readonly destinationCurrency: string | null;
  readonly extra: readonly KeyValue[];
};

/** A purchase, built before it is sent so that exactly this can be stored first. `body` is the JSON text that will go out; secret. */
export type PreparedPurchase = { readonly productId: ProductId; readonly attempt: Attempt; readonly body: string };

/** The outcome of a call that sells. `raw` is the upstream answer for support, `uid` the supplier's id of the request; `raw` and `delivery` are secret. */
export type SaleOutcome<Delivery> = { readonly raw: string | null; readonly uid: string | null } & (
  | { readonly kind: 'charged'; readonly supplierReference: string | null; readonly delivery: Delivery }
  | { readonly kind: 'rejected'; readonly reason: RejectionReason; readonly resultCode: string | null }
  /** Proven not to have reached the supplier: the same reference may be sent again. */
  | { readonly kind: 'notSent'; readonly reason: string }
  /** `delivery`: an answer may contradict itself and still carry what was bought, or the key to it. */
  | {
      readonly kind: 'unclear';
      readonly expectation: Expectation;
      readonly reason: string;
      readonly resultCode: string | null;
      readonly delivery: Delivery | null;
    }
);

/** What came of a purchase whose buyer gets a code. */
export type PurchaseOutcome = SaleOutcome<VoucherDelivery>;

/**
 * A sale as a revert has to name it: everything exactly as it was sent. `send` is the amount of a purchase that named the amount to be
 * sent; what to name for one that named the amount to be received, nobody knows, so that one has no revert.
 */
export type RevertibleSale = Pick<OrderTerms, 'productId' | 'fields'> & { readonly send: Money; readonly attempt: Attempt };

/** A revert, built before it is sent so that exactly this can be stored first. `attempt` has its own reference; `body` is secret. */
export type PreparedRevert = PreparedPurchase;

/** The outcome of a revert call. `raw` and `uid` as in a purchase; `raw` is secret. */
export type RevertOutcome = { readonly raw: string | null; readonly uid: string | null } &
  /** The money is back. `supplierReference` is the revert's own. */
  (
    | { readonly kind: 'reverted'; readonly supplierReference: string | null }
    /** The money is not back, and this revert will not bring it. */
    | { readonly kind: 'refused'; readonly resultCode: string | null }
    /** Proven not to have reached the supplier: the same reference may be sent again. */
    | { readonly kind: 'notSent'; readonly reason: string }
    /** The money may be back. Also when an earlier revert may have worked. */
    | { readonly kind: 'unclear'; readonly reason: string; readonly resultCode: string | null }
  );

/** What Transaction Info says of a revert. Suppliers that do not show reverts leave it unknown for ever. */
export type RevertInfo =
  { readonly kind: 'reverted'; readonly supplierReference: string | null } | { readonly kind: 'stillUnknown' };

/** Undoes sales that are known to have been charged; never a way of finding out whether one was. */
export type Reverter = {
  /** Builds the exact revert of a sale, on the terminal that sold it. The reference is a new one of that terminal. Sends nothing. */
  prepareRevert(sale: RevertibleSale, reference: LocalReference, at: Instant): PreparedRevert;
  /** Sends a revert once. Never resent, never throws: whatever happens is an outcome. */
  revert(prepared: PreparedRevert): Promise<RevertOutcome>;
  /** Asks after a revert under its own reference, as `transactionInfo` does after a sale. */
  revertInfo(attempt: Attempt): Promise<Result<RevertInfo, SupplierError>>;
};

/** Where the code of a charged purchase is: here, to be fetched with a token, or nowhere. */
export type VoucherDelivery =
  | { readonly kind: 'here'; readonly voucher: Voucher; readonly token: string | null }
  | { readonly kind: 'later'; readonly token: string }
  | { readonly kind: 'missing' };

/** What Transaction Info says of a sale. `stillUnknown` covers the answer 900, which never means "failed". */
export type InfoOutcome =
  | { readonly kind: 'charged'; readonly supplierReference: string | null }
  | { readonly kind: 'rejected'; readonly reason: RejectionReason; readonly resultCode: string | null }
  | { readonly kind: 'stillUnknown' };

/**
 * What a call has told of the supplier itself, whatever it was about: null when it works. `alarmingSkew`: their clock minus ours, in milliseconds,
 * when that is so much that signatures are refused; null when it is not, or when the answer does not tell.
 */
export type SupplierReport = { readonly trouble: SupplierTrouble | null; readonly alarmingSkew: number | null };

export type Supplier = {
  /** Connectivity only: a success says nothing of the credentials. `skew`: their clock minus ours, in milliseconds, when the answer tells. */
  ping(): Promise<Result<{ readonly skew: number | null }, SupplierError>>;
  /** As `ping`, with a text that has to come back unchanged. */
  echo(text: string): Promise<Result<{ readonly echo: string }, SupplierError>>;
  /** The terminal's balance in hundredths; the answer has no currency. Also the check of the credentials. */
  balance(): Promise<Result<{ readonly hundredths: number }, SupplierError>>;
  /** Every product that the terminal lists. Entries that can't be read are left out and logged. */
  portfolio(): Promise<Result<readonly ListedProduct[], SupplierError>>;
  /** Prices Direct or Prices Reverse, by the choice's direction. `account` is used when the configured path has a place for it. */
  price(product: Product, choice: AmountChoice, account: string | null): Promise<Result<Price, SupplierError>>;
  /** Empty when the operator has no dynamic vouchers (their 404). */
  dynamicVouchers(productId: ProductId): Promise<Result<readonly DynamicVoucher[], SupplierError>>;
  finishedVouchers(productId: ProductId): Promise<Result<readonly DynamicVoucher[], SupplierError>>;
  /** Builds the exact purchase for an order: terminal, local time and body. Sends nothing. */
  preparePurchase(
    terms: Pick<OrderTerms, 'productId' | 'sent' | 'dynamic'> & { readonly fields: Fields },
    reference: LocalReference,
    at: Instant,
  ): PreparedPurchase;
  /** Sends a purchase once. Never resent, never throws: whatever happens is an outcome. */
  purchase(prepared: PreparedPurchase): Promise<PurchaseOutcome>;
  /** The details of a sold voucher; `notYet` is their normal 404. */
  voucherDetails(productId: ProductId, token: string): Promise<Result<Voucher | 'notYet', SupplierError>>;
  /** Asks under each of the dates where the sale may be filed; the first conclusive answer counts. */
  transactionInfo(attempt: Attempt): Promise<Result<InfoOutcome, SupplierError>>;
};
