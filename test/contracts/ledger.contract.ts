// What every ledger has to do beside writing orders: hand out work, messages and references, and be read.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import type { MessageOutcome } from '../../src/app/ports/ledger.ts';
import { parseChatId } from '../../src/domain/ids.ts';
import { money } from '../../src/domain/money.ts';
import { deposit } from '../../src/domain/wallet.ts';
import { ALICE, BOB, EUR, NOON, USD, after, got, grant, message, orderId, placed, sending, step, termsOf } from './orders.ts';

/** `open` gives a new, empty ledger. */
export const describeLedger = (name: string, open: () => Promise<SqlLedger>): void => {
  describe(`ledger in ${name}`, () => {
    let ledger: SqlLedger;
    beforeEach(async () => {
      ledger = await open();
    });
    afterEach(() => ledger.close());

    const first = orderId(1);

    describe('claims of orders', () => {
      it('take what is due, the longest due first, once', async () => {
        await grant(ledger, ALICE, 99_000);
        for (const index of [3, 1, 2]) await placed(ledger, termsOf(orderId(index), { placedAt: after(index) }));
        expect(await ledger.claimOrders(after(0), after(60), 10)).toEqual([]);
        const claimed = await ledger.claimOrders(after(2), after(60), 10);
        expect(claimed.map((order) => order.terms.id)).toEqual([orderId(1), orderId(2)]);
        expect((await ledger.claimOrders(after(59), after(90), 10)).map((order) => order.terms.id)).toEqual([orderId(3)]);
      });

      it('respect the limit', async () => {
        await grant(ledger, ALICE, 99_000);
        for (const index of [1, 2, 3]) await placed(ledger, termsOf(orderId(index)));
        expect(await ledger.claimOrders(NOON, after(60), 2)).toHaveLength(2);
        expect(await ledger.claimOrders(NOON, after(60), 2)).toHaveLength(1);
      });

      it('come back at once when they are given back, one order alone', async () => {
        await grant(ledger, ALICE, 9_000);
        for (const index of [1, 2]) await placed(ledger, termsOf(orderId(index)));
        const [order] = await ledger.claimOrders(NOON, after(60), 10);
        await ledger.releaseOrder(first);
        expect(await ledger.claimOrders(NOON, after(60), 10)).toEqual([order]);
      });

      it('come back when the lease has run out, and at once when its holder has written', async () => {
        await grant(ledger, ALICE, 4_000);
        const order = await placed(ledger, termsOf(first));
        expect(await ledger.claimOrders(NOON, after(60), 10)).toEqual([order]);
        expect(await ledger.claimOrders(after(59), after(120), 10)).toEqual([]);
        expect(await ledger.claimOrders(after(60), after(120), 10)).toEqual([order]);
        const written = got(
          await ledger.append(order, {
            events: [],
            state: order.state,
            transfers: [],
            dueAt: after(61),
            news: null,
            alert: null,
          }),
        );
        expect(await ledger.claimOrders(after(61), after(120), 10)).toEqual([written]);
      });
    });

    describe('messages', () => {
      const stage = async (): Promise<void> => {
        await grant(ledger, ALICE, 4_000);
        const sent = await sending(ledger, await placed(ledger, termsOf(first)), 5);
        const settlement = { kind: 'unclear', expectation: 'open', resultCode: null } as const;
        got(await ledger.append(sent, step(sent, { type: 'settle', settlement })));
      };
      const claim = (at: number) => ledger.claimMessages(after(at), after(at + 60), 10);

      it('are leased, and counted with every claim', async () => {
        await stage();
        expect(await claim(0)).toMatchObject([{ news: 'unknown', tries: 0 }]);
        expect(await claim(59)).toEqual([]);
        expect(await claim(60)).toMatchObject([{ tries: 1 }]);
      });

      it('come back when they are postponed, not before', async () => {
        await stage();
        await ledger.concludeMessage(1, { kind: 'postponed', until: after(5) });
        expect(await claim(4)).toEqual([]);
        expect(await claim(5)).toHaveLength(1);
      });

      it.each([{ kind: 'delivered', message: message(77) }, { kind: 'undeliverable' }, { kind: 'overtaken' }] as const)(
        'are over once they are $kind, also for a slower deliverer',
        async (outcome) => {
          await stage();
          await claim(0);
          await ledger.concludeMessage(1, outcome);
          await ledger.concludeMessage(1, { kind: 'postponed', until: after(5) });
          expect(await claim(1e6)).toEqual([]);
        },
      );
    });

    describe('messages of a customer who had stopped the bot', () => {
      const concluded = async (outcome: MessageOutcome): Promise<void> => {
        await grant(ledger, ALICE, 4_000);
        const sent = await sending(ledger, await placed(ledger, termsOf(first)), 5);
        got(await ledger.append(sent, step(sent, { type: 'recover' })));
        await ledger.concludeMessage(1, outcome);
      };
      const revived = async (chat = termsOf(first).chat) => {
        await ledger.reviveMessages(chat, after(9));
        return ledger.claimMessages(after(9), after(60), 10);
      };

      it('come back as new ones when they are revived', async () => {
        await concluded({ kind: 'undeliverable' });
        expect(await revived()).toMatchObject([{ news: 'unknown', tries: 0 }]);
      });

      it.each([{ kind: 'delivered', message: message(77) }, { kind: 'overtaken' }] as const)(
        'but not those that were $kind',
        async (outcome) => {
          await concluded(outcome);
          expect(await revived()).toEqual([]);
        },
      );

      it('nor those of another chat', async () => {
        await concluded({ kind: 'undeliverable' });
        expect(await revived(got(parseChatId(5_555)))).toEqual([]);
      });
    });

    describe('references', () => {
      it('are given in sequence, never twice, for each terminal', async () => {
        const references = await Promise.all(Array.from({ length: 40 }, () => ledger.nextReference(31)));
        expect(references.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
        expect(await ledger.nextReference(2_147_483_647)).toBe(1);
      });
    });

    describe('reading', () => {
      it('finds no order where there is none', async () => {
        expect(await ledger.order(first)).toBeNull();
        await expect(ledger.secrets(first)).rejects.toThrow(first);
      });

      it("lists a customer's own orders, the newest first", async () => {
        await grant(ledger, ALICE, 99_000);
        await grant(ledger, BOB, 99_000);
        for (const index of [2, 3, 1]) await placed(ledger, termsOf(orderId(index), { placedAt: after(index) }));
        await placed(ledger, termsOf(orderId(9), { customer: BOB }));
        const ids = (await ledger.ordersOf(ALICE, 2)).map((order) => order.terms.id);
        expect(ids).toEqual([orderId(3), orderId(2)]);
      });

      it('records showings of orders that exist', async () => {
        await grant(ledger, ALICE, 4_000);
        const { terms } = await placed(ledger, termsOf(first));
        await ledger.recordShowing(first, terms.chat, NOON);
        await ledger.recordShowing(first, terms.chat, NOON);
        await expect(ledger.recordShowing(orderId(2), terms.chat, NOON)).rejects.toThrow();
      });

      it('keeps every kind of field apart, also when there is none', async () => {
        await grant(ledger, ALICE, 9_000);
        await placed(ledger, termsOf(first, { fields: {} }));
        await placed(ledger, termsOf(orderId(2), { fields: { receiverEmail: 'ñ@example.org' } }));
        expect((await ledger.order(first))?.terms.fields).toEqual({});
        expect((await ledger.order(orderId(2)))?.terms.fields).toEqual({ receiverEmail: 'ñ@example.org' });
      });
    });

    describe('balances', () => {
      it('are granted once for each transfer id, and listed by currency', async () => {
        expect(await ledger.balances(ALICE)).toEqual([]);
        await grant(ledger, ALICE, 700, USD);
        await grant(ledger, ALICE, 500);
        await Promise.all([grant(ledger, ALICE, 500), grant(ledger, ALICE, 500), grant(ledger, ALICE, 500, EUR, 'gift')]);
        expect(await ledger.balances(ALICE)).toEqual([money(1_000, EUR), money(700, USD)]);
        expect(await ledger.balances(BOB)).toEqual([]);
      });

      it('say whether a transfer was new', async () => {
        const transfer = deposit('start', ALICE, money(500, EUR));
        expect(await ledger.post(transfer, NOON)).toBe('written');
        expect(await ledger.post(transfer, after(1))).toBe('existed');
      });

      it('are never taken below zero', async () => {
        await grant(ledger, ALICE, 500);
        await expect(grant(ledger, ALICE, -501, EUR, 'taken')).rejects.toThrow('does not hold enough EUR');
        await grant(ledger, ALICE, -500, EUR, 'taken');
        expect(await ledger.balances(ALICE)).toEqual([money(0, EUR)]);
      });
    });
  });
};
