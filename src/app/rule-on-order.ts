// A person settles an order that the bot gave up on. Who and why is kept with the order; the customer is told by the worker.
import type { OrderId } from '../domain/ids.ts';
import type { OrderStatus, Ruling } from '../domain/order.ts';
import { fail, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import { goodsOf } from '../domain/voucher.ts';
import type { Voucher } from '../domain/voucher.ts';
import type { WriteStep } from './order-step.ts';
import type { Ledger } from './ports/ledger.ts';

/** `code` is what the supplier issued; it comes with `chargedWithCode` and with nothing else. */
export type RulingOrder = {
  readonly id: OrderId;
  readonly ruling: Ruling;
  readonly code: string | null;
  readonly by: string;
  readonly why: string;
};

export type RulingRefusal =
  | { readonly kind: 'noSuchOrder' }
  /** The order is not waiting for this: not with a person, or paid already. */
  | { readonly kind: 'notNow'; readonly status: OrderStatus }
  | { readonly kind: 'stale' };

export type RuleOnOrder = (ruling: RulingOrder) => Promise<Result<OrderStatus, RulingRefusal>>;

const typedIn = (code: string): Voucher => ({ code, account: null, instructions: null, expiration: null, extra: [] });

export const createRuleOnOrder =
  ({ ledger, write }: { readonly ledger: Ledger; readonly write: WriteStep }): RuleOnOrder =>
  async ({ id, ruling, code, by, why }) => {
    if ((ruling === 'chargedWithCode') !== (code !== null))
      throw new Error('A code comes with the ruling that needs it, and with no other');
    const order = await ledger.order(id);
    if (order === null) return fail({ kind: 'noSuchOrder' });
    const known = await ledger.secrets(id);
    const { place, secrets } = goodsOf(order.terms.family, code === null ? known : { ...known, voucher: typedIn(code) });
    const ruled = await write(order, { type: 'rule', ruling, code: place, by, why }, { secrets });
    if (ruled.ok) return ok(ruled.value.state.status);
    return fail(ruled.error === 'stale' ? { kind: 'stale' } : { kind: 'notNow', status: order.state.status });
  };
