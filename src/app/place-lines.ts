// A batch that was confirmed becomes orders, one after the other, each as if it had been confirmed alone. Dying in between loses nothing: the ids are stored.
import type { Question } from '../domain/dialog/effect.ts';
import type { PlaceError } from '../domain/dialog/event.ts';
import type { OrderSummary } from '../domain/dialog/view.ts';
import type { Result } from '../domain/result.ts';
import type { Buyer, PlaceOrder } from './place-order.ts';

/** As many results as there are lines, in their order. */
export type PlaceLines = (
  question: Extract<Question, { type: 'placeLines' }>,
  buyer: Buyer,
) => Promise<readonly Result<OrderSummary, PlaceError>[]>;

export const createPlaceLines =
  (placeOrder: PlaceOrder): PlaceLines =>
  async ({ lines, progress }, buyer) => {
    const batch = lines.map(({ order }) => order);
    const results: Result<OrderSummary, PlaceError>[] = [];
    // Each counts towards what the next one may still spend.
    for (const line of lines) results.push(await placeOrder({ type: 'place', ...line, progress, batch }, buyer));
    return results;
  };
