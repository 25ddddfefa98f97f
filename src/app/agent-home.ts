// What agents and clerks see first: the float, what was sold today, and whom they sold to last.
import { numberOf } from '../domain/account-number.ts';
import { dayOf, spanOf } from '../domain/day.ts';
import type { AgentHome } from '../domain/dialog/agent.ts';
import type { CustomerId } from '../domain/ids.ts';
import { maskAccount } from '../domain/masked-account.ts';
import { payerOf } from '../domain/member.ts';
import type { Member } from '../domain/member.ts';
import { money } from '../domain/money.ts';
import type { Money } from '../domain/money.ts';
import { grantStartingBalance } from './place-order.ts';
import type { Clock } from './ports/clock.ts';
import type { Ledger } from './ports/ledger.ts';
import type { People } from './ports/people.ts';
import type { SellerSales } from './ports/seller-sales.ts';

export type ReadAgentHome = (member: Member) => Promise<AgentHome>;

/** How many customers are shown, and among how many orders they are looked for. */
const RECENT_ACCOUNTS = 5;
const RECENT_ORDERS = 50;

/** One entry a currency that the float has or may owe, in the order of the codes. */
export const floatOf = (balances: readonly Money[], credits: readonly Money[]): AgentHome['float'] => {
  const currencies = [...new Set([...balances, ...credits].map(({ currency }) => currency))].sort();
  return currencies.map((currency) => ({
    available: balances.find((balance) => balance.currency === currency) ?? money(0, currency),
    credit: credits.find((credit) => credit.currency === currency) ?? null,
  }));
};

export const createReadAgentHome = (deps: {
  readonly people: People;
  readonly ledger: Ledger;
  readonly sales: SellerSales;
  readonly clock: Clock;
  readonly startingBalance: readonly Money[];
  /** The shop's, an IANA name: its calendar says when today began. */
  readonly timeZone: string;
}): ReadAgentHome => {
  const { people, ledger, sales, clock, timeZone } = deps;

  const recentAccounts = async (seller: CustomerId): Promise<readonly string[]> => {
    const sold = (await ledger.ordersOf(seller, RECENT_ORDERS)).filter(({ state }) => state.status !== 'rejected');
    const accounts = sold.flatMap(({ terms }) => numberOf(terms) ?? []);
    return [...new Set(accounts)].slice(0, RECENT_ACCOUNTS).map(maskAccount);
  };

  return async (member) => {
    const payer = payerOf(member, member.id);
    await grantStartingBalance(ledger, clock, deps.startingBalance, payer);
    const at = clock.now();
    const today = spanOf(dayOf(at, timeZone), timeZone);
    const agent = member.agent === null ? member : await people.member(member.agent);
    return {
      name: member.name,
      agentName: member.agent === null ? null : (agent?.name ?? ''),
      float: floatOf(await ledger.balances(payer), agent?.credit ?? []),
      today: await (member.agent === null ? sales.soldFrom(payer, today) : sales.soldBy(member.id, today)),
      perDay: member.perDay,
      hidesCodes: member.hidesCodes,
      recent: await recentAccounts(member.id),
      at,
    };
  };
};
