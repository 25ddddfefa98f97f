// Invented values that several tests of the eVSB client share.
import { parseLocalReference, parseProductId } from '../../../src/domain/ids.ts';
import type { LocalReference, ProductId } from '../../../src/domain/ids.ts';
import type { Currency, Hundredths } from '../../../src/domain/money.ts';
import { parseRate } from '../../../src/domain/money.ts';
import type { Product } from '../../../src/domain/catalog.ts';
import type { Attempt, Fields } from '../../../src/domain/order.ts';
import type { Result } from '../../../src/domain/result.ts';
import { instant } from '../../../src/domain/time.ts';
import type { Instant } from '../../../src/domain/time.ts';
import type { PreparedPurchase, PreparedRevert, Reverter, Supplier } from '../../../src/app/ports/supplier.ts';

export const must = <T>(result: Result<T, unknown>): T => {
  if (!result.ok) throw new Error(`Expected a value: ${JSON.stringify(result.error)}`);
  return result.value;
};

export const errorOf = <E>(result: Result<unknown, E>): E => {
  if (result.ok) throw new Error(`Expected an error: ${JSON.stringify(result.value)}`);
  return result.error;
};

export const productId = (id: number): ProductId => must(parseProductId(id));
export const reference = (value: number): LocalReference => must(parseLocalReference(value));

export const AT = instant(1_735_732_800_000);

export const prepare = (
  supplier: Supplier,
  {
    product = 8801,
    ref = 500200,
    at = instant(Date.now()),
    amount = 1000,
    fields = { account: '600123456000' },
  }: { product?: number; ref?: number; at?: Instant; amount?: number; fields?: Fields } = {},
): PreparedPurchase =>
  supplier.preparePurchase(
    {
      productId: productId(product),
      sent: { as: 'send', amount: { hundredths: amount as Hundredths, currency: 'USD' as Currency } },
      fields,
      dynamic: null,
    },
    reference(ref),
    at,
  );

/** A revert of the sale that `prepare` prepares. */
export const prepareRevert = (
  supplier: Supplier & Reverter,
  {
    product = 8801,
    attempt = prepare(supplier).attempt,
    ref = 500201,
    at = instant(Date.now()),
    amount = 1000,
    fields = { account: '600123456000' },
  }: { product?: number; attempt?: Attempt; ref?: number; at?: Instant; amount?: number; fields?: Fields } = {},
): PreparedRevert =>
  supplier.prepareRevert(
    {
      productId: productId(product),
      send: { hundredths: amount as Hundredths, currency: 'USD' as Currency },
      fields,
      attempt,
    },
    reference(ref),
    at,
  );

export const sold = {
  rc: 0,
  items: [
    {
      finalstatus: 10,
      resultcode: '10',
      resultmessage: 'OK',
      supplierreference: '1700000000010',
      suppliertoken: 'T-8F2K-0001',
      extraInfo: { resultcode: 10, redeemCode: 'ABCD-EFGH-JKLM', redeemInstructions: 'Enter the code at checkout.' },
      hasAdditionalData: false,
    },
  ],
};

export const product: Product = {
  id: productId(8802),
  name: 'Demo card',
  description: '',
  countryId: 192,
  countryName: 'Cuba',
  topupType: 'Gift Cards',
  mask: null,
  amount: { kind: 'list', values: [1000 as Hundredths] },
  saleCurrency: 'USD' as Currency,
  destinationCurrency: 'CUP' as Currency,
  rate: must(parseRate('22')),
  fee: 0,
  brand: 'Demo',
  family: 'voucher',
  fields: [],
  unit: 'confirmed',
  purchaseBy: 'send',
  ceiling: null,
  revertible: false,
  dynamic: false,
  timeZone: 'UTC',
  order: 0,
  hidden: false,
  operatorId: productId(8802),
};

export const choose = (direction: 'direct' | 'reverse', amount: number) => ({ direction, amount: amount as Hundredths });
