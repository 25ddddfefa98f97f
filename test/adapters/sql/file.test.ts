import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { openLedger } from '../../../src/adapters/sql/ledger.ts';
import type { SqlLedger } from '../../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../../src/adapters/system/sealing.ts';
import { money } from '../../../src/domain/money.ts';
import { DAY, HOUR } from '../../../src/domain/time.ts';
import {
  ALICE,
  BODY,
  EUR,
  NOON,
  after,
  grant,
  message,
  orderId,
  placed,
  sending,
  step,
  termsOf,
} from '../../contracts/orders.ts';

const key = newSealingKey();
const sealer = createSealer(key);
const first = orderId(1);

let folder: string;
let file: string;
const opened: SqlLedger[] = [];
const logged = vi.fn();

const open = async (): Promise<SqlLedger> => {
  const ledger = await openLedger({ file, sealer, log: { info: logged, warn: logged, error: logged } });
  opened.push(ledger);
  return ledger;
};

/** Changes the file behind the ledger's back. */
const tamper = (sql: string): void => {
  const database = new DatabaseSync(file, { timeout: 1_000 });
  database.exec(sql);
  database.close();
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  file = join(folder, 'data', 'ledger.db');
  logged.mockReset();
});
afterEach(async () => {
  for (const ledger of opened.splice(0)) await ledger.close();
  rmSync(folder, { recursive: true });
});

