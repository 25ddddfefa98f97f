// Products of Brazil, received in reais; one has an amount type that clients have never heard of, one always fails.
import { list, plainVoucher, range } from './product.ts';
import type { Product } from './product.ts';

const brazilian = {
  ...plainVoucher,
  countryId: 76,
  country: 'Brazil',
  exchangeRate: '5.37',
  saleCurrency: 'USD',
  destinationCurrency: 'BRL',
} as const satisfies Partial<Product>;

export const brazilianProducts: readonly Product[] = [
  {
    ...brazilian,
    articleId: 8501,
    name: 'Padaria Sol Nascente',
    topupType: 'Gift Cards',
    amounts: range(500, 10_000, 50),
    productDescription:
      'Warm bread, cheese rolls and a coffee that arrives before you have sat down. The card is valid in every Padaria Sol Nascente from Recife to Porto Alegre.',
    redeemInstructions: 'Show the code when you pay.',
  },
  {
    ...brazilian,
    articleId: 8502,
    name: 'Capybara Club - Diamonds',
    topupType: 'Games',
    amounts: list(199, 499, 999, 1_999),
    productDescription:
      'Diamonds for the calmest multiplayer game in the world. Spend them on hot springs, hats and birds that sit on your head.',
    redeemInstructions: 'Open the club menu, choose “Resgatar” and type the code.',
    codePattern: '@@@@@-@@@@@-@@@@@',
  },
  {
    ...brazilian,
    articleId: 8503,
    name: 'Rede Ipê Films',
    topupType: 'Streaming',
    saleCurrency: 'EUR',
    exchangeRate: '5.86',
    amounts: list(450, 1_250, 4_500),
    productDescription:
      'Brazilian cinema from the silent years to last Friday, with subtitles in nine languages. One, three or twelve months.',
    redeemInstructions: 'Enter the code at redeipe.example/ativar.',
    delivery: { kind: 'drawn' },
  },
  {
    ...brazilian,
    articleId: 8504,
    name: 'Maré Surf Shop',
    topupType: 'Gift Cards',
    amounts: { type: 'by_tier', list: [1_000, 2_000] },
    productDescription: 'Boards, wax and advice. Sold in tiers that are agreed with the shop.',
    redeemInstructions: 'Show the code in the shop.',
  },
  {
    ...brazilian,
    articleId: 8505,
    name: 'Lagoa Concert Tickets',
    topupType: 'Gift Cards',
    amounts: list(3_000),
    productDescription:
      'One place at the open-air concerts on the lagoon. They are nearly always sold out; when they are, the order is refused and nothing is charged.',
    redeemInstructions: 'Show the code at the gate.',
    alwaysCode: '11',
  },
];
