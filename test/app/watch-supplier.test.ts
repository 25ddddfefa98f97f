// When an outage is one: the operator is told once, reminded hourly, and told when it is over, however many processes look.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import type { SupplierReport } from '../../src/app/ports/supplier.ts';
import { createSupplierWatch } from '../../src/app/watch-supplier.ts';
import type { SupplierWatch } from '../../src/app/watch-supplier.ts';
import { fail, ok } from '../../src/domain/result.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/domain/time.ts';
import { createTestClock, silentLog } from './test-clock.ts';

const WORKS: SupplierReport = { trouble: null, alarmingSkew: null };
const NO_ANSWER: SupplierReport = { trouble: 'noAnswer', alarmingSkew: null };

let ledger: SqlLedger;
let clock: ReturnType<typeof createTestClock>;
let pings: number;
/** What every call comes to; pings too. */
let supplier: SupplierReport;

beforeEach(async () => {
  ledger = await openLedger({ file: ':memory:', sealer: createSealer(newSealingKey()), log: silentLog });
  clock = createTestClock();
  pings = 0;
  supplier = WORKS;
});
afterEach(() => ledger.close());

const watchOf = (reach = () => supplier): SupplierWatch => {
  const watch = createSupplierWatch({
    supplier: {
      ping: () => {
        pings += 1;
        watch.hear(reach());
        return Promise.resolve(reach().trouble === null ? ok({ skew: null }) : fail({ kind: 'noAnswer', reason: 'reset' }));
      },
    },
    alerts: ledger,
    clock,
  });
  return watch;
};

const raised = async () => (await ledger.claimAlerts(clock.now(), clock.now(), 99)).map(({ alert }) => alert);
const types = async () => (await raised()).map(({ type }) => type);

/** A minute in which calls come to `reports`, and a look at its end. */
const minute = async (watch: SupplierWatch, ...reports: readonly SupplierReport[]): Promise<void> => {
  for (const report of reports) {
    clock.advance(SECOND);
    watch.hear(report);
  }
  clock.advance(MINUTE - reports.length * SECOND);
  await watch.look();
};

describe('an outage', () => {
  it('is told although a clock that was a day ahead has told of one', async () => {
    const watch = watchOf();
    clock.advance(DAY);
    for (let count = 0; count < 5; count += 1) await minute(watch, NO_ANSWER, NO_ANSWER);
    expect(await types()).toEqual(['supplierFailing']);
    clock.advance(-DAY);
    await minute(watch, WORKS);
    clock.advance(HOUR);
    for (let count = 0; count < 5; count += 1) await minute(watch, NO_ANSWER, NO_ANSWER);
    clock.advance(DAY);
    expect((await types()).toSorted()).toEqual(['supplierBack', 'supplierFailing', 'supplierFailing']);
  });

  it('is told when calls have failed for minutes, with its beginning and what is the matter', async () => {
    const watch = watchOf();
    await minute(watch, WORKS, NO_ANSWER, NO_ANSWER);
    const since = clock.now() - MINUTE + 2 * SECOND;
    await minute(watch, NO_ANSWER, NO_ANSWER);
    await minute(watch, NO_ANSWER);
    expect(await types()).toEqual([]);
    await minute(watch, { trouble: 'systemError', alarmingSkew: null });
    expect(await raised()).toEqual([{ type: 'supplierFailing', since, trouble: 'systemError', follows: null }]);
  });

  it('is none while calls get through between those that fail, or when few have failed', async () => {
    const watch = watchOf();
    for (let passed = 0; passed < 10; passed += 1) await minute(watch, NO_ANSWER, NO_ANSWER, NO_ANSWER, NO_ANSWER, WORKS);
    await minute(watch, NO_ANSWER, NO_ANSWER, NO_ANSWER, NO_ANSWER, NO_ANSWER, NO_ANSWER);
    expect(await types()).toEqual([]);
  });

  it('is none before several calls have failed, however long ago the first one did', async () => {
    const watch = watchOf();
    for (let passed = 0; passed < 4; passed += 1) await minute(watch, NO_ANSWER);
    expect(await types()).toEqual([]);
    await minute(watch, NO_ANSWER);
    expect(await types()).toEqual(['supplierFailing']);
  });

  it('is noticed when nobody calls, by a ping a minute', async () => {
    const watch = watchOf();
    supplier = NO_ANSWER;
    for (let passed = 0; passed < 5; passed += 1) await minute(watch);
    expect(pings).toBe(5);
    expect(await types()).toEqual(['supplierFailing']);
  });

  it('needs no pings while there are calls', async () => {
    const watch = watchOf();
    for (let passed = 0; passed < 5; passed += 1) {
      clock.advance(50 * SECOND);
      watch.hear(WORKS);
      clock.advance(10 * SECOND);
      await watch.look();
    }
    expect(pings).toBe(0);
  });

  it('is told once, again after an hour, and then that it is over, with its first beginning', async () => {
    const watch = watchOf();
    supplier = NO_ANSWER;
    for (let passed = 0; passed < 70; passed += 1) await minute(watch);
    supplier = WORKS;
    for (let passed = 0; passed < 5; passed += 1) await minute(watch);
    const [first, again, over, ...others] = await raised();
    expect([first?.type, again?.type, over?.type, others]).toEqual(['supplierFailing', 'supplierFailing', 'supplierBack', []]);
    const since = first !== undefined && 'since' in first ? first.since : null;
    expect([again, over]).toMatchObject([{ since }, { since }]);
  });

  it('that was never told is not told to be over', async () => {
    const watch = watchOf();
    await minute(watch, NO_ANSWER, NO_ANSWER);
    for (let passed = 0; passed < 5; passed += 1) await minute(watch, WORKS);
    expect(await types()).toEqual([]);
  });

  it('is told once by two processes, and told to be over by whichever lives', async () => {
    const watches = [watchOf(), watchOf()];
    supplier = NO_ANSWER;
    for (let passed = 0; passed < 8; passed += 1) {
      clock.advance(MINUTE);
      await Promise.all(watches.map((watch) => watch.look()));
    }
    expect(await types()).toEqual(['supplierFailing']);
    supplier = WORKS;
    const another = watchOf();
    await minute(another);
    await Promise.all(watches.map((watch) => watch.look()));
    expect(await types()).toEqual(['supplierFailing', 'supplierBack']);
  });

  it('of one process, while another gets through, is not told every minute', async () => {
    const failing = watchOf(() => NO_ANSWER);
    const working = watchOf(() => WORKS);
    for (let passed = 0; passed < 20; passed += 1) {
      await minute(failing);
      await working.look();
    }
    expect((await types()).filter((type) => type === 'supplierFailing').length).toBe(2);
  });
});

describe('a clock that differs', () => {
  it('is told once a day while it does, and not after it has been set', async () => {
    const watch = watchOf();
    supplier = { trouble: null, alarmingSkew: -25_000 };
    for (let passed = 0; passed < 30; passed += 1) await minute(watch);
    expect(await raised()).toEqual([{ type: 'clockSkew', skew: -25_000 }]);
    clock.advance(DAY);
    await minute(watch);
    expect(await types()).toEqual(['clockSkew', 'clockSkew']);
    supplier = WORKS;
    await minute(watch);
    clock.advance(DAY + HOUR);
    await minute(watch);
    expect(await types()).toEqual(['clockSkew', 'clockSkew']);
  });
});
