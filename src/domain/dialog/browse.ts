// Browsing: countries, operators, products, pages, and search by typing.
import { findCountry, findOperator } from '../catalog.ts';
import type { CountryId, OperatorId } from '../catalog.ts';
import type { ProductId } from '../ids.ts';
import { assertNever } from '../result.ts';
import { searchOperators, searchProducts } from '../search.ts';
import { beginPurchase } from './draft.ts';
import type { DialogState, Screen } from './state.ts';
import { goHome, goTo, homeScreen, showAgain } from './step.ts';
import type { Step, World } from './step.ts';

export const pickCountry = (state: DialogState, country: CountryId, world: World): Step =>
  world.catalog && findCountry(world.catalog, country)
    ? goTo(state, { at: 'operators', country, query: null, page: 0 }, world)
    : goHome(state, world, { type: 'productGone' });

/** Beyond any list; a forged page number must not make a session that can't be stored. */
const MAX_PAGE = 999;

/** Opens an operator's products, or the amounts of its only one. */
export const pickOperator = (state: DialogState, id: OperatorId, world: World): Step => {
  const products = (world.catalog && findOperator(world.catalog, id))?.products ?? [];
  const [only, ...others] = products;
  if (only === undefined) return goHome(state, world, { type: 'productGone' });
  return others.length === 0
    ? pickProduct(state, only.id, world)
    : goTo(state, { at: 'products', operator: id, query: null, page: 0 }, world);
};

export const pickProduct = (state: DialogState, id: ProductId, world: World): Step => {
  const product = world.catalog?.products.get(id);
  return product === undefined ? goHome(state, world, { type: 'productGone' }) : beginPurchase(state, product, world);
};

export const turnPage = (state: DialogState, page: number, world: World): Step => {
  const { screen } = state;
  return 'page' in screen
    ? goTo(state, { ...screen, page: Math.min(page, MAX_PAGE) }, world)
    : showAgain(state, world, { type: 'useButtons' });
};

/** Searches where the customer is, then everywhere; a single operator is opened at once. */
export const search = (state: DialogState, query: string, world: World): Step => {
  const { screen } = state;
  const { catalog } = world;
  if (catalog === null) throw new Error('Nothing can be searched without a catalogue');
  if (screen.at === 'products') {
    const operator = findOperator(catalog, screen.operator);
    if (operator !== null && searchProducts(operator, query).length > 0) return goTo(state, { ...screen, query, page: 0 }, world);
  }
  const here = screen.at === 'operators' ? screen.country : null;
  for (const country of new Set([here, null])) {
    const [only, ...others] = searchOperators(catalog, country, query);
    if (only === undefined) continue;
    return others.length === 0
      ? pickOperator(state, only.id, world)
      : goTo(state, { at: 'operators', country, query, page: 0 }, world);
  }
  const browsing = screen.at === 'countries' || screen.at === 'operators' || screen.at === 'products' || screen.at === 'items';
  return goTo(state, browsing ? screen : homeScreen(catalog), world, { type: 'notFound', query });
};

/** Where "back" leads from a browsing screen, or from where a purchase begins. */
export const parentOf = (screen: Screen, world: World): Screen => {
  const { catalog } = world;
  const home = homeScreen(catalog);
  if (catalog === null) return home;
  const operators = (country: CountryId): Screen => ({ at: 'operators', country, query: null, page: 0 });
  switch (screen.at) {
    case 'operators':
      return screen.query !== null && screen.country !== null ? operators(screen.country) : home;
    case 'products': {
      const operator = findOperator(catalog, screen.operator);
      if (operator === null) return home;
      return screen.query !== null ? { ...screen, query: null, page: 0 } : operators(operator.countryId);
    }
    case 'items':
    case 'amount':
    case 'field':
    case 'invoices':
    case 'quoteFailed':
    case 'price': {
      const product = catalog.products.get(screen.draft.product);
      const operator = product && findOperator(catalog, product.operatorId);
      if (!operator) return home;
      return operator.products.length > 1
        ? { at: 'products', operator: operator.id, query: null, page: 0 }
        : operators(operator.countryId);
    }
    case 'countries':
    case 'batch':
    case 'batchPlaced':
    case 'admin':
    case 'agent':
    case 'naming':
    case 'processing':
      return home;
    default:
      return assertNever(screen);
  }
};
