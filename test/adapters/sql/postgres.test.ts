import { beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../../src/adapters/system/sealing.ts';
import { hundredths, money } from '../../../src/domain/money.ts';
import { PERSONAL, fillEveryCorner } from '../../contracts/every-corner.ts';
import { createSchema, findPostgres } from '../../contracts/find-postgres.ts';
import type { OwnSchema } from '../../contracts/find-postgres.ts';
import { ALICE, BOB, BODY, EUR, NOON, grant, orderId, placed, sending, step, termsOf } from '../../contracts/orders.ts';
import { DAY } from '../../contracts/reconciliation.contract.ts';
import { somebodyWaits, usePostgres } from './use-postgres.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const first = orderId(1);

const found = await findPostgres();

describe.skipIf(found === null)('the ledger in PostgreSQL', () => {
  const { schema: own, open, neighbour } = usePostgres(found);
  let schema: OwnSchema;
  beforeEach(() => {
    schema = own();
  });

  describe('opening', () => {
    it('makes the tables once when several start on an empty schema', async () => {
      const ledgers = await Promise.all([open(), open(), open(), open()]);
      await Promise.all(ledgers.map((ledger) => grant(ledger, ALICE, 500)));
      for (const ledger of ledgers) expect(await ledger.balances(ALICE)).toEqual([money(500, EUR)]);
      const numbered = 'select count(*) = max(left(name, 4)::integer) as "each once" from kysely_migration';
      expect(await schema.query(numbered)).toEqual([{ 'each once': true }]);
    });

    it('and when they are processes, none of which gets the reference of another', async () => {
      const references = (await Promise.all([neighbour(), neighbour(), neighbour(), neighbour()])).flatMap(
        (result) => result.references,
      );
      expect(references.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 120 }, (_, index) => index + 1));
    });

    it('has texts sorted by their bytes, whatever the language of the database', async () => {
      await open();
      const collations = await schema.query(
        `select distinct collation_name from information_schema.columns
         where table_schema = current_schema() and data_type = 'text'`,
      );
      expect(collations).toEqual([{ collation_name: 'C' }]);
    });

    it("does not take a neighbour schema's tables for its own", async () => {
      await open();
      const other = await createSchema(found ?? '');
      const ledger = await openLedger({ url: other.url(), sealer: createSealer(newSealingKey()), log });
      await grant(ledger, ALICE, 500);
      await ledger.close();
      expect(await other.tables()).toEqual(await schema.tables());
      await other.drop();
    });

    it('fails with another key, with a schema that is not there and without a server', async () => {
      await open();
      const other = createSealer(newSealingKey());
      await expect(openLedger({ url: schema.url(), sealer: other, log })).rejects.toThrow('sealed with another key');
      await expect(open('search_path=nowhere')).rejects.toThrow("can't be brought up to date");
      await expect(openLedger({ url: 'postgres://127.0.0.1:1/none', sealer: other, log })).rejects.toMatchObject({
        cause: { code: 'ECONNREFUSED' },
      });
    });
  });

  describe('what the database took back', () => {
    /** Makes the database refuse the writing of events, the given number of times. */
    const refuse = (code: string, times: number) =>
      schema.query(`
        create sequence refusals;
        create function refuse() returns trigger language plpgsql as $$ begin
          if nextval('refusals') <= ${times} then raise exception 'refused' using errcode = '${code}'; end if;
          return new;
        end $$;
        create trigger refuse before insert on order_events for each row execute function refuse();`);
    const tries = async (): Promise<unknown> =>
      (await schema.query('select last_value::int as tries from refusals'))[0]?.['tries'];

    it.each(['40001', '40P01'])('is done again (%s)', async (code) => {
      const ledger = await open();
      await grant(ledger, ALICE, 4_000);
      await refuse(code, 2);
      const order = await placed(ledger, termsOf(first));
      expect(await tries()).toBe(3);
      expect(await ledger.order(first)).toEqual(order);
      expect(await ledger.balances(ALICE)).toEqual([money(1_500, EUR)]);
    });

    it.each([
      ['40001', 5],
      ['55P03', 1],
    ])('is an error in the end (%s after %i)', async (code, most) => {
      const ledger = await open();
      await grant(ledger, ALICE, 4_000);
      await refuse(code, 1_000);
      await expect(placed(ledger, termsOf(first))).rejects.toThrow('refused');
      expect(await tries()).toBe(most);
      expect(await ledger.order(first)).toBeNull();
      expect(await ledger.balances(ALICE)).toEqual([money(4_000, EUR)]);
    });

    it('is done again after a deadlock', async () => {
      const ledger = await open('deadlock_timeout=50ms');
      await grant(ledger, ALICE, 5_000);
      await placed(ledger, termsOf(orderId(2)));
      // Whoever looks for a deadlock first is its victim: not this connection.
      await schema.query(`begin; set local deadlock_timeout = '1min'`);
      await schema.query(`update accounts set balance = balance where account = 'reserved:${ALICE}'`);
      const placing = placed(ledger, termsOf(first));
      await somebodyWaits(schema);
      await schema.query(`update accounts set balance = balance where account = 'available:${ALICE}'; commit`);
      expect((await placing).version).toBe(1);
      expect(await ledger.balances(ALICE)).toEqual([money(0, EUR)]);
    });
  });

  describe('what lies in the tables', () => {
    it('is no secret and nothing personal', async () => {
      const ledger = await open();
      await grant(ledger, ALICE, 4_000);
      const sent = await sending(ledger, await placed(ledger, termsOf(first)), 5);
      const settlement = { kind: 'charged', code: 'here', supplierReference: 'SUPPLIER-1' } as const;
      const voucher = { code: 'CODE-5521', account: null, instructions: 'INSTRUCTIONS', expiration: null, extra: [] };
      await ledger.append(sent, {
        ...step(sent, { type: 'settle', settlement }),
        secrets: { token: 'TOKEN-93417', voucher, receipt: null, result: null, raw: ['RAW-ANSWER'] },
      });
      await ledger.recordShowing(first, sent.terms.chat, NOON);
      await ledger.raiseAlert({ type: 'personNeeded', order: first, why: 'paidWithoutCode' }, NOON);
      await ledger.recordBalance(31, { at: NOON, hundredths: hundredths(500) });
      await ledger.beginReconciliation({ terminalId: 31, day: DAY, until: NOON }, NOON, null);
      await fillEveryCorner(ledger, { id: first, seller: ALICE });
      const values: string[] = [];
      for (const table of await schema.tables()) {
        const rows = await schema.query(`select * from ${table}`);
        expect([table, rows.length > 0]).toEqual([table, table !== 'reference_sequences']);
        for (const value of rows.flatMap((row) => Object.values(row))) {
          values.push(Buffer.isBuffer(value) ? value.toString('latin1') : String(value));
        }
      }
      const text = values.join('\n');
      expect(text).toContain('SUPPLIER-1');
      const secrets = ['CODE-5521', 'INSTRUCTIONS', 'TOKEN-93417', 'RAW-ANSWER', '5355512345', 'ana@example.org', 'X1234567L'];
      expect([...secrets, ...PERSONAL, BODY, 'hunter2'].filter((secret) => text.includes(secret))).toEqual([]);
    });

    it('is never overdrawn, even when the code would', async () => {
      const ledger = await open();
      await grant(ledger, ALICE, 500);
      await expect(schema.query('update accounts set balance = balance - 501')).rejects.toThrow('accounts_not_overdrawn');
    });

    it('is refused when it is beyond what a number holds, and the next reading goes on', async () => {
      const ledger = await open();
      await grant(ledger, ALICE, 500);
      await grant(ledger, BOB, 500);
      await schema.query(`update accounts set balance = 9007199254740992 where account = 'available:${ALICE}'`);
      await expect(ledger.balances(ALICE)).rejects.toThrow('no safe integer');
      expect(await ledger.balances(BOB)).toEqual([money(500, EUR)]);
      await schema.query('update postings set amount = 9007199254740991 where amount > 0');
      await expect(ledger.audit()).rejects.toThrow('no safe integer');
    });

    it('is audited as of one moment', async () => {
      const ledger = await open();
      await grant(ledger, ALICE, 500);
      await schema.query('begin; lock table postings in access exclusive mode');
      const audit = ledger.audit();
      await somebodyWaits(schema);
      await schema.query('update postings set amount = 7 where amount > 0; commit');
      expect(await audit).toMatchObject({ postingsSum: { EUR: 0 }, wrongAccounts: [] });
      expect(await ledger.audit()).toMatchObject({ postingsSum: { EUR: -493 }, wrongAccounts: [`available:${ALICE} EUR`] });
    });
  });
});
