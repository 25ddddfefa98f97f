// The members of a campaign: agents with a small float and some credit, and clerks who sell from it and get in each other's way.
import { setTimeout as wait } from 'node:timers/promises';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import { createTokens } from '../../src/adapters/system/tokens.ts';
import { INVITATION_PREFIX, invitationUntil } from '../../src/domain/member.ts';
import type { Invitation, Member } from '../../src/domain/member.ts';
import { money, parseCurrency } from '../../src/domain/money.ts';
import type { Money } from '../../src/domain/money.ts';
import { parseCustomerId } from '../../src/domain/ids.ts';
import type { CustomerId } from '../../src/domain/ids.ts';
import type { Instant } from '../../src/domain/time.ts';
import { adjustment, startingGrant } from '../../src/domain/wallet.ts';
import type { Customer } from '../../src/sandbox/telegram/customer.ts';
import { got } from '../contracts/orders.ts';

export type Staff = { readonly agents: readonly CustomerId[]; readonly members: readonly Member[] };

const CLERKS_OF_EACH = 3;
/** One agent for so many customers, and two at least. */
const CUSTOMERS_OF_EACH = 20;
/** What is left of an agent's starting balance. Enough for a sale or two, so that those who sell at once race for it. Every other agent may owe as much again. */
const FLOAT: readonly Money[] = [
  ['EUR', 2_000],
  ['USD', 1_500],
  ['MXN', 20_000],
].map(([currency, amount]) => money(Number(amount), got(parseCurrency(String(currency)))));
/** One clerk of each agent is limited, and one never sees codes. */
const PER_DAY = { count: 2, amounts: [] };
/** How long somebody waits for an invitation to be accepted, in milliseconds of the wall's clock. */
const PATIENCE = 20_000;

export const idOf = ({ userId }: Customer): CustomerId => got(parseCustomerId(userId));

/**
 * Makes the first customers agents and the next ones their clerks, by links that two people open at the same moment: either may become the member.
 * `granted` is what every customer starts with.
 */
export const hireStaff = async (
  ledger: SqlLedger,
  customers: readonly Customer[],
  granted: readonly Money[],
  now: () => Instant,
): Promise<Staff> => {
  const tokens = createTokens();
  const waiting = [...customers];

  const join = async (whom: Invitation['for'], name: string): Promise<Member> => {
    const token = tokens.newToken();
    const at = now();
    await ledger.invite(tokens.hashOf(token), {
      for: whom,
      name,
      by: 'the campaign',
      createdAt: at,
      expiresAt: invitationUntil(at),
    });
    const rivals = [...waiting.splice(0, 1), ...waiting.slice(-1)];
    for (const rival of rivals) rival.sendText(`/start ${INVITATION_PREFIX}${token}`);
    for (let waited = 0; waited < PATIENCE; waited += 20) {
      const joined = await Promise.all(rivals.map((rival) => ledger.member(idOf(rival))));
      const winner = joined.find((member) => member !== null && member.name === name);
      if (winner !== undefined && winner !== null) return winner;
      await wait(20);
    }
    throw new Error(`Nobody accepted the invitation of ${name}`);
  };

  const openFloat = async (agent: CustomerId): Promise<void> => {
    for (const amount of granted) {
      const kept = FLOAT.find(({ currency }) => currency === amount.currency)?.hundredths ?? 0;
      await ledger.post(startingGrant(agent, amount), now());
      await ledger.post(
        adjustment(`float-${agent}-${amount.currency}`, agent, money(kept - amount.hundredths, amount.currency)),
        now(),
      );
    }
  };

  const members: Member[] = [];
  const agents: CustomerId[] = [];
  for (let each = 0; each < Math.max(2, Math.floor(customers.length / CUSTOMERS_OF_EACH)); each += 1) {
    const { id: agent } = await join({ kind: 'agent' }, `Agent ${each}`);
    agents.push(agent);
    await openFloat(agent);
    if (each % 2 === 0) await ledger.setCredit(agent, FLOAT);
    const clerks: Member[] = [];
    for (let clerk = 0; clerk < CLERKS_OF_EACH; clerk += 1)
      clerks.push(await join({ kind: 'clerk', agent }, `Clerk ${each}.${clerk}`));
    const [hiding, limited] = clerks;
    if (hiding !== undefined) await ledger.setHidesCodes(hiding.id, true);
    if (limited !== undefined) await ledger.setPerDay(limited.id, PER_DAY);
    for (const id of [agent, ...clerks.map((clerk) => clerk.id)]) {
      const member = await ledger.member(id);
      if (member !== null) members.push(member);
    }
  }
  return { agents, members };
};
