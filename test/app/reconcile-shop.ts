// A shop to reconcile: a real ledger in a file, the eVSB simulator, and orders that the worker's own use cases bring through both.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createEvsbSupplier } from '../../src/adapters/evsb/supplier.ts';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { createFulfilOrder } from '../../src/app/fulfil-order.ts';
import { createWriteStep } from '../../src/app/order-step.ts';
import type { Alerts } from '../../src/app/ports/alerts.ts';
import type { Reconciliations } from '../../src/app/ports/reconciliation.ts';
import type { Supplier } from '../../src/app/ports/supplier.ts';
import { createReconcileDay } from '../../src/app/reconcile.ts';
import type { ReconcileOptions } from '../../src/app/reconcile.ts';
import { createDailyReconciliation } from '../../src/app/reconcile-daily.ts';
import { createRevertOrder } from '../../src/app/revert-order.ts';
import { createReadBalance } from '../../src/app/weigh-balance.ts';
import { parseDay } from '../../src/domain/day.ts';
import type { Day } from '../../src/domain/day.ts';
import { parseProductId } from '../../src/domain/ids.ts';
import type { Currency } from '../../src/domain/money.ts';
import { money } from '../../src/domain/money.ts';
import type { OrderId } from '../../src/domain/ids.ts';
import type { Reconciliation } from '../../src/domain/reconciliation.ts';
import { startEvsbSimulator } from '../../src/sandbox/evsb/simulator.ts';
import { settingsFor } from '../adapters/evsb/loopback.ts';
import { ALICE, EUR, USD, got, grant, orderId, placing, termsOf } from '../contracts/orders.ts';
import { entry } from '../domain/sample-catalog.ts';
import { createTestClock, silentLog } from './test-clock.ts';

export const ZONE = 'Europe/Madrid';
export const TERMINAL = 100_001;
export const day = (text: string): Day => got(parseDay(text));
export const TODAY = day('2026-03-10');

/** Sold in dollars, the currency of the simulator's balance. */
const DOLLARS = 8_302;
const EUROS = 8_201;
/** Sold in dollars for a phone number, and the only one without a fee that may be undone. */
export const REVERTIBLE = 8_403;
/** Sold in dollars, and refused by the operator every time. */
export const REFUSED = 8_505;
/** Listed with a service fee. */
export const WITH_FEE = 8_307;

export type SaleOptions = { readonly product?: number; readonly amount?: number; readonly currency?: Currency };

