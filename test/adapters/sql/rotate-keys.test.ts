import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DatabasePlace } from '../../../src/adapters/sql/database.ts';
import { openDatabase } from '../../../src/adapters/sql/database.ts';
import { openLedger } from '../../../src/adapters/sql/ledger.ts';
import { rotateKeys } from '../../../src/adapters/sql/rotate-keys.ts';
import type { Sealer } from '../../../src/adapters/sql/sealer.ts';
import { createSealer, newSealingKey } from '../../../src/adapters/system/sealing.ts';
import { parseTokenHash } from '../../../src/domain/token.ts';
import { createSchema, findPostgres } from '../../contracts/find-postgres.ts';
import {
  ALICE,
  BOB,
  BODY,
  NOON,
  after,
  got,
  grant,
  makeAgent,
  orderId,
  placed,
  sending,
  step,
  termsOf,
} from '../../contracts/orders.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const [oldKey, newKey] = [newSealingKey(), newSealingKey()];
const [old, current, both] = [createSealer(oldKey), createSealer(newKey), createSealer(newKey, oldKey)];
const secrets = { token: 'TOKEN', voucher: null, receipt: null, result: null, raw: ['RAW'] };
const HASH = got(parseTokenHash('7'.repeat(64)));
/** More than one page of orders, each with fields, secrets and a body, then the key of the accounts, and the check. */
const ORDERS = 105;
const VALUES = ORDERS * 3 + 2;

const fill = async (place: DatabasePlace, sealer: Sealer, from: number, to: number): Promise<void> => {
  const ledger = await openLedger({ ...place, sealer, log });
  await grant(ledger, ALICE, 99_999_999);
  for (let index = from; index < to; index += 1) {
    const sent = await sending(ledger, await placed(ledger, termsOf(orderId(index))), index + 1);
    const settlement = { kind: 'charged', code: 'here', supplierReference: 'S-1' } as const;
    await ledger.append(sent, { ...step(sent, { type: 'settle', settlement }), secrets });
  }
  await ledger.close();
};

/** How many of all sealed values a key opens. */
const countOpened = async (place: DatabasePlace, sealer: Sealer): Promise<number> => {
  const db = await openDatabase(place, log);
  const orders = await db.selectFrom('orders').selectAll().execute();
  const attempts = await db.selectFrom('attempts').selectAll().execute();
  const keys = await db.selectFrom('account_keys').selectAll().execute();
  const checks = await db.selectFrom('sealing_check').selectAll().execute();
  await db.destroy();
  const values: (readonly [Uint8Array | null, string])[] = [
    ...orders.map((row) => [row.fields_sealed, `${row.id} fields`] as const),
    ...orders.map((row) => [row.secrets_sealed, `${row.id} secrets`] as const),
    ...attempts.map((row) => [row.body_sealed, `${row.order_id} body`] as const),
    ...keys.map((row) => [row.sealed, 'account key'] as const),
    ...checks.map((row) => [row.sealed, 'sealing check'] as const),
  ];
  return values.filter(([sealed, context]) => {
    try {
      if (sealed === null) return false;
      sealer.open(sealed, context);
      return true;
    } catch {
      return false;
    }
  }).length;
};

/** Seals as the current key does, until it has done so `times` times: then it dies. */
const dyingAfter = (times: number): Sealer => {
  let left = times;
  return {
    open: current.open,
    seal: (text, context) => {
      if (left === 0) throw new Error('killed');
      left -= 1;
      return current.seal(text, context);
    },
  };
};

