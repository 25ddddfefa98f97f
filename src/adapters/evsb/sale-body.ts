// What every sale's body has in common: one amount, the terminal's local time, and no field without a value.
import type { PreparedPurchase } from '../../app/ports/supplier.ts';
import type { LocalReference } from '../../domain/ids.ts';
import type { OrderTerms } from '../../domain/order.ts';
import { localDateTime } from '../../domain/time.ts';
import type { Instant } from '../../domain/time.ts';
import type { EvsbSettings } from './settings.ts';

/** What it takes to write a body. */
export type SaleSettings = Pick<EvsbSettings, 'terminalId' | 'timeZone'>;

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Builds a sale that is ready to be stored and sent. `particulars` are the rest of its body. */
export const prepareSale = (
  { terminalId, timeZone }: SaleSettings,
  { productId, sent }: Pick<OrderTerms, 'productId' | 'sent'>,
  reference: LocalReference,
  at: Instant,
  particulars: Readonly<Record<string, unknown>>,
): PreparedPurchase => {
  const localTime = localDateTime(at, timeZone);
  const body = Object.entries({
    [sent.as === 'send' ? 'amountToSendX100' : 'destinationAmountX100']: sent.amount.hundredths,
    localDateTime: localTime,
    ...particulars,
  }).filter(([, value]) => !isEmpty(value));
  return { productId, attempt: { terminalId, reference, localTime, at }, body: JSON.stringify(Object.fromEntries(body)) };
};
