// The supplier's own test products: no stock, no money, the outcome is written in the account.
import { plainVoucher, range } from './product.ts';
import type { Product } from './product.ts';

const dummy = {
  ...plainVoucher,
  countryId: 840,
  country: 'U.S.A.',
  topupType: 'Gift Cards',
  amounts: range(100, 1_000, 1),
  exchangeRate: '1',
  saleCurrency: 'USD',
  destinationCurrency: 'USD',
  codePattern: '################',
  productDescription: 'Test product: an account that ends in 000 succeeds, 001 is refused, 002 times out, all others fail.',
  redeemInstructions: 'Enter the code at checkout.',
} as const satisfies Partial<Product>;

export const dummyProducts: readonly Product[] = [
  { ...dummy, articleId: 9990, family: 'recharge', name: 'DummyTopup', topupType: 'RTR' },
  { ...dummy, articleId: 9991, name: 'DummyPin', delivery: { kind: 'tokenWithDetails' } },
  { ...dummy, articleId: 9994, name: 'DummyVoucherADTrue', delivery: { kind: 'drawn' } },
  { ...dummy, articleId: 9995, name: 'DummyVoucherADFalse', delivery: { kind: 'tokenThenDetails' } },
];

export const isDummy = (product: Product): boolean => product.articleId >= 9989 && product.articleId <= 9995;
