// A simulator of eVSB with suppliers connected to it, and every fault that a call which moves money can meet there.
import type { Timeouts } from '../../../src/adapters/evsb/calls.ts';
import { createEvsbSupplier } from '../../../src/adapters/evsb/supplier.ts';
import { startEvsbSimulator } from '../../../src/sandbox/evsb/simulator.ts';
import { recordLog, settingsFor } from './loopback.ts';

/** Opens both; `close` when the tests have ended. */
export const openShop = async () => {
  const { terminalId, user, password } = settingsFor('');
  const simulator = await startEvsbSimulator({ terminalId, user, password, openingBalanceX100: 1_000_000, infoDelayMs: 0 });
  const { log } = recordLog();
  const connect = (secret: string, timeouts: Timeouts = {}) =>
    createEvsbSupplier(
      { ...settingsFor(simulator.url), password: secret, timeouts },
      { now: Date.now, log, sleep: () => Promise.resolve() },
    );
  const supplier = connect(password);
  /** Waits 300 ms for what moves money, so that faults which last longer are timeouts. */
  const impatient = connect(password, {
    voucherPurchase: 300,
    rechargePurchase: 300,
    supermarketPurchase: 300,
    billPayment: 300,
    revert: 300,
  });
  let lastReference = 0;
  return {
    simulator,
    supplier,
    impatient,
    connect,
    log,
    nextReference: () => (lastReference += 1),
    /** How often a sale or a revert with this reference arrived. */
    sendsOf: (reference: number) =>
      simulator.books.requests.filter(({ path, method }) => method === 'POST' && path.endsWith(`/${reference}`)).length,
    close: async () => {
      await Promise.all([supplier.close(), impatient.close()]);
      await simulator.close();
    },
  };
};

/** Every fault that a call which moves money can meet. */
export const moneyFaults = [
  { kind: 'dropBefore' },
  { kind: 'status500Before' },
  { kind: 'status429' },
  { kind: 'hang' },
  { kind: 'serverGoesOn', ms: 400 },
  { kind: 'latency', ms: 400 },
  { kind: 'lying991' },
  { kind: 'contradiction' },
  { kind: 'chargedAfter990', ms: 1 },
  { kind: 'burst401', times: 1 },
  { kind: 'dropAfter' },
  { kind: 'status500After' },
  { kind: 'late406' },
  { kind: 'html502' },
  { kind: 'empty200' },
  { kind: 'truncatedJson' },
  { kind: 'cutBody' },
  { kind: 'slowDrip', intervalMs: 20, chunkBytes: 4 },
  { kind: 'endlessBody' },
  { kind: 'hugeBody', bytes: 4_000_000 },
  { kind: 'wrongTypes', shape: 'numericResultcode' },
  { kind: 'wrongTypes', shape: 'otherAdditionalData' },
  { kind: 'wrongTypes', shape: 'garbled' },
  ...['-1', '11', '13', '927', '970', '977', '990', '555'].map((code) => ({ kind: 'resultCode', code }) as const),
] as const;
