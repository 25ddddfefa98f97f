// The products and rates in force: a snapshot of the catalogue, with the switches that change it.
import { isDummy } from './catalogue/dummies.ts';
import { snapshots } from './catalogue/snapshots.ts';
import type { SnapshotName } from './catalogue/snapshots.ts';
import { multiplyRates, parseRate } from './prices.ts';
import type { Shelf } from './simulation.ts';
import type { Switches } from './switches.ts';

/** Both parameters are asked on every call, so that a change is in force at once. */
export const createShelf = (snapshot: () => SnapshotName, switches: () => Switches): Shelf => ({
  listedProducts: () => {
    const products = snapshots[snapshot()];
    return switches().dummiesListed ? products : products.filter((product) => !isDummy(product));
  },
  findProduct: (operatorId) => snapshots[snapshot()].find((product) => product.articleId === operatorId) ?? null,
  rateOf: (product) => {
    if (product.exchangeRate === null) return null;
    const { rateFactors } = switches();
    const factor = rateFactors[String(product.articleId)] ?? rateFactors['*'];
    const rate = parseRate(product.exchangeRate);
    return factor === undefined ? rate : multiplyRates(rate, parseRate(factor));
  },
});
