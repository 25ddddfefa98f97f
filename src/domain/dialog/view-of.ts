// The view of every screen: a pure function of the screen and the catalogue, so that a screen can always be shown again.
import { findCountry, findOperator } from '../catalog.ts';
import { searchOperators, searchProducts } from '../search.ts';
import type { AmountRule, Catalog, Product } from '../catalog.ts';
import { convertDown, money } from '../money.ts';
import type { Hundredths } from '../money.ts';
import { isSellable } from '../quote.ts';
import type { Direction } from '../quote.ts';
import { assertNever } from '../result.ts';
import type { Screen } from './state.ts';
import { pageOf } from './view.ts';
import type { FlowView } from './view.ts';

/** Whether a screen's product or operator is still sold; a screen that lost it can't be shown. */
export const isOnSale = (screen: Screen, catalog: Catalog): boolean => {
  switch (screen.at) {
    case 'countries':
    case 'processing':
      return true;
    case 'operators':
      return screen.country === null || findCountry(catalog, screen.country) !== null;
    case 'products':
      return findOperator(catalog, screen.operator) !== null;
    case 'items':
    case 'amount':
      return catalog.products.has(screen.product);
    case 'field': {
      const product = catalog.products.get(screen.draft.product);
      return product?.fields[screen.index] !== undefined;
    }
    case 'quoteFailed':
    case 'price':
      return catalog.products.has(screen.draft.product);
    default:
      return assertNever(screen);
  }
};

const found = <T>(value: T | null | undefined): T => {
  if (value === null || value === undefined) throw new Error('A screen of something that is not on sale was shown');
  return value;
};

/** Without a catalogue the shop is closed, except for what needs none. Throws for a screen that is not on sale. */
export const viewOf = (screen: Screen, catalog: Catalog | null): FlowView => {
  if (screen.at === 'processing') {
    return { type: 'processing', order: screen.order, productName: screen.productName, pay: screen.pay };
  }
  if (catalog === null) return { type: 'closed' };
  switch (screen.at) {
    case 'countries':
      return { type: 'countries', list: pageOf(catalog.countries, screen.page) };
    case 'operators': {
      const operators = searchOperators(catalog, screen.country, screen.query ?? '');
      return {
        type: 'operators',
        country: screen.country === null ? null : found(findCountry(catalog, screen.country)),
        query: screen.query,
        list: pageOf(operators, screen.page),
        canGoBack: screen.query !== null || catalog.countries.length > 1,
      };
    }
    case 'products': {
      const operator = found(findOperator(catalog, screen.operator));
      return {
        type: 'products',
        operator,
        query: screen.query,
        list: pageOf(searchProducts(operator, screen.query ?? ''), screen.page),
      };
    }
    case 'items': {
      const list = screen.items?.map((item, index) => ({ index, item })) ?? null;
      return {
        type: 'items',
        product: found(catalog.products.get(screen.product)),
        list: list && pageOf(list, screen.page),
      };
    }
    case 'amount':
      return amountView(found(catalog.products.get(screen.product)), screen.entering, screen.page);
    case 'field': {
      const product = found(catalog.products.get(screen.draft.product));
      return {
        type: 'field',
        product,
        field: found(product.fields[screen.index]),
        position: screen.index + 1,
        total: product.fields.length,
      };
    }
    case 'quoteFailed':
      return { type: 'quoteFailed', product: found(catalog.products.get(screen.draft.product)), error: screen.error };
    case 'price': {
      const { quote, order, draft } = screen;
      const product = found(catalog.products.get(draft.product));
      const { fields, dynamic: item, twin } = draft;
      return { type: 'price', product, quote, fields, item, order, twin, sellable: isSellable(quote) };
    }
    default:
      return assertNever(screen);
  }
};

const amountView = (product: Product, entering: Direction, page: number): FlowView => ({
  type: 'amount',
  product,
  entering,
  canSwitch: canSwitchDirection(product),
  choices: pageOf(choicesOf(product, entering), page),
  bounds: boundsOf(product, entering),
});

/** Entering what arrives makes sense where it is not just what is paid. */
export const canSwitchDirection = ({ saleCurrency, destinationCurrency, rate }: Product): boolean =>
  saleCurrency !== destinationCurrency || rate === null || BigInt(rate.units) !== 10n ** BigInt(rate.scale);

const choicesOf = (
  product: Product,
  entering: Direction,
): readonly { readonly amount: Hundredths; readonly receive: Hundredths | null }[] => {
  const { amount, rate } = product;
  if (amount.kind === 'range') return [];
  if (entering === 'direct')
    return amount.values.map((value) => ({ amount: value, receive: rate === null ? null : convertDown(value, rate) }));
  return rate === null
    ? []
    : amount.values.map((value) => convertDown(value, rate)).map((receive) => ({ amount: receive, receive }));
};

const extremes = (rule: AmountRule): { readonly least: number; readonly most: number; readonly step: Hundredths } =>
  rule.kind === 'range'
    ? { least: rule.from, most: rule.to, step: rule.step }
    : { least: Math.min(...rule.values), most: Math.max(...rule.values), step: 1 as Hundredths };

const boundsOf = (product: Product, entering: Direction): Extract<FlowView, { type: 'amount' }>['bounds'] => {
  const { least, most, step } = extremes(product.amount);
  if (entering === 'direct') return { least: money(least, product.saleCurrency), most: money(most, product.saleCurrency), step };
  const { rate, destinationCurrency } = product;
  if (rate === null) return null;
  const arriving = (send: number): Hundredths => convertDown(send as Hundredths, rate);
  return {
    least: money(arriving(least), destinationCurrency),
    most: money(arriving(most), destinationCurrency),
    step: 1 as Hundredths,
  };
};
