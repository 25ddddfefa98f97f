// Links that hand an order over: made and taken back by the seller, opened by one person, who has the order from then on.
import type { KeepsakeAnswer } from '../domain/dialog/keepsake-answer.ts';
import { isPrivate } from '../domain/dialog/view.ts';
import { HAND_OVER_LASTS, tokenOfArgument } from '../domain/hand-over.ts';
import type { OrderId } from '../domain/ids.ts';
import { standingOf } from '../domain/order-evolve.ts';
import { fail, ok } from '../domain/result.ts';
import { later } from '../domain/time.ts';
import type { Instant } from '../domain/time.ts';
import type { Token } from '../domain/token.ts';
import { summaryOf } from './place-order.ts';
import type { Buyer } from './place-order.ts';
import type { Clock } from './ports/clock.ts';
import type { HandOvers } from './ports/keepsakes.ts';
import type { Ledger, StoredOrder } from './ports/ledger.ts';
import type { Tokens } from './ports/tokens.ts';

type Answer<Type extends KeepsakeAnswer['type']> = Extract<KeepsakeAnswer, { type: Type }>;

type Deps = {
  readonly handOvers: HandOvers;
  readonly tokens: Tokens;
  readonly clock: Clock;
};

/** A fresh link of an order, in place of an unused one. `alreadyGiven`: somebody has what was sold. */
export const linkOrder = async ({ handOvers, tokens, clock }: Deps, { terms }: StoredOrder) => {
  const token: Token = tokens.newToken();
  const madeAt: Instant = clock.now();
  const expiresAt = later(madeAt, HAND_OVER_LASTS);
  const made = await handOvers.makeHandOver(tokens.hashOf(token), {
    order: terms.id,
    seller: terms.customer,
    madeAt,
    expiresAt,
  });
  return made === 'made' ? ok({ token, expiresAt }) : fail('alreadyGiven' as const);
};

export type HandOverOrder = {
  make(id: OrderId, seller: Buyer): Promise<Answer<'linkMade'>>;
  open(argument: string, opener: Buyer): Promise<Answer<'linkOpened'>>;
  takeBack(id: OrderId, seller: Buyer): Promise<Answer<'linkTakenBack'>>;
};

export const createHandOverOrder = (
  deps: Deps & {
    readonly ledger: Pick<Ledger, 'order' | 'secrets'>;
    /** Called when a seller has to be told. */
    readonly wakeWorker: () => void;
  },
): HandOverOrder => {
  const { ledger, handOvers, tokens, clock } = deps;

  /** What may be given to somebody new; null while a revert is under way, which might take it back. */
  const goodsOf = async ({ terms, state }: StoredOrder) => {
    if (standingOf(state) === null || 'back' in state) return null;
    const { voucher, receipt } = await ledger.secrets(terms.id);
    return voucher === null && receipt === null ? null : { voucher, receipt };
  };

  return {
    make: async (id, seller) => {
      const order = await ledger.order(id);
      if (order?.terms.customer !== seller.customer) return { type: 'linkMade', result: fail('notFound') };
      if ((await goodsOf(order)) === null) return { type: 'linkMade', result: fail('notNow') };
      const link = await linkOrder(deps, order);
      return { type: 'linkMade', result: link.ok ? ok({ order: summaryOf(order), ...link.value }) : link };
    },

    open: async (argument, { customer, chat }) => {
      const refuse = (why: Extract<Answer<'linkOpened'>['result'], { ok: false }>['error']): Answer<'linkOpened'> => ({
        type: 'linkOpened',
        result: fail(why),
      });
      const hash = tokens.hashOf(tokenOfArgument(argument) ?? argument);
      const handOver = await handOvers.handOverOf(hash);
      const order = handOver && (await ledger.order(handOver.order));
      const goods = order && isPrivate(chat) ? await goodsOf(order) : null;
      // The link stays good for a better moment.
      if (order !== null && goods === null) return refuse('notNow');
      const opened = await handOvers.openHandOver(hash, { customer, chat }, clock.now());
      if (!opened.ok) return refuse(opened.error);
      if (order === null || goods === null) throw new Error('A link without an order was opened');
      deps.wakeWorker();
      const summary = { ...summaryOf(order), hands: 'received' } as const;
      return { type: 'linkOpened', result: ok({ order: summary, ...goods }) };
    },

    takeBack: async (id, seller) => {
      const order = await ledger.order(id);
      if (order?.terms.customer !== seller.customer) return { type: 'linkTakenBack', result: 'notFound' };
      const result = await handOvers.takeBackHandOver(id, seller.customer, clock.now());
      return { type: 'linkTakenBack', result: result === 'takenBack' ? 'wasTakenBack' : 'alreadyGiven' };
    },
  };
};