describe('the file of a ledger', () => {
  it('keeps everything for the next start', async () => {
    const ledger = await open();
    await grant(ledger, ALICE, 4_000);
    const order = await sending(ledger, await placed(ledger, termsOf(first)), await ledger.nextReference(31));
    await opened.pop()?.close();

    const again = await open();
    expect(await again.order(first)).toEqual(order);
    expect(await again.balances(ALICE)).toEqual([money(1_500, EUR)]);
    expect(await again.nextReference(31)).toBe(2);
  });

  it('holds no secret and nothing personal in the clear', async () => {
    const ledger = await open();
    await grant(ledger, ALICE, 4_000);
    const sent = await sending(ledger, await placed(ledger, termsOf(first)), 5);
    const charged = step(sent, {
      type: 'settle',
      settlement: { kind: 'charged', code: 'here', supplierReference: 'SUPPLIER-1' },
    });
    const voucher = { code: 'CODE-5521', account: null, instructions: 'INSTRUCTIONS', expiration: null, extra: [] };
    await ledger.append(sent, {
      ...charged,
      secrets: { token: 'TOKEN-93417', voucher, receipt: null, result: null, raw: ['RAW-ANSWER'] },
    });

    const written = () => readdirSync(join(folder, 'data')).map((name) => readFileSync(join(folder, 'data', name)));
    const found = () =>
      [
        '5355512345',
        'ana@example.org',
        'X1234567L',
        'CODE-5521',
        'INSTRUCTIONS',
        'TOKEN-93417',
        'RAW-ANSWER',
        BODY,
        'hunter2',
      ].filter((text) => written().some((bytes) => bytes.includes(text)));
    expect(written().some((bytes) => bytes.includes('SUPPLIER-1'))).toBe(true);
    expect(found()).toEqual([]);
    await opened.pop()?.close();
    expect(found()).toEqual([]);
  });

  it('does not open with another key, and says so', async () => {
    await open();
    await opened.pop()?.close();
    const other = createSealer(newSealingKey());
    const opening = openLedger({ file, sealer: other, log: { info: logged, warn: logged, error: logged } });
    await expect(opening).rejects.toThrow('sealed with another key');
  });

  it("does not let one order's sealed values pass for another's", async () => {
    const ledger = await open();
    await grant(ledger, ALICE, 9_000);
    await placed(ledger, termsOf(first));
    await placed(ledger, termsOf(orderId(2)));
    tamper(`update orders set fields_sealed = (select fields_sealed from orders where id = '${first}')`);
    expect((await ledger.order(first))?.terms.fields).toEqual(termsOf(first).fields);
    await expect(ledger.order(orderId(2))).rejects.toThrow(orderId(2));
  });

  it.each([`state = '{"status":"lost"}'`, `terms = 'no json'`, `fields_sealed = x'00'`, `version = 0`, `customer = -1`])(
    'parks an order that can not be read (%s) and gives out the others',
    async (damage) => {
      const ledger = await open();
      await grant(ledger, ALICE, 9_000);
      await placed(ledger, termsOf(first));
      const healthy = await placed(ledger, termsOf(orderId(2)));
      tamper(`update orders set ${damage} where id = '${first}'`);
      await expect(ledger.order(first)).rejects.toThrow(first);
      expect(await ledger.claimOrders(NOON, after(60), 10)).toEqual([healthy]);
      expect(logged).toHaveBeenCalledWith('orderUnreadable', { order: first }, expect.any(Error));
      expect(await ledger.claimOrders(after(60), after(120), 10)).toEqual([healthy]);
      expect(logged).toHaveBeenCalledOnce();
      const alerts = await ledger.claimAlerts(NOON, after(60), 10);
      expect(alerts).toMatchObject([{ alert: { type: 'orderUnreadable', order: first }, raisedAt: NOON }]);
    },
  );

  it('tries a parked order again every hour, when somebody may know how to read it, and tells the operator once', async () => {
    const ledger = await open();
    await grant(ledger, ALICE, 9_000);
    const order = await placed(ledger, termsOf(first));
    tamper(`update orders set state = '{"status":"placed by a newer version"}'`);
    expect(await ledger.claimOrders(NOON, after(60), 10)).toEqual([]);
    expect(await ledger.claimOrders(after(HOUR), after(HOUR + 60), 10)).toEqual([]);
    expect(await ledger.claimAlerts(after(HOUR), after(HOUR + 60), 10)).toHaveLength(1);
    tamper(`update orders set state = '${JSON.stringify(order.state)}'`);
    expect(await ledger.claimOrders(after(2 * HOUR - 1), after(2 * HOUR + 60), 10)).toEqual([]);
    expect(await ledger.claimOrders(after(2 * HOUR), after(2 * HOUR + 60), 10)).toEqual([order]);
  });

  it('tells the operator of an order that can not be read again on another day', async () => {
    const ledger = await open();
    await grant(ledger, ALICE, 9_000);
    await placed(ledger, termsOf(first));
    tamper(`update orders set state = '{"status":"lost"}'`);
    for (const at of [0, DAY]) {
      expect(await ledger.claimOrders(after(at), after(at + 60), 10)).toEqual([]);
      const [due, ...others] = await ledger.claimAlerts(after(at), after(at + 60), 10);
      expect(due).toMatchObject({ alert: { type: 'orderUnreadable', order: first }, raisedAt: after(at) });
      expect(others).toEqual([]);
      if (due !== undefined) await ledger.concludeAlerts([due.id], { kind: 'delivered', message: message(1), at: after(at) });
    }
  });

  it("leaves an order that can not be read out of its customer's list", async () => {
    const ledger = await open();
    await grant(ledger, ALICE, 9_000);
    await placed(ledger, termsOf(first));
    const healthy = await placed(ledger, termsOf(orderId(2)));
    tamper(`update orders set terms = 'no json' where id = '${first}'`);
    expect(await ledger.ordersOf(ALICE, 10)).toEqual([healthy]);
    expect(logged).toHaveBeenCalledWith('orderUnreadable', { order: first }, expect.any(Error));
  });

  it('parks a message that can not be read for an hour and gives out the others', async () => {
    const ledger = await open();
    await grant(ledger, ALICE, 9_000);
    for (const index of [1, 2]) {
      const sent = await sending(ledger, await placed(ledger, termsOf(orderId(index))), index);
      const settlement = { kind: 'unclear', expectation: 'open', resultCode: null } as const;
      await ledger.append(sent, step(sent, { type: 'settle', settlement }));
    }
    tamper(`update outbox set news = 'news of a newer version' where id = 1`);
    expect(await ledger.claimMessages(NOON, after(60), 10)).toMatchObject([{ id: 2, tries: 0 }]);
    expect(logged).toHaveBeenCalledWith('messageUnreadable', { order: first, message: 1 }, expect.any(Error));
    expect(await ledger.claimMessages(after(60), after(120), 10)).toMatchObject([{ id: 2, tries: 1 }]);
    expect(logged).toHaveBeenCalledOnce();
    tamper(`update outbox set news = 'unknown' where id = 1`);
    expect(await ledger.claimMessages(after(HOUR - 1), after(2 * HOUR), 10)).toMatchObject([{ id: 2 }]);
    expect(await ledger.claimMessages(after(HOUR), after(2 * HOUR), 10)).toMatchObject([{ id: 1 }]);
  });

  it('is not locked by a worker who finds nothing to do', async () => {
    const ledger = await open();
    const neighbour = new DatabaseSync(file);
    neighbour.exec('begin immediate');
    const claims = Promise.all([ledger.claimOrders(NOON, after(60), 10), ledger.claimMessages(NOON, after(60), 10)]);
    const waited = new Promise((resolve) => setTimeout(resolve, 1_000, 'waited for the lock'));
    const first = await Promise.race([claims, waited]);
    neighbour.exec('commit');
    neighbour.close();
    expect(first).toEqual([[], []]);
  });

  it('refuses a reference beyond the last one, for good', async () => {
    const ledger = await open();
    await ledger.nextReference(31);
    tamper('update reference_sequences set last_reference = 999999998');
    expect(await ledger.nextReference(31)).toBe(999_999_999);
    await expect(ledger.nextReference(31)).rejects.toThrow('Terminal 31 has used all');
    await expect(ledger.nextReference(31)).rejects.toThrow('Terminal 31 has used all');
  });

  it('refuses an overdrawn account even when the code does not', async () => {
    const ledger = await open();
    await grant(ledger, ALICE, 500);
    expect(() => tamper('update accounts set balance = balance - 501')).toThrow('accounts_not_overdrawn');
  });

  it('is waited for while another connection writes, and the event loop goes on', async () => {
    const ledger = await open();
    const neighbour = new DatabaseSync(file);
    neighbour.exec('begin immediate');
    const granted = grant(ledger, ALICE, 500);
    let turns = 0;
    await vi.waitUntil(() => (turns += 1) > 5, { interval: 5 });
    neighbour.exec('commit');
    neighbour.close();
    await granted;
    expect(await ledger.balances(ALICE)).toEqual([money(500, EUR)]);
  });

  it('gives two connections disjoint orders', async () => {
    const [one, other] = [await open(), await open()];
    await grant(one, ALICE, 99_999_999);
    for (let index = 0; index < 30; index += 1) await placed(one, termsOf(orderId(index)));
    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? one : other).claimOrders(NOON, after(60), 2)),
    );
    const ids = claims.flat().map((order) => order.terms.id);
    expect(ids).toHaveLength(30);
    expect(new Set(ids).size).toBe(30);
  });

  it('serves several processes that start at once', async () => {
    const seed = await open();
    await grant(seed, ALICE, 99_999_999);
    for (let index = 0; index < 40; index += 1) await placed(seed, termsOf(orderId(index)));
    const script = join(import.meta.dirname, 'neighbour.ts');
    const outputs = await Promise.all(
      Array.from({ length: 3 }, () => promisify(execFile)(process.execPath, [script, file, key.reveal()])),
    );
    const shape = z.object({ references: z.array(z.number()), orders: z.array(z.string()) });
    const results = outputs.map(({ stdout }) => shape.parse(JSON.parse(stdout)));
    expect(results.flatMap((result) => result.references).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 90 }, (_, index) => index + 1),
    );
    const claimed = results.flatMap((result) => result.orders);
    expect(claimed).toHaveLength(40);
    expect(new Set(claimed).size).toBe(40);
  });

  it('is made once when several start on a new one', async () => {
    const ledgers = await Promise.all([open(), open(), open(), open()]);
    await Promise.all(ledgers.map((ledger) => grant(ledger, ALICE, 500)));
    for (const ledger of ledgers) expect(await ledger.balances(ALICE)).toEqual([money(500, EUR)]);
  });
});
