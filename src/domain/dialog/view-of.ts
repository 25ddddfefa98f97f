// The view of every screen: a pure function of the screen and the catalogue, so that a screen can always be shown again.
import { isPayable, mayBePaid, referencesAt, sumOfChosen, totalOf } from '../bill.ts';
import { findCountry, findOperator } from '../catalog.ts';
import { searchOperators, searchProducts } from '../search.ts';
import type { AmountRule, Catalog, Product } from '../catalog.ts';
import { formOf } from '../form.ts';
import { convertDown, money } from '../money.ts';
import type { Hundredths } from '../money.ts';
import { isSellable } from '../quote.ts';
import type { Direction } from '../quote.ts';
import { assertNever } from '../result.ts';
import type { AdminAsking, AdminView } from './admin.ts';
import { sumOf, viewLine } from './batch-view.ts';
import type { Draft, Screen } from './state.ts';
import { pageOf } from './view.ts';
import type { Account, FlowView } from './view.ts';

/** Whether a screen's product or operator is still sold; a screen that lost it can't be shown. */
export const isOnSale = (screen: Screen, catalog: Catalog): boolean => {
  switch (screen.at) {
    case 'countries':
    case 'processing':
    // A line that lost its product says so.
    case 'batch':
    case 'batchPlaced':
    case 'admin':
    case 'agent':
    case 'naming':
      return true;
    case 'operators':
      return screen.country === null || findCountry(catalog, screen.country) !== null;
    case 'products':
      return findOperator(catalog, screen.operator) !== null;
    case 'field': {
      const { draft, index } = screen;
      const product = catalog.products.get(draft.product);
      return product !== undefined && formOf(product, draft).fields[index] !== undefined;
    }
    case 'items':
    case 'amount':
    case 'invoices':
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

const adminViewOf = (asking: AdminAsking): AdminView =>
  asking.for === 'nothing' ? { type: 'menu' } : { type: 'asking', asking };

/** Without a catalogue the shop is closed, except for what needs none. Throws for a screen that is not on sale. */
export const viewOf = (screen: Screen, catalog: Catalog | null): FlowView => {
  if (screen.at === 'processing') {
    const { order, productName, family, pay } = screen;
    return { type: 'processing', order, productName, family, pay };
  }
  if (screen.at === 'batchPlaced') return { type: 'batchPlaced', orders: screen.orders };
  if (screen.at === 'admin') return { type: 'admin', view: adminViewOf(screen.asking) };
  if (screen.at === 'agent') return { type: 'agentAsking', asking: screen.asking };
  if (screen.at === 'naming') return { type: 'naming', naming: screen.naming };
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
        product: found(catalog.products.get(screen.draft.product)),
        account: accountOf(screen.draft),
        list: list && pageOf(list, screen.page),
      };
    }
    case 'amount':
      return amountView(found(catalog.products.get(screen.draft.product)), screen, catalog.marked.has(screen.draft.product));
    case 'field': {
      const { draft, index } = screen;
      const product = found(catalog.products.get(draft.product));
      const { fields, suggestions } = formOf(product, draft);
      const field = found(fields[index]);
      return {
        type: 'field',
        product,
        field,
        position: index + 1,
        total: fields.length,
        suggestions: field.kind === 'phone' ? suggestions : [],
      };
    }
    case 'batch': {
      const { lines, page } = screen;
      const list = pageOf(
        lines.map((line, i) => viewLine(line, i, catalog)),
        page,
      );
      return { type: 'batch', list, total: lines.length, buy: sumOf(lines, catalog) };
    }
    case 'invoices':
      return invoicesView(found(catalog.products.get(screen.draft.product)), screen);
    case 'quoteFailed':
      return { type: 'quoteFailed', product: found(catalog.products.get(screen.draft.product)), error: screen.error };
    case 'price': {
      const { quote, order, draft } = screen;
      const product = found(catalog.products.get(draft.product));
      const { fields, warnings, bill, dynamic: item, twin } = draft;
      const invoices = bill?.payment.kind === 'invoices' ? bill.payment.references : [];
      const form = formOf(product, draft);
      return { type: 'price', product, quote, form, fields, warnings, invoices, item, order, twin, sellable: isSellable(quote) };
    }
    default:
      return assertNever(screen);
  }
};

/** Whom a top-up goes to, once that is known. */
const accountOf = ({ form, fields, warnings }: Draft): Account | null => {
  const field = form?.fields.find(({ kind, name }) => kind === 'phone' && fields[name] !== undefined);
  const value = field && fields[field.name];
  return value === undefined ? null : { value, warnings };
};

const invoicesView = (product: Product, screen: Extract<Screen, { at: 'invoices' }>): FlowView => {
  const { debt, chosen, page } = screen;
  const invoices = debt.invoices.map((invoice, index) => ({
    index,
    invoice,
    chosen: chosen.includes(index),
    payable: debt.paymentType === 'DISCRETE' && mayBePaid(invoice),
  }));
  const isDiscrete = debt.paymentType === 'DISCRETE';
  const sum = isDiscrete
    ? money(sumOfChosen(debt, referencesAt(debt, chosen)), product.saleCurrency)
    : totalOf(debt, product.saleCurrency);
  return {
    type: 'invoices',
    product,
    debt,
    list: pageOf(invoices, page),
    payable: isPayable(debt),
    sum: sum !== null && sum.hundredths > 0 ? sum : null,
  };
};

const amountView = (
  product: Product,
  { draft, entering, page }: Extract<Screen, { at: 'amount' }>,
  marked: boolean,
): FlowView => ({
  type: 'amount',
  product,
  account: accountOf(draft),
  entering,
  marked,
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
