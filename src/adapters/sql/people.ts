// The members of the shop in SQL: who sells, and what was set for them.
import type { Kysely, Updateable } from 'kysely';
import type { CustomerId } from '../../domain/ids.ts';
import type { People } from '../../app/ports/people.ts';
import { setCredits } from './credit.ts';
import { createInvitations } from './invitations.ts';
import { changeMember, findMember, lockAgent, readMembers, selectMembers } from './members.ts';
import type { Tables } from './schema.ts';
import type { Sealer } from './sealer.ts';
import { transact } from './transaction.ts';

export const createPeople = (db: Kysely<Tables>, sealer: Sealer): People => {
  const change = (id: CustomerId, columns: Updateable<Tables['members']>): Promise<boolean> =>
    transact(db, (trx) => changeMember(trx, id, columns));

  return {
    ...createInvitations(db, sealer),

    member: (id) => findMember(db, sealer, id),

    agents: async (page, pageSize) => {
      const { total } = await db
        .selectFrom('members')
        .select((row) => row.fn.countAll<number>().as('total'))
        .where('agent', 'is', null)
        .executeTakeFirstOrThrow();
      const rows = await selectMembers(db)
        .where('members.agent', 'is', null)
        .orderBy('members.joined_at')
        .orderBy('members.id')
        .limit(pageSize)
        .offset(page * pageSize)
        .execute();
      return { agents: await readMembers(db, sealer, rows), total };
    },

    clerksOf: async (agent) => {
      const rows = await selectMembers(db)
        .where('members.agent', '=', agent)
        .orderBy('members.joined_at')
        .orderBy('members.id')
        .execute();
      return readMembers(db, sealer, rows);
    },

    setBlocked: (id, blocked) => change(id, { blocked: blocked ? 1 : 0 }),
    setHidesCodes: (id, hides) => change(id, { hides_codes: hides ? 1 : 0 }),
    setCredit: (id, credit) =>
      transact(db, async (trx) => {
        const isAgent = await lockAgent(trx, id);
        if (isAgent) await setCredits(trx, id, credit);
        return isAgent;
      }),
    setPerDay: (id, limit) => change(id, { per_day: limit === null ? null : JSON.stringify(limit) }),

    removeClerk: (agent, clerk) =>
      transact(db, async (trx) => {
        const { numDeletedRows } = await trx
          .deleteFrom('members')
          .where('id', '=', clerk)
          .where('agent', '=', agent)
          .executeTakeFirst();
        return numDeletedRows > 0n;
      }),
  };
};
