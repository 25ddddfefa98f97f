// What every store of alerts has to do: keep what the operator has to know, say it once, and give it to one deliverer at a time.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import type { DueAlert } from '../../src/app/ports/alerts.ts';
import type { Log } from '../../src/app/ports/log.ts';
import { alertKind } from '../../src/domain/alert.ts';
import type { Alert } from '../../src/domain/alert.ts';
import { CHANGED_PARTS } from '../../src/domain/catalog-difference.ts';
import { money } from '../../src/domain/money.ts';
import { HOUR } from '../../src/domain/time.ts';
import { capture } from '../../src/domain/wallet.ts';
import { ALICE, EUR, NOON, after, got, grant, message, orderId, placed, sending, step, termsOf } from './orders.ts';
import { productId } from '../domain/sample-catalog.ts';

const first = orderId(1);
const needed: Alert = { type: 'personNeeded', order: first, why: 'outcomeNeverLearnt' };
const differs: Alert = { type: 'booksDiffer', terminalId: 31, day: '2026-01-31', differences: 3, drift: -1_250 };
const kinds: readonly Alert[] = [
  needed,
  { type: 'personNeeded', order: first, why: 'paidWithoutCode' },
  { type: 'personNeeded', order: first, why: 'revertNeverLearnt' },
  { type: 'orderUnreadable', order: 'no order id' },
  { type: 'workFails', order: first },
  { type: 'chargedAfterAll', order: first },
  differs,
  { type: 'booksDiffer', terminalId: 31, day: '2026-02-01', differences: 0, drift: null },
  { type: 'productStopped', product: productId(1), name: 'Nimbus 25', order: first },
  { type: 'lowBalance', balance: 19_999, limit: 20_000, day: '2026-02-01' },
  {
    type: 'catalogChanged',
    differences: [
      { kind: 'added', product: productId(1) },
      { kind: 'removed', product: productId(2) },
      { kind: 'changed', product: productId(3), parts: CHANGED_PARTS },
    ],
    total: 12,
  },
  { type: 'productsMissing', products: [productId(4), productId(5)], total: 2 },
  { type: 'supplierFailing', since: NOON, trouble: 'systemError', follows: null },
  { type: 'supplierBack', since: NOON, follows: NOON },
  { type: 'clockSkew', skew: -25_000 },
  { type: 'ordersStuck', orders: [first], counts: { unknown: 1, awaitingCode: 2, revertUnknown: 3 }, follows: NOON },
];
/** Written by somebody who knows more days than this version does. */
const unreadable: Alert = { type: 'booksDiffer', terminalId: 31, day: 'someday', differences: 1, drift: 1 };
const missingCode = {
  type: 'settle',
  settlement: { kind: 'charged', code: 'missing', supplierReference: null },
} as const;

