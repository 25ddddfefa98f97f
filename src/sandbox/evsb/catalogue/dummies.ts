// The supplier's own test products: no stock, no money, the outcome is written in the account or document.
import { input, invoice } from './bill.ts';
import type { Bill, Debt } from './bill.ts';
import { plainTopUp, plainVoucher, range } from './product.ts';
import type { Product } from './product.ts';

const common = {
  countryId: 840,
  country: 'U.S.A.',
  topupType: 'Gift Cards',
  exchangeRate: '1',
  productDescription: 'Test product: an account that ends in 000 succeeds, 001 is refused, 002 times out, all others fail.',
} as const satisfies Partial<Product>;

const dummy = {
  ...plainVoucher,
  ...common,
  amounts: range(100, 1_000, 1),
  saleCurrency: 'USD',
  destinationCurrency: 'USD',
  codePattern: '################',
  redeemInstructions: 'Enter the code at checkout.',
} as const satisfies Partial<Product>;

/** The supplier's guide pays these in euros, and with more than ten of them. */
const dummyInEuros = {
  ...dummy,
  amounts: range(1, 1_000_000, 1),
  saleCurrency: 'EUR',
  destinationCurrency: 'EUR',
} as const satisfies Partial<Product>;

const debtOfSuffix = (account: string): Debt => {
  switch (account.slice(-3)) {
    case '001':
      return {
        paymentType: 'DISCRETE',
        customer: 'TEST CUSTOMER B',
        transactionCode: 'ABC123XYZ',
        invoices: [
          invoice('INV-XYZ-0001-1', 2_000, 20),
          invoice('INV-XYZ-0001-2', 3_000, 10),
          { ...invoice('INV-XYZ-0001-3', 2_000, 5), isEligible: false },
        ],
      };
    case '002':
      return {
        paymentType: 'TOTAL',
        customer: 'TEST CUSTOMER C',
        transactionCode: 'ABC123XYZ3',
        invoices: [invoice('INV-XYZ-0003', 7_000, 10)],
      };
    default:
      return {
        paymentType: 'OPEN',
        customer: 'TEST CUSTOMER A',
        transactionCode: 'ABC123XYZ2',
        invoices: [invoice('INV-XYZ-0002', 7_000, 10)],
      };
  }
};

const dummyBill: Bill = {
  front: [input('account', 'Contract or Account Number', 6, 12)],
  query: ['account'],
  pay: ['account'],
  transactionKey: 'transactionCode',
  remembersPayments: false,
  debtOf: debtOfSuffix,
};

export const dummyProducts: readonly Product[] = [
  // A top-up without account is not refused but fails, as every account with an unlisted ending does.
  { ...dummy, ...plainTopUp, ...common, articleId: 9990, name: 'DummyTopup', topupType: 'RTR', requires: [] },
  { ...dummy, articleId: 9991, name: 'DummyPin', delivery: { kind: 'tokenWithDetails' } },
  { ...dummy, articleId: 9994, name: 'DummyVoucherADTrue', delivery: { kind: 'drawn' } },
  { ...dummy, articleId: 9995, name: 'DummyVoucherADFalse', delivery: { kind: 'tokenThenDetails' } },
  { ...dummyInEuros, articleId: 9993, family: 'supermarket', name: 'DummySuperMarket', requires: ['documentNumber'] },
  { ...dummyInEuros, articleId: 9992, family: 'bill', name: 'DummyBills', bill: dummyBill },
  { ...dummyInEuros, articleId: 9989, family: 'bill', name: 'DummyBills2', bill: { ...dummyBill, debtOf: null } },
];

export const isDummy = (product: Product): boolean => product.articleId >= 9989 && product.articleId <= 9995;
