// What every ledger has to do with an order: place it and append to it, with its money, secrets and news, or not at all.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import { money } from '../../src/domain/money.ts';
import type { OrderState, OrderStatus, PaidState } from '../../src/domain/order.ts';
import { SENDING_PATIENCE } from '../../src/domain/order-evolve.ts';
import { fail } from '../../src/domain/result.ts';
import { later } from '../../src/domain/time.ts';
import { noSecrets } from '../../src/domain/voucher.ts';
import type { OrderSecrets } from '../../src/domain/voucher.ts';
import { capture, release } from '../../src/domain/wallet.ts';
import {
  ALICE,
  BOB,
  BODY,
  EUR,
  NOON,
  USD,
  after,
  attempt,
  got,
  grant,
  message,
  orderId,
  placed,
  placing,
  reference,
  sending,
  step,
  termsOf,
} from './orders.ts';

const chargedHere = { type: 'settle', settlement: { kind: 'charged', code: 'here', supplierReference: 'S1' } } as const;
const secrets: OrderSecrets = {
  token: 'TOKEN-93417',
  voucher: {
    code: 'CODE-5521-8890',
    account: null,
    instructions: 'Dial *222#',
    expiration: null,
    extra: [{ key: 's', value: '1' }],
  },
  receipt: null,
  result: { description: 'A guitar', own: ['ticket'], extra: [{ key: 'winner', value: '271828' }] },
  raw: ['{"rawAnswer":true}'],
};

