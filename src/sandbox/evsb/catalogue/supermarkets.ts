// Supermarket vouchers of Spain and Mexico: in the name of a person, whose document the purchase has to give.
import { list, plainVoucher, range } from './product.ts';
import type { Product } from './product.ts';

const supermarket = {
  ...plainVoucher,
  family: 'supermarket',
  topupType: 'Supermarket',
  exchangeRate: '1',
  requires: ['documentNumber'],
  codePattern: '@@@@@@@@@@@@@@@@',
  delivery: { kind: 'token' },
} as const satisfies Partial<Product>;

export const supermarketProducts: readonly Product[] = [
  {
    ...supermarket,
    articleId: 8701,
    name: 'Huerta Luna Supermercados',
    countryId: 724,
    country: 'Spain',
    saleCurrency: 'EUR',
    destinationCurrency: 'EUR',
    amounts: list(2_000, 5_000, 10_000, 15_000),
    productDescription:
      'A voucher for the week’s shopping in any Huerta Luna, from the market stalls to the freezer. The person who spends it shows the document that the voucher was bought with.',
    redeemInstructions: 'Show the voucher and the identity document at the till.',
  },
  {
    ...supermarket,
    articleId: 8702,
    name: 'Jacaranda Súper',
    countryId: 484,
    country: 'Mexico',
    saleCurrency: 'MXN',
    destinationCurrency: 'MXN',
    amounts: range(10_000, 300_000, 5_000),
    productDescription:
      'Tortillas still warm, fruit by the crate and everything else on the list. A Jacaranda voucher has any amount between 100 and 3,000 pesos, and belongs to one person.',
    redeemInstructions: 'Give the voucher and your document to the cashier before paying.',
  },
];
