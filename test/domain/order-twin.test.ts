import { describe, expect, it } from 'vitest';
import type { OrderTerms } from '../../src/domain/order.ts';
import type { OrderState } from '../../src/domain/order.ts';
import { placedState } from '../../src/domain/order-evolve.ts';
import { isTwin } from '../../src/domain/order-twin.ts';
import { after, attempt, orderId, termsOf } from '../contracts/orders.ts';
import { USD, cents, productId } from './sample-catalog.ts';

const now = after(600_000);
const terms = termsOf(orderId(2), { placedAt: now });
const earlier = (changes: Partial<OrderTerms> = {}, state: OrderState = placedState(now)) =>
  isTwin({ terms: { ...termsOf(orderId(1), { placedAt: after(1) }), ...changes }, state }, terms);

describe('isTwin', () => {
  it('the same product, account and price within ten minutes', () => {
    expect(earlier()).toBe(true);
  });

  it.each<[string, Partial<OrderTerms>]>([
    ['ten minutes ago', { placedAt: after(0) }],
    ['another product', { productId: productId(1) }],
    ['another price', { pay: { hundredths: cents(1), currency: USD } }],
    ['another account', { fields: { ...terms.fields, account: '5350000000' } }],
    ['another document', { fields: { ...terms.fields, documentNumber: 'Y7654321' } }],
    ['another item', { dynamic: { id: 'D-2', description: 'Ticket', endsAt: null } }],
    ['itself', { id: terms.id }],
  ])('not %s', (_name, changes) => {
    expect(earlier(changes)).toBe(false);
  });

  it('the same item of a dynamic product, whatever it is called now', () => {
    const ticket = { id: 'D-1', description: 'Ticket', endsAt: null };
    const isTwinOf = (dynamic: OrderTerms['dynamic']) =>
      isTwin(
        { terms: { ...termsOf(orderId(1), { placedAt: after(1) }), dynamic }, state: placedState(now) },
        { ...terms, dynamic: ticket },
      );
    expect(isTwinOf({ ...ticket, description: 'A ticket' })).toBe(true);
    expect(isTwinOf({ ...ticket, id: 'D-2' })).toBe(false);
    expect(isTwinOf(null)).toBe(false);
  });

  it('not one that came to nothing', () => {
    expect(earlier({}, { status: 'rejected', reason: 'unavailable' })).toBe(false);
    expect(earlier({}, { status: 'reverted', attempt: attempt(1), revert: attempt(2) })).toBe(false);
    expect(earlier({}, { status: 'charged', attempt: attempt(1) })).toBe(true);
  });
});
