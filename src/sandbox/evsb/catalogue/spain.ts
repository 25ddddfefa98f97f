// Products of Spain, sold in euros, with one raffle and one product whose offers change by themselves.
import { list, plainVoucher, range } from './product.ts';
import type { Product } from './product.ts';

const spanish = {
  ...plainVoucher,
  countryId: 724,
  country: 'Spain',
  exchangeRate: '1',
  saleCurrency: 'EUR',
  destinationCurrency: 'EUR',
} as const satisfies Partial<Product>;

export const spanishProducts: readonly Product[] = [
  {
    ...spanish,
    articleId: 8201,
    name: 'Lumbre Home - Gift Card',
    topupType: 'Gift Cards',
    amounts: list(1_000, 2_500, 5_000, 10_000),
    productDescription:
      'Lamps, blankets, coffee cups and the chair that you sit in by mistake and do not want to leave. The Lumbre card is valid in all shops on the peninsula and the islands, and online.',
    redeemInstructions: 'Show the code at the till or type it in the basket under “Tarjeta regalo”.',
  },
  {
    ...spanish,
    articleId: 8202,
    name: 'Lumbre Home - Any Amount',
    topupType: 'Gift Cards',
    amounts: range(500, 25_000, 100),
    productDescription:
      'The Lumbre card with the amount of your choice, from 5 to 250 euros. It arrives at once, which helps when the housewarming party is tonight.',
    redeemInstructions: 'Show the code at the till or type it in the basket under “Tarjeta regalo”.',
  },
  {
    ...spanish,
    articleId: 8203,
    name: 'Café Brisa Card',
    topupType: 'Gift Cards',
    amounts: list(1_000, 2_000, 3_000),
    productDescription:
      'Ten, twenty or thirty euros for coffee, toast with tomato and the cheesecake that people write reviews about. Accepted in all thirty Café Brisa houses by the sea.',
    redeemInstructions: 'Show the code when you order.',
    delivery: { kind: 'deferred', misses: 0 },
    validDays: 120,
  },
  {
    ...spanish,
    articleId: 8204,
    name: 'Duende Studio Wallet',
    topupType: 'Games',
    amounts: list(500, 1_000, 2_000, 5_000),
    productDescription:
      'Credit for the adventure games of Duende Studio, on computer and console. It buys whole games, chapters and the sheet music of the guitar parts.',
    redeemInstructions: 'In the Duende launcher choose “Add a code” and type it. Capital and small letters are the same.',
    codePattern: '@@@@@@-@@@@@@-@@@@@@',
  },
  {
    ...spanish,
    articleId: 8205,
    name: 'Onda Serena  Radio Plus',
    topupType: 'Streaming',
    amounts: list(599, 1_699, 5_999),
    productDescription:
      'Live concerts, long talks and a night programme without advertisements. One, three or twelve months of Onda Serena Plus on every device that makes a sound.',
    redeemInstructions: 'Open ondaserena.example/codigo and enter the code.',
    delivery: { kind: 'deferred', misses: 2 },
  },
  {
    ...spanish,
    articleId: 8206,
    name: 'Estrella Raffle',
    topupType: 'Raffles',
    amounts: list(300, 500),
    requires: ['dynamicProductId'],
    productDescription:
      'A ticket for the weekly Estrella raffle in favour of music schools. Each draw has its own prize and its own closing day; the result is published the day after.',
    redeemInstructions: 'Keep the number. Winners are published here on the day after the draw.',
    codePattern: '######',
    validDays: null,
    dynamicItems: [
      {
        id: 'ESTRELLA-0',
        description: 'Last week’s draw: a hand-made guitar',
        amountToSendX100: 300,
        offer: { kind: 'raffle', endsInDays: -1, winningNumber: '271828', isWonHere: true },
      },
      {
        id: 'ESTRELLA-1',
        description: 'This week’s draw: a weekend on Menorca for two',
        amountToSendX100: 300,
        offer: { kind: 'raffle', endsInDays: 6, winningNumber: '314159', isWonHere: true },
      },
      {
        id: 'ESTRELLA-2',
        description: 'Grand draw: an electric bicycle',
        amountToSendX100: 500,
        offer: { kind: 'raffle', endsInDays: 20, winningNumber: '161803', isWonHere: false },
      },
    ],
  },
  {
    ...spanish,
    articleId: 8207,
    name: 'Ventana Stage Tickets',
    topupType: 'Tickets',
    amounts: list(1_200, 1_850, 2_400, 3_100),
    requires: ['dynamicProductId'],
    productDescription:
      'Places that are still free tonight in the small theatres of five cities. What is on sale changes from hour to hour, and every evening has its own price.',
    redeemInstructions: 'Show the code at the door. The doors close when the lights go out.',
    validDays: 2,
    dynamicItems: [
      {
        id: 'VENTANA-PIANO',
        description: 'Two pianos and a storm',
        amountToSendX100: 1_850,
        offer: { kind: 'inTurn', turn: 1 },
      },
      {
        id: 'VENTANA-CLOWN',
        description: 'The clown who lost his umbrella',
        amountToSendX100: 1_200,
        offer: { kind: 'always' },
      },
      {
        id: 'VENTANA-SEA',
        description: 'Letters to the sea, last evening',
        amountToSendX100: 2_400,
        offer: { kind: 'inTurn', turn: 0 },
      },
      {
        id: 'VENTANA-NIGHT',
        description: 'A night of flamenco',
        amountToSendX100: 3_100,
        offer: { kind: 'inTurn', turn: 2 },
      },
    ],
  },
];
