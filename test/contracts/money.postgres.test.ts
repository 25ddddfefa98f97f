import { afterAll, describe, expect, it } from 'vitest';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { money } from '../../src/domain/money.ts';
import { createSchema, findPostgres } from './find-postgres.ts';
import { describeMoney } from './money.contract.ts';
import { ALICE, EUR, USD, after, grant, makeAgent, orderId, placing, termsOf } from './orders.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const sealer = createSealer(newSealingKey());

const found = await findPostgres();
const schema = found === null ? null : await createSchema(found);
afterAll(() => schema?.drop());

describe.skipIf(schema === null)('with a PostgreSQL', () => {
  describeMoney(
    'PostgreSQL with two pools',
    async () => {
      await schema?.empty();
      const url = schema?.url('synchronous_commit=off') ?? '';
      return [await openLedger({ url, sealer, log }), await openLedger({ url, sealer, log })];
    },
    25,
  );

  it('a credit is set while others place out of the same wallet, and neither waits for a row that the other has', async () => {
    await schema?.empty();
    // Two who wait for each other would do so for longer than the test may take.
    const url = schema?.url('synchronous_commit=off', 'deadlock_timeout=1min') ?? '';
    const [ledger, other] = [await openLedger({ url, sealer, log }), await openLedger({ url, sealer, log })];
    await makeAgent(ledger, ALICE);
    for (const currency of [EUR, USD]) await grant(ledger, ALICE, 900_000, currency);
    const limit = { counts: 'payer', day: { from: after(-1), to: after(1) }, perDay: { count: 99, amounts: [] } } as const;
    const place = (index: number) => {
      const terms = termsOf(orderId(index), { pay: money(1, index % 2 === 0 ? EUR : USD) });
      return ledger.place(terms, placing(terms), [limit]);
    };
    const set = (index: number) => other.setCredit(ALICE, [money(index + 1, USD), money(index + 1, EUR)]);
    for (let round = 0; round < 8; round += 1) {
      const both = [0, 1, 2, 3, 4, 5].map((index) => Promise.all([place(round * 6 + index), set(index)]));
      for (const [placed, isSet] of await Promise.all(both)) expect([placed.ok, isSet]).toEqual([true, true]);
    }
    await Promise.all([ledger.close(), other.close()]);
  }, 20_000);
});
