// The items of dynamic products, as the families that have them list them.
import { frameworkError, refusal } from '../answers.ts';
import type { Answer } from '../answers.ts';
import type { DynamicItem } from '../catalogue/dynamic-item.ts';
import type { Family, Product } from '../catalogue/product.ts';
import { convertDown } from '../prices.ts';
import { numberOf } from '../simulation.ts';
import type { Call, Simulation } from '../simulation.ts';

export type Fact = { key: string; value: string };

/** One item as it is listed, with what is to be said of it beyond its price. */
export const describeItem = (item: DynamicItem, product: Product, facts: readonly Fact[], simulation: Simulation) => {
  const rate = simulation.rateOf(product);
  return {
    id: item.id,
    description: item.description,
    amountToSendX100: item.amountToSendX100,
    destinationAmountX100: rate ? convertDown(item.amountToSendX100, rate) : item.amountToSendX100,
    serviceFeeX100: product.serviceFee,
    totalAmountX100: item.amountToSendX100 + product.serviceFee,
    destinationCurrency: product.destinationCurrency,
    additionalData: facts,
  };
};

/** Lists what is chosen of a dynamic product; 404 when that is nothing, as it is for every other product. */
export const answerItems = (
  call: Call,
  simulation: Simulation,
  family: Family,
  choose: (product: Product) => readonly object[] | { refusedWith: string },
): Answer => {
  const operatorId = numberOf(call, 'operatorId');
  const refuse = (code: string): Answer => refusal(code, operatorId, simulation.switches());
  if (numberOf(call, 'terminalId') !== simulation.terminalId) return refuse('517');
  const product = simulation.findProduct(operatorId);
  if (product?.family !== family) return refuse('-1');
  const chosen = product.dynamicItems.length === 0 ? [] : choose(product);
  if ('refusedWith' in chosen) return refuse(chosen.refusedWith);
  if (chosen.length === 0) return frameworkError(404, call.path, simulation.now());
  return { status: 200, json: { rc: 0, items: chosen, additionalData: [] } };
};
