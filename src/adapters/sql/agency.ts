// What those who run the shop do about agents in SQL: with the record of it, in one transaction.
import type { Kysely } from 'kysely';
import type { Agency } from '../../app/ports/operations.ts';
import type { RecordAction } from './admin-actions.ts';
import { setCredits } from './credit.ts';
import { insertInvitation } from './invitations.ts';
import { changeMember, findMember, lockAgent } from './members.ts';
import type { Tables } from './schema.ts';
import type { Sealer } from './sealer.ts';
import { transact } from './transaction.ts';

export const createAgency = (db: Kysely<Tables>, sealer: Sealer, record: RecordAction): Agency => ({
  inviteAgent: (hash, invitation, confirmed) =>
    transact(db, async (trx) => {
      const after = { name: invitation.name };
      const isNew = await record(trx, { ...confirmed, deed: 'agentInvited', target: 'agent', before: null, after });
      if (isNew) await insertInvitation(trx, sealer, hash, invitation);
      return isNew ? 'invited' : 'again';
    }),

  blockAgent: (agent, blocked, confirmed) =>
    transact(db, async (trx) => {
      const row = await trx
        .selectFrom('members')
        .select('blocked')
        .where('id', '=', agent)
        .where('agent', 'is', null)
        .executeTakeFirst();
      if (row === undefined) return 'unknown';
      const deed = blocked ? 'agentBlocked' : 'agentUnblocked';
      const before = { blocked: row.blocked === 1 };
      if (!(await record(trx, { ...confirmed, deed, target: String(agent), before, after: { blocked } }))) return 'again';
      await changeMember(trx, agent, { blocked: blocked ? 1 : 0 });
      return 'done';
    }),

  setAgentCredit: (agent, credit, confirmed) =>
    transact(db, async (trx) => {
      if (!(await lockAgent(trx, agent))) return 'unknown';
      const had = (await findMember(trx, sealer, agent))?.credit ?? [];
      const { currency } = credit;
      const others = had.filter((each) => each.currency !== currency);
      const before = { currency, credit: had.find((each) => each.currency === currency)?.hundredths ?? 0 };
      const after = { currency, credit: credit.hundredths };
      if (!(await record(trx, { ...confirmed, deed: 'creditSet', target: String(agent), before, after }))) return 'again';
      await setCredits(trx, agent, credit.hundredths === 0 ? others : [...others, credit]);
      return 'done';
    }),
});
