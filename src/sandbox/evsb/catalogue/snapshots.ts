// The catalogue at two moments, so that a client meets products that disappear, change and arrive.
import { parseRate } from '../prices.ts';
import type { Rate } from '../prices.ts';
import { americanProducts } from './united-states.ts';
import { billProducts } from './billers.ts';
import { brazilianProducts } from './brazil.ts';
import { cubanProducts } from './cuba.ts';
import { dummyProducts } from './dummies.ts';
import { mexicanProducts } from './mexico.ts';
import { list, range } from './product.ts';
import type { Product } from './product.ts';
import { spanishProducts } from './spain.ts';
import { supermarketProducts } from './supermarkets.ts';
import { topUpProducts } from './top-ups.ts';

export const snapshotNames = ['first', 'second', 'empty'] as const;
export type SnapshotName = (typeof snapshotNames)[number];

const first: readonly Product[] = [
  ...mexicanProducts,
  ...spanishProducts,
  ...americanProducts,
  ...cubanProducts,
  ...brazilianProducts,
  ...topUpProducts,
  ...supermarketProducts,
  ...billProducts,
  ...dummyProducts,
];

/** Products of the first snapshot that are gone in the second. */
const gone = new Set([8105, 8203, 8306]);

/** What is different about a product in the second snapshot. */
const changes = new Map<number, Partial<Product>>([
  [8101, { amounts: list(10_000, 20_000, 50_000) }],
  [8202, { amounts: range(1_000, 20_000, 500) }],
  [8302, { amounts: { type: 'by_tier', list: [1_000, 5_000] } }],
  [8402, { exchangeRate: null }],
  [8501, { exchangeRate: '5.12' }],
  [8107, { routed: true }],
]);

const arrived: readonly Product[] = cubanProducts
  .filter((product) => product.articleId === 8401)
  .map((product) => ({ ...product, articleId: 8405, name: 'Palmera Market - Festive Basket', amounts: list(4_000, 8_000) }));

const second: readonly Product[] = [
  ...first
    .filter((product) => !gone.has(product.articleId))
    .map((product) => ({ ...product, ...changes.get(product.articleId) })),
  ...arrived,
];

export const snapshots: Readonly<Record<SnapshotName, readonly Product[]>> = { first, second, empty: [] };

/** The terminal has one balance in one currency, whatever the currency of a sale. */
export const balanceCurrency = 'USD';

const balanceRates: ReadonlyMap<string, Rate> = new Map([
  ['USD', parseRate('1')],
  ['EUR', parseRate('1.08')],
  ['MXN', parseRate('0.0575')],
]);

/** Units of the balance for one unit of a sale currency. Fixed, so that a client's books can be checked to the cent. */
export const balanceRateOf = (saleCurrency: string): Rate => {
  const rate = balanceRates.get(saleCurrency);
  if (!rate) throw new Error(`The catalogue has no balance rate for ${saleCurrency}`);
  return rate;
};
