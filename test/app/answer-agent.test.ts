// What agents, clerks and everybody else may ask of the agents' corner, on a real ledger.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAcceptInvitation } from '../../src/app/accept-invitation.ts';
import { createReadAgentHome } from '../../src/app/agent-home.ts';
import { createAnswerAgent } from '../../src/app/answer-agent.ts';
import type { AnswerAgent } from '../../src/app/answer-agent.ts';
import { createInviteMember } from '../../src/app/invite-member.ts';
import type { InviteMember } from '../../src/app/invite-member.ts';
import { createMakeStatement } from '../../src/app/make-statement.ts';
import { createManageClerks } from '../../src/app/manage-clerks.ts';
import type { Channel, ChatDocument } from '../../src/app/ports/channel.ts';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { createTokens } from '../../src/adapters/system/tokens.ts';
import { parseDay } from '../../src/domain/day.ts';
import type { Day } from '../../src/domain/day.ts';
import type { AgentAnswer, AgentNotice, AgentQuestion } from '../../src/domain/dialog/agent.ts';
import { parseChatId } from '../../src/domain/ids.ts';
import type { CustomerId } from '../../src/domain/ids.ts';
import { INVITATION_LIFE, MOST_CLERKS } from '../../src/domain/member.ts';
import { hundredths, money } from '../../src/domain/money.ts';
import type { Money } from '../../src/domain/money.ts';
import { fail, ok } from '../../src/domain/result.ts';
import { DAY } from '../../src/domain/time.ts';
import type { Days } from '../../src/domain/typed-days.ts';
import { deposit } from '../../src/domain/wallet.ts';
import { EUR, USD, customer, got, grant, message, orderId, placed, termsOf } from '../contracts/orders.ts';
import { createTestClock, silentLog } from './test-clock.ts';

const ALICE = customer(4_001);
const CLERK = customer(4_002);
const OTHER = customer(4_003);
const NOBODY = customer(4_004);
const TODAY = got(parseDay('2026-03-10'));

const dayOnly = (day: Day): Days => ({ from: day, to: day });
const daysOf = (from: string, to: string): Days => ({ from: got(parseDay(from)), to: got(parseDay(to)) });

const PRINTED = new TextEncoder().encode('printed');

