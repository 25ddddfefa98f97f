// What every store of keepsakes has to do: hand an order to one person, and keep for customers what they wanted kept, until they do not.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import { createTokens } from '../../src/adapters/system/tokens.ts';
import type { Log } from '../../src/app/ports/log.ts';
import { HAND_OVER_LASTS } from '../../src/domain/hand-over.ts';
import { parseChatId } from '../../src/domain/ids.ts';
import type { CustomerId } from '../../src/domain/ids.ts';
import { MOST_NUMBERS } from '../../src/domain/keepsake.ts';
import type { NumberId } from '../../src/domain/keepsake.ts';
import { ok } from '../../src/domain/result.ts';
import type { TokenHash } from '../../src/domain/token.ts';
import { ALICE, BOB, NOON, after, customer, got, grant, orderId, placed, termsOf } from './orders.ts';

const CAROL = customer(4_003);
const first = orderId(1);
const tokens = createTokens();
const newHash = (): TokenHash => tokens.hashOf(tokens.newToken());
const as = (who: CustomerId) => ({ customer: who, chat: got(parseChatId(who)) });
const link = { order: first, seller: ALICE, madeAt: NOON, expiresAt: after(HAND_OVER_LASTS) };
const mum = { kind: 'phone', name: 'Mum', value: '5355512345' } as const;

/** Two connections to a new, empty ledger, and the rows of a table as whoever looks behind it sees them. */
export type Opened = {
  readonly ledgers: readonly [SqlLedger, SqlLedger];
  countOf(table: 'showings' | 'hand_over_refusals'): Promise<number>;
};

