// One member's row: read, opened and changed. Names are sealed under the member's own id.
import type { Kysely, Transaction, Updateable } from 'kysely';
import { z } from 'zod';
import type { DailyLimit } from '../../domain/daily-limit.ts';
import type { CustomerId } from '../../domain/ids.ts';
import type { Member } from '../../domain/member.ts';
import type { Money } from '../../domain/money.ts';
import { availableOf } from '../../domain/wallet.ts';
import { customerId, money, time } from './rows.ts';
import type { Tables } from './schema.ts';
import type { Sealer } from './sealer.ts';

const dailyLimit: z.ZodType<DailyLimit> = z.object({ count: z.int().nullable(), amounts: z.array(money) });

/** `blocked` is what was set for the member; `agent_blocked` null: there is no agent. */
const memberRow = z.object({
  id: customerId,
  name_sealed: z.instanceof(Uint8Array),
  agent: customerId.nullable(),
  blocked: z.int(),
  agent_blocked: z.int().nullable(),
  hides_codes: z.int(),
  per_day: z.string().nullable(),
  joined_at: time,
});

/** What seals a member's name. */
export const memberContext = (id: number | string): string => `member ${id}`;

/** Members with what their agents' rows say of them. */
export const selectMembers = (db: Kysely<Tables>) =>
  db
    .selectFrom('members')
    .leftJoin('members as agents', 'agents.id', 'members.agent')
    .selectAll('members')
    .select('agents.blocked as agent_blocked');

type Selected = Awaited<ReturnType<ReturnType<typeof selectMembers>['execute']>>[number];

const readMember = (sealer: Sealer, selected: Selected, credit: readonly Money[]): Member => {
  try {
    const row = memberRow.parse(selected);
    return {
      id: row.id,
      name: sealer.open(row.name_sealed, memberContext(row.id)),
      agent: row.agent,
      blocked: row.blocked === 1 || row.agent_blocked === 1,
      hidesCodes: row.hides_codes === 1,
      credit,
      perDay: row.per_day === null ? null : dailyLimit.parse(JSON.parse(row.per_day)),
      joinedAt: row.joined_at,
    };
  } catch (error) {
    throw new Error(`Member ${selected.id} can't be read from the ledger`, { cause: error });
  }
};

/** What their wallets may owe, by the account's name, in the order of the currency codes. */
const readCredits = async (db: Kysely<Tables>, rows: readonly Selected[]): Promise<ReadonlyMap<string, readonly Money[]>> => {
  const accounts = rows.map(({ id }) => availableOf(customerId.parse(id)));
  if (accounts.length === 0) return new Map();
  const credits = await db
    .selectFrom('accounts')
    .select(['account', 'currency', 'credit'])
    .where('account', 'in', accounts)
    .where('credit', '>', 0)
    .orderBy('currency')
    .execute();
  const byAccount = Map.groupBy(credits, ({ account }) => account);
  return new Map(
    [...byAccount].map(([account, entries]) => [
      account,
      entries.map(({ currency, credit }) => money.parse({ hundredths: credit, currency })),
    ]),
  );
};

/** Throws an error that names the member whose row is corrupt. */
export const readMembers = async (db: Kysely<Tables>, sealer: Sealer, rows: readonly Selected[]): Promise<readonly Member[]> => {
  const credits = await readCredits(db, rows);
  return rows.map((row) => readMember(sealer, row, credits.get(availableOf(customerId.parse(row.id))) ?? []));
};

export const findMember = async (db: Kysely<Tables>, sealer: Sealer, id: CustomerId): Promise<Member | null> => {
  const [member] = await readMembers(db, sealer, await selectMembers(db).where('members.id', '=', id).execute());
  return member ?? null;
};

/**
 * Whether there is such an agent; keeps the row until the transaction ends. Two who set the credit at once take turns: it is what one of
 * them said, never a part of each.
 */
export const lockAgent = async (trx: Transaction<Tables>, id: CustomerId): Promise<boolean> => {
  const agent = trx.selectFrom('members').select('id').where('id', '=', id).where('agent', 'is', null);
  return (await agent.forUpdate().executeTakeFirst()) !== undefined;
};

/** For a transaction of the caller's; false when there is no such member. */
export const changeMember = async (
  trx: Transaction<Tables>,
  id: CustomerId,
  columns: Updateable<Tables['members']>,
): Promise<boolean> => {
  const { numUpdatedRows } = await trx.updateTable('members').set(columns).where('id', '=', id).executeTakeFirst();
  return numUpdatedRows > 0n;
};
