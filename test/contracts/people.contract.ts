// What every store of members has to do: let somebody in once an invitation, keep apart whose clerk is whose, and remember who was refused.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import type { Member, Invitation } from '../../src/domain/member.ts';
import { INVITATION_LIFE, MOST_CLERKS, invitationUntil } from '../../src/domain/member.ts';
import { money } from '../../src/domain/money.ts';
import type { Instant } from '../../src/domain/time.ts';
import { parseTokenHash } from '../../src/domain/token.ts';
import type { TokenHash } from '../../src/domain/token.ts';
import { ALICE, BOB, EUR, NOON, USD, after, customer, got } from './orders.ts';

const CAROL = customer(4_003);
const DAVE = customer(4_004);

const hash = (value: number): TokenHash => got(parseTokenHash(value.toString(16).padStart(64, '0')));

const invitation = (given: Partial<Invitation> = {}): Invitation => ({
  for: { kind: 'agent' },
  name: 'Kiosk North',
  by: 'operator',
  createdAt: NOON,
  expiresAt: invitationUntil(NOON),
  ...given,
});

const clerkOf = (agent: typeof ALICE, name = 'Till 1'): Invitation =>
  invitation({ for: { kind: 'clerk', agent }, name, by: agent });

/** `open` gives the connections to a new, empty ledger: one or several. */
export const describePeople = (name: string, open: () => Promise<readonly [SqlLedger, ...SqlLedger[]]>): void => {
  describe(`members in ${name}`, () => {
    let ledgers: readonly [SqlLedger, ...SqlLedger[]];
    let people: SqlLedger;
    let invited = 0;
    beforeEach(async () => {
      ledgers = await open();
      [people] = ledgers;
      invited = 0;
    });
    afterEach(() => Promise.all(ledgers.map((one) => one.close())));

    const invite = async (given: Invitation): Promise<TokenHash> => {
      const made = hash((invited += 1));
      await people.invite(made, given);
      return made;
    };
    const join = async (id: typeof ALICE, given: Invitation, at: Instant = NOON): Promise<Member> =>
      got(await people.redeem(await invite(given), id, at));

    describe('an invitation', () => {
      it('makes an agent, who can be found', async () => {
        const alice = await join(ALICE, invitation(), after(5));
        expect(alice).toEqual({
          id: ALICE,
          name: 'Kiosk North',
          agent: null,
          blocked: false,
          hidesCodes: false,
          credit: [],
          perDay: null,
          joinedAt: after(5),
        });
        expect(await people.member(ALICE)).toEqual(alice);
        expect(await people.member(BOB)).toBeNull();
      });

      it('makes a clerk of the agent who invited', async () => {
        await join(ALICE, invitation());
        const bob = await join(BOB, clerkOf(ALICE));
        expect(bob).toMatchObject({ id: BOB, name: 'Till 1', agent: ALICE });
        expect(await people.clerksOf(ALICE)).toEqual([bob]);
        expect(await people.agents(0, 10)).toMatchObject({ agents: [{ id: ALICE }], total: 1 });
      });

      it('may be opened by whoever invited an agent', async () => {
        expect(await people.redeem(await invite(invitation({ by: ALICE })), ALICE, NOON)).toMatchObject({ ok: true });
      });

      it('answers whoever redeemed it alike, as often as they come', async () => {
        const made = await invite(invitation());
        const first = await people.redeem(made, ALICE, NOON);
        expect(await people.redeem(made, ALICE, after(INVITATION_LIFE))).toEqual(first);
        expect(await people.refusedInvitations(10)).toEqual([]);
      });

      it('is good until its last millisecond', async () => {
        expect(await people.redeem(await invite(invitation()), ALICE, after(INVITATION_LIFE - 1))).toMatchObject({ ok: true });
        expect(await people.redeem(await invite(invitation()), BOB, after(INVITATION_LIFE))).toMatchObject({ error: 'expired' });
        expect(await people.member(BOB)).toBeNull();
      });

      it('is not stored twice under one hash', async () => {
        await people.invite(hash(7), invitation());
        await expect(people.invite(hash(7), invitation({ name: 'Somebody else' }))).rejects.toThrow();
      });
    });

    describe('a refusal', () => {
      it('names its reason, is recorded, and uses nothing up', async () => {
        const forAgent = await invite(invitation());
        expect(await people.redeem(hash(99), BOB, after(1))).toMatchObject({ error: 'unknown' });
        expect(await people.redeem(hash(98), BOB, after(2))).toMatchObject({ error: 'unknown' });
        got(await people.redeem(forAgent, ALICE, after(3)));
        expect(await people.redeem(forAgent, BOB, after(4))).toMatchObject({ error: 'used' });

        const forClerk = await invite(clerkOf(ALICE));
        expect(await people.redeem(forClerk, ALICE, after(5))).toMatchObject({ error: 'own' });
        got(await people.redeem(await invite(invitation()), CAROL, after(6)));
        expect(await people.redeem(forClerk, CAROL, after(7))).toMatchObject({ error: 'alreadyMember' });
        got(await people.redeem(forClerk, BOB, after(8)));
        expect(await people.redeem(await invite(clerkOf(CAROL)), BOB, after(9))).toMatchObject({ error: 'alreadyMember' });
        expect(await people.redeem(await invite(invitation()), BOB, after(10))).toMatchObject({ error: 'alreadyMember' });

        expect(await people.refusedInvitations(3)).toEqual([
          { customer: BOB, why: 'alreadyMember', count: 2, lastAt: after(10) },
          { customer: CAROL, why: 'alreadyMember', count: 1, lastAt: after(7) },
          { customer: ALICE, why: 'own', count: 1, lastAt: after(5) },
        ]);
        expect(await people.refusedInvitations(10)).toContainEqual({
          customer: BOB,
          why: 'unknown',
          count: 2,
          lastAt: after(2),
        });
        expect(await people.member(BOB)).toMatchObject({ agent: ALICE });
      });

      it('meets the clerk of an agent who may not sell any more, or has clerks enough', async () => {
        await join(ALICE, invitation());
        await join(BOB, invitation());
        const [byAlice, byBob] = [await invite(clerkOf(ALICE)), await invite(clerkOf(BOB))];
        await people.setBlocked(ALICE, true);
        expect(await people.redeem(byAlice, CAROL, NOON)).toMatchObject({ error: 'expired' });
        for (let count = 0; count < MOST_CLERKS; count += 1) await join(customer(5_000 + count), clerkOf(BOB));
        expect(await people.redeem(byBob, CAROL, NOON)).toMatchObject({ error: 'expired' });
        expect(await people.clerksOf(BOB)).toHaveLength(MOST_CLERKS);
      });

      it('meets a clerk who was removed and comes again by the old link', async () => {
        await join(ALICE, invitation());
        const made = await invite(clerkOf(ALICE));
        got(await people.redeem(made, BOB, NOON));
        expect(await people.removeClerk(ALICE, BOB)).toBe(true);
        expect(await people.redeem(made, BOB, NOON)).toMatchObject({ error: 'used' });
      });
    });

    describe('many at once', () => {
      const everybody = Array.from({ length: 12 }, (_, index) => customer(6_000 + index));

      it('redeem one invitation: one of them wins', async () => {
        const made = await invite(invitation());
        const answers = await Promise.all(
          everybody.map((id, index) => (ledgers[index % ledgers.length] ?? people).redeem(made, id, NOON)),
        );
        expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
        expect(answers.filter((answer) => !answer.ok && answer.error === 'used')).toHaveLength(everybody.length - 1);
        expect((await people.agents(0, 50)).total).toBe(1);
        expect(await people.refusedInvitations(50)).toHaveLength(everybody.length - 1);
      });

      it('redeem many invitations for one person: one of them wins', async () => {
        const made = await Promise.all(everybody.map(() => invite(invitation())));
        const answers = await Promise.all(
          made.map((each, index) => (ledgers[index % ledgers.length] ?? people).redeem(each, ALICE, NOON)),
        );
        expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
        expect(await people.refusedInvitations(50)).toEqual([
          { customer: ALICE, why: 'alreadyMember', count: everybody.length - 1, lastAt: NOON },
        ]);
      });

      it('become clerks of one agent: as many as there may be', async () => {
        await join(ALICE, invitation());
        for (let count = 0; count < MOST_CLERKS - 2; count += 1) await join(customer(5_000 + count), clerkOf(ALICE));
        const made = await Promise.all(everybody.map(() => invite(clerkOf(ALICE))));
        const answers = await Promise.all(
          everybody.map((id, index) => (ledgers[index % ledgers.length] ?? people).redeem(made[index] ?? hash(0), id, NOON)),
        );
        expect(answers.filter(({ ok }) => ok)).toHaveLength(2);
        expect(await people.clerksOf(ALICE)).toHaveLength(MOST_CLERKS);
      });
    });

    describe('what is set for a member', () => {
      beforeEach(async () => {
        await join(ALICE, invitation());
        await join(BOB, clerkOf(ALICE), after(1));
        await join(CAROL, clerkOf(ALICE, 'Till 2'), after(2));
        await join(DAVE, invitation({ name: 'Kiosk South' }), after(3));
      });

      it('is kept, for this member alone', async () => {
        const credit = [money(20_000, EUR), money(10_000, USD)];
        const perDay = { count: 20, amounts: [money(5_000, EUR)] };
        expect(await people.setCredit(ALICE, credit)).toBe(true);
        expect(await people.setHidesCodes(BOB, true)).toBe(true);
        expect(await people.setPerDay(BOB, perDay)).toBe(true);
        expect(await people.member(ALICE)).toMatchObject({ credit, hidesCodes: false, perDay: null });
        expect(await people.member(BOB)).toMatchObject({ credit: [], hidesCodes: true, perDay });
        expect(await people.member(CAROL)).toMatchObject({ credit: [], hidesCodes: false, perDay: null });
        expect((await people.agents(0, 9)).agents.map(({ credit: each }) => each)).toEqual([credit, []]);
        await people.setCredit(ALICE, [money(1, USD)]);
        expect(await people.member(ALICE)).toMatchObject({ credit: [money(1, USD)] });
        await people.setPerDay(BOB, null);
        await people.setHidesCodes(BOB, false);
        expect(await people.member(BOB)).toMatchObject({ hidesCodes: false, perDay: null });
      });

      it('says so when there is no such member', async () => {
        const nobody = customer(1);
        expect(await people.setBlocked(nobody, true)).toBe(false);
        expect(await people.setCredit(nobody, [])).toBe(false);
        expect(await people.setCredit(BOB, [money(100, EUR)])).toBe(false);
        expect(await people.setPerDay(nobody, null)).toBe(false);
        expect(await people.setHidesCodes(nobody, true)).toBe(false);
      });

      it('blocks a clerk alone, or an agent with all clerks, and lets them sell again as they were', async () => {
        const blocked = () => Promise.all([ALICE, BOB, CAROL, DAVE].map(async (id) => (await people.member(id))?.blocked));
        await people.setBlocked(BOB, true);
        expect(await blocked()).toEqual([false, true, false, false]);
        await people.setBlocked(ALICE, true);
        expect(await blocked()).toEqual([true, true, true, false]);
        await people.setBlocked(ALICE, false);
        expect(await blocked()).toEqual([false, true, false, false]);
        await people.setBlocked(BOB, false);
        expect(await blocked()).toEqual([false, false, false, false]);
      });

      it('is listed in the order of joining, agents by page', async () => {
        expect((await people.clerksOf(ALICE)).map(({ name: each }) => each)).toEqual(['Till 1', 'Till 2']);
        expect(await people.clerksOf(DAVE)).toEqual([]);
        const pages = await Promise.all([0, 1, 2].map((page) => people.agents(page, 1)));
        expect(pages.map(({ agents, total }) => [agents.map(({ id }) => id), total])).toEqual([
          [[ALICE], 2],
          [[DAVE], 2],
          [[], 2],
        ]);
      });

      it('ends when the clerk is removed by their own agent', async () => {
        expect(await people.removeClerk(DAVE, BOB)).toBe(false);
        expect(await people.removeClerk(ALICE, ALICE)).toBe(false);
        expect(await people.removeClerk(ALICE, BOB)).toBe(true);
        expect(await people.removeClerk(ALICE, BOB)).toBe(false);
        expect(await people.member(BOB)).toBeNull();
        const again = await join(BOB, clerkOf(DAVE, 'Till 9'), after(9));
        expect(again).toMatchObject({ agent: DAVE, name: 'Till 9', blocked: false });
      });
    });
  });
};