export const describeKeepsakes = (name: string, open: (log: Log) => Promise<Opened>): void => {
  describe(`keepsakes in ${name}`, () => {
    const logged = vi.fn();
    let ledgers: Opened['ledgers'];
    let countOf: Opened['countOf'];
    let ledger: SqlLedger;
    beforeEach(async () => {
      logged.mockReset();
      ({ ledgers, countOf } = await open({ info: logged, warn: logged, error: logged }));
      [ledger] = ledgers;
      await grant(ledger, ALICE, 99_000);
      await placed(ledger, termsOf(first));
    });
    afterEach(() => Promise.all(ledgers.map((one) => one.close())));

    const make = async (given: Partial<typeof link> = {}): Promise<TokenHash> => {
      const hash = newHash();
      expect(await ledger.makeHandOver(hash, { ...link, ...given })).toBe('made');
      return hash;
    };
    const newsOf = async (at = 1e9) => (await ledger.claimMessages(after(at), after(at + 60), 10)).map(({ news }) => news);

    describe('a link', () => {
      it('says what it is for, and how things stand', async () => {
        expect(await ledger.handOverStanding(first, NOON)).toEqual({ kind: 'none' });
        const hash = await make();
        expect(await ledger.handOverOf(hash)).toEqual(link);
        expect(await ledger.handOverOf(newHash())).toBeNull();
        expect(await ledger.handOverStanding(first, NOON)).toEqual({ kind: 'linked', expiresAt: link.expiresAt });
        expect(await ledger.handOverStanding(first, link.expiresAt)).toEqual({ kind: 'none' });
      });

      it('gives the order to its first opener, and the seller is told once', async () => {
        const hash = await make();
        expect(await ledger.openHandOver(hash, as(BOB), after(1))).toEqual(ok(first));
        expect(await ledger.handOverStanding(first, after(2))).toEqual({ kind: 'handedOver', to: as(BOB), at: after(1) });
        expect(await ledger.openHandOver(hash, as(BOB), after(HAND_OVER_LASTS + 5))).toEqual(ok(first));
        expect(await newsOf()).toEqual(['handedOver']);
        expect(await countOf('showings')).toBe(2);
        expect(await countOf('hand_over_refusals')).toBe(0);
      });

      it.each<[string, 'used' | 'expired' | 'takenBack' | 'unknown', (hash: TokenHash) => Promise<unknown>, number]>([
        ['somebody else opened', 'used', (hash) => ledger.openHandOver(hash, as(BOB), NOON), 1],
        ['ran out', 'expired', () => Promise.resolve(), HAND_OVER_LASTS],
        ['was taken back', 'takenBack', () => ledger.takeBackHandOver(first, ALICE, NOON), 1],
        ['was replaced', 'takenBack', () => make({ madeAt: after(1) }), 2],
      ])('that %s gives nothing, and that is recorded', async (_what, why, before, at) => {
        const hash = await make();
        await before(hash);
        const shown = await countOf('showings');
        expect(await ledger.openHandOver(hash, as(CAROL), after(at))).toEqual({ ok: false, error: why });
        expect(await countOf('showings')).toBe(shown);
        expect(await countOf('hand_over_refusals')).toBe(1);
        expect(await ledger.receivedBy(CAROL, 10)).toEqual([]);
      });

      it('of a forged token gives nothing, and that is recorded', async () => {
        await make();
        expect(await ledger.openHandOver(newHash(), as(BOB), NOON)).toEqual({ ok: false, error: 'unknown' });
        expect(await countOf('hand_over_refusals')).toBe(1);
        expect(await newsOf()).toEqual([]);
      });

      it('is not used up by its seller, who learns what has become of it', async () => {
        const hash = await make();
        expect(await ledger.openHandOver(hash, as(ALICE), NOON)).toEqual({ ok: false, error: 'own' });
        expect(await ledger.handOverStanding(first, NOON)).toMatchObject({ kind: 'linked' });
        expect(await ledger.openHandOver(hash, as(BOB), NOON)).toEqual(ok(first));
        expect(await ledger.openHandOver(hash, as(ALICE), NOON)).toEqual({ ok: false, error: 'used' });
        expect(await countOf('showings')).toBe(1);
      });

      it('is good until the very moment of its end', async () => {
        const hash = await make();
        expect(await ledger.openHandOver(hash, as(BOB), after(HAND_OVER_LASTS - 1))).toEqual(ok(first));
      });

      it('is taken back by its seller alone, and only while it is unused', async () => {
        const hash = await make();
        expect(await ledger.takeBackHandOver(first, BOB, NOON)).toBe('handedOver');
        expect(await ledger.openHandOver(hash, as(BOB), NOON)).toEqual(ok(first));
        expect(await ledger.takeBackHandOver(first, ALICE, NOON)).toBe('handedOver');
        expect(await ledger.openHandOver(hash, as(BOB), after(1))).toEqual(ok(first));
      });

      it('is never made for an order that was handed over', async () => {
        await ledger.openHandOver(await make(), as(BOB), NOON);
        const hash = newHash();
        expect(await ledger.makeHandOver(hash, link)).toBe('handedOver');
        expect(await ledger.handOverOf(hash)).toBeNull();
        expect(await ledger.openHandOver(hash, as(CAROL), NOON)).toEqual({ ok: false, error: 'unknown' });
      });

      it('may follow one that ran out or was taken back', async () => {
        await make({ expiresAt: after(1) });
        await make({ madeAt: after(2) });
        await ledger.takeBackHandOver(first, ALICE, after(3));
        const hash = await make({ madeAt: after(4) });
        expect(await ledger.openHandOver(hash, as(BOB), after(5))).toEqual(ok(first));
      });

      it('has one winner, however many open it at once', async () => {
        const hash = await make();
        const openers = Array.from({ length: 12 }, (_, index) => as(customer(5_000 + index)));
        const opened = await Promise.all(
          openers.map((opener, index) => (ledgers[index % 2] ?? ledger).openHandOver(hash, opener, NOON)),
        );
        expect(opened.filter((result) => result.ok)).toEqual([ok(first)]);
        expect(await countOf('showings')).toBe(1);
        expect(await countOf('hand_over_refusals')).toBe(11);
        expect(await newsOf()).toEqual(['handedOver']);
      });

      it('is opened or taken back, never both, when the two meet', async () => {
        for (let index = 2; index < 12; index += 1) {
          const order = orderId(index);
          await placed(ledger, termsOf(order));
          const hash = await make({ order });
          const [opened, takenBack] = await Promise.all([
            ledgers[0].openHandOver(hash, as(BOB), NOON),
            ledgers[1].takeBackHandOver(order, ALICE, NOON),
          ]);
          expect(takenBack).toBe(opened.ok ? 'handedOver' : 'takenBack');
        }
      });

      it('is the only good one, however many are made and opened at once', async () => {
        const hashes = Array.from({ length: 8 }, newHash);
        await Promise.all(hashes.map((hash, index) => (ledgers[index % 2] ?? ledger).makeHandOver(hash, link)));
        const opened = await Promise.all(
          hashes.map((hash, index) => ledger.openHandOver(hash, as(customer(5_000 + index)), after(1))),
        );
        expect(opened.filter((result) => result.ok)).toHaveLength(1);
      });
    });

    it('list what was handed over and what was received, the latest first', async () => {
      const [second, third] = [orderId(2), orderId(3)];
      for (const order of [second, third]) await placed(ledger, termsOf(order));
      await ledger.openHandOver(await make({ order: second }), as(BOB), after(1));
      await ledger.openHandOver(await make(), as(BOB), after(2));
      await make({ order: third });
      expect(await ledger.handedOver([first, second, third])).toEqual(new Set([first, second]));
      expect(await ledger.handedOver([])).toEqual(new Set());
      expect(await ledger.receivedBy(BOB, 10)).toEqual([first, second]);
      expect(await ledger.receivedBy(BOB, 1)).toEqual([first]);
      expect(await ledger.receivedBy(ALICE, 10)).toEqual([]);
    });

    describe('numbers', () => {
      it('come back as they were saved, the last used first, to their customer alone', async () => {
        const games = { kind: 'account', name: 'Games 🎮', value: 'ana.1984' } as const;
        const id = got(await ledger.saveNumber(ALICE, mum, NOON));
        const other = got(await ledger.saveNumber(ALICE, games, after(1)));
        expect(await ledger.numbersOf(ALICE)).toEqual([
          { id: other, ...games },
          { id, ...mum },
        ]);
        await ledger.noteNumberUse(ALICE, mum, after(2));
        expect((await ledger.numbersOf(ALICE)).map((number) => number.id)).toEqual([id, other]);
        expect(await ledger.numbersOf(BOB)).toEqual([]);
      });

      it('are saved once, under their last name; a phone number and an account of the same digits are two', async () => {
        const id = got(await ledger.saveNumber(ALICE, mum, NOON));
        expect(await ledger.saveNumber(ALICE, { ...mum, name: 'Mother' }, after(1))).toEqual(ok(id));
        await ledger.saveNumber(ALICE, { ...mum, kind: 'account' }, after(2));
        await ledger.noteNumberUse(ALICE, { kind: 'phone', value: '5300000000' }, after(3));
        expect(await ledger.numbersOf(ALICE)).toMatchObject([
          { kind: 'account', name: 'Mum' },
          { id, kind: 'phone', name: 'Mother' },
        ]);
      });

      it('are renamed and deleted by their customer, and by nobody else', async () => {
        const id = got(await ledger.saveNumber(ALICE, mum, NOON));
        expect(await ledger.renameNumber(BOB, id, 'Mine')).toBe(false);
        expect(await ledger.deleteNumber(BOB, id)).toBe(false);
        expect(await ledger.renameNumber(ALICE, id, 'Mamá')).toBe(true);
        expect(await ledger.numbersOf(ALICE)).toEqual([{ id, ...mum, name: 'Mamá' }]);
        expect(await ledger.deleteNumber(ALICE, id)).toBe(true);
        expect(await ledger.deleteNumber(ALICE, id)).toBe(false);
        expect(await ledger.renameNumber(ALICE, (id + 1) as NumberId, 'Nobody')).toBe(false);
        expect(await ledger.numbersOf(ALICE)).toEqual([]);
      });

      it('are never more than there may be, however many are saved at once', async () => {
        for (let index = 0; index < MOST_NUMBERS - 2; index += 1) {
          got(await ledger.saveNumber(ALICE, { ...mum, value: `53${index}` }, NOON));
        }
        // With their connections open they are really at it at once.
        const savers = Array.from({ length: 12 }, (_, index) => ledgers[index % 2] ?? ledger);
        await Promise.all(savers.map((one) => one.numbersOf(ALICE)));
        const saved = await Promise.all(savers.map((one, index) => one.saveNumber(ALICE, { ...mum, value: `52${index}` }, NOON)));
        expect(saved.filter((result) => result.ok)).toHaveLength(2);
        expect(await ledger.numbersOf(ALICE)).toHaveLength(MOST_NUMBERS);
        expect((await ledger.saveNumber(ALICE, { ...mum, value: '530', name: 'Known' }, NOON)).ok).toBe(true);
        expect((await ledger.saveNumber(BOB, mum, NOON)).ok).toBe(true);
      });
    });

    describe('remembered details', () => {
      const details = { documentNumber: 'X1234567L', name: 'Ana Ruiz' };

      it('are asked about once; again only for the same order', async () => {
        expect(await ledger.profileOf(ALICE)).toEqual({ consent: null, details: {} });
        expect(await ledger.askConsent(ALICE, first, NOON)).toBe(true);
        expect(await ledger.askConsent(ALICE, first, NOON)).toBe(true);
        expect(await ledger.askConsent(ALICE, orderId(2), NOON)).toBe(false);
        expect((await ledger.profileOf(ALICE)).consent).toBe('asked');
        await ledger.setConsent(ALICE, 'no', NOON);
        expect(await ledger.askConsent(ALICE, first, NOON)).toBe(false);
        expect(await ledger.askConsent(BOB, first, NOON)).toBe(true);
      });

      it.each([null, 'no'] as const)('are kept by consent only: not with %s', async (answer) => {
        if (answer !== null) await ledger.setConsent(ALICE, answer, NOON);
        await ledger.rememberDetails(ALICE, details, NOON);
        expect(await ledger.profileOf(ALICE)).toEqual({ consent: answer, details: {} });
      });

      it('grow, newer answers over older ones, and go with a no', async () => {
        await ledger.setConsent(ALICE, 'yes', NOON);
        await ledger.rememberDetails(ALICE, details, NOON);
        await ledger.rememberDetails(ALICE, { documentNumber: 'Y7654321Z', birthplace: 'Ávila' }, after(1));
        expect(await ledger.profileOf(ALICE)).toEqual({
          consent: 'yes',
          details: { documentNumber: 'Y7654321Z', name: 'Ana Ruiz', birthplace: 'Ávila' },
        });
        await ledger.setConsent(ALICE, 'no', after(2));
        expect(await ledger.profileOf(ALICE)).toEqual({ consent: 'no', details: {} });
      });

      it('lose nothing when several are added at once', async () => {
        await ledger.setConsent(ALICE, 'yes', NOON);
        const names = Array.from({ length: 8 }, (_, index) => `field${index}`);
        await Promise.all(
          names.map((each, index) => (ledgers[index % 2] ?? ledger).rememberDetails(ALICE, { [each]: 'x' }, NOON)),
        );
        expect(Object.keys((await ledger.profileOf(ALICE)).details).sort()).toEqual(names);
      });

      it('go with everything else that is kept of a customer, and of nobody else', async () => {
        for (const who of [ALICE, BOB]) {
          await ledger.setConsent(who, 'yes', NOON);
          await ledger.rememberDetails(who, details, NOON);
          await ledger.saveNumber(who, mum, NOON);
        }
        await ledger.forgetCustomer(ALICE);
        expect(await ledger.profileOf(ALICE)).toEqual({ consent: null, details: {} });
        expect(await ledger.numbersOf(ALICE)).toEqual([]);
        expect(await ledger.order(first)).not.toBeNull();
        expect(await ledger.profileOf(BOB)).toEqual({ consent: 'yes', details });
        expect(await ledger.numbersOf(BOB)).toHaveLength(1);
      });
    });
  });
};
