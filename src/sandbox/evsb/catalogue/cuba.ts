// Products of Cuba: sold in dollars and euros, received in pesos, so that both sides of a price differ.
import { list, plainVoucher, range, shortRevertWindowMs } from './product.ts';
import type { Product } from './product.ts';

const cuban = {
  ...plainVoucher,
  countryId: 192,
  country: 'Cuba',
  saleCurrency: 'USD',
  destinationCurrency: 'CUP',
} as const satisfies Partial<Product>;

export const cubanProducts: readonly Product[] = [
  {
    ...cuban,
    articleId: 8401,
    name: 'Palmera Market - Basket',
    topupType: 'Gift Cards',
    amounts: list(1_000, 2_000, 3_000, 5_000),
    exchangeRate: '22',
    productDescription:
      'A voucher in pesos for the Palmera markets in Havana, Matanzas and Santiago: rice, oil, coffee, soap and whatever is fresh that morning. The person who receives the code chooses what goes into the basket.',
    redeemInstructions: 'Show the code and an identity card at the counter of any Palmera market.',
  },
  {
    ...cuban,
    articleId: 8402,
    name: 'Palmera Market - Any Amount',
    topupType: 'Gift Cards',
    amounts: range(1_100, 5_500, 10),
    exchangeRate: '22.5',
    productDescription:
      'The Palmera voucher with an amount of your choice. Say how many pesos should arrive, or how many dollars you want to give; the other side is calculated for you.',
    redeemInstructions: 'Show the code and an identity card at the counter of any Palmera market.',
  },
  {
    ...cuban,
    articleId: 8403,
    name: 'Habla Cerca Minutes',
    topupType: 'Pinless',
    mask: '53########',
    requires: ['account'],
    amounts: range(200, 3_000, 1),
    exchangeRate: '16.9',
    productDescription:
      'Minutes for long calls with the family, credited to a Cuban number. Type the number with the country code 53; the minutes are valid for thirty days from the first call.',
    redeemInstructions: 'Dial *88# to see the minutes. Keep the code as your receipt.',
    codePattern: '##########',
    revertWindowMs: shortRevertWindowMs,
  },
  {
    ...cuban,
    articleId: 8404,
    name: 'Ceiba Pharmacy Voucher',
    topupType: 'Gift Cards',
    saleCurrency: 'EUR',
    exchangeRate: '26.37',
    amounts: list(1_000, 2_500),
    productDescription:
      'A voucher for the Ceiba pharmacies, which also deliver to the door. It covers everything on their shelves that needs no prescription.',
    redeemInstructions: 'Read the code to the pharmacist, in the shop or on the telephone.',
    delivery: { kind: 'deferred', misses: 0 },
    validDays: 60,
  },
];
