// What was sold in a while, added up: by one seller, or out of one wallet by all who sell from it.
import type { Span } from '../../domain/day.ts';
import type { DaySales } from '../../domain/dialog/agent.ts';
import type { CustomerId } from '../../domain/ids.ts';

export type SellerSales = {
  /**
   * One entry a currency, in the order of the codes, of the orders that were placed in the span and neither refused nor undone; those under
   * way count.
   */
  soldBy(seller: CustomerId, span: Span): Promise<readonly DaySales[]>;
  soldFrom(payer: CustomerId, span: Span): Promise<readonly DaySales[]>;
};
