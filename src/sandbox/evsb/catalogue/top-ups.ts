// Top-ups of Mexico and Cuba: lists and ranges, bundles that depend on the line, and fields beyond the number.
import { list, plainTopUp, range } from './product.ts';
import type { Product } from './product.ts';

const mexican = {
  ...plainTopUp,
  countryId: 484,
  country: 'Mexico',
  mask: '52##########',
  exchangeRate: '1',
  saleCurrency: 'MXN',
  destinationCurrency: 'MXN',
} as const satisfies Partial<Product>;

const cuban = {
  ...plainTopUp,
  countryId: 192,
  country: 'Cuba',
  mask: '53########',
  saleCurrency: 'USD',
  destinationCurrency: 'CUP',
} as const satisfies Partial<Product>;

export const topUpProducts: readonly Product[] = [
  {
    ...mexican,
    articleId: 8601,
    name: 'Quetzal Móvil - Recarga',
    amounts: list(2_000, 3_000, 5_000, 10_000, 15_000, 20_000, 30_000, 50_000),
    productDescription:
      'Airtime for any Quetzal Móvil line in Mexico. Calls and messages inside the country are free while there is a balance, and the balance lasts longer the larger it is.',
  },
  {
    ...mexican,
    articleId: 8602,
    name: 'Quetzal Móvil - Any Amount',
    amounts: range(1_000, 50_000, 500),
    productDescription: 'The Quetzal top-up with an amount of your choice between 10 and 500 pesos, in steps of five.',
  },
  {
    ...mexican,
    articleId: 8603,
    name: 'Nube Norte Internet',
    country: 'México',
    topupType: 'Data',
    mask: null,
    accountFormat: 'email',
    accountLabel: { en: 'E-mail with which you log in', es: 'Correo con el que inicias sesión' },
    requires: ['account', 'receiverEmail'],
    amounts: list(9_900, 19_900),
    productDescription:
      'A month of Nube Norte internet at home, with or without the film channel. It is credited to the login; the receipt goes to an address of your choice.',
  },
  {
    ...cuban,
    articleId: 8611,
    name: 'Caracola Móvil - Recarga',
    amounts: list(1_000, 1_500, 2_000, 2_500, 5_000),
    exchangeRate: '24',
    productDescription:
      'Credit for a Caracola line on the island, paid in dollars and received in pesos. Type the number with the country code 53.',
  },
  {
    ...cuban,
    articleId: 8612,
    name: 'Caracola Móvil - Any Amount',
    amounts: range(500, 5_500, 10),
    exchangeRate: '22.5',
    productDescription:
      'The Caracola top-up with an amount of your choice. Say how many pesos should arrive, or how many dollars you want to give.',
  },
  {
    ...cuban,
    articleId: 8613,
    name: 'Caracola Móvil - Bundles',
    topupType: 'Bundles',
    requires: ['account', 'dynamicProductId'],
    amounts: list(700, 1_150, 1_900, 2_350),
    exchangeRate: '24',
    productDescription:
      'Minutes, messages and data in one bundle. Which bundles there are depends on the line: prepaid lines and lines on a contract are offered different ones.',
    dynamicItems: [
      {
        id: 'CARACOLA-S',
        description: '2 GB and 20 minutes, 7 days',
        amountToSendX100: 700,
        offer: { kind: 'always' },
      },
      {
        id: 'CARACOLA-M',
        description: '5 GB and 60 minutes, 30 days',
        amountToSendX100: 1_150,
        offer: { kind: 'byLine', line: 'prepaid' },
      },
      {
        id: 'CARACOLA-L',
        description: '12 GB and 120 minutes, 30 days',
        amountToSendX100: 1_900,
        offer: { kind: 'byLine', line: 'prepaid' },
      },
      {
        id: 'CARACOLA-EXTRA',
        description: '10 GB on top of the contract, until the end of the month',
        amountToSendX100: 2_350,
        offer: { kind: 'byLine', line: 'contract' },
      },
    ],
  },
];
