// Products of the United States, sold in dollars; one of them can no longer be converted, another has a fee.
import { list, plainVoucher, range, shortRevertWindowMs } from './product.ts';
import type { Product } from './product.ts';

const american = {
  ...plainVoucher,
  countryId: 840,
  country: 'U.S.A.',
  exchangeRate: '1',
  saleCurrency: 'USD',
  destinationCurrency: 'USD',
} as const satisfies Partial<Product>;

export const americanProducts: readonly Product[] = [
  {
    ...american,
    articleId: 8301,
    name: 'Foxglove Outfitters - Gift Card',
    topupType: 'Gift Cards',
    amounts: list(2_500, 5_000, 10_000, 25_000),
    productDescription:
      'Tents that stand, boots that last and rain jackets in colours that rescuers like. Foxglove cards are valid in every store and online, and can be combined with each other.',
    redeemInstructions: 'Enter the code under “Gift card” at checkout or show it in the store.',
  },
  {
    ...american,
    articleId: 8302,
    name: 'Foxglove Outfitters - Any Amount',
    topupType: 'Gift Cards',
    amounts: range(1_000, 50_000, 100),
    productDescription:
      'The Foxglove card with an amount of your choice between 10 and 500 dollars. For the friend who already has a tent but not yet the stove.',
    redeemInstructions: 'Enter the code under “Gift card” at checkout or show it in the store.',
  },
  {
    ...american,
    articleId: 8303,
    name: 'Marigold Picture House',
    topupType: 'Gift Cards',
    amounts: list(1_500, 3_000),
    productDescription:
      'One ticket or two for a cinema with velvet seats and an organ that still works. Valid for every show except the New Year’s gala.',
    redeemInstructions: 'Book at marigold.example and enter the code instead of a card.',
    exchangeRate: null,
  },
  {
    ...american,
    articleId: 8304,
    name: 'Pixel Orchard - Gems',
    topupType: 'Games',
    amounts: list(499, 999, 1_999, 4_999, 9_999),
    productDescription:
      'Gems for the quiet farming game in which nothing bad ever happens. Buy a barn, a boat or a second dog. Gems stay in your orchard for ever.',
    redeemInstructions: 'In Pixel Orchard open the post box, choose “Code” and type it in.',
    codePattern: '@@@@@-@@@@@-@@@@@',
  },
  {
    ...american,
    articleId: 8305,
    name: 'Larkspur Music',
    topupType: 'Streaming',
    amounts: list(1_099, 3_199, 10_999),
    productDescription:
      'One, three or twelve months of music in studio quality, with the liner notes that used to come on paper. For new and existing listeners.',
    redeemInstructions: 'Go to larkspur.example/code and sign in.',
    delivery: { kind: 'token' },
    codePattern: '############',
  },
  {
    ...american,
    articleId: 8306,
    name: 'Hearthline Calling Card',
    topupType: 'Pinless',
    amounts: range(500, 5_000, 500),
    exchangeRate: '17.35',
    destinationCurrency: 'MXN',
    productDescription:
      'Calls from any phone in the United States to any phone in Mexico. The value is shown in pesos, because that is how the minutes are counted at the other end.',
    redeemInstructions:
      'Call the access number on the back of your receipt, then type the PIN and the number that you want to reach.',
    codePattern: '############',
    delivery: { kind: 'tokenWithDetails' },
  },
  {
    ...american,
    articleId: 8307,
    name: 'Tumbleweed Toll Pass',
    topupType: 'Gift Cards',
    amounts: list(2_000, 4_000),
    serviceFee: 50,
    revertWindowMs: shortRevertWindowMs,
    productDescription:
      'Credit for the toll roads of six states. The issuer adds a service fee of fifty cents to each card; the credit itself is the full amount.',
    redeemInstructions: 'Add the code to your vehicle at tumbleweed.example.',
  },
];
