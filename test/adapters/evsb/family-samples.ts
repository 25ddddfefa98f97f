// Prepared sales of every family beside vouchers, and how each is sent, for the tests that hold for all of them.
import type { BillTerms, RechargeTerms, VoucherHolder } from '../../../src/app/ports/families.ts';
import type { PreparedPurchase, SaleOutcome } from '../../../src/app/ports/supplier.ts';
import type { EvsbSupplier } from '../../../src/adapters/evsb/supplier.ts';
import type { CallName } from '../../../src/adapters/evsb/calls.ts';
import type { Currency, Hundredths } from '../../../src/domain/money.ts';
import { instant } from '../../../src/domain/time.ts';
import type { Instant } from '../../../src/domain/time.ts';
import type { EndpointName } from '../../../src/sandbox/evsb/endpoints.ts';
import { productId, reference } from './samples.ts';

type Order = { product?: number; ref?: number; at?: Instant; amount?: number };

const usd = (amount: number) => ({ hundredths: amount as Hundredths, currency: 'USD' as Currency });

export const prepareTopUp = (
  supplier: EvsbSupplier,
  {
    product = 8612,
    ref = 500200,
    at = instant(Date.now()),
    amount = 1_000,
    as = 'send',
    fields = { account: '5351234000' },
    dynamic = null,
  }: Order & { as?: 'send' | 'receive' } & Partial<Pick<RechargeTerms, 'fields' | 'dynamic'>> = {},
) =>
  supplier.prepareRecharge(
    { productId: productId(product), sent: { as, amount: usd(amount) }, fields, dynamic },
    reference(ref),
    at,
  );

/** An invented person. */
export const holder: VoucherHolder = {
  documentNumber: 'AB00000000',
  documentType: 'PASSPORT',
  firstName: 'Inventada',
  surname: 'Persona',
  secondSurname: null,
  phone: null,
  email: null,
  message: null,
};

export const prepareForHolder = (
  supplier: EvsbSupplier,
  {
    product = 8701,
    ref = 500200,
    at = instant(Date.now()),
    amount = 5_000,
    changes = {},
  }: Order & { changes?: Partial<VoucherHolder> } = {},
) =>
  supplier.prepareSupermarketVoucher(
    {
      productId: productId(product),
      sent: { as: 'send', amount: usd(amount) },
      dynamic: null,
      holder: { ...holder, ...changes },
    },
    reference(ref),
    at,
  );

/** The telephone bill of an invented line. */
export const PHONE = '5512345020';

export const prepareBill = (
  supplier: EvsbSupplier,
  {
    product = 8803,
    ref = 500200,
    at = instant(Date.now()),
    amount = 80_920,
    terms = {},
  }: Order & { terms?: Partial<BillTerms> } = {},
) =>
  supplier.prepareBillPayment(
    {
      productId: productId(product),
      send: usd(amount),
      values: [{ key: 'phone', value: PHONE }],
      returned: [{ key: 'transaction_code', value: `GR-${PHONE}` }],
      invoices: [],
      phone: null,
      ...terms,
    },
    reference(ref),
    at,
  );

/** A family as the tests that hold for every one of them see it. */
export type FamilyCase = {
  readonly family: string;
  readonly call: CallName;
  readonly endpoint: EndpointName;
  readonly event: string;
  /** Up to the reference. */
  readonly path: string;
  /** Prepares and hands over how it is sent. */
  readonly ready: (
    supplier: EvsbSupplier,
    order?: Pick<Order, 'ref' | 'at'>,
  ) => { readonly prepared: PreparedPurchase; readonly send: (through?: EvsbSupplier) => Promise<SaleOutcome<unknown>> };
};

export const families: readonly FamilyCase[] = [
  {
    family: 'recharge',
    call: 'rechargePurchase',
    endpoint: 'rechargePurchase',
    event: 'evsb.recharge',
    path: '/pre-paid/recharge/purchase/100001/8612/',
    ready: (supplier, order) => {
      const prepared = prepareTopUp(supplier, order);
      return { prepared, send: (through = supplier) => through.recharge(prepared) };
    },
  },
  {
    family: 'supermarket',
    call: 'supermarketPurchase',
    endpoint: 'supermarketPurchase',
    event: 'evsb.supermarketPurchase',
    path: '/pre-paid/supermarket-vouchers/purchase/100001/8701/',
    ready: (supplier, order) => {
      const prepared = prepareForHolder(supplier, order);
      return { prepared, send: (through = supplier) => through.buySupermarketVoucher(prepared) };
    },
  },
  {
    family: 'bill',
    call: 'billPayment',
    endpoint: 'billPayment',
    event: 'evsb.billPayment',
    path: '/post-paid/bill-payment/payment/100001/8803/',
    ready: (supplier, order) => {
      const prepared = prepareBill(supplier, order);
      return { prepared, send: (through = supplier) => through.payBill(prepared) };
    },
  },
];
