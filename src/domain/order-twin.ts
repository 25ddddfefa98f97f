// Orders that look like a repetition by mistake: the same customer, product, account and price within a few minutes.
import type { OrderState, OrderTerms } from './order.ts';
import { MINUTE } from './time.ts';
import { sameMoney } from './money.ts';

/** How long an order counts as bought just now. */
const TWIN_WINDOW = 10 * MINUTE;

const sameFields = (a: OrderTerms['fields'], b: OrderTerms['fields']): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) => a[name] === b[name]);

/** Whether `earlier` is an order of the same thing that was placed a moment before `terms`. One that came to nothing does not count. */
export const isTwin = (earlier: { readonly terms: OrderTerms; readonly state: OrderState }, terms: OrderTerms): boolean =>
  earlier.terms.id !== terms.id &&
  earlier.terms.productId === terms.productId &&
  earlier.terms.dynamic?.id === terms.dynamic?.id &&
  earlier.state.status !== 'rejected' &&
  earlier.state.status !== 'reverted' &&
  terms.placedAt - earlier.terms.placedAt < TWIN_WINDOW &&
  sameMoney(earlier.terms.pay, terms.pay) &&
  sameFields(earlier.terms.fields, terms.fields);