const rotationLaws = (open: () => DatabasePlace): void => {
  it('leaves nothing to the old key and everything to the new one', async () => {
    const place = open();
    await fill(place, old, 0, ORDERS);
    expect(await rotateKeys({ ...place, log, current, both })).toEqual({ resealed: VALUES, unreadable: 0 });
    expect(await countOpened(place, old)).toBe(0);
    expect(await countOpened(place, current)).toBe(VALUES);
    const ledger = await openLedger({ ...place, sealer: current, log });
    expect((await ledger.order(orderId(7)))?.terms).toEqual(termsOf(orderId(7)));
    await ledger.close();
    await expect(openLedger({ ...place, sealer: old, log })).rejects.toThrow('sealed with another key');
  });

  it('keeps the record of what was done readable, and orders to be found by their account', async () => {
    const place = open();
    await fill(place, old, 0, 1);
    const before = await openLedger({ ...place, sealer: old, log });
    const stop = { scope: { kind: 'all' }, name: '*', by: '501', why: 'Books', since: NOON } as const;
    await before.putStop(stop, 'put');
    await before.liftStop(stop.scope, { key: 'lifted', by: '501', at: NOON });
    await before.close();
    expect(await rotateKeys({ ...place, log, current, both })).toEqual({ resealed: 3 + 2 + 2, unreadable: 0 });
    const ledger = await openLedger({ ...place, sealer: current, log });
    expect(await ledger.lastActions(2)).toMatchObject([{ before: { why: 'Books' } }, { after: { why: 'Books' } }]);
    expect(await ledger.ordersFor('5355512345', 9)).toHaveLength(1);
    await ledger.close();
  });

  it('keeps members and open invitations readable', async () => {
    const place = open();
    const before = await openLedger({ ...place, sealer: old, log });
    await makeAgent(before, ALICE);
    const invitation = {
      for: { kind: 'agent' },
      name: 'Kiosk West',
      by: 'operator',
      createdAt: NOON,
      expiresAt: after(9),
    } as const;
    await before.invite(HASH, invitation);
    const alice = await before.member(ALICE);
    await before.close();
    await rotateKeys({ ...place, log, current, both });
    const ledger = await openLedger({ ...place, sealer: current, log });
    expect(await ledger.member(ALICE)).toEqual(alice);
    expect(await ledger.redeem(HASH, BOB, NOON)).toMatchObject({ ok: true, value: { name: 'Kiosk West' } });
    await ledger.close();
  });

  it('goes on where it was killed, and until then needs the old key', async () => {
    const place = open();
    await fill(place, old, 0, 20);
    await expect(rotateKeys({ ...place, log, current: dyingAfter(30), both })).rejects.toThrow('killed');
    expect(await countOpened(place, current)).toBe(30);
    expect(await countOpened(place, old)).toBe(32);
    await expect(openLedger({ ...place, sealer: current, log })).rejects.toThrow('sealed with another key');
    expect(await rotateKeys({ ...place, log, current, both })).toEqual({ resealed: 32, unreadable: 0 });
    expect(await rotateKeys({ ...place, log, current, both })).toEqual({ resealed: 0, unreadable: 0 });
  });

  it('leaves what a bot of both keys writes meanwhile readable', async () => {
    const place = open();
    await fill(place, old, 0, 40);
    const [rotation] = await Promise.all([rotateKeys({ ...place, log, current, both }), fill(place, both, 40, 60)]);
    expect(rotation.unreadable).toBe(0);
    expect(await countOpened(place, old)).toBe(0);
    expect(await countOpened(place, current)).toBe(60 * 3 + 2);
  });

  it('leaves what opens with neither key, and counts it', async () => {
    const place = open();
    await fill(place, old, 0, 2);
    const db = await openDatabase(place, log);
    await db
      .updateTable('orders')
      .set({ secrets_sealed: Buffer.alloc(40) })
      .where('id', '=', orderId(1))
      .execute();
    await db.destroy();
    expect(await rotateKeys({ ...place, log, current, both })).toEqual({ resealed: 7, unreadable: 1 });
  });
};

describe('the rotation of keys in a file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rotation-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  rotationLaws(() => ({ file: join(folder, 'ledger.db') }));

  it('does not overwrite what changed between reading and writing, and comes back for it', async () => {
    const file = join(folder, 'ledger.db');
    await fill({ file }, old, 0, 1);
    const context = `${orderId(0)} body`;
    let changed = false;
    const racing: Sealer = {
      open: current.open,
      seal: (text, place) => {
        if (place === context && !changed) {
          changed = true;
          const neighbour = new DatabaseSync(file);
          neighbour.prepare('update attempts set body_sealed = ?').run(old.seal(`${BODY} newer`, context));
          neighbour.close();
        }
        return current.seal(text, place);
      },
    };
    expect(await rotateKeys({ file, log, current: racing, both })).toEqual({ resealed: 5, unreadable: 0 });
    const db = await openDatabase({ file }, log);
    const { body_sealed: body } = await db.selectFrom('attempts').select('body_sealed').executeTakeFirstOrThrow();
    await db.destroy();
    expect(current.open(body, context)).toBe(`${BODY} newer`);
  });
});

const found = await findPostgres();

describe.skipIf(found === null)('the rotation of keys in PostgreSQL', () => {
  let schema: Awaited<ReturnType<typeof createSchema>>;
  beforeEach(async () => {
    schema = await createSchema(found ?? '');
  });
  afterEach(async () => {
    await schema.drop();
  });
  rotationLaws(() => ({ url: schema.url() }));
});
