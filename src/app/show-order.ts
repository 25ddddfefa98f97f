// Who may see what of an order: its buyer until it was handed over, then whoever has it; what it brought in private, and each showing recorded.
import type { OrderSummary, ShownOrder } from '../domain/dialog/view.ts';
import { isPrivate } from '../domain/dialog/view.ts';
import type { CustomerId, OrderId } from '../domain/ids.ts';
import type { OrderState } from '../domain/order.ts';
import { standingOf } from '../domain/order-evolve.ts';
import type { OrderSecrets } from '../domain/voucher.ts';
import { noSecrets } from '../domain/voucher.ts';
import type { Member } from '../domain/member.ts';
import { summaryOf } from './place-order.ts';
import type { Buyer } from './place-order.ts';
import type { Clock } from './ports/clock.ts';
import type { HandOvers } from './ports/keepsakes.ts';
import type { Ledger, StoredOrder } from './ports/ledger.ts';
import type { People } from './ports/people.ts';

export type ShowOrder = {
  /** Null when there is no such order, or it is none of the asker's. */
  show(id: OrderId, asker: Buyer): Promise<ShownOrder | null>;
  /** The asker's own orders and those that they were given, each kind with its newest, the newest first. */
  list(asker: CustomerId): Promise<readonly OrderSummary[]>;
};

/** How many of each kind are listed. */
const LISTED = 10;

/** What was undone and paid back, or may not have been sold at all, is not handed out; nor for the first time while somebody is undoing it. */
const mayBeShown = (state: OrderState): boolean =>
  standingOf(state) !== null && !(state.status === 'reverting' && state.back.status === 'charged');

/** What is the code, or as good as one. A bare receipt says no more than that it was paid. */
export const isHidden = (
  member: Pick<Member, 'hidesCodes'> | null,
  { voucher, receipt }: Pick<OrderSecrets, 'voucher' | 'receipt'>,
): boolean => member?.hidesCodes === true && (voucher !== null || (receipt !== null && receipt.authorisation !== null));

export const createShowOrder = (deps: {
  readonly ledger: Pick<Ledger, 'order' | 'ordersOf' | 'secrets' | 'recordShowing'>;
  readonly handOvers: Pick<HandOvers, 'handOverStanding' | 'handedOver' | 'receivedBy'>;
  readonly people: Pick<People, 'member'>;
  readonly clock: Clock;
}): ShowOrder => {
  const { ledger, handOvers, people, clock } = deps;

  const goods = async (order: StoredOrder, { chat }: Buyer): Promise<Pick<OrderSecrets, 'voucher' | 'receipt'>> =>
    mayBeShown(order.state) && isPrivate(chat) ? ledger.secrets(order.terms.id) : noSecrets;

  const shown = async (
    summary: OrderSummary,
    { voucher, receipt }: Pick<OrderSecrets, 'voucher' | 'receipt'>,
    { chat }: Buyer,
  ) => {
    if (voucher !== null || receipt !== null) await ledger.recordShowing(summary.id, chat, clock.now());
    return { order: summary, voucher, receipt };
  };

  return {
    show: async (id, asker) => {
      const order = await ledger.order(id);
      if (order === null) return null;
      const summary = summaryOf(order);
      const standing = await handOvers.handOverStanding(id, clock.now());
      const isReceived = standing.kind === 'handedOver' && standing.to.customer === asker.customer;
      if (isReceived) return shown({ ...summary, hands: 'received' }, await goods(order, asker), asker);
      if (order.terms.customer !== asker.customer) return null;
      if (standing.kind === 'handedOver') return shown({ ...summary, hands: 'handedOver' }, noSecrets, asker);
      const found = await goods(order, asker);
      return shown(summary, isHidden(await people.member(asker.customer), found) ? noSecrets : found, asker);
    },

    list: async (asker) => {
      const own = (await ledger.ordersOf(asker, LISTED)).map(summaryOf);
      const handedOver = await handOvers.handedOver(own.map(({ id }) => id));
      const given = await Promise.all((await handOvers.receivedBy(asker, LISTED)).map((id) => ledger.order(id)));
      const received = given.flatMap((order) => (order === null ? [] : [{ ...summaryOf(order), hands: 'received' as const }]));
      const sold = own.map((order) => (handedOver.has(order.id) ? { ...order, hands: 'handedOver' as const } : order));
      return [...sold, ...received].toSorted((a, b) => b.placedAt - a.placedAt);
    },
  };
};
