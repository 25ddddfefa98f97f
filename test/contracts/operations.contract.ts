// What every ledger has to do for those who run the shop: stops, the record, top-ups, announcements, and a look into orders and queues.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import { parseChatId, parseProductId } from '../../src/domain/ids.ts';
import type { CustomerId } from '../../src/domain/ids.ts';
import type { Invitation } from '../../src/domain/member.ts';
import { money } from '../../src/domain/money.ts';
import type { NamedStop } from '../../src/domain/stop-scope.ts';
import { DAY, SECOND } from '../../src/domain/time.ts';
import { parseTokenHash } from '../../src/domain/token.ts';
import {
  ALICE,
  BOB,
  EUR,
  NOON,
  USD,
  after,
  customer,
  got,
  grant,
  makeAgent,
  makeClerk,
  message,
  orderId,
  placed,
  placing,
  sending,
  step,
  termsOf,
} from './orders.ts';

const nimbus = got(parseProductId(7_205));
const stopOf = (since = NOON): NamedStop => ({
  scope: { kind: 'product', product: nimbus },
  name: 'Nimbus 25',
  by: '501',
  why: 'Out of order',
  since,
});
const confirmed = (key: string, by = '501', at = NOON) => ({ key, by, at });
const chatOf = (customer: CustomerId) => got(parseChatId(customer));
const fifty = { customer: ALICE, amount: money(5_000, EUR), reference: 'receipt-17' };
const everybody = { language: null };

