// What concerns the terminal as a whole: connectivity, balance, catalogue, and the look-up of a sale.
import { items, refusal, statusFields, unknownTransaction } from '../answers.ts';
import type { Product } from '../catalogue/product.ts';
import type { Entry } from '../sales.ts';
import { numberOf, textOf } from '../simulation.ts';
import type { Handler, Simulation } from '../simulation.ts';
import type { Switches } from '../switches.ts';

export const ping: Handler = (call, simulation) => ({
  status: 200,
  json: { rc: 0, echo: call.parameters.texts.get('echo') ?? 'echo', ts: simulation.now() },
});

/** The balance in major units with decimals, unlike every other amount. */
export const balances: Handler = (_call, simulation) =>
  items({ id: simulation.terminalId, balance: simulation.keeper.books.balanceX100 / 100 });

const saleAmountOf = ({ amounts }: Product) =>
  amounts.type === 'by_range'
    ? { from: amounts.from, to: amounts.to, step: amounts.step, list: [] }
    : { from: null, to: null, step: null, list: amounts.list };

const listProduct = (product: Product, simulation: Simulation) => {
  const rate = simulation.rateOf(product);
  return {
    articleId: product.articleId,
    name: product.name,
    countryId: product.countryId,
    country: product.country,
    topupType: product.topupType,
    mask: product.mask,
    amountType: product.amounts.type,
    saleAmount: saleAmountOf(product),
    exchangeRate: rate && Number(rate.numerator) / Number(rate.denominator),
    saleCurrency: product.saleCurrency,
    destinationCurrency: product.destinationCurrency,
    discount: null,
    region: null,
    serviceFee: product.serviceFee,
    productDescription: product.productDescription,
  };
};

/** A bare array of one terminal, without `rc`; a terminal without products is an empty array. */
export const portfolio: Handler = (_call, simulation) => {
  const products = simulation.listedProducts().map((product) => listProduct(product, simulation));
  return { status: 200, json: products.length === 0 ? [] : [{ terminalId: simulation.terminalId, products }] };
};

/** The code of what has moved money: a look-up shows a paid bill as its payment was shown. */
const doneCodeOf = (entry: Entry, { billSuccessCode }: Switches): string => {
  if (entry.kind === 'revert') return '20';
  return entry.moved?.family === 'bill' ? billSuccessCode : '10';
};

/**
 * Looks up a sale by reference and day; a reverted one is still a sale that was charged. Unknown, failed and not yet indexed
 * all give the same 900, and so does the reference of a revert unless a switch says otherwise.
 */
export const transactionInfo: Handler = (call, simulation) => {
  const switches = simulation.switches();
  const terminalId = numberOf(call, 'terminalId');
  if (terminalId !== simulation.terminalId) return refusal('517', null, switches);
  const day = textOf(call, 'creationDate');
  const isIndexed = (at: number): boolean => simulation.now() >= at + switches.infoDelayMs;
  const known = simulation.sales
    .ofReference(terminalId, numberOf(call, 'originalLocalReference'))
    .filter((entry) => entry.kind === 'sale' || switches.infoShowsReverts)
    .filter((entry) => (switches.infoCalendar === 'local' ? entry.localDay : entry.serverDay) === day);

  const done = known.findLast((entry) => entry.moved && isIndexed(entry.moved.at));
  if (done?.moved) {
    return items({
      ...statusFields(doneCodeOf(done, switches), null, switches),
      supplierreference: done.moved.supplierreference,
    });
  }
  const failed = known.findLast((entry) => !entry.moved && isIndexed(entry.at));
  if (!failed || !switches.infoReportsFailures) return unknownTransaction(switches);
  return items({ ...statusFields(failed.code, failed.operatorId, switches), supplierreference: '' });
};
