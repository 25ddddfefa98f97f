import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { createTokens } from '../../src/adapters/system/tokens.ts';
import { ALICE, NOON, after } from './orders.ts';
import { describePeople } from './people.contract.ts';
import { describeSellerSales } from './seller-sales.contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
afterAll(() => rmSync(folder, { recursive: true }));

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const sealer = createSealer(newSealingKey());
let files = 0;

describePeople('memory', async () => [await openLedger({ file: ':memory:', sealer, log })]);
describePeople('a file with two connections', async () => {
  const file = join(folder, `${(files += 1)}.db`);
  return [await openLedger({ file, sealer, log }), await openLedger({ file, sealer, log })];
});

describeSellerSales('memory', () => openLedger({ file: ':memory:', sealer, log }));

it('names of members, and the tokens that made them, are not in the file', async () => {
  const file = join(folder, 'sealed.db');
  const ledger = await openLedger({ file, sealer, log });
  const tokens = createTokens();
  const [used, open] = [tokens.newToken(), tokens.newToken()];
  for (const token of [used, open]) {
    const invitation = {
      for: { kind: 'agent' },
      name: 'Kiosk North',
      by: 'operator',
      createdAt: NOON,
      expiresAt: after(9),
    } as const;
    await ledger.invite(tokens.hashOf(token), invitation);
  }
  expect(await ledger.redeem(tokens.hashOf(used), ALICE, NOON)).toMatchObject({ ok: true, value: { name: 'Kiosk North' } });
  await ledger.close();
  const bytes = readFileSync(file).toString('latin1');
  expect(bytes).toContain(tokens.hashOf(open));
  for (const secret of ['Kiosk', used, open]) expect(bytes).not.toContain(secret);
});