describe("the agents' corner", () => {
  let ledger: SqlLedger;
  let clock: ReturnType<typeof createTestClock>;
  let inviteMember: InviteMember;
  let answer: AnswerAgent;
  let sent: (ChatDocument & { readonly chat: number })[];
  let reachable: boolean;
  let startingBalance: Money[];

  const ask = (question: AgentQuestion, who: CustomerId): Promise<AgentAnswer> =>
    answer(question, { customer: who, chat: got(parseChatId(who)), language: 'en' });
  const inviteAgent = async (name: string): Promise<string> =>
    got(await inviteMember({ for: { kind: 'agent' }, name, by: 'operator' })).token;
  const inviteClerk = async (agent: CustomerId, name: string): Promise<string> =>
    got(await inviteMember({ for: { kind: 'clerk', agent }, name, by: agent })).token;
  const accept = (token: string, who: CustomerId): Promise<AgentAnswer> => ask({ type: 'acceptInvitation', token }, who);

  beforeEach(async () => {
    ledger = await openLedger({ file: ':memory:', sealer: createSealer(newSealingKey()), log: silentLog });
    clock = createTestClock();
    sent = [];
    reachable = true;
    startingBalance = [];
    const channel: Pick<Channel, 'sendDocument'> = {
      sendDocument: (chat, document) => {
        if (!reachable) return Promise.resolve(fail({ kind: 'noAnswer', reason: 'connection lost' }));
        sent.push({ chat, ...document });
        return Promise.resolve(ok(message(1)));
      },
    };
    const printer = { csv: () => Promise.resolve(PRINTED), pdf: () => Promise.resolve(PRINTED) };
    const deps = {
      people: ledger,
      ledger,
      sales: ledger,
      tokens: createTokens(),
      clock,
      log: silentLog,
      timeZone: 'Europe/Madrid',
    };
    inviteMember = createInviteMember(deps);
    answer = createAnswerAgent({
      ...deps,
      acceptInvitation: createAcceptInvitation(deps),
      readHome: createReadAgentHome({ ...deps, startingBalance }),
      manageClerks: createManageClerks({ ...deps, inviteMember }),
      makeStatement: createMakeStatement({ ...deps, statements: ledger, printer, mostLines: 3 }),
      channel,
    });
    await accept(await inviteAgent('Kiosk North'), ALICE);
    await accept(await inviteAgent('Kiosk South'), OTHER);
    await accept(await inviteClerk(ALICE, 'Till 1'), CLERK);
  });
  afterEach(() => ledger.close());

  describe('is open', () => {
    const questions: readonly AgentQuestion[] = [
      { type: 'home' },
      { type: 'statement', day: 'today' },
      { type: 'statementOfDays', days: { from: TODAY, to: TODAY } },
      { type: 'statementOfDays', days: null },
      { type: 'statementFile', days: { from: TODAY, to: TODAY }, format: 'csv' },
      { type: 'hideCodes', hide: true },
      { type: 'clerks' },
      { type: 'clerk', clerk: CLERK },
      { type: 'inviteClerk', name: 'Till 2' },
      { type: 'limitClerk', clerk: CLERK, amount: hundredths(100), currency: USD },
      { type: 'freeClerk', clerk: CLERK },
      { type: 'blockClerk', clerk: CLERK, block: true },
      { type: 'removeClerk', clerk: CLERK, sure: true },
    ];

    it.each(questions)('to nobody else: $type', async (question) => {
      expect(await ask(question, NOBODY)).toEqual({ type: 'shown', view: null, notice: { type: 'notMember' } });
    });

    it.each(questions)('to nobody who is blocked: $type', async (question) => {
      await ledger.setBlocked(ALICE, true);
      for (const who of [ALICE, CLERK]) {
        expect(await ask(question, who)).toEqual({ type: 'shown', view: null, notice: { type: 'blocked' } });
      }
      expect(await ledger.member(CLERK)).toMatchObject({ perDay: null, hidesCodes: false });
      expect(sent).toEqual([]);
    });

    it.each(questions.slice(1).filter(({ type }) => type !== 'hideCodes'))('to no clerk: $type', async (question) => {
      expect(await ask(question, CLERK)).toEqual({ type: 'shown', view: null, notice: { type: 'agentsOnly' } });
    });

    it.each(questions.filter((question) => 'clerk' in question))("to no other agent's hands: $type", async (question) => {
      const before = await ledger.member(CLERK);
      expect(await ask(question, OTHER)).toEqual({ type: 'shown', view: null, notice: { type: 'clerkGone' } });
      expect(await ledger.member(CLERK)).toEqual(before);
    });
  });

  describe('an invitation', () => {
    it('welcomes whoever opens it, once and as often as they come', async () => {
      const token = await inviteClerk(ALICE, 'Till 2');
      const welcome = {
        type: 'shown',
        view: { type: 'home', home: { name: 'Till 2', agentName: 'Kiosk North' } },
        notice: { type: 'joined' },
      };
      expect(await accept(token, NOBODY)).toMatchObject(welcome);
      expect(await accept(token, NOBODY)).toMatchObject(welcome);
    });

    it.each(['used', 'expired', 'unknown'] as const)('that is %s is refused', async (why) => {
      const token = await inviteAgent('Kiosk West');
      if (why === 'used') await accept(token, customer(9));
      if (why === 'expired') clock.advance(INVITATION_LIFE);
      const refused = await accept(why === 'unknown' ? `${token}x` : token, NOBODY);
      expect(refused).toEqual({ type: 'shown', view: null, notice: { type: 'refusedInvitation', why } });
      expect(await ledger.refusedInvitations(9)).toMatchObject([{ customer: NOBODY, why, count: 1 }]);
    });

    it('is stored by its hash alone', async () => {
      const token = await inviteAgent('Kiosk West');
      expect(token).toMatch(/^[\w-]{22}$/);
      expect(createTokens().hashOf(token)).not.toContain(token);
    });

    it('is made for as many clerks as there may be', async () => {
      for (let index = 1; index < MOST_CLERKS; index += 1) {
        await accept(await inviteClerk(ALICE, `Till ${index}`), customer(5_000 + index));
      }
      expect(await ask({ type: 'inviteClerk', name: 'One more' }, ALICE)).toMatchObject({
        view: { type: 'clerks' },
        notice: { type: 'clerksFull', most: MOST_CLERKS },
      });
    });
  });

  describe('the overview', () => {
    const homeOf = async (who: CustomerId) => {
      const shown = await ask({ type: 'home' }, who);
      if (shown.type !== 'shown' || shown.view?.type !== 'home') throw new Error(`Not the overview: ${JSON.stringify(shown)}`);
      return shown.view.home;
    };
    const sell = (index: number, seller: CustomerId, account: string) =>
      placed(
        ledger,
        termsOf(orderId(index), {
          customer: seller,
          payer: ALICE,
          pay: money(1_000, EUR),
          cost: money(980, EUR),
          commission: money(20, EUR),
          fields: { account },
          placedAt: clock.now(),
        }),
      );

    it('has the float of each currency with its credit, also for the clerk', async () => {
      startingBalance.push(money(1_000, USD));
      await grant(ledger, ALICE, 5_000);
      await ledger.setCredit(ALICE, [money(2_000, EUR)]);
      const float = [
        { available: money(5_000, EUR), credit: money(2_000, EUR) },
        { available: money(1_000, USD), credit: null },
      ];
      expect(await homeOf(ALICE)).toMatchObject({ name: 'Kiosk North', agentName: null, float });
      expect(await homeOf(CLERK)).toMatchObject({ name: 'Till 1', agentName: 'Kiosk North', float });
      expect(await homeOf(OTHER)).toMatchObject({ float: [{ available: money(1_000, USD), credit: null }] });
    });

    it("adds up today: the agent's whole float, the clerk's own sales", async () => {
      await grant(ledger, ALICE, 50_000);
      clock.advance(-DAY);
      await sell(1, ALICE, '5310000001');
      clock.advance(DAY);
      await sell(2, ALICE, '5310000002');
      await sell(3, CLERK, '5310000003');
      const line = (count: number) => [{ count, pay: money(count * 1_000, EUR), commission: money(count * 20, EUR) }];
      expect((await homeOf(ALICE)).today).toEqual(line(2));
      expect((await homeOf(CLERK)).today).toEqual(line(1));
      expect((await homeOf(OTHER)).today).toEqual([]);
    });

    it('shows the last five accounts that were sold to, masked, each once', async () => {
      await grant(ledger, ALICE, 50_000);
      for (const [index, account] of ['1', '2', '3', '4', '5', '6', '3'].entries()) {
        clock.advance(1);
        await sell(index, ALICE, `531000000${account}`);
      }
      expect((await homeOf(ALICE)).recent).toEqual(['3', '6', '5', '4', '2'].map((last) => `••••000${last}`));
      expect((await homeOf(CLERK)).recent).toEqual([]);
    });

    it('hides codes from whoever wants that, and from nobody else', async () => {
      expect(await ask({ type: 'hideCodes', hide: true }, CLERK)).toMatchObject({
        view: { home: { hidesCodes: true } },
        notice: { type: 'codesHidden' },
      });
      expect(await homeOf(CLERK)).toMatchObject({ hidesCodes: true });
      expect(await homeOf(ALICE)).toMatchObject({ hidesCodes: false });
      expect(await ask({ type: 'hideCodes', hide: false }, CLERK)).toMatchObject({ notice: { type: 'codesShown' } });
      expect(await ledger.member(CLERK)).toMatchObject({ hidesCodes: false });
    });
  });

  describe("a clerk's limit", () => {
    const limit = (amount: number, currency: typeof EUR | null) =>
      ask({ type: 'limitClerk', clerk: CLERK, amount: hundredths(amount), currency }, ALICE);
    const limitAgain = { type: 'again', asking: { for: 'clerkLimit', clerk: CLERK } } as const;

    it('is of the only currency of the float', async () => {
      await grant(ledger, ALICE, 5_000);
      expect(await limit(700, null)).toMatchObject({
        view: { type: 'clerk', clerk: { perDay: { count: null, amounts: [money(700, EUR)] } } },
        notice: { type: 'limitSet' },
      });
    });

    it('takes its currency where there are several, one after the other, and keeps the others', async () => {
      await grant(ledger, ALICE, 5_000);
      await ledger.setCredit(ALICE, [money(100, USD)]);
      const which: AgentAnswer = { ...limitAgain, notice: { type: 'whichCurrency', currencies: [EUR, USD] } };
      expect(await limit(700, null)).toEqual(which);
      await limit(900, USD);
      await limit(700, EUR);
      await limit(800, EUR);
      expect(await ledger.member(CLERK)).toMatchObject({ perDay: { count: null, amounts: [money(800, EUR), money(900, USD)] } });
    });

    it('is never of a currency that the float does not have', async () => {
      await grant(ledger, ALICE, 5_000);
      expect(await limit(700, USD)).toEqual({ ...limitAgain, notice: { type: 'whichCurrency', currencies: [EUR] } });
      expect(await ledger.member(CLERK)).toMatchObject({ perDay: null });
    });

    it('needs its currency while nothing was paid in', async () => {
      expect(await limit(700, null)).toEqual({ ...limitAgain, notice: { type: 'notALimit' } });
      expect(await limit(700, EUR)).toMatchObject({ notice: { type: 'limitSet' } });
    });

    it('can be lifted', async () => {
      await limit(700, EUR);
      expect(await ask({ type: 'freeClerk', clerk: CLERK }, ALICE)).toMatchObject({
        view: { clerk: { perDay: null } },
        notice: { type: 'limitLifted' },
      });
    });
  });

  it('blocks a clerk, lets them sell again, and removes them when the agent is sure', async () => {
    const block = (yes: boolean) => ask({ type: 'blockClerk', clerk: CLERK, block: yes }, ALICE);
    expect(await block(true)).toMatchObject({ view: { clerk: { blocked: true } }, notice: { type: 'clerkBlocked' } });
    expect(await block(false)).toMatchObject({ view: { clerk: { blocked: false } }, notice: { type: 'clerkUnblocked' } });
    const remove = (sure: boolean) => ask({ type: 'removeClerk', clerk: CLERK, sure }, ALICE);
    expect(await remove(false)).toMatchObject({ view: { type: 'removing', clerk: { id: CLERK } }, notice: null });
    expect(await ledger.member(CLERK)).not.toBeNull();
    expect(await remove(true)).toEqual({ type: 'shown', view: { type: 'clerks', clerks: [] }, notice: { type: 'clerkRemoved' } });
    expect(await ledger.member(CLERK)).toBeNull();
    expect(await remove(true)).toMatchObject({ notice: { type: 'clerkGone' } });
  });

  describe('a statement', () => {
    it.each([
      ['today', '2026-03-10'],
      ['yesterday', '2026-03-09'],
      [got(parseDay('2026-02-28')), '2026-02-28'],
      [got(parseDay('2026-03-11')), '2026-03-10'],
    ] as const)('of %s is one of %s', async (asked, day) => {
      await grant(ledger, ALICE, 5_000);
      const shown = await ask({ type: 'statement', day: asked }, ALICE);
      expect(shown).toMatchObject({ type: 'statement', statement: { from: day, to: day } });
    });

    it('comes as a file of its day', async () => {
      for (const format of ['csv', 'pdf'] as const) {
        expect(await ask({ type: 'statementFile', days: dayOnly(TODAY), format }, ALICE)).toEqual({ type: 'sent' });
      }
      const caption = { type: 'statement', from: TODAY, to: TODAY };
      const file = { chat: Number(ALICE), bytes: PRINTED, caption, language: 'en' };
      expect(sent).toEqual(['csv', 'pdf'].map((format) => ({ ...file, fileName: `statement-2026-03-10.${format}` })));
    });

    const payIn = (reference: string) => ledger.post(deposit(reference, ALICE, money(1_000, EUR)), clock.now());

    it('is of several days, and its files as well', async () => {
      await payIn('r1');
      const days = daysOf('2026-03-01', '2026-03-10');
      expect(await ask({ type: 'statementOfDays', days }, ALICE)).toMatchObject({
        type: 'statement',
        statement: { ...days, currencies: [{ closing: 1_000 }] },
      });
      expect(await ask({ type: 'statementFile', days, format: 'pdf' }, ALICE)).toEqual({ type: 'sent' });
      expect(sent).toMatchObject([
        { fileName: 'statement-2026-03-01-to-2026-03-10.pdf', caption: { type: 'statement', ...days } },
      ]);
    });

    it('ends with the day that it is', async () => {
      expect(await ask({ type: 'statementOfDays', days: daysOf('2026-03-01', '2026-03-31') }, ALICE)).toMatchObject({
        statement: daysOf('2026-03-01', '2026-03-10'),
      });
    });

    it.each<readonly [string, Days | null, AgentNotice]>([
      ['none', null, { type: 'notDays' }],
      ['backwards', daysOf('2026-03-02', '2026-03-01'), { type: 'daysBackwards' }],
      ['93', daysOf('2025-12-08', '2026-03-10'), { type: 'tooManyDays', most: 92 }],
    ])('has to be of other days when they are %s', async (_what, days, notice) => {
      expect(await ask({ type: 'statementOfDays', days }, ALICE)).toEqual({ type: 'again', asking: { for: 'days' }, notice });
      if (days === null) return;
      const file = await ask({ type: 'statementFile', days, format: 'csv' }, ALICE);
      expect(file).toEqual({ type: 'shown', view: null, notice });
      expect(sent).toEqual([]);
    });

    it('takes up to 92 days, and as many movements as one can hold', async () => {
      const days = daysOf('2025-12-09', '2026-03-10');
      for (const reference of ['r1', 'r2', 'r3']) await payIn(reference);
      expect(await ask({ type: 'statementOfDays', days }, ALICE)).toMatchObject({ type: 'statement', statement: days });
      await payIn('r4');
      const tooLong = { type: 'statementTooLong' };
      expect(await ask({ type: 'statementOfDays', days }, ALICE)).toMatchObject({ type: 'again', notice: tooLong });
      expect(await ask({ type: 'statement', day: 'today' }, ALICE)).toMatchObject({ type: 'shown', notice: tooLong });
    });

    it('says so when its file could not be sent', async () => {
      reachable = false;
      expect(await ask({ type: 'statementFile', days: dayOnly(TODAY), format: 'csv' }, ALICE)).toMatchObject({
        notice: { type: 'fileNotSent' },
      });
    });
  });
});
