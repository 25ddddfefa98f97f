// The receipt of a sale without a code, which top-ups and bills have: what of it a buyer may want to keep.
import type { Receipt as SaleReceipt } from '../../domain/voucher.ts';
import { unlistedOf } from './wire.ts';
import type { Receipt } from './wire.ts';

/** The amount at the destination is among them because nobody knows its unit. */
const LISTED: ReadonlySet<string> = new Set([
  'finalstatus',
  'resultcode',
  'resultmessage',
  'supplierreference',
  'suppliertoken',
  'destinationcurrency',
  'destinationamount',
  'extraInfo',
  'hasAdditionalData',
  'additionalData',
]);

export const receiptOf = (receipt: Receipt): SaleReceipt => ({
  authorisation: receipt.suppliertoken,
  message: receipt.resultmessage,
  extra: [...receipt.additionalData, ...unlistedOf(receipt, LISTED)],
});

/** What the log says of a charged sale without a code. */
export const praiseReceipt = (): { readonly outcome: string; readonly alert: 'never' } => ({
  outcome: 'charged',
  alert: 'never',
});
