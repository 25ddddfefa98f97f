// Vouchers: dynamic products, late details and finished raffles.
import { frameworkError, items } from '../answers.ts';
import type { HonouredSale } from '../books.ts';
import { closingTime, isOffered } from '../catalogue/dynamic-item.ts';
import type { DynamicItem, Offer } from '../catalogue/dynamic-item.ts';
import { fillPattern } from '../identity.ts';
import { numberOf, textOf } from '../simulation.ts';
import type { Handler, Simulation } from '../simulation.ts';
import { answerItems, describeItem } from './dynamic-products.ts';
import type { Fact } from './dynamic-products.ts';

type Raffle = Extract<Offer, { kind: 'raffle' }>;

/** The last day of a draw. Its end is that day's midnight in UTC, which is the first moment of the next. */
const endDateOf = (draw: Raffle, { openedAt }: Simulation): Fact => ({
  key: 'endDate',
  value: new Date(closingTime(draw, openedAt) - 1).toISOString().slice(0, 10),
});

/** The older path names an account, of which nothing here depends but what lines are offered. */
export const voucherProducts: Handler = (call, simulation) =>
  answerItems(call, simulation, 'voucher', (product) =>
    product.dynamicItems
      .filter((item) => isOffered(item, call.parameters.texts.get('account') ?? null, simulation.openedAt, simulation.now()))
      .map((item) =>
        describeItem(item, product, item.offer.kind === 'raffle' ? [endDateOf(item.offer, simulation)] : [], simulation),
      ),
  );

/** The tickets of a draw that were sold here, the winner first if there is one. The same seed draws the same ticket. */
const drawTickets = (item: DynamicItem, operatorId: number, { keeper, seed }: Simulation): readonly HonouredSale[] => {
  const lotOf = (ticket: HonouredSale): string => fillPattern('############', `draw:${seed}:${item.id}:${ticket.suppliertoken}`);
  return keeper.books.honoured
    .filter((sale) => sale.operatorId === operatorId && sale.dynamicProductId === item.id)
    .sort((left, right) => (lotOf(left) < lotOf(right) ? -1 : 1));
};

/** What came of a draw. Every ticket that was sold here is named by its token and by its reference. */
const resultOf = (draw: Raffle, tickets: readonly HonouredSale[]): readonly Fact[] => {
  const winner = draw.isWonHere ? tickets[0] : undefined;
  return [
    { key: 'result', value: `Winning number ${winner?.code ?? draw.winningNumber}` },
    ...tickets.flatMap((ticket) => [
      { key: ticket === winner ? 'winningTicket' : 'ticketWithoutPrize', value: ticket.suppliertoken },
      { key: ticket === winner ? 'winningReference' : 'referenceWithoutPrize', value: ticket.supplierreference },
    ]),
  ];
};

export const finishedProducts: Handler = (call, simulation) =>
  answerItems(call, simulation, 'voucher', (product) =>
    product.dynamicItems.flatMap((item) => {
      const draw = item.offer;
      if (draw.kind !== 'raffle' || closingTime(draw, simulation.openedAt) > simulation.now()) return [];
      const result = resultOf(draw, drawTickets(item, product.articleId, simulation));
      return [describeItem(item, product, [endDateOf(draw, simulation), ...result], simulation)];
    }),
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
