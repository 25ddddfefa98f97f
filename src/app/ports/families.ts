// What the supplier sells beside vouchers: top-ups, supermarket vouchers and bills. Each asks for something else and answers something else.
import type { Debt } from '../../domain/bill.ts';
import type { FieldOption } from '../../domain/catalog.ts';
import type { LocalReference, ProductId } from '../../domain/ids.ts';
import type { Money } from '../../domain/money.ts';
import type { Attempt, OrderTerms } from '../../domain/order.ts';
import type { Result } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { Receipt } from '../../domain/voucher.ts';
import type { KeyValue } from '../../domain/key-value.ts';
import type { DynamicVoucher, InfoOutcome, PreparedPurchase, PurchaseOutcome, SaleOutcome, SupplierError } from './supplier.ts';

/** A prepared purchase that knows its family, so that it can't be sent as a sale of another one. */
export type Prepared<Family extends 'recharge' | 'supermarket' | 'bill'> = PreparedPurchase & { readonly family: Family };

/**
 * Something that the buyer has to be asked, as the supplier describes it. `name` is the supplier's key, verbatim. `labels` are by language,
 * `und` where the supplier does not say which; there may be none. Lengths are in characters, null where nothing is said.
 */
export type AskedField = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly minLength: number | null;
  readonly maxLength: number | null;
} & ({ readonly kind: 'text' } | { readonly kind: 'choice'; readonly options: readonly FieldOption[] });

export type ReceiptOutcome = SaleOutcome<Receipt>;

type SaleTerms = Pick<OrderTerms, 'productId' | 'sent' | 'dynamic'>;

/** `dynamicField`: the field by whose value `rechargeProducts` lists what is on offer; null where the supplier does not say. */
export type RechargeParameters = {
  readonly dynamic: boolean;
  readonly dynamicField: string | null;
  readonly fields: readonly AskedField[];
};

/** `fields` by the names of the parameters. */
export type RechargeTerms = SaleTerms & { readonly fields: Readonly<Partial<Record<string, string>>> };

export type Recharges = {
  /** What a top-up asks for. Says nothing of whether it can be sold. */
  rechargeParameters(productId: ProductId): Promise<Result<RechargeParameters, SupplierError>>;
  /**
   * What a dynamic product offers an account; empty when nothing (their 404). Their `extra` may be something that the operator wants back with the
   * purchase, which has no documented place for it.
   */
  rechargeProducts(productId: ProductId, account: string): Promise<Result<readonly DynamicVoucher[], SupplierError>>;
  /** Builds the exact top-up. Sends nothing. */
  prepareRecharge(terms: RechargeTerms, reference: LocalReference, at: Instant): Prepared<'recharge'>;
  /** Sends a top-up once. Never resent, never throws: whatever happens is an outcome. */
  recharge(prepared: Prepared<'recharge'>): Promise<ReceiptOutcome>;
};

/** In whose name a supermarket voucher is. All of it is personal. */
export type VoucherHolder = {
  readonly documentNumber: string;
  readonly documentType: 'PASSPORT' | 'ID_CARD' | null;
  readonly firstName: string | null;
  readonly surname: string | null;
  readonly secondSurname: string | null;
  /** Where the supplier may send a notice. */
  readonly phone: string | null;
  readonly email: string | null;
  readonly message: string | null;
};

export type SupermarketVouchers = {
  /** Builds the exact purchase. Sends nothing. */
  prepareSupermarketVoucher(
    terms: SaleTerms & { readonly holder: VoucherHolder },
    reference: LocalReference,
    at: Instant,
  ): Prepared<'supermarket'>;
  /** Sends a purchase once, as `purchase` does. The code is in the answer; there are no later details. */
  buySupermarketVoucher(prepared: Prepared<'supermarket'>): Promise<PurchaseOutcome>;
};

/** `query` and `pay`: the keys that a query and a payment need. A payment may need keys that only a query returns. */
export type BillParameters = {
  readonly fields: readonly AskedField[];
  readonly query: readonly string[];
  readonly pay: readonly string[];
};

export type InvoicesError =
  | SupplierError
  /**
   * The biller has no such account, or refuses these values for another reason: the supplier tells them apart by text alone, which may name
   * a person.
   */
  | { readonly kind: 'refused'; readonly resultCode: string | null; readonly message: string | null }
  /** The biller can't be asked what is owed (their 404). */
  | { readonly kind: 'noQuery' };

/** `values` are those of the parameters' `pay`, `returned` is the debt's, `invoices` are the chosen references: DISCRETE only. */
export type BillTerms = {
  readonly productId: ProductId;
  readonly send: Money;
  readonly values: readonly KeyValue[];
  readonly returned: readonly KeyValue[];
  readonly invoices: readonly string[];
  /** Where the biller may send a notice. */
  readonly phone: string | null;
};

export type Bills = {
  billParameters(productId: ProductId): Promise<Result<BillParameters, SupplierError>>;
  /** What is owed, asked with the values of the parameters' `query`. Moves no money and may be repeated. */
  invoices(productId: ProductId, values: readonly KeyValue[]): Promise<Result<Debt, InvoicesError>>;
  /** Builds the exact payment. Sends nothing. What a query returned wins over a value of the same key. */
  prepareBillPayment(terms: BillTerms, reference: LocalReference, at: Instant): Prepared<'bill'>;
  /** Sends a payment once. Never resent, never throws: whatever happens is an outcome. */
  payBill(prepared: Prepared<'bill'>): Promise<ReceiptOutcome>;
  /** As `transactionInfo`, which does not know the code that proves a payment. */
  billPaymentInfo(attempt: Attempt): Promise<Result<InfoOutcome, SupplierError>>;
};
