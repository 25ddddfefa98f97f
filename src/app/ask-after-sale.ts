// What the supplier says of a sale afterwards: bills are asked about in a way of their own, because another code proves them.
import type { Family } from '../domain/catalog.ts';
import type { Attempt } from '../domain/order.ts';
import type { Result } from '../domain/result.ts';
import type { Bills } from './ports/families.ts';
import type { InfoOutcome, Supplier, SupplierError } from './ports/supplier.ts';

export type SaleInfo = Pick<Supplier, 'transactionInfo'> & Pick<Bills, 'billPaymentInfo'>;

/** As the supplier's `transactionInfo`. */
export const askAfterSale = (
  supplier: SaleInfo,
  family: Family,
  attempt: Attempt,
): Promise<Result<InfoOutcome, SupplierError>> =>
  family === 'bill' ? supplier.billPaymentInfo(attempt) : supplier.transactionInfo(attempt);