/** `open` gives the connections to a new, empty ledger: one or several. */
export const describeAlerts = (name: string, open: (log: Log) => Promise<readonly [SqlLedger, ...SqlLedger[]]>): void => {
  describe(`alerts in ${name}`, () => {
    const logged = vi.fn();
    let ledgers: readonly [SqlLedger, ...SqlLedger[]];
    let ledger: SqlLedger;
    beforeEach(async () => {
      logged.mockReset();
      ledgers = await open({ info: logged, warn: logged, error: logged });
      [ledger] = ledgers;
    });
    afterEach(() => Promise.all(ledgers.map((one) => one.close())));

    const claim = (at: number, limit = 20): Promise<readonly DueAlert[]> => ledger.claimAlerts(after(at), after(at + 60), limit);
    const claimed = async (at: number, limit = 20) => (await claim(at, limit)).map(({ alert }) => alert);
    const only = async (at: number): Promise<DueAlert> => {
      const [due, ...others] = await claim(at);
      if (due === undefined || others.length > 0) throw new Error(`${others.length} others beside ${JSON.stringify(due)}`);
      return due;
    };

    describe('raised by themselves', () => {
      it('come back as they were, with the time of their raising, the oldest first', async () => {
        for (const [index, alert] of [...kinds.entries()].toReversed()) await ledger.raiseAlert(alert, after(index));
        const due = await claim(kinds.length);
        expect(due.map(({ alert }) => alert)).toEqual(kinds);
        expect(due.map(({ raisedAt }) => raisedAt)).toEqual(kinds.map((_, index) => after(index)));
      });

      it('are told once, by the same key, however often and by whomever they are raised', async () => {
        const unread: Alert = { type: 'orderUnreadable', order: first };
        await Promise.all([...ledgers, ...ledgers].map((one) => one.raiseAlert(unread, NOON)));
        await ledger.raiseAlert(differs, NOON);
        await ledger.raiseAlert({ ...differs, differences: 4, drift: null }, NOON);
        expect(await claimed(0)).toEqual(expect.arrayContaining([unread, differs]));
        await ledger.raiseAlert(unread, after(1_000));
        expect(await claimed(1_000)).toHaveLength(2);
      });

      it('stay told after they were delivered', async () => {
        await ledger.raiseAlert(differs, NOON);
        await ledger.concludeAlerts([(await only(0)).id], { kind: 'delivered', message: message(77), at: NOON });
        await ledger.raiseAlert(differs, after(1));
        expect(await claim(1e9)).toEqual([]);
      });

      it('are two when the books of two terminals differ on one day', async () => {
        const other: Alert = { ...differs, terminalId: 32 };
        await ledger.raiseAlert(differs, NOON);
        await ledger.raiseAlert(other, after(1));
        expect(await claimed(1)).toEqual([differs, other]);
      });
    });

    describe('claims', () => {
      it('are leased, and counted with every claim', async () => {
        await ledger.raiseAlert(needed, after(5));
        expect(await claim(4)).toEqual([]);
        expect(await only(5)).toMatchObject({ alert: needed, tries: 0 });
        expect(await claim(64)).toEqual([]);
        expect(await only(65)).toMatchObject({ tries: 1 });
      });

      it('respect the limit', async () => {
        for (const alert of kinds) await ledger.raiseAlert(alert, NOON);
        expect(await claim(0, 5)).toHaveLength(5);
        expect(await claim(0)).toHaveLength(kinds.length - 5);
      });

      it('never return the same alert twice, however many claim at once', async () => {
        const days = Array.from({ length: 20 }, (_, index) => `2026-03-${String(index + 1).padStart(2, '0')}`);
        for (const day of days) await ledger.raiseAlert({ ...differs, day }, NOON);
        const claims = Array.from({ length: 8 }, (_, index) => ledgers[index % ledgers.length] ?? ledger);
        const taken = (await Promise.all(claims.map((one) => one.claimAlerts(NOON, after(60), 3)))).flat();
        const rest = await claim(0, 20);
        expect([...taken, ...rest].map(({ alert }) => ('day' in alert ? alert.day : '')).sort()).toEqual(days);
      });

      it('come back when they are postponed, not before', async () => {
        await ledger.raiseAlert(needed, NOON);
        await ledger.concludeAlerts([(await only(0)).id], { kind: 'postponed', until: after(5) });
        expect(await claim(4)).toEqual([]);
        expect(await claimed(5)).toEqual([needed]);
      });

      it('are over once they are delivered, also for a slower deliverer', async () => {
        await ledger.raiseAlert(needed, NOON);
        const { id } = await only(0);
        await ledger.concludeAlerts([id], { kind: 'delivered', message: message(77), at: NOON });
        await ledger.concludeAlerts([id], { kind: 'postponed', until: after(5) });
        expect(await claim(1e9)).toEqual([]);
      });

      it('park what can not be read for an hour, and give out the others', async () => {
        await ledger.raiseAlert(unreadable, NOON);
        await ledger.raiseAlert(needed, NOON);
        expect(await claimed(0)).toEqual([needed]);
        expect(logged).toHaveBeenCalledExactlyOnceWith(
          'alertUnreadable',
          { alert: expect.any(Number) as number },
          expect.any(Error),
        );
        await claim(HOUR - 1);
        expect(logged).toHaveBeenCalledOnce();
        await claim(HOUR);
        expect(logged).toHaveBeenCalledTimes(2);
      });
    });

    describe('that are told', () => {
      const failing: Alert = { type: 'supplierFailing', since: NOON, trouble: 'noAnswer', follows: null };
      const back: Alert = { type: 'supplierBack', since: NOON, follows: NOON };

      it('by one message are concluded together, and the message counts once, with their kinds', async () => {
        for (const alert of kinds.slice(0, 4)) await ledger.raiseAlert(alert, NOON);
        const due = await claim(0);
        const delivered = { kind: 'delivered', message: message(77), at: after(5) } as const;
        await ledger.concludeAlerts(
          due.slice(0, 3).map(({ id }) => id),
          delivered,
        );
        const last = due.slice(3).map(({ id }) => id);
        await ledger.concludeAlerts(last, { ...delivered, message: message(78), at: after(6) });
        expect(await claim(1e9)).toEqual([]);
        expect(await ledger.toldSince(after(4))).toEqual([
          { at: after(5), kinds: kinds.slice(0, 3).map(alertKind) },
          { at: after(6), kinds: ['orderUnreadable'] },
        ]);
        expect(await ledger.toldSince(after(5))).toHaveLength(1);
        expect(await ledger.toldSince(after(6))).toEqual([]);
      });

      it('are none when they are overtaken, postponed or held back', async () => {
        for (const alert of kinds.slice(0, 3)) await ledger.raiseAlert(alert, NOON);
        const [one, two, three] = (await claim(0)).map(({ id }) => [id]);
        await ledger.concludeAlerts(one ?? [], { kind: 'overtaken' });
        await ledger.concludeAlerts(two ?? [], { kind: 'postponed', until: after(9) });
        await ledger.concludeAlerts(three ?? [], { kind: 'held', until: after(9) });
        expect(await ledger.toldSince(after(-1))).toEqual([]);
        expect(await claim(8)).toEqual([]);
        expect((await claim(9)).map(({ alert, tries }) => ({ alert, tries }))).toEqual([
          { alert: kinds[1], tries: 1 },
          { alert: kinds[2], tries: 0 },
        ]);
      });

      it('are found by their kind, the newest one, whether it has arrived or not', async () => {
        expect(await ledger.lastAlert(['supplierFailing', 'supplierBack'])).toBeNull();
        await ledger.raiseAlert(failing, NOON);
        await ledger.raiseAlert(needed, after(1));
        expect(await ledger.lastAlert(['supplierFailing', 'supplierBack'])).toEqual({ alert: failing, raisedAt: NOON });
        await ledger.raiseAlert(back, after(2));
        expect(await ledger.lastAlert(['supplierFailing', 'supplierBack'])).toEqual({ alert: back, raisedAt: after(2) });
        expect(await ledger.lastAlert(['supplierFailing'])).toEqual({ alert: failing, raisedAt: NOON });
      });
    });

    describe('raised by a step of an order', () => {
      const sent = async () => {
        await grant(ledger, ALICE, 4_000);
        return sending(ledger, await placed(ledger, termsOf(first)), 5);
      };

      it('are stored with it', async () => {
        const order = await sent();
        expect(await claim(9)).toEqual([]);
        got(await ledger.append(order, step(order, missingCode, after(3))));
        expect(await only(9)).toMatchObject({ alert: kinds[1], raisedAt: after(3) });
      });

      it('are not stored by whoever was slower', async () => {
        const order = await sent();
        got(await ledger.append(order, step(order, { type: 'recover' })));
        expect(await ledger.append(order, step(order, missingCode))).toMatchObject({ error: 'stale' });
        expect(await claim(9)).toEqual([]);
      });

      it('are not stored when the step is taken back', async () => {
        const order = await sent();
        const tooMuch = { ...step(order, missingCode), transfers: [capture(termsOf(first, { pay: money(2_501, EUR) }))] };
        await expect(ledger.append(order, tooMuch)).rejects.toThrow('does not hold enough');
        expect(await claim(9)).toEqual([]);
      });

      it('have to have a moment', async () => {
        const order = await sent();
        const { state } = order;
        const timeless = { events: [], state, transfers: [], dueAt: null, news: null, alert: needed };
        await expect(ledger.append(order, timeless)).rejects.toThrow('has events');
      });
    });
  });
};
