// The pages of those who run the shop, each read anew when it is opened.
import { dayOf, spanOf } from '../domain/day.ts';
import type { AdminAnswer, AdminNotice, AdminPage, AdminView } from '../domain/dialog/admin.ts';
import type { ChatId, CustomerId, OrderId } from '../domain/ids.ts';
import type { Currency } from '../domain/money.ts';
import { assertNever } from '../domain/result.ts';
import { floatOf } from './agent-home.ts';
import type { CheckHealth } from './check-health.ts';
import { summaryOf } from './place-order.ts';
import type { Announcements } from './ports/announcements.ts';
import type { Clock } from './ports/clock.ts';
import type { Ledger } from './ports/ledger.ts';
import type { Operations } from './ports/operations.ts';
import type { People } from './ports/people.ts';
import type { SellerSales } from './ports/seller-sales.ts';
import type { TopUps } from './ports/top-ups.ts';
import type { SearchOrders } from './search-orders.ts';
import type { TerminalBalance } from './terminal-balance.ts';
import type { TopUpWallet } from './top-up-wallet.ts';

export type ReadAdminPage = {
  /** `chat`: of whoever asks; `health` alone needs it. */
  open(page: Exclude<AdminPage, 'orders' | 'health'>, notice: AdminNotice | null): Promise<AdminAnswer>;
  health(chat: ChatId): Promise<AdminAnswer>;
  agents(page: number): Promise<AdminAnswer>;
  /** The first page of agents where it is none. */
  agent(id: CustomerId, notice: AdminNotice | null): Promise<AdminAnswer>;
  /** What a search finds: the order itself where it is the only one. */
  orders(search: string): Promise<AdminAnswer>;
  order(id: OrderId, notice: AdminNotice | null): Promise<AdminAnswer>;
};

const AGENTS_A_PAGE = 8;
const MOST_ACTIONS = 15;
const MOST_ANNOUNCEMENTS = 5;

const shown = (view: AdminView, notice: AdminNotice | null): AdminAnswer => ({ type: 'shown', view, notice });

export const createReadAdminPage = (deps: {
  readonly operations: Operations;
  readonly pending: Pick<TopUps, 'pendingTopUps'>;
  readonly announcements: Pick<Announcements, 'announcements'>;
  readonly people: Pick<People, 'agents' | 'member'>;
  readonly ledger: Pick<Ledger, 'balances'>;
  readonly sales: Pick<SellerSales, 'soldFrom'>;
  readonly searchOrders: SearchOrders;
  readonly topUps: Pick<TopUpWallet, 'limits'>;
  readonly balance: TerminalBalance;
  readonly balanceCurrency: Currency | null;
  readonly checkHealth: CheckHealth;
  readonly clock: Clock;
  readonly timeZone: string;
}): ReadAdminPage => {
  const { operations, searchOrders, balance, clock, timeZone } = deps;

  const agentsView = async (wanted: number): Promise<AdminView> => {
    const { agents, total } = await deps.people.agents(wanted, AGENTS_A_PAGE);
    return { type: 'agents', agents, page: wanted, pages: Math.max(1, Math.ceil(total / AGENTS_A_PAGE)) };
  };

  const agent: ReadAdminPage['agent'] = async (id, notice) => {
    const member = await deps.people.member(id);
    if (member === null || member.agent !== null) return shown(await agentsView(0), { type: 'agentGone' });
    const float = floatOf(await deps.ledger.balances(id), member.credit);
    const sold = await deps.sales.soldFrom(id, spanOf(dayOf(clock.now(), timeZone), timeZone));
    return shown({ type: 'agent', agent: member, float, today: sold }, notice);
  };

  const today = async (): Promise<AdminView> => {
    const day = dayOf(clock.now(), timeZone);
    return { type: 'today', day, sales: await operations.salesOf(spanOf(day, timeZone)) };
  };

  const read = async (page: Exclude<AdminPage, 'orders' | 'health'>): Promise<AdminView> => {
    switch (page) {
      case 'balance':
        return { type: 'balance', balance: await balance.read(), currency: deps.balanceCurrency, limit: balance.limit };
      case 'today':
        return today();
      case 'stops':
        return { type: 'stops', stops: await operations.stops() };
      case 'topUps':
        return { type: 'topUps', pending: await deps.pending.pendingTopUps(clock.now()), limits: deps.topUps.limits };
      case 'agents':
        return agentsView(0);
      case 'announce': {
        const recent = await deps.announcements.announcements(MOST_ANNOUNCEMENTS);
        return { type: 'announce', recent: recent.map(({ progress }) => progress) };
      }
      case 'actions':
        return { type: 'actions', actions: await operations.lastActions(MOST_ACTIONS) };
      default:
        return assertNever(page);
    }
  };

  const order: ReadAdminPage['order'] = async (id, notice) => {
    const found = await searchOrders.look(id);
    return found === null
      ? { type: 'asking', asking: { for: 'orderSearch' }, notice: { type: 'noSuchOrder' } }
      : shown({ type: 'order', found }, notice);
  };

  return {
    open: async (page, notice) => shown(await read(page), notice),
    health: async (chat) => shown({ type: 'health', health: await deps.checkHealth(chat) }, null),
    agents: async (page) => shown(await agentsView(page), null),
    agent,
    order,
    orders: async (search) => {
      const [only, ...others] = await searchOrders.search(search);
      if (only === undefined) return { type: 'asking', asking: { for: 'orderSearch' }, notice: { type: 'nothingFound' } };
      if (others.length === 0) return order(only.terms.id, null);
      return shown({ type: 'orders', orders: [only, ...others].map(summaryOf) }, null);
    },
  };
};