/** `open` gives a new, empty ledger. */
export const describeOrders = (name: string, open: () => Promise<SqlLedger>): void => {
  describe(`orders in ${name}`, () => {
    let ledger: SqlLedger;
    beforeEach(async () => {
      ledger = await open();
    });
    afterEach(() => ledger.close());

    const first = orderId(1);

    describe('place', () => {
      it('stores the order and reserves its funds', async () => {
        await grant(ledger, ALICE, 4_000);
        const terms = termsOf(first);
        expect(await ledger.place(terms, placing(terms))).toEqual({
          ok: true,
          value: { existed: false, order: { terms, state: placing(terms).state, version: 1 } },
        });
        expect(await ledger.order(first)).toEqual({ terms, state: placing(terms).state, version: 1 });
        expect(await ledger.balances(ALICE)).toEqual([money(1_500, EUR)]);
        expect(await ledger.audit()).toMatchObject({ reservedTotal: { EUR: 2_500 }, openTotal: { EUR: 2_500 } });
      });

      it('finds the stored order when it is placed again, and changes nothing', async () => {
        await grant(ledger, ALICE, 4_000);
        const terms = termsOf(first);
        const sent = await sending(ledger, await placed(ledger, terms), 1);
        const again = termsOf(first, { pay: money(1, EUR), productName: 'Other', placedAt: after(9) });
        expect(await ledger.place(again, placing(again))).toEqual({ ok: true, value: { existed: true, order: sent } });
        expect(await ledger.balances(ALICE)).toEqual([money(1_500, EUR)]);
      });

      it('finds it also when nothing is left to spend', async () => {
        await grant(ledger, ALICE, 2_500);
        await placed(ledger, termsOf(first));
        expect(await ledger.place(termsOf(first), placing(termsOf(first)))).toMatchObject({ value: { existed: true } });
      });

      it('refuses an id that belongs to another customer', async () => {
        await grant(ledger, ALICE, 4_000);
        await grant(ledger, BOB, 4_000);
        await placed(ledger, termsOf(first));
        const theirs = termsOf(first, { customer: BOB });
        expect(await ledger.place(theirs, placing(theirs))).toEqual({ ok: false, error: { kind: 'idTaken' } });
        expect(await ledger.balances(BOB)).toEqual([money(4_000, EUR)]);
      });

      it('says what is available when funds are missing, and stores nothing', async () => {
        await grant(ledger, ALICE, 2_499);
        await grant(ledger, ALICE, 9_000, USD);
        const terms = termsOf(first);
        expect(await ledger.place(terms, placing(terms))).toEqual({
          ok: false,
          error: { kind: 'outOfFunds', available: money(2_499, EUR) },
        });
        expect(await ledger.order(first)).toBeNull();
        expect(await ledger.claimOrders(after(1e9), after(2e9), 10)).toEqual([]);
        const poor = termsOf(first, { customer: BOB });
        expect(await ledger.place(poor, placing(poor))).toMatchObject({ error: { available: money(0, EUR) } });
      });

      it('never spends a balance twice, however many orders are placed at once', async () => {
        await grant(ledger, ALICE, 10_000);
        const orders = Array.from({ length: 12 }, (_, index) => termsOf(orderId(index)));
        const results = await Promise.all(orders.map((terms) => ledger.place(terms, placing(terms))));
        expect(results.filter((result) => result.ok)).toHaveLength(4);
        expect(await ledger.balances(ALICE)).toEqual([money(0, EUR)]);
      });
    });

    describe('append', () => {
      it('writes the events, the state, the attempt and when to look again', async () => {
        await grant(ledger, ALICE, 4_000);
        const order = await sending(ledger, await placed(ledger, termsOf(first)), 5);
        expect(order).toMatchObject({ version: 2, state: { status: 'sending', attempt: attempt(5) } });
        expect(await ledger.order(first)).toEqual(order);
        expect(await ledger.claimOrders(after(SENDING_PATIENCE - 1), after(1e9), 10)).toEqual([]);
        expect(await ledger.claimOrders(after(SENDING_PATIENCE), after(1e9), 10)).toEqual([order]);
      });

      it('captures with the charge, keeps the secrets and stages the news', async () => {
        await grant(ledger, ALICE, 4_000);
        const sent = await sending(ledger, await placed(ledger, termsOf(first)), 5);
        const charged = step(
          sent,
          { type: 'settle', settlement: { kind: 'charged', code: 'here', supplierReference: 'S1' } },
          after(3),
        );
        expect(got(await ledger.append(sent, { ...charged, secrets })).version).toBe(4);
        expect(await ledger.secrets(first)).toEqual(secrets);
        expect(await ledger.balances(ALICE)).toEqual([money(1_500, EUR)]);
        expect(await ledger.claimMessages(after(2), after(9), 10)).toEqual([]);
        expect(await ledger.claimMessages(after(3), after(9), 10)).toEqual([
          { id: 1, orderId: first, chat: sent.terms.chat, news: 'code', tries: 0 },
        ]);
        expect(await ledger.audit()).toEqual({
          ordersByStatus: { charged: 1 },
          postingsSum: { EUR: 0 },
          wrongAccounts: [],
          reservedTotal: { EUR: 0 },
          openTotal: {},
          reservedMismatch: [],
          soldMismatch: [],
          wrongFloors: [],
          charged: [{ orderId: first, productId: sent.terms.productId, terminalId: 31, reference: 5, reverted: false }],
        });
      });

      it('gives the captured money back with the revert, keeps its attempt, and lists the charge as reverted', async () => {
        await grant(ledger, ALICE, 9_000);
        const sent = await sending(ledger, await placed(ledger, termsOf(first)), 5);
        const paid = got(await ledger.append(sent, { ...step(sent, chargedHere), secrets }));
        const intent = step(paid, { type: 'intendRevert', attempt: attempt(6), by: 'operator', why: 'the wrong card' });
        await expect(ledger.append(paid, intent)).rejects.toThrow('has no body');
        const reverting = got(await ledger.append(paid, { ...intent, body: BODY }));
        expect(await ledger.order(first)).toEqual(reverting);
        expect(await ledger.claimOrders(after(SENDING_PATIENCE - 1), after(1e9), 10)).toEqual([]);
        const other = await placed(ledger, termsOf(orderId(2)));
        await expect(sending(ledger, other, 6)).rejects.toThrow('belongs to another order');
        expect(await ledger.audit()).toMatchObject({ charged: [{ reference: 5, reverted: false }] });

        const settlement = { kind: 'reverted', supplierReference: 'S2' } as const;
        const settled = step(reverting, { type: 'settleRevert', attempt: attempt(6), settlement }, after(7));
        const { transfers } = settled;
        const reverted = got(await ledger.append(reverting, settled));
        expect(reverted.state).toEqual({ status: 'reverted', attempt: attempt(5), revert: attempt(6) });
        expect(await ledger.order(first)).toEqual(reverted);
        expect(await ledger.secrets(first)).toEqual(secrets);
        expect(await ledger.balances(ALICE)).toEqual([money(9_000 - 2_500, EUR)]);
        await expect(ledger.append(reverted, { ...settled, transfers })).rejects.toThrow('was written before');
        const messages = await ledger.claimMessages(after(7), after(9), 10);
        expect(messages.map(({ news }) => news)).toEqual(['code', 'reverted']);
        expect(await ledger.audit()).toEqual({
          ordersByStatus: { placed: 1, reverted: 1 },
          postingsSum: { EUR: 0 },
          wrongAccounts: [],
          reservedTotal: { EUR: 2_500 },
          openTotal: { EUR: 2_500 },
          reservedMismatch: [],
          soldMismatch: [],
          wrongFloors: [],
          charged: [{ orderId: first, productId: sent.terms.productId, terminalId: 31, reference: 5, reverted: true }],
        });
      });

      it('gives the money back with the rejection', async () => {
        await grant(ledger, ALICE, 4_000);
        const sent = await sending(ledger, await placed(ledger, termsOf(first)), 5);
        const settlement = { kind: 'rejected', reason: 'unavailable', resultCode: '12' } as const;
        got(await ledger.append(sent, step(sent, { type: 'settle', settlement })));
        expect(await ledger.balances(ALICE)).toEqual([money(4_000, EUR)]);
        expect(await ledger.audit()).toMatchObject({ reservedTotal: { EUR: 0 }, charged: [] });
      });

      it('keeps what was bought of a dynamic product, and finds its result when that is due', async () => {
        await grant(ledger, ALICE, 4_000);
        const endsAt = after(86_400_000);
        const dynamic = { id: 'D-1 "ñ"', description: 'A guitar', endsAt };
        const sent = await sending(ledger, await placed(ledger, termsOf(first, { dynamic })), 5);
        const paid = got(await ledger.append(sent, step(sent, chargedHere)));
        expect(await ledger.order(first)).toEqual(paid);
        expect(paid.terms.dynamic).toEqual(dynamic);
        const firstAsk = later(endsAt, 3_600_000);
        expect(await ledger.claimOrders(later(firstAsk, -1), after(9e9), 10)).toEqual([]);
        expect(await ledger.claimOrders(firstAsk, after(9e9), 10)).toEqual([paid]);
        const missed = got(await ledger.append(paid, step(paid, { type: 'missResult' }, firstAsk)));
        expect(await ledger.claimOrders(later(firstAsk, 86_400_000), after(9e9), 10)).toEqual([missed]);
        const learnt = got(await ledger.append(missed, { ...step(missed, { type: 'learnResult' }, firstAsk), secrets }));
        expect(await ledger.order(first)).toEqual(learnt);
        expect(await ledger.secrets(first)).toEqual(secrets);
        expect(await ledger.claimOrders(after(9e9), after(9.1e9), 10)).toEqual([]);
        const news = await ledger.claimMessages(after(9e9), after(9.1e9), 10);
        expect(news.map((message) => message.news)).toEqual(['code', 'result']);
      });

      it('knows what the supplier calls a sale, once it was told', async () => {
        await grant(ledger, ALICE, 4_000);
        const sent = await sending(ledger, await placed(ledger, termsOf(first)), 5);
        expect(await ledger.supplierReference(first)).toBeNull();
        got(await ledger.append(sent, step(sent, chargedHere)));
        expect(await ledger.supplierReference(first)).toBe('S1');
        expect(await ledger.supplierReference(orderId(2))).toBeNull();
      });

      it('keeps the secrets that a step leaves out', async () => {
        await grant(ledger, ALICE, 4_000);
        const order = await placed(ledger, termsOf(first));
        expect(await ledger.secrets(first)).toEqual(noSecrets);
        const moved = { events: [], state: order.state, transfers: [], dueAt: after(5), news: null, alert: null };
        const next = got(await ledger.append(order, { ...moved, secrets }));
        // Also what brings no event counts: whoever read before it can't write over its secrets.
        expect(await ledger.append(order, { ...moved, secrets: noSecrets })).toEqual(fail('stale'));
        got(await ledger.append(next, moved));
        expect(await ledger.secrets(first)).toEqual(secrets);
      });

      it('writes nothing at all when the order has moved on', async () => {
        await grant(ledger, ALICE, 4_000);
        const order = await placed(ledger, termsOf(first));
        const sent = await sending(ledger, order, 5);
        const before = await ledger.audit();
        const intend = step(order, { type: 'intend', attempt: attempt(6) });
        const stale = {
          ...intend,
          body: BODY,
          secrets,
          news: 'code' as const,
          transfers: [release(termsOf(first, { pay: money(2_500, EUR) }))],
        };
        expect(await ledger.append(order, stale)).toEqual({ ok: false, error: 'stale' });
        expect(await ledger.order(first)).toEqual(sent);
        expect(await ledger.secrets(first)).toEqual(noSecrets);
        expect(await ledger.claimMessages(after(1e9), after(2e9), 10)).toEqual([]);
        expect(await ledger.audit()).toEqual(before);
        expect(await ledger.balances(ALICE)).toEqual([money(1_500, EUR)]);
      });

      it('lets one of many steps at the same version win', async () => {
        await grant(ledger, ALICE, 4_000);
        const order = await placed(ledger, termsOf(first));
        const steps = Array.from({ length: 10 }, (_, index) =>
          ledger.append(order, { ...step(order, { type: 'intend', attempt: attempt(index + 1) }), body: BODY }),
        );
        expect((await Promise.all(steps)).filter((result) => result.ok)).toHaveLength(1);
      });

      it('takes a reference again for the same order only', async () => {
        await grant(ledger, ALICE, 9_000);
        const sent = await sending(ledger, await placed(ledger, termsOf(first)), 5);
        const back = got(await ledger.append(sent, step(sent, { type: 'settle', settlement: { kind: 'notSent' } })));
        expect((await sending(ledger, back, 5)).version).toBe(4);
        const other = await placed(ledger, termsOf(orderId(2)));
        await expect(sending(ledger, other, 5)).rejects.toThrow('belongs to another order');
        expect(await ledger.order(orderId(2))).toEqual(other);
      });

      it.each([
        ['a purchase without its body', 'has no body'],
        ['a transfer that was written before', 'was written before'],
        ['postings that do not balance', "don't balance"],
        ['more than is reserved', 'does not hold enough'],
        ['money without an event', 'has events'],
      ])('throws on %s, and writes nothing', async (what, error) => {
        await grant(ledger, ALICE, 4_000);
        const order = await placed(ledger, termsOf(first));
        const before = await ledger.audit();
        const pay = money(2_500, EUR);
        const withoutBody = step(order, { type: 'intend', attempt: attempt(5) });
        const intend = { ...withoutBody, body: BODY };
        const bad = {
          'a purchase without its body': withoutBody,
          'a transfer that was written before': {
            ...intend,
            transfers: [capture(termsOf(first)), release(termsOf(first))],
          },
          'postings that do not balance': {
            ...intend,
            transfers: [{ id: 'x', orderId: first, postings: [{ account: 'funding' as const, amount: pay }] }],
          },
          'more than is reserved': { ...intend, transfers: [capture(termsOf(first, { pay: money(2_501, EUR) }))] },
          'money without an event': { ...intend, events: [], transfers: [capture(termsOf(first))] },
        }[what];
        if (bad === undefined) throw new Error(`No step for ${what}`);
        await expect(ledger.append(order, bad)).rejects.toThrow(error);
        expect(await ledger.order(first)).toEqual(order);
        expect(await ledger.audit()).toEqual(before);
        expect(await ledger.balances(ALICE)).toEqual([money(1_500, EUR)]);
      });

      const paidStates: readonly PaidState[] = [
        { status: 'awaitingCode', attempt: attempt(5), pollAt: NOON, polled: 1 },
        { status: 'charged', attempt: attempt(5) },
        { status: 'delivered', attempt: attempt(5), message: message(99) },
        { status: 'needsPerson', attempt: attempt(5), why: 'paidWithoutCode' },
      ];
      const states: Record<OrderStatus, OrderState> = {
        placed: { status: 'placed', unsent: { terminalId: 31, reference: reference(999_999_999) }, tries: 2, tryAt: NOON },
        sending: { status: 'sending', attempt: attempt(5), tries: 0 },
        unknown: { status: 'unknown', attempt: attempt(5), expectation: 'open', asked: 3, askAt: NOON, reportedRejected: true },
        awaitingCode: { status: 'awaitingCode', attempt: attempt(5), pollAt: NOON, polled: 1 },
        charged: { status: 'charged', attempt: attempt(5) },
        delivered: { status: 'delivered', attempt: attempt(5), message: message(99) },
        rejected: { status: 'rejected', reason: 'accountRefused' },
        needsPerson: { status: 'needsPerson', attempt: attempt(5), why: 'outcomeNeverLearnt' },
        reverting: {
          status: 'reverting',
          attempt: attempt(5),
          revert: attempt(6),
          back: { status: 'charged', attempt: attempt(5) },
        },
        revertUnknown: {
          status: 'revertUnknown',
          attempt: attempt(5),
          revert: attempt(6),
          back: { status: 'charged', attempt: attempt(5) },
          asked: 3,
          askAt: NOON,
        },
        reverted: { status: 'reverted', attempt: attempt(5), revert: attempt(6) },
      };
      const behindReverts = paidStates.map((back): OrderState => ({
        status: 'needsPerson',
        why: 'revertNeverLearnt',
        attempt: attempt(5),
        revert: attempt(6),
        back,
      }));
      it.each([...Object.values(states), ...paidStates, ...behindReverts])(
        'reads back an order that is $status',
        async (state) => {
          await grant(ledger, ALICE, 4_000);
          const order = await placed(ledger, termsOf(first));
          got(await ledger.append(order, { events: [], state, transfers: [], dueAt: null, news: null, alert: null }));
          expect((await ledger.order(first))?.state).toEqual(state);
        },
      );
    });
  });
};
