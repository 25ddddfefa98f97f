// One-time invitations in SQL: stored by the hash of their token, redeemed by whoever comes first, refused with a reason that is kept.
import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import type { CustomerId } from '../../domain/ids.ts';
import { MOST_CLERKS } from '../../domain/member.ts';
import type { Invitation, InvitationRefusal, Member } from '../../domain/member.ts';
import { fail, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { TokenHash } from '../../domain/token.ts';
import type { People, RefusedInvitations } from '../../app/ports/people.ts';
import { findMember, memberContext } from './members.ts';
import { customerId, time } from './rows.ts';
import type { Tables } from './schema.ts';
import type { Sealer } from './sealer.ts';
import { transact } from './transaction.ts';

/** Spelled out so that a new reason breaks the build. */
const refusal = z.enum({
  unknown: 'unknown',
  used: 'used',
  expired: 'expired',
  own: 'own',
  alreadyMember: 'alreadyMember',
} satisfies { [Why in InvitationRefusal]: Why });

const refusedRow = z
  .object({ customer: customerId, why: refusal, count: z.int(), last_at: time })
  .transform(({ last_at: lastAt, ...rest }): RefusedInvitations => ({ ...rest, lastAt }));

/** What seals the name that an invitation is for. */
export const invitationContext = (hash: string): string => `${hash} invitation`;

const recordRefusal = async (
  trx: Transaction<Tables>,
  customer: CustomerId,
  why: InvitationRefusal,
  at: Instant,
): Promise<void> => {
  await trx
    .insertInto('refused_invitations')
    .values({ customer, why, count: 1, last_at: at })
    .onConflict((conflict) =>
      conflict
        .columns(['customer', 'why'])
        .doUpdateSet((row) => ({ count: row('refused_invitations.count', '+', 1), last_at: at })),
    )
    .execute();
};

/** Whether the agent may still take on a clerk. The row is locked, so that two clerks can't take the last place. */
const hasRoom = async (trx: Transaction<Tables>, agent: number): Promise<boolean> => {
  const row = await trx
    .selectFrom('members')
    .select('blocked')
    .where('id', '=', agent)
    .where('agent', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (row?.blocked !== 0) return false;
  const { clerks } = await trx
    .selectFrom('members')
    .select((members) => members.fn.countAll<number>().as('clerks'))
    .where('agent', '=', agent)
    .executeTakeFirstOrThrow();
  return clerks < MOST_CLERKS;
};

/** In the database itself, or in a transaction of the caller's. The same hash a second time throws. */
export const insertInvitation = async (
  db: Kysely<Tables>,
  sealer: Sealer,
  hash: TokenHash,
  { for: whom, name, by, createdAt, expiresAt }: Invitation,
): Promise<void> => {
  await db
    .insertInto('invitations')
    .values({
      token_hash: hash,
      agent: whom.kind === 'clerk' ? whom.agent : null,
      name_sealed: sealer.seal(name, invitationContext(hash)),
      invited_by: String(by),
      created_at: createdAt,
      expires_at: expiresAt,
      redeemed_by: null,
      redeemed_at: null,
    })
    .execute();
};

export const createInvitations = (
  db: Kysely<Tables>,
  sealer: Sealer,
): Pick<People, 'invite' | 'redeem' | 'refusedInvitations'> => {
  /** Whoever comes second waits for the invitation's row, and then finds it used. */
  const join = async (
    trx: Transaction<Tables>,
    hash: TokenHash,
    customer: CustomerId,
    at: Instant,
  ): Promise<Result<Member, InvitationRefusal>> => {
    const row = await trx.selectFrom('invitations').selectAll().where('token_hash', '=', hash).forUpdate().executeTakeFirst();
    if (row === undefined) return fail('unknown');
    const known = await findMember(trx, sealer, customer);
    if (row.redeemed_by !== null) return row.redeemed_by === customer && known !== null ? ok(known) : fail('used');
    if (row.expires_at <= at) return fail('expired');
    if (row.agent === customer) return fail('own');
    if (known !== null) return fail('alreadyMember');
    if (row.agent !== null && !(await hasRoom(trx, row.agent))) return fail('expired');
    const name = sealer.open(row.name_sealed, invitationContext(hash));
    const { numInsertedOrUpdatedRows: joined } = await trx
      .insertInto('members')
      .values({
        id: customer,
        name_sealed: sealer.seal(name, memberContext(customer)),
        agent: row.agent,
        blocked: 0,
        hides_codes: 0,
        per_day: null,
        joined_at: at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    // By another invitation, at the same moment.
    if (joined === 0n) return fail('alreadyMember');
    await trx.updateTable('invitations').set({ redeemed_by: customer, redeemed_at: at }).where('token_hash', '=', hash).execute();
    const member = await findMember(trx, sealer, customer);
    if (member === null) throw new Error(`Customer ${customer} joined and is no member`);
    return ok(member);
  };

  return {
    invite: (hash, invitation) => insertInvitation(db, sealer, hash, invitation),

    redeem: (hash, customer, at) =>
      transact(db, async (trx) => {
        const joined = await join(trx, hash, customer, at);
        if (!joined.ok) await recordRefusal(trx, customer, joined.error, at);
        return joined;
      }),

    refusedInvitations: async (limit) => {
      const rows = await db
        .selectFrom('refused_invitations')
        .selectAll()
        .orderBy('last_at', 'desc')
        .orderBy('customer')
        .orderBy('why')
        .limit(limit)
        .execute();
      return rows.map((row) => refusedRow.parse(row));
    },
  };
};