/** Opens at half an hour after midnight unless told otherwise, and reads the balance. Everything is closed by `close`. */
export const openReconcileShop = async (openedAt = Date.parse('2026-03-10T00:30:00+01:00')) => {
  const hands = createTestClock(openedAt);
  let sleeps = 0;
  const clock = {
    ...hands,
    sleep: (milliseconds: number, signal?: AbortSignal): Promise<void> => {
      sleeps += 1;
      return hands.sleep(milliseconds, signal);
    },
  };
  const folder = mkdtempSync(join(tmpdir(), 'reconcile-'));
  const file = join(folder, 'ledger.db');
  const key = newSealingKey();
  const open = () => openLedger({ file, sealer: createSealer(key), log: silentLog });
  const [ledger, other] = [await open(), await open()];
  const { user, password } = settingsFor('');
  const simulator = await startEvsbSimulator({
    terminalId: TERMINAL,
    user,
    password,
    openingBalanceX100: 1_000_000,
    infoDelayMs: 0,
    suffixRule: 'dummies',
    now: clock.now,
  });
  const supplier = createEvsbSupplier(
    { ...settingsFor(simulator.url), timeZone: ZONE, timeouts: { voucherPurchase: 2_000 } },
    { now: clock.now, log: silentLog, sleep: () => Promise.resolve() },
  );
  const base = { clock, log: silentLog, terminalId: TERMINAL };
  const fulfil = createFulfilOrder({ ...base, ledger, supplier });
  await grant(ledger, ALICE, 900_000, USD);
  await grant(ledger, ALICE, 900_000, EUR);
  let orders = 0;

  /** Places an order and has the worker send it. */
  const sell = async ({ product = DOLLARS, amount = 2_500, currency = USD }: SaleOptions = {}): Promise<OrderId> => {
    const pay = money(amount, currency);
    const terms = termsOf(orderId((orders += 1)), {
      productId: got(parseProductId(product)),
      sent: { as: 'send', amount: pay },
      pay,
      receive: pay,
      fields: product === REVERTIBLE ? { account: '5355512345' } : {},
      placedAt: clock.now(),
    });
    await fulfil(got(await ledger.place(terms, placing(terms))).order);
    clock.advance(1_000);
    return terms.id;
  };

  type Replaced = {
    readonly supplier?: Partial<Supplier>;
    readonly books?: Partial<Reconciliations>;
    readonly alerts?: Pick<Alerts, 'raiseAlert'>;
    readonly balanceCurrency?: Currency | null;
  };
  /** What a process is made of, on a ledger of its own when `on` is the other one. */
  const depsOf = ({ balanceCurrency = USD, alerts, ...replaced }: Replaced = {}, on = ledger) => ({
    ...base,
    books: { ...on, ...replaced.books },
    supplier: { ...supplier, ...replaced.supplier },
    alerts: alerts ?? on,
    timeZone: ZONE,
    balanceCurrency,
  });

  const reconcileDay = (
    which: Day,
    { replaced, on, ...options }: Partial<ReconcileOptions> & { readonly replaced?: Replaced; readonly on?: typeof ledger } = {},
  ) => createReconcileDay(depsOf(replaced, on))(which, { again: false, evenUnasked: true, ...options });

  await createReadBalance(depsOf())();

  return {
    clock,
    /** How often somebody has slept: a loop does so once a round. */
    rounds: () => sleeps,
    ledger,
    other,
    simulator,
    supplier,
    file,
    key,
    sell,
    /** Has an order's worker look again. */
    work: async (id: OrderId) => {
      const order = await ledger.order(id);
      if (order !== null) await fulfil(order);
    },
    revert: async (id: OrderId) => {
      const overlay = { [String(REVERTIBLE)]: { ...entry('Habla Cerca'), revertible: true } };
      const write = createWriteStep({ ledger, clock, log: silentLog });
      const revert = createRevertOrder({ ledger, reverter: supplier, overlay, write, clock, log: silentLog });
      return got(await revert({ id, by: 'operator', why: 'asked for' })).outcome;
    },
    /** A purchase that the ledger knows nothing of; under the given reference, or one of its own. */
    sellBehindTheBack: async (reference?: number) => {
      const given = reference ?? (await ledger.nextReference(TERMINAL));
      const terms = {
        productId: got(parseProductId(DOLLARS)),
        sent: { as: 'send', amount: money(1_500, USD) },
        fields: {},
        dynamic: null,
      } as const;
      const prepared = supplier.preparePurchase(terms, given as Parameters<Supplier['preparePurchase']>[1], clock.now());
      return (await supplier.purchase(prepared)).kind;
    },
    sellInEuros: () => sell({ product: EUROS, currency: EUR }),
    /** Changes the ledger's file behind its back. */
    tamper: (sql: string): void => {
      const database = new DatabaseSync(file, { timeout: 5_000 });
      database.exec(sql);
      database.close();
    },
    /** Goes on to 04:00 of the next day; the balance is read on the way, right after midnight. */
    passTheNight: async (replaced: Replaced = {}) => {
      clock.advance(Date.parse('2026-03-11T00:00:20+01:00') - clock.now());
      await createReadBalance(depsOf(replaced))();
      clock.advance(Date.parse('2026-03-11T04:00:00+01:00') - clock.now());
    },
    reconcileDay,
    reconciled: async (options: Parameters<typeof reconcileDay>[1] = {}): Promise<Reconciliation> =>
      got(await reconcileDay(TODAY, options)),
    daily: (replaced: Replaced = {}, on = ledger) => {
      const deps = depsOf(replaced, on);
      return createDailyReconciliation({ ...deps, reconcileDay: createReconcileDay(deps), readBalance: createReadBalance(deps) });
    },
    alerts: async () => (await ledger.claimAlerts(clock.now(), clock.now(), 99)).map(({ alert }) => alert),
    close: async () => {
      await supplier.close();
      await simulator.close();
      await Promise.all([ledger.close(), other.close()]);
      rmSync(folder, { recursive: true });
    },
  };
};

export type ReconcileShop = Awaited<ReturnType<typeof openReconcileShop>>;
