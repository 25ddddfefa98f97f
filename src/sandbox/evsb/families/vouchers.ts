// Vouchers: dynamic products, late details and finished raffles.
import { frameworkError, items, refusal } from '../answers.ts';
import { closingTime } from '../catalogue/product.ts';
import type { DynamicItem, Product } from '../catalogue/product.ts';
import { numberOf, textOf } from '../simulation.ts';
import type { Handler, Simulation } from '../simulation.ts';

/** The last day of an item. Its end is that day's midnight in UTC, which is the first moment of the next. */
const closingDate = (item: DynamicItem, simulation: Simulation): string =>
  new Date(closingTime(item, simulation.openedAt) - 1).toISOString().slice(0, 10);

const isClosed = (item: DynamicItem, simulation: Simulation): boolean =>
  closingTime(item, simulation.openedAt) <= simulation.now();

const describe = (item: DynamicItem, product: Product, facts: { key: string; value: string }[]) => ({
  id: item.id,
  description: item.description,
  amountToSendX100: item.amountToSendX100,
  destinationAmountX100: item.amountToSendX100,
  serviceFeeX100: product.serviceFee,
  totalAmountX100: item.amountToSendX100 + product.serviceFee,
  destinationCurrency: product.destinationCurrency,
  additionalData: facts,
});

/** Answers with the items of a dynamic product, or 404 for every other product. */
const answerItems =
  (choose: (product: Product, simulation: Simulation) => object[]): Handler =>
  (call, simulation) => {
    const operatorId = numberOf(call, 'operatorId');
    if (numberOf(call, 'terminalId') !== simulation.terminalId) return refusal('517', operatorId, simulation.switches());
    const product = simulation.findProduct(operatorId);
    if (product?.family !== 'voucher') return refusal('-1', operatorId, simulation.switches());
    const chosen = choose(product, simulation);
    if (chosen.length === 0) return frameworkError(404, call.path, simulation.now());
    return { status: 200, json: { rc: 0, items: chosen, additionalData: [] } };
  };

export const voucherProducts = answerItems((product, simulation) =>
  product.dynamicItems
    .filter((item) => !isClosed(item, simulation))
    .map((item) => describe(item, product, [{ key: 'endDate', value: closingDate(item, simulation) }])),
);

export const finishedProducts = answerItems((product, simulation) =>
  product.dynamicItems
    .filter((item) => isClosed(item, simulation))
    .map((item) =>
      describe(item, product, [
        { key: 'endDate', value: closingDate(item, simulation) },
        { key: 'result', value: item.result },
      ]),
    ),
);

/** The details of a voucher that were not in the purchase answer; 404 while they are not there, or when there are none. */
export const voucherAdditionalData: Handler = (call, simulation) => {
  const notThere = frameworkError(404, call.path, simulation.now());
  const sale = simulation.sales.ofToken(textOf(call, 'suppliertoken'));
  const isTheirs =
    sale?.terminalId === numberOf(call, 'terminalId') &&
    sale.operatorId === numberOf(call, 'operatorId') &&
    sale.terminalId === simulation.terminalId;
  if (!isTheirs || !sale.late || call.fault?.kind === 'lateAdditionalData') return notThere;
  sale.late.queries += 1;
  if (sale.late.misses === 'never' || sale.late.queries <= sale.late.misses) return notThere;
  return items(sale.late.extraInfo);
};
