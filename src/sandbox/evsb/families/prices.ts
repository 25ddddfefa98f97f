// Prices: what a sale amount is worth at its destination, and which sale amount reaches a destination amount.
import { frameworkError, items, refusal } from '../answers.ts';
import type { Answer } from '../answers.ts';
import type { Product } from '../catalogue/product.ts';
import { quoteDirect, quoteReverse } from '../prices.ts';
import type { Quote, Rate } from '../prices.ts';
import { numberOf } from '../simulation.ts';
import type { Call, Handler, Simulation } from '../simulation.ts';

const quoteItem = (product: Product, quote: Quote) => ({
  amountToSendX100: quote.sendX100,
  destinationAmountX100: quote.destinationX100,
  destinationCurrency: product.destinationCurrency,
  serviceFeeX100: product.serviceFee,
  totalAmountX100: quote.sendX100 + product.serviceFee,
});

const answerQuote = (call: Call, simulation: Simulation, quoteOf: (product: Product, rate: Rate) => Quote | null): Answer => {
  const switches = simulation.switches();
  const operatorId = numberOf(call, 'operatorId');
  if (switches.priceEndpoints !== 'served') {
    return frameworkError(switches.priceEndpoints === 'missing404' ? 404 : 500, call.path, simulation.now());
  }
  if (numberOf(call, 'terminalId') !== simulation.terminalId) return refusal('517', operatorId, switches);
  const product = simulation.findProduct(operatorId);
  if (!product?.routed) return refusal('-1', operatorId, switches);
  const rate = simulation.rateOf(product);
  const quote = rate && quoteOf(product, rate);
  return quote ? items(quoteItem(product, quote)) : refusal('927', operatorId, switches);
};

export const pricesDirect: Handler = (call, simulation) =>
  answerQuote(call, simulation, (product, rate) => quoteDirect(product.amounts, rate, numberOf(call, 'amountToSendX100')));

export const pricesReverse: Handler = (call, simulation) =>
  answerQuote(call, simulation, (product, rate) => quoteReverse(product.amounts, rate, numberOf(call, 'destinationAmountX100')));
