import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventuallyTrue } from '../../eventually.ts';
import { openLedger } from '../../../src/adapters/sql/ledger.ts';
import type { SqlLedger } from '../../../src/adapters/sql/ledger.ts';
import { openPostgres } from '../../../src/adapters/sql/postgres.ts';
import { createSealer, newSealingKey } from '../../../src/adapters/system/sealing.ts';
import type { StoredOrder } from '../../../src/app/ports/ledger.ts';
import { money } from '../../../src/domain/money.ts';
import { createSchema, findPostgres } from '../../contracts/find-postgres.ts';
import type { OwnSchema } from '../../contracts/find-postgres.ts';
import { ALICE, BODY, EUR, attempt, grant, orderId, placed, placing, step, termsOf } from '../../contracts/orders.ts';
import { somebodyWaits } from './use-postgres.ts';
import { openWire } from './wire.ts';
import type { Wire } from './wire.ts';

const logged = vi.fn();
const log = { info: logged, warn: logged, error: logged };
const sealer = createSealer(newSealingKey());
const first = orderId(1);
/** The statement as it is sent, to its end: the beginning of a transaction says `read committed`. */
const COMMIT = 'commit\0';

const found = await findPostgres();

describe.skipIf(found === null)('a PostgreSQL that goes away', () => {
  let schema: OwnSchema;
  let wire: Wire;
  let ledger: SqlLedger;
  let order: StoredOrder;
  let name: string;
  beforeEach(async () => {
    logged.mockReset();
    name = `outage-${randomUUID()}`;
    schema = await createSchema(found ?? '');
    wire = await openWire(schema.url(`application_name=${name}`));
    ledger = await openLedger({ url: wire.url, sealer, log });
    await grant(ledger, ALICE, 5_000);
    order = await placed(ledger, termsOf(first));
  });
  afterEach(async () => {
    await ledger.close();
    await wire.close();
    await schema.drop();
  });

  const intend = () => ledger.append(order, { ...step(order, { type: 'intend', attempt: attempt(5) }), body: BODY });

  it('while nobody asks is logged, and the next call has a new connection', async () => {
    wire.cut();
    await eventuallyTrue(() => logged.mock.calls.length > 0);
    expect(logged).toHaveBeenCalledWith('databaseConnectionLost', {}, expect.any(Error));
    expect(await ledger.order(first)).toEqual(order);
  });

  it('in the middle of a transaction rejects, and nothing is written', async () => {
    await schema.query(`begin; update accounts set balance = balance where account = 'available:${ALICE}'`);
    const placing = placed(ledger, termsOf(orderId(2)));
    const ended = expect(placing).rejects.toThrow(/connection/i);
    await somebodyWaits(schema);
    wire.cut();
    await ended;
    await schema.query('rollback');
    expect(await ledger.order(orderId(2))).toBeNull();
    expect((await placed(ledger, termsOf(orderId(2)))).version).toBe(1);
    expect(await ledger.balances(ALICE)).toEqual([money(0, EUR)]);
  });

  it('before it hears of the commit rejects, and nothing is written', async () => {
    wire.loseAt(COMMIT, 'before');
    await expect(intend()).rejects.toThrow();
    expect(await ledger.order(first)).toEqual(order);
    expect(await intend()).toMatchObject({ ok: true });
  });

  it('before it answers to the commit rejects as well: who looks again finds the step', async () => {
    wire.loseAt(COMMIT, 'after');
    await expect(intend()).rejects.toThrow();
    expect(await ledger.order(first)).toMatchObject({ version: 2, state: { status: 'sending', attempt: attempt(5) } });
    expect(await intend()).toEqual({ ok: false, error: 'stale' });
  });

  it('before it answers to the placing of an order takes the money once', async () => {
    const terms = termsOf(orderId(2));
    wire.loseAt(COMMIT, 'after');
    await expect(ledger.place(terms, placing(terms))).rejects.toThrow();
    expect(await ledger.place(terms, placing(terms))).toMatchObject({ ok: true, value: { existed: true } });
    expect(await ledger.balances(ALICE)).toEqual([money(0, EUR)]);
  });

  it('rejects every call until it is back', async () => {
    await wire.close();
    await expect(ledger.order(first)).rejects.toThrow();
    await expect(intend()).rejects.toThrow('ECONNREFUSED');
    await wire.open();
    expect(await intend()).toMatchObject({ ok: true });
  });

  it('with an announcement is no different', async () => {
    await schema.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = '${name}'`);
    await eventuallyTrue(() => logged.mock.calls.length > 0);
    expect(await intend()).toMatchObject({ ok: true });
  });

  it('does not keep the ledger from closing', async () => {
    const leaving = await openLedger({ url: wire.url, sealer, log });
    await wire.close();
    await expect(leaving.order(first)).rejects.toThrow();
    await leaving.close();
    await wire.open();
  });

  it('without a word is given up on, and asked anew', async () => {
    const db = await openPostgres(wire.url, log, 100);
    const orders = () => db.selectFrom('orders').select('id').execute();
    expect(await orders()).toEqual([{ id: first }]);
    wire.mute(true);
    await expect(orders()).rejects.toThrow('did not answer in time');
    wire.mute(false);
    expect(await orders()).toEqual([{ id: first }]);
    await db.destroy();
  });

  it('and whose bot goes away keeps no locks for long', async () => {
    const db = await openPostgres(wire.url, log);
    const { rows } = await sql`show idle_in_transaction_session_timeout`.execute(db);
    expect(rows).toEqual([{ idle_in_transaction_session_timeout: '30s' }]);
    await db.destroy();
  });
});
