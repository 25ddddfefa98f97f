// The audit finds what somebody changed behind the ledger's back.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { faultsIn } from '../../../src/adapters/sql/audit.ts';
import { openLedger } from '../../../src/adapters/sql/ledger.ts';
import type { SqlLedger } from '../../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../../src/adapters/system/sealing.ts';
import type { StoredOrder } from '../../../src/app/ports/ledger.ts';
import { ALICE, grant, orderId, placed, sending, step, termsOf } from '../../contracts/orders.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

let folder: string;
let ledger: SqlLedger;
let order: StoredOrder;

/** Changes the file, without its foreign keys in the way. */
const tamper = (sql: string): void => {
  const database = new DatabaseSync(join(folder, 'ledger.db'), { enableForeignKeyConstraints: false });
  database.exec(sql);
  database.close();
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  ledger = await openLedger({ file: join(folder, 'ledger.db'), sealer: createSealer(newSealingKey()), log: silent });
  await grant(ledger, ALICE, 4_000);
  order = await placed(ledger, termsOf(orderId(1)));
});
afterEach(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true });
});

describe('the audit', () => {
  it('finds nothing wrong in books that nobody touched', async () => {
    expect(await ledger.audit()).toMatchObject({ wrongAccounts: [], reservedMismatch: [], openTotal: { EUR: 2_500 } });
  });

  it.each([
    ['a balance that was changed', `update accounts set balance = 1 where account = 'available:${ALICE}'`],
    ['a debt that nobody allowed', `update accounts set balance = -9, floor = -9 where account = 'available:${ALICE}'`],
    ['postings without their account', `delete from accounts where account = 'available:${ALICE}'`],
    ['an account without its postings', `delete from postings where account = 'available:${ALICE}'`],
  ])('finds %s', async (_what, sql) => {
    tamper(sql);
    expect((await ledger.audit()).wrongAccounts).toEqual([`available:${ALICE} EUR`]);
  });

  it('does not mind an account that is empty and has no postings', async () => {
    tamper(`insert into accounts (account, currency, balance) values ('available:${ALICE}', 'USD', 0)`);
    expect((await ledger.audit()).wrongAccounts).toEqual([]);
  });

  it.each([
    ['an open order whose funds are gone', `update accounts set balance = 0 where account = 'reserved:${ALICE}'`],
    ['an open order whose account is gone', `delete from accounts where account = 'reserved:${ALICE}'`],
  ])('finds %s', async (_what, sql) => {
    tamper(sql);
    expect((await ledger.audit()).reservedMismatch).toEqual([`reserved:${ALICE} EUR`]);
  });

  const sell = async (): Promise<void> => {
    const sent = await sending(ledger, order, 5);
    const settlement = { kind: 'charged', code: 'here', supplierReference: null } as const;
    await ledger.append(sent, step(sent, { type: 'settle', settlement }));
  };

  it.each([
    ['sales that were not booked', `update accounts set balance = 0 where account = 'sales'`, 'sales EUR'],
    ['sales without their account', `delete from accounts where account = 'sales'`, 'sales EUR'],
    [
      'a commission that nobody earned',
      `insert into accounts (account, currency, balance) values ('commissions', 'EUR', -5)`,
      'commissions EUR',
    ],
  ])('finds %s', async (_what, sql, account) => {
    await sell();
    expect(await ledger.audit()).toMatchObject({ soldMismatch: [] });
    tamper(sql);
    expect(await ledger.audit()).toMatchObject({ soldMismatch: [account] });
  });

  it.each([
    ['a floor below the credit', `update accounts set floor = -1 where account = 'available:${ALICE}'`],
    ['credit that the floor does not give', `update accounts set credit = 1 where account = 'available:${ALICE}'`],
  ])('finds %s', async (_what, sql) => {
    tamper(sql);
    const audit = await ledger.audit();
    expect(audit.wrongFloors).toEqual([`available:${ALICE} EUR`]);
    expect(faultsIn(audit)).toEqual([`available:${ALICE} EUR does not stop where its credit ends`]);
  });

  it('finds funds that a settled order still holds', async () => {
    const sent = await sending(ledger, order, 5);
    const settlement = { kind: 'rejected', reason: 'unavailable', resultCode: '16' } as const;
    await ledger.append(sent, { ...step(sent, { type: 'settle', settlement }), transfers: [] });
    expect(await ledger.audit()).toMatchObject({
      wrongAccounts: [],
      reservedTotal: { EUR: 2_500 },
      openTotal: {},
      reservedMismatch: [`reserved:${ALICE} EUR`],
    });
  });
});