/** `open` gives the connections to a new, empty ledger: one or several. */
export const describeOperations = (name: string, open: () => Promise<readonly [SqlLedger, ...SqlLedger[]]>): void => {
  describe(`operations in ${name}`, () => {
    let ledgers: readonly [SqlLedger, ...SqlLedger[]];
    let ledger: SqlLedger;
    beforeEach(async () => {
      ledgers = await open();
      [ledger] = ledgers;
    });
    afterEach(() => Promise.all(ledgers.map((one) => one.close())));

    /** The same of every connection at once, twice. */
    const atOnce = <T>(work: (one: SqlLedger) => Promise<T>): Promise<readonly T[]> =>
      Promise.all([...ledgers, ...ledgers].map(work));
    const deeds = async () => (await ledger.lastActions(50)).map(({ deed, by, target }) => `${by} ${deed} ${target}`);
    const balance = async (of: CustomerId) => (await ledger.balances(of)).map(({ hundredths }) => hundredths);

    describe('stops', () => {
      it('come back as they were put, the newest first', async () => {
        const country: NamedStop = {
          scope: { kind: 'country', country: 192 },
          name: 'Cuba',
          by: '502',
          why: 'Storm',
          since: after(1),
        };
        const operator: NamedStop = {
          scope: { kind: 'operator', operator: nimbus },
          name: 'Nimbus',
          by: 'bot',
          why: '-1',
          since: after(2),
        };
        const all: NamedStop = { scope: { kind: 'all' }, name: '*', by: '502', why: 'Books', since: after(3) };
        for (const [index, stop] of [stopOf(), country, operator, all].entries()) {
          expect(await ledger.putStop(stop, `k${index}`)).toBe('put');
        }
        expect(await ledger.stops()).toEqual([all, operator, country, stopOf()]);
      });

      it('are put once, however many put them', async () => {
        const put = await atOnce((one) => one.putStop(stopOf(), 'k1'));
        expect(put.toSorted()).toEqual([...put.slice(1).map(() => 'existed'), 'put']);
        expect(await ledger.putStop({ ...stopOf(), why: 'Another reason' }, 'k2')).toBe('existed');
        expect(await ledger.stops()).toEqual([stopOf()]);
        expect(await deeds()).toEqual(['501 stopPut product:7205']);
      });

      it('are lifted once, and a confirmation from before does not put them again', async () => {
        await ledger.putStop(stopOf(), 'k1');
        const lifted = await atOnce((one) => one.liftStop(stopOf().scope, confirmed('k2', '502', after(9))));
        expect(lifted.toSorted()).toEqual(['lifted', ...lifted.slice(1).map(() => 'notThere')]);
        expect(await ledger.putStop(stopOf(), 'k1')).toBe('existed');
        expect(await ledger.stops()).toEqual([]);
        const [last] = await ledger.lastActions(1);
        expect(last).toMatchObject({ by: '502', deed: 'stopLifted', at: after(9), after: null });
        expect(last?.before).toEqual({ name: 'Nimbus 25', by: '501', why: 'Out of order', since: NOON });
      });

      it('are put by an order that the supplier does not route, with its money back and an alert, at one moment', async () => {
        await grant(ledger, ALICE, 5_000);
        for (const number of [1, 2]) {
          const order = await sending(ledger, await placed(ledger, termsOf(orderId(number))), number);
          const settlement = { kind: 'rejected', reason: 'unavailable', resultCode: '-1' } as const;
          await ledger.append(order, step(order, { type: 'settle', settlement }, after(number)));
        }
        expect(await ledger.stops()).toEqual([
          {
            scope: { kind: 'product', product: nimbus },
            name: 'Nimbus 25',
            by: 'bot',
            why: `-1 (${orderId(1)})`,
            since: after(1),
          },
        ]);
        expect(await balance(ALICE)).toEqual([5_000]);
        expect(await deeds()).toEqual(['bot stopPut product:7205']);
        const alerts = await ledger.claimAlerts(after(9), after(99), 9);
        expect(alerts.map(({ alert }) => alert)).toEqual([
          { type: 'productStopped', product: nimbus, name: 'Nimbus 25', order: orderId(1) },
        ]);
      });
    });

    describe('the record', () => {
      it('keeps what was done, the newest first', async () => {
        await ledger.putStop(stopOf(), 'k1');
        await ledger.liftStop(stopOf().scope, confirmed('k2', '502', after(1)));
        const put = { key: 'k1', by: '501', at: NOON, deed: 'stopPut', target: 'product:7205', before: null };
        const why = { name: 'Nimbus 25', why: 'Out of order' };
        expect(await ledger.lastActions(9)).toEqual([
          {
            ...put,
            key: 'k2',
            by: '502',
            at: after(1),
            deed: 'stopLifted',
            before: { ...why, by: '501', since: NOON },
            after: null,
          },
          { ...put, after: why },
        ]);
        expect(await ledger.lastActions(1)).toHaveLength(1);
      });

      it('has every ruling and every revert, with their order', async () => {
        await grant(ledger, ALICE, 5_000);
        const sent = await sending(ledger, await placed(ledger, termsOf(orderId(1))), 1);
        const settlement = { kind: 'charged', code: 'missing', supplierReference: null } as const;
        const waiting = got(await ledger.append(sent, step(sent, { type: 'settle', settlement })));
        const ruling = { type: 'rule', ruling: 'chargedWithCode', code: 'here', by: '501', why: 'They mailed it' } as const;
        await ledger.append(waiting, step(waiting, ruling, after(1)));
        expect(await ledger.lastActions(9)).toEqual([
          expect.objectContaining({
            by: '501',
            at: after(1),
            deed: 'ruled',
            target: orderId(1),
            after: { ruling: 'chargedWithCode', why: 'They mailed it' },
          }),
        ]);
      });
    });

    const hash = got(parseTokenHash('a'.repeat(64)));
    const invitation = {
      for: { kind: 'agent' },
      name: 'Kiosk North',
      by: '501',
      createdAt: NOON,
      expiresAt: after(DAY),
    } as const satisfies Invitation;

    describe('agents', () => {
      it('are invited once a confirmation', async () => {
        const invited = await atOnce((one) => one.inviteAgent(hash, invitation, confirmed('k1')));
        expect(invited.toSorted()).toEqual([...invited.slice(1).map(() => 'again'), 'invited']);
        expect(got(await ledger.redeem(hash, ALICE, after(1)))).toMatchObject({ id: ALICE, name: 'Kiosk North', agent: null });
        const [only, ...others] = await ledger.lastActions(9);
        expect(others).toEqual([]);
        expect(only).toMatchObject({ by: '501', deed: 'agentInvited', after: { name: 'Kiosk North' } });
      });

      it('are blocked and let sell again, which is recorded', async () => {
        await ledger.inviteAgent(hash, invitation, confirmed('k1'));
        await ledger.redeem(hash, ALICE, after(1));
        expect(await ledger.blockAgent(ALICE, true, confirmed('k2'))).toBe('done');
        expect((await ledger.member(ALICE))?.blocked).toBe(true);
        expect(await ledger.blockAgent(ALICE, false, confirmed('k3'))).toBe('done');
        expect(await ledger.blockAgent(ALICE, true, confirmed('k2'))).toBe('again');
        expect((await ledger.member(ALICE))?.blocked).toBe(false);
        expect(await ledger.blockAgent(BOB, true, confirmed('k4'))).toBe('unknown');
        const [last, first] = await ledger.lastActions(9);
        expect(last).toMatchObject({ deed: 'agentUnblocked', target: String(ALICE), before: { blocked: true } });
        expect(first).toMatchObject({ deed: 'agentBlocked', before: { blocked: false }, after: { blocked: true } });
      });
    });

    describe("an agent's credit", () => {
      const setCredit = (credit: number, currency = EUR, key = 'k1', one = ledger) =>
        one.setAgentCredit(ALICE, money(credit, currency), confirmed(key));
      const creditNow = async () => (await ledger.member(ALICE))?.credit;
      beforeEach(() => makeAgent(ledger, ALICE));

      it('is set per currency, which is recorded with what it was', async () => {
        expect(await setCredit(10_000)).toBe('done');
        expect(await setCredit(20_000, USD, 'k2')).toBe('done');
        expect(await setCredit(5_000, EUR, 'k3')).toBe('done');
        expect(await creditNow()).toEqual([money(5_000, EUR), money(20_000, USD)]);
        const [last, , first] = await ledger.lastActions(9);
        const deed = { by: '501', deed: 'creditSet', target: String(ALICE) };
        const of = (credit: number) => ({ currency: 'EUR', credit });
        expect(last).toMatchObject({ ...deed, before: of(10_000), after: of(5_000) });
        expect(first).toMatchObject({ ...deed, before: of(0), after: of(10_000) });
      });

      it('is what may be spent, and is taken away with zero', async () => {
        await setCredit(2_500);
        await placed(ledger, termsOf(orderId(1)));
        expect(await balance(ALICE)).toEqual([-2_500]);
        expect(await setCredit(0, EUR, 'k2')).toBe('done');
        expect(await creditNow()).toEqual([]);
        const refused = await ledger.place(termsOf(orderId(2)), placing(termsOf(orderId(2))));
        expect(refused).toMatchObject({ ok: false, error: { kind: 'outOfFunds', available: money(0, EUR) } });
      });

      it('is set once a confirmation, and of agents only', async () => {
        const done = await atOnce((one) => setCredit(10_000, EUR, 'k1', one));
        expect(done.toSorted()).toEqual([...done.slice(1).map(() => 'again'), 'done']);
        await setCredit(0, EUR, 'k2');
        expect(await setCredit(10_000)).toBe('again');
        expect(await creditNow()).toEqual([]);
        await makeClerk(ledger, ALICE, BOB);
        for (const [index, nobody] of [BOB, customer(9)].entries()) {
          expect(await ledger.setAgentCredit(nobody, money(1, EUR), confirmed(`k${index + 7}`))).toBe('unknown');
        }
        expect((await deeds()).filter((deed) => deed.includes('creditSet'))).toHaveLength(2);
      });

      it('of two currencies that are set at once has both', async () => {
        const [one, other] = [ledgers[0], ledgers.at(-1) ?? ledgers[0]];
        await Promise.all([setCredit(10_000, EUR, 'k1', one), setCredit(20_000, USD, 'k2', other)]);
        expect(await creditNow()).toEqual([money(10_000, EUR), money(20_000, USD)]);
      });
    });

    describe('an adjustment', () => {
      const adjust = (amount: number, key = 'k1', one = ledger) =>
        one.adjust({ customer: ALICE, amount: money(amount, EUR), why: 'Paid in twice' }, confirmed(key));

      it('gives and takes, and is recorded with what there was before and after', async () => {
        await grant(ledger, ALICE, 5_000);
        expect(await adjust(-1_500)).toBe('done');
        expect(await adjust(200, 'k2')).toBe('done');
        expect(await balance(ALICE)).toEqual([3_700]);
        const [last, first] = await ledger.lastActions(9);
        const deed = { by: '501', at: NOON, deed: 'balanceAdjusted', target: String(ALICE) };
        const why = 'Paid in twice';
        expect(last).toMatchObject({
          ...deed,
          before: { currency: 'EUR', balance: 3_500 },
          after: { currency: 'EUR', balance: 3_700, adjusted: 200, why },
        });
        expect(first).toMatchObject({ ...deed, before: { balance: 5_000 }, after: { balance: 3_500, adjusted: -1_500, why } });
        expect(await ledger.audit()).toMatchObject({ postingsSum: { EUR: 0 }, wrongAccounts: [] });
      });

      it('happens once a confirmation, however many confirm it', async () => {
        await grant(ledger, ALICE, 5_000);
        const done = await atOnce((one) => adjust(-1_000, 'k1', one));
        expect(done.toSorted()).toEqual([...done.slice(1).map(() => 'again'), 'done']);
        expect(await balance(ALICE)).toEqual([4_000]);
        expect(await deeds()).toEqual([`501 balanceAdjusted ${ALICE}`]);
      });

      it('takes no more than there is, with the credit, and says how much that is', async () => {
        await makeAgent(ledger, ALICE);
        await grant(ledger, ALICE, 1_000);
        await ledger.setCredit(ALICE, [money(500, EUR)]);
        expect(await adjust(-1_501)).toEqual({ notEnough: money(1_500, EUR) });
        expect([await balance(ALICE), await deeds()]).toEqual([[1_000], []]);
        expect(await adjust(-1_500)).toBe('done');
        expect(await balance(ALICE)).toEqual([-500]);
        expect(await adjust(-1, 'k2')).toEqual({ notEnough: money(0, EUR) });
        const nobody = { customer: BOB, amount: money(-1, EUR), why: 'There is nothing' };
        expect(await ledger.adjust(nobody, confirmed('k3'))).toEqual({ notEnough: money(0, EUR) });
      });

      it('takes from several at once no more than there is', async () => {
        await grant(ledger, ALICE, 1_000);
        const done = await Promise.all([...ledgers, ...ledgers].map((one, index) => adjust(-700, `k${index}`, one)));
        expect(done.filter((each) => each === 'done')).toHaveLength(1);
        expect(await balance(ALICE)).toEqual([300]);
        expect(await deeds()).toHaveLength(1);
      });

      it('is nothing without its record', async () => {
        await ledger.putStop(stopOf(), 'k1');
        await expect(adjust(1_000)).rejects.toThrow('k1');
        expect(await balance(ALICE)).toEqual([]);
      });
    });

    describe('a look into orders', () => {
      const cuban = { account: '5355512345' };

      it('finds the orders for an account however it is written, the newest first', async () => {
        await grant(ledger, ALICE, 20_000);
        await placed(ledger, termsOf(orderId(1), { fields: cuban }));
        await placed(ledger, termsOf(orderId(2), { fields: cuban, placedAt: after(1) }));
        await placed(ledger, termsOf(orderId(3), { fields: { account: 'ana.1984' } }));
        await placed(ledger, termsOf(orderId(4), { fields: {} }));
        for (const written of ['5355512345', '+53 5551-2345', '٥٣٥٥٥١٢٣٤٥']) {
          const found = await ledger.ordersFor(written, 9);
          expect(found.map(({ terms }) => terms.id)).toEqual([orderId(2), orderId(1)]);
        }
        expect((await ledger.ordersFor('Ana.1984', 9)).map(({ terms }) => terms.id)).toEqual([orderId(3)]);
        expect(await ledger.ordersFor('5355512346', 9)).toEqual([]);
        expect(await ledger.ordersFor('5355512345', 1)).toHaveLength(1);
      });

      it('finds a bill by the account that its payment names', async () => {
        await grant(ledger, ALICE, 5_000);
        const bill = { values: [{ key: 'contract', value: '7712345678' }], returned: [], invoices: [] };
        await placed(ledger, termsOf(orderId(1), { family: 'bill', fields: { contract: '7712345678' }, bill }));
        expect((await ledger.ordersFor('77 1234 5678', 9)).map(({ terms }) => terms.id)).toEqual([orderId(1)]);
      });

      it('tells the history of an order, with who ruled and what the supplier said', async () => {
        await grant(ledger, ALICE, 5_000);
        const sent = await sending(ledger, await placed(ledger, termsOf(orderId(1))), 1);
        const settlement = { kind: 'rejected', reason: 'accountRefused', resultCode: '14' } as const;
        await ledger.append(sent, step(sent, { type: 'settle', settlement }, after(5)));
        const nobody = { by: null, why: null };
        expect(await ledger.history(orderId(1))).toEqual([
          { type: 'placed', at: NOON, ...nobody, resultCode: null },
          { type: 'purchaseIntended', at: NOON, ...nobody, resultCode: null },
          { type: 'purchaseRejected', at: after(5), ...nobody, resultCode: '14' },
        ]);
        expect(await ledger.history(orderId(9))).toEqual([]);
      });

      it('adds up the sales of a span by status and currency', async () => {
        await grant(ledger, ALICE, 20_000);
        await grant(ledger, ALICE, 20_000, USD);
        const priced = { cost: money(2_300, EUR), commission: money(100, EUR) };
        await placed(ledger, termsOf(orderId(1), priced));
        await placed(ledger, termsOf(orderId(2), { ...priced, placedAt: after(10) }));
        const dollars = { pay: money(900, USD), cost: money(800, USD), commission: money(0, USD) };
        const sent = await sending(ledger, await placed(ledger, termsOf(orderId(3), dollars)), 1);
        await placed(ledger, termsOf(orderId(4), { placedAt: after(100) }));
        expect(await ledger.salesOf({ from: NOON, to: after(100) })).toEqual([
          { status: 'placed', currency: 'EUR', count: 2, pay: 5_000, cost: 4_600, commission: 200 },
          { status: 'sending', currency: 'USD', count: 1, pay: 900, cost: 800, commission: 0 },
        ]);
        expect(await ledger.salesOf({ from: after(101), to: after(999) })).toEqual([]);
        expect(await ledger.ordersByStatus()).toEqual({ placed: 3, sending: 1 });
        expect(await ledger.oldestByStatus()).toEqual([
          { status: 'placed', placedAt: NOON },
          { status: 'sending', placedAt: NOON },
        ]);
        expect(sent.state.status).toBe('sending');
        const refused = { kind: 'rejected', reason: 'accountRefused', resultCode: '14' } as const;
        const [first] = await ledger.ordersOf(ALICE, 9).then((orders) => orders.filter(({ terms }) => terms.id === orderId(1)));
        if (first === undefined) throw new Error('The first order is not there');
        const over = await sending(ledger, first, 2);
        got(await ledger.append(over, step(over, { type: 'settle', settlement: refused }, after(5))));
        got(await ledger.append(sent, step(sent, { type: 'settle', settlement: refused }, after(5))));
        expect(await ledger.oldestByStatus()).toEqual([{ status: 'placed', placedAt: after(10) }]);
      });

      it('adds up what the accounts hold, by their kind and currency', async () => {
        expect(await ledger.accountTotals()).toEqual([]);
        await grant(ledger, ALICE, 20_000);
        await grant(ledger, BOB, 700);
        await grant(ledger, ALICE, 1_000, USD);
        await placed(ledger, termsOf(orderId(1)));
        const { hundredths: pay } = termsOf(orderId(1)).pay;
        expect(await ledger.accountTotals()).toEqual([
          { kind: 'available', currency: 'EUR', total: 20_700 - pay },
          { kind: 'available', currency: 'USD', total: 1_000 },
          { kind: 'reserved', currency: 'EUR', total: pay },
          { kind: 'funding', currency: 'EUR', total: -20_700 },
          { kind: 'funding', currency: 'USD', total: -1_000 },
        ]);
      });

      it('gives the orders of some statuses, with the states that they are in', async () => {
        await grant(ledger, ALICE, 20_000);
        const settlement = { kind: 'unclear', expectation: 'open', resultCode: null } as const;
        const sent = await sending(ledger, await placed(ledger, termsOf(orderId(1))), 1);
        const { state } = got(await ledger.append(sent, step(sent, { type: 'settle', settlement }, after(5))));
        await placed(ledger, termsOf(orderId(2)));
        expect(await ledger.ordersIn(['unknown', 'awaitingCode'])).toEqual([{ id: orderId(1), state }]);
        expect(await ledger.ordersIn(['revertUnknown'])).toEqual([]);
      });

      it('knows how much is due in every queue, and since when', async () => {
        await grant(ledger, ALICE, 5_000);
        const order = await placed(ledger, termsOf(orderId(1)));
        await ledger.restage(order, 'code', confirmed('k1', '501', after(3)));
        await ledger.raiseAlert({ type: 'workFails', order: orderId(1) }, after(2));
        await ledger.announce(
          { text: 'Hi', audience: everybody, chat: chatOf(BOB), language: 'en' },
          confirmed('k2', '501'),
          after(1),
        );
        expect(await ledger.queues(after(9))).toEqual({
          orders: { due: 1, oldest: NOON },
          messages: { due: 1, oldest: after(3) },
          alerts: { due: 1, oldest: after(2) },
          announcements: { due: 1, oldest: after(1) },
        });
        const nothing = { due: 0, oldest: null };
        const past = await ledger.queues(after(-1));
        expect(past).toEqual({ orders: nothing, messages: nothing, alerts: nothing, announcements: nothing });
      });

      it('stages a message of an order again, once a confirmation', async () => {
        await grant(ledger, ALICE, 5_000);
        const order = await placed(ledger, termsOf(orderId(1)));
        const staged = await atOnce((one) => one.restage(order, 'code', confirmed('k1')));
        expect(staged.toSorted()).toEqual([...staged.slice(1).map(() => 'existed'), 'staged']);
        const due = await ledger.claimMessages(after(1), after(9), 9);
        expect(due).toMatchObject([{ orderId: orderId(1), news: 'code', chat: order.terms.chat }]);
        expect(await deeds()).toEqual([`501 messageResent ${orderId(1)}`]);
      });
    });

    describe('top-ups', () => {
      it('are posted once a reference, and recorded', async () => {
        const done = await atOnce((one) => one.topUp(fifty, confirmed('k1')));
        expect(done.toSorted()).toEqual([...done.slice(1).map(() => 'again'), 'done']);
        expect(await ledger.topUp({ ...fifty, amount: money(9_900, EUR) }, confirmed('k2'))).toBe('referenceUsed');
        expect(await balance(ALICE)).toEqual([5_000]);
        const [only, ...others] = await ledger.lastActions(9);
        expect(others).toEqual([]);
        const facts = { currency: 'EUR', hundredths: 5_000, reference: 'receipt-17' };
        expect(only).toMatchObject({ by: '501', deed: 'toppedUp', target: String(ALICE), after: facts });
      });

      const ask = (key = 'k1') => ledger.askTopUp(fifty, confirmed(key), after(DAY));

      it('wait for a second person where they are large', async () => {
        expect(await ask()).toBe('asked');
        expect(await ask()).toBe('again');
        const pending = { id: 'k1', ...fifty, askedBy: '501', askedAt: NOON, expiresAt: after(DAY) };
        expect(await ledger.pendingTopUps(after(1))).toEqual([pending]);
        expect(await ledger.pendingTopUp('k1')).toEqual(pending);
        expect(await ledger.pendingTopUps(after(DAY))).toEqual([]);
        expect(await ledger.pendingTopUp('k9')).toBeNull();
        expect(await balance(ALICE)).toEqual([]);
        expect(await ledger.decideTopUp('k1', true, '501', after(1))).toBe('ownRequest');
        expect(await ledger.decideTopUp('k9', true, '502', after(1))).toBe('unknown');
        expect(await balance(ALICE)).toEqual([]);
      });

      it('are confirmed by one, once', async () => {
        await ask();
        const decided = await Promise.all(
          [...ledgers, ...ledgers].map((one, index) => one.decideTopUp('k1', true, `${502 + index}`, after(1))),
        );
        expect(decided.toSorted()).toEqual([...decided.slice(1).map(() => 'decided'), 'done']);
        expect(await balance(ALICE)).toEqual([5_000]);
        expect(await ledger.pendingTopUps(after(1))).toEqual([]);
        expect((await ledger.lastActions(9)).map(({ deed }) => deed)).toEqual(['topUpConfirmed', 'topUpAsked']);
      });

      it('are taken back by whoever asked, refused by another, and expire', async () => {
        await ask();
        expect(await ledger.decideTopUp('k1', false, '501', after(1))).toBe('refused');
        expect(await ledger.decideTopUp('k1', true, '502', after(2))).toBe('decided');
        await ask('k2');
        expect(await ledger.decideTopUp('k2', true, '502', after(DAY))).toBe('expired');
        expect(await balance(ALICE)).toEqual([]);
      });

      it('refuse a reference that was used meanwhile', async () => {
        await ask();
        await ledger.topUp(fifty, confirmed('k5'));
        expect(await ledger.askTopUp(fifty, confirmed('k6'), after(DAY))).toBe('referenceUsed');
        expect(await ledger.decideTopUp('k1', true, '502', after(1))).toBe('referenceUsed');
        expect(await balance(ALICE)).toEqual([5_000]);
      });
    });

    describe('announcements', () => {
      const draft = { text: 'We are back.', audience: everybody, chat: chatOf(BOB), language: 'en' } as const;
      const group = got(parseChatId(-77));

      /** Alice ordered in Spanish and last in French, Bob in Spanish only; and somebody ordered in a group. */
      const fill = async (): Promise<void> => {
        for (const one of [ALICE, BOB]) await grant(ledger, one, 20_000);
        await placed(ledger, termsOf(orderId(1)));
        await placed(ledger, termsOf(orderId(2), { language: 'fr', placedAt: after(1) }));
        await placed(ledger, termsOf(orderId(3), { customer: BOB, payer: BOB, chat: chatOf(BOB) }));
        await placed(ledger, termsOf(orderId(4), { chat: group, productName: 'An "language":"ru" offer' }));
      };
      const announce = () => ledger.announce(draft, confirmed('k1'), NOON);
      const claim = (at = 1, limit = 9, one = ledger) => one.claimRecipients(after(at), after(at + SECOND), limit);

      it('go to everybody who ordered, or to those whose last order was in a language', async () => {
        await fill();
        const count = (language: 'es' | 'fr' | 'ru' | null) => ledger.countAudience({ language });
        expect([await count(null), await count('es'), await count('fr'), await count('ru')]).toEqual([2, 1, 1, 0]);
        await ledger.announce({ ...draft, audience: { language: 'es' } }, confirmed('k1'), NOON);
        expect(await claim()).toMatchObject([{ chat: chatOf(BOB), text: 'We are back.', tries: 0 }]);
      });

      it('go to those who sell, unless they are blocked', async () => {
        await fill();
        const agents = { group: 'agents' } as const;
        expect(await ledger.countAudience(agents)).toBe(0);
        await ledger.inviteAgent(hash, invitation, confirmed('k1'));
        await ledger.redeem(hash, ALICE, after(1));
        expect(await ledger.countAudience(agents)).toBe(1);
        await ledger.announce({ ...draft, audience: agents }, confirmed('k2'), NOON);
        expect(await claim()).toMatchObject([{ chat: chatOf(ALICE), text: 'We are back.' }]);
        await ledger.blockAgent(ALICE, true, confirmed('k3'));
        expect(await ledger.countAudience(agents)).toBe(0);
      });

      it('are made once a confirmation, with a row for each recipient', async () => {
        await fill();
        const [first, ...others] = await atOnce(announce);
        expect(first).toMatchObject({ ...draft, message: null });
        expect(first?.progress).toMatchObject({ sent: 0, blocked: 0, failed: 0, left: 2, stopped: false });
        for (const other of others) expect(other).toEqual(first);
        expect(await ledger.announcements(9)).toEqual([first]);
        expect(await deeds()).toEqual(['501 announced everybody']);
      });

      it('are sent by one process at a time, and by the next when that one dies', async () => {
        await fill();
        await announce();
        const batches = await atOnce((one) => claim(1, 1, one));
        expect(batches.flat()).toHaveLength(1);
        expect(await claim(SECOND)).toEqual([]);
        const next = await claim(SECOND + 1);
        expect(next.map(({ tries }) => tries).toSorted()).toEqual([0, 1]);
      });

      it('count what became of each', async () => {
        await fill();
        const { id } = await announce();
        const [first, second] = await claim();
        if (first === undefined || second === undefined) throw new Error('There are two recipients');
        await ledger.concludeRecipient(first.id, { kind: 'blocked' });
        await ledger.concludeRecipient(second.id, { kind: 'postponed', until: after(50) });
        expect(await claim(49)).toEqual([]);
        const [again] = await claim(50);
        expect(again?.id).toBe(second.id);
        await ledger.concludeRecipient(second.id, { kind: 'sent' });
        await ledger.concludeRecipient(second.id, { kind: 'failed' });
        await ledger.rememberProgress(id, message(77));
        const { progress, message: shown } = (await ledger.announcement(id)) ?? {};
        expect(progress).toEqual({ id, sent: 1, blocked: 1, failed: 0, left: 0, stopped: false });
        expect(shown).toBe(77);
        expect(await ledger.announcement(id + 9)).toBeNull();
        expect(await ledger.stopAnnouncement(id, '501', after(60))).toBe('over');
      });

      it('are stopped once; whoever was told on the way is counted all the same', async () => {
        await fill();
        const { id } = await announce();
        const [first, second] = await claim();
        if (first === undefined || second === undefined) throw new Error('There are two recipients');
        const stopped = await atOnce((one) => one.stopAnnouncement(id, '502', after(5)));
        expect(stopped.toSorted()).toEqual([...stopped.slice(1).map(() => 'over'), 'stopped']);
        await ledger.concludeRecipient(first.id, { kind: 'sent' });
        await ledger.concludeRecipient(second.id, { kind: 'postponed', until: after(6) });
        expect(await claim(1e9)).toEqual([]);
        const { progress } = (await ledger.announcement(id)) ?? {};
        expect(progress).toEqual({ id, sent: 1, blocked: 0, failed: 0, left: 0, stopped: true });
        expect(await deeds()).toEqual([`502 announcementStopped ${id}`, '501 announced everybody']);
        expect(await ledger.stopAnnouncement(id + 9, '502', after(5))).toBe('unknown');
      });
    });
  });
};
