// Dynamic products and finished vouchers: products whose price and description exist at sale time only.
import { z } from 'zod';
import type { Log } from '../../app/ports/log.ts';
import type { DynamicVoucher, SupplierError } from '../../app/ports/supplier.ts';
import type { ProductId } from '../../domain/ids.ts';
import { ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import { itemsOf, keyValues, text } from './wire.ts';

/** Hundredths. Absent is null; a value of a wrong type makes the entry unreadable, so that no price is guessed. */
export const amount = z
  .int()
  .min(0)
  .nullish()
  .transform((value) => value ?? null);

const dynamicProduct = z.object({
  id: text,
  dynamicProductId: text,
  description: text,
  amountToSendX100: amount,
  destinationAmountX100: amount,
  serviceFeeX100: amount,
  totalAmountX100: amount,
  destinationCurrency: text,
  /** What the documents of top-ups call it. Their `amount` has no known unit, and is not read. */
  currency: text,
  additionalData: keyValues,
});

type Amounts = Pick<z.infer<typeof dynamicProduct>, 'amountToSendX100' | 'serviceFeeX100' | 'totalAmountX100'>;

/** Whatever the total holds beyond the amount is a fee, by whichever name: nothing is sold with one that is hidden. */
export const feeOf = ({ amountToSendX100: send, serviceFeeX100: stated, totalAmountX100: total }: Amounts): number | null =>
  send === null || total === null ? stated : Math.max(stated ?? 0, Math.abs(total - send));

/** Reads a list, of vouchers or top-ups, which comes in the usual envelope or, for finished vouchers, perhaps as a bare array. */
export const readDynamicVouchers = (
  json: unknown,
  product: ProductId,
  log: Log,
): Result<readonly DynamicVoucher[], SupplierError> => {
  const items: Result<readonly unknown[], SupplierError> = Array.isArray(json) ? ok(json) : itemsOf(json);
  if (!items.ok) return items;
  const vouchers = items.value.flatMap((item): DynamicVoucher[] => {
    const { data } = dynamicProduct.safeParse(item);
    const id = data?.id ?? data?.dynamicProductId ?? null;
    if (data === undefined || id === null) {
      log.warn('evsb.dynamicVoucherLeftOut', { product });
      return [];
    }
    return [
      {
        id,
        description: data.description ?? '',
        send: data.amountToSendX100,
        receive: data.destinationAmountX100,
        fee: feeOf(data),
        destinationCurrency: data.destinationCurrency ?? data.currency,
        extra: data.additionalData,
      },
    ];
  });
  return ok(vouchers);
};
