// What lies in the database of customers' keepsakes: nothing that says who they are, whom they know, or that opens a link; and a new key reseals it.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openLedger } from '../../../src/adapters/sql/ledger.ts';
import { rotateKeys } from '../../../src/adapters/sql/rotate-keys.ts';
import { createSealer, newSealingKey } from '../../../src/adapters/system/sealing.ts';
import { createTokens } from '../../../src/adapters/system/tokens.ts';
import { ALICE, BOB, NOON, after, got, grant, orderId, placed, termsOf } from '../../contracts/orders.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const [oldKey, newKey] = [newSealingKey(), newSealingKey()];
const old = createSealer(oldKey);
const tokens = createTokens();
const mum = { kind: 'phone', name: 'Mum-of-Alice', value: '+5351234567' } as const;
const details = { 'document 724 documentNumber': '12345678Z', 'name surname': 'Ruiz-Soto' };

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'at-rest-'));
  file = join(folder, 'ledger.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const fill = async (): Promise<string> => {
  const ledger = await openLedger({ file, sealer: old, log });
  await grant(ledger, ALICE, 9_000);
  await placed(ledger, termsOf(orderId(1)));
  const token = tokens.newToken();
  await ledger.makeHandOver(tokens.hashOf(token), { order: orderId(1), seller: ALICE, madeAt: NOON, expiresAt: after(9) });
  got(await ledger.saveNumber(ALICE, mum, NOON));
  await ledger.setConsent(ALICE, 'yes', NOON);
  await ledger.rememberDetails(ALICE, details, NOON);
  await ledger.close();
  return token;
};

/** The database with its log of writes, as bytes. */
const bytesAtRest = (): string =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join('');

describe('keepsakes at rest', () => {
  it('show no name, number, document or token', async () => {
    const token = await fill();
    const bytes = bytesAtRest();
    for (const secret of [mum.name, mum.value.slice(1), '12345678Z', 'Ruiz-Soto', token]) expect(bytes).not.toContain(secret);
    expect(bytes).toContain(tokens.hashOf(token));
  });

  it('are resealed with a new key, and open with it alone', async () => {
    await fill();
    const current = createSealer(newKey);
    expect((await rotateKeys({ file, log, current, both: createSealer(newKey, oldKey) })).unreadable).toBe(0);
    const ledger = await openLedger({ file, sealer: current, log });
    expect(await ledger.numbersOf(ALICE)).toMatchObject([mum]);
    expect(await ledger.profileOf(ALICE)).toEqual({ consent: 'yes', details });
    await ledger.close();
  });

  it('open for nobody else: a number that was moved to another customer is left out, and the log says so', async () => {
    await fill();
    const database = new DatabaseSync(file);
    database.exec(`update saved_numbers set customer = ${BOB}; update profiles set customer = ${BOB}`);
    database.close();
    const error = vi.fn();
    const ledger = await openLedger({ file, sealer: old, log: { ...log, error } });
    expect(await ledger.numbersOf(BOB)).toEqual([]);
    expect(error).toHaveBeenCalledWith('savedNumberUnreadable', expect.anything(), expect.anything());
    await expect(ledger.profileOf(BOB)).rejects.toThrow('does not open');
    await ledger.close();
  });
});
