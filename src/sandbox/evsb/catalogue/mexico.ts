// Products of Mexico, sold in pesos: the country with the most operators, so that lists need pages.
import { list, plainVoucher, range } from './product.ts';
import type { Product } from './product.ts';

const mexican = {
  ...plainVoucher,
  countryId: 484,
  country: 'Mexico',
  exchangeRate: '1',
  saleCurrency: 'MXN',
  destinationCurrency: 'MXN',
} as const satisfies Partial<Product>;

const games = { ...mexican, topupType: 'Games', codePattern: '@@@@@-@@@@@-@@@@@' } as const satisfies Partial<Product>;

export const mexicanProducts: readonly Product[] = [
  {
    ...mexican,
    articleId: 8101,
    name: 'Alondra Books - Gift Card',
    topupType: 'Gift Cards',
    amounts: list(10_000, 20_000, 30_000, 50_000, 100_000),
    productDescription:
      'Three floors of stories, a café on the roof and a children’s corner that smells of new paper. The Alondra gift card buys books, notebooks and records in all forty Alondra shops and on the website. It can be spent in several visits; whatever is left stays on the card until it expires.',
    redeemInstructions:
      'Show the code at the till of any Alondra shop, or type it under “Gift card” when you pay on the website.',
  },
  {
    ...mexican,
    articleId: 8102,
    name: 'Alondra Books - Any Amount',
    topupType: 'Gift Cards',
    amounts: range(5_000, 200_000, 500),
    productDescription:
      'The same Alondra gift card with the amount that you choose yourself, from 50 to 2,000 pesos in steps of 5. A good way to give exactly the trilogy that somebody has been talking about for months.',
    redeemInstructions:
      'Show the code at the till of any Alondra shop, or type it under “Gift card” when you pay on the website.',
  },
  {
    ...mexican,
    articleId: 8103,
    name: 'Cine Farol  Movie Pass',
    topupType: 'Gift Cards',
    amounts: list(8_500, 17_000, 34_000),
    productDescription:
      'One, two or four seats in any Cine Farol, any film, any day, including premières. Seats are chosen when the pass is redeemed. Popcorn is not included, although the smell of it is.',
    redeemInstructions: 'Choose film and seats in the Cine Farol app, then tap “Pay with a pass” and type the code.',
    validDays: 180,
  },
  {
    ...mexican,
    articleId: 8104,
    name: 'Mercadito Azul Groceries',
    // The catalogue spells this country in two ways; both have the same number.
    country: 'México',
    topupType: 'Gift Cards',
    amounts: range(10_000, 300_000, 1_000),
    productDescription:
      'Fruit, bread, tortillas of the day and everything else on the list. The Mercadito Azul card is accepted in more than two hundred neighbourhood shops and for home delivery. It is not exchangeable for cash.',
    redeemInstructions: 'Tell the cashier that you pay with a Mercadito card and show the code.',
    codePattern: '################',
    delivery: { kind: 'token' },
    validDays: null,
  },
  {
    ...mexican,
    articleId: 8105,
    name: 'Fonda Girasol Lunch Card',
    topupType: 'Gift Cards',
    amounts: list(15_000, 30_000),
    productDescription:
      'A long lunch for one or for two at any Fonda Girasol: soup, rice, the dish of the day, dessert and a jug of fresh lime water. Valid on weekdays and weekends, no reservation needed.',
    redeemInstructions: 'Give the code to your waiter before you order.',
    delivery: { kind: 'deferred', misses: 1 },
  },
  {
    ...mexican,
    articleId: 8106,
    name: 'Nopal Bus Lines Travel Credit',
    topupType: 'Gift Cards',
    amounts: range(20_000, 150_000, 5_000),
    productDescription:
      'Credit for any route of Nopal Bus Lines, from the coast to the capital. Use it for one ticket or for several, for yourself or for somebody who is coming home for the holidays. Unused credit can be carried over to the next trip.',
    redeemInstructions: 'On the Nopal website choose your seat, then “Travel credit” as payment, and enter the code.',
  },
  {
    ...mexican,
    articleId: 8107,
    name: 'Vaivén Fashion Card',
    topupType: 'Gift Cards',
    amounts: list(25_000, 50_000, 100_000, 200_000),
    productDescription:
      'Clothes made in small workshops in Oaxaca and Puebla. The Vaivén card can be spent online and in shops, also in the sales, and exchanges are free for thirty days.',
    redeemInstructions: 'Enter the code in the field “Card or voucher” of your basket, or show it in the shop.',
    routed: false,
  },
  {
    ...games,
    articleId: 8108,
    name: 'Tropel Games - Coins',
    amounts: list(2_000, 5_000, 10_000, 15_000, 20_000, 30_000, 40_000, 50_000, 75_000, 100_000),
    productDescription:
      'Coins for every game of Tropel: new riders, new tracks, new hats for the horse. Coins are added to the account that redeems the code and never expire once they are there.',
    redeemInstructions: 'In the game open <b>Shop → Redeem</b> and type the code.<br>Coins arrive within a minute.',
  },
  {
    ...games,
    articleId: 8109,
    name: 'Tropel Games - Season Pass',
    amounts: list(19_900),
    productDescription:
      'Twelve weeks of the Tropel season: all tracks, a private stable and a trophy shelf that fills up by itself if you win. Starts on the day on which the code is redeemed.',
    redeemInstructions: 'In the game open Shop → Redeem and type the code.',
    validDays: 90,
  },
  {
    ...games,
    articleId: 8110,
    name: 'Axolotl Arcade Credits',
    amounts: list(5_000, 10_000, 20_000),
    requires: ['account'],
    accountFormat: 'email',
    productDescription:
      'Credits for the arcade in your pocket: pinball, puzzles and a surprisingly difficult pond. They are bound to the e-mail address of the player, so please type it exactly as in the profile.',
    redeemInstructions: 'Log in with the e-mail address that you gave and confirm the credits under “My wallet” with the code.',
  },
  {
    ...mexican,
    articleId: 8111,
    name: 'Marimba Music - Monthly',
    topupType: 'Streaming',
    amounts: list(9_900, 28_900, 54_900, 99_000),
    productDescription:
      'A month, a quarter, half a year or a whole year of Marimba Music: sixty million songs without advertisements, also offline. Works with a new account or extends an existing one.',
    redeemInstructions: 'Open marimba.example/redeem, log in and enter the code.',
    delivery: { kind: 'tokenThenDetails' },
    codePattern: '############',
  },
  {
    ...mexican,
    articleId: 8112,
    name: 'Cometa TV - Subscription',
    topupType: 'Streaming',
    amounts: list(14_900, 39_900, 139_000),
    productDescription:
      'Series, documentaries and two football leagues on up to four screens. One, three or twelve months that begin when the code is redeemed. No card needed and nothing that renews itself.',
    redeemInstructions: 'On your television open Cometa → Settings → Redeem a code.',
  },
  {
    ...mexican,
    articleId: 8113,
    name: 'Puente Calling Minutes',
    topupType: 'Pinless',
    mask: '52##########',
    requires: ['account'],
    amounts: list(5_000, 10_000, 20_000),
    productDescription:
      'Minutes to call landlines and mobiles in sixty countries straight from your own number: no PIN to type before each call. They are credited to the number that you give, with the country code.',
    redeemInstructions: 'Dial *711 from the number that was credited and follow the voice. Keep the code as your receipt.',
    codePattern: '##########',
  },
];
