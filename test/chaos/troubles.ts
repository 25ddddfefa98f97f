// What goes wrong in a campaign beside the processes: both stand-ins fail in every way that they know.
import { MINUTE } from '../../src/domain/time.ts';
import type { FaultOrder } from '../../src/sandbox/evsb/faults.ts';
import type { EvsbSimulator } from '../../src/sandbox/evsb/simulator.ts';
import type { Fault } from '../../src/sandbox/telegram/faults.ts';
import type { TelegramServer } from '../../src/sandbox/telegram/server.ts';

/** The calls that sell, one a family. */
export const SALES = ['voucherPurchase', 'rechargePurchase', 'supermarketPurchase', 'billPayment'] as const;

/** A fault at every call that sells, each with this probability. */
const sale = (probability: number, ...faults: readonly FaultOrder[]): readonly FaultOrder[] =>
  faults.flatMap((fault) => SALES.map((endpoint) => ({ ...fault, match: { endpoint, probability } })));
const any = (probability: number) => ({ match: { probability } });

/** The standing mix at the supplier: about one purchase in three goes wrong somehow. */
const SUPPLIER_MIX: readonly FaultOrder[] = [
  ...sale(0.04, { kind: 'dropAfter' }),
  ...sale(0.03, { kind: 'status500After' }),
  ...sale(
    0.02,
    { kind: 'dropBefore' },
    { kind: 'status500Before' },
    { kind: 'status429' },
    { kind: 'html502' },
    { kind: 'empty200' },
    { kind: 'truncatedJson' },
    { kind: 'cutBody' },
    { kind: 'lying991' },
  ),
  ...sale(
    0.01,
    { kind: 'late406' },
    { kind: 'chargedAfter990', ms: 2_000 },
    { kind: 'contradiction' },
    { kind: 'wrongTypes', shape: 'garbled' },
    { kind: 'resultCode', code: '11' },
    { kind: 'resultCode', code: '991' },
    { kind: 'resultCode', code: '17' },
    { kind: 'serverGoesOn', ms: 4_000 },
    { kind: 'slowDrip' },
  ),
  ...sale(0.005, { kind: 'hang' }),
  ...sale(0.003, { kind: 'endlessBody' }, { kind: 'hugeBody', bytes: 4_194_304 }),
  { kind: 'lateAdditionalData', misses: 3, match: { endpoint: 'voucherPurchase', probability: 0.05 } },
  // Long enough for a process to be killed while its purchase is on the way.
  ...sale(0.1, { kind: 'latency', ms: 600 }),
  ...sale(0.15, { kind: 'serverGoesOn', ms: 600 }),
  { kind: 'latency', ms: 700, ...any(0.05) },
  { kind: 'dropBefore', ...any(0.01) },
  { kind: 'status500Before', ...any(0.02) },
  { kind: 'status429', ...any(0.01) },
  { kind: 'truncatedJson', ...any(0.01) },
  { kind: 'html502', ...any(0.01) },
];

const TELEGRAM_FAULTS: readonly Fault[] = [
  { kind: 'tooManyRequests', retryAfterSeconds: 2 },
  { kind: 'serverError', when: 'before' },
  { kind: 'serverError', when: 'after' },
  { kind: 'drop', when: 'before' },
  { kind: 'drop', when: 'after' },
  { kind: 'delay', milliseconds: 400 },
];

export type Troubles = {
  readonly counts: { telegramFaults: number; redelivered: number; reordered: number; surcharges: number };
  /** Starts the standing mix at the supplier. */
  begin(): void;
  /** One more trouble: a failing call to Telegram, an update that comes twice, updates out of order, or bills that change. */
  stir(): void;
  /** Ends them all. */
  end(): void;
};

export const createTroubles = (evsb: EvsbSimulator, telegram: TelegramServer, random: () => number): Troubles => {
  const counts = { telegramFaults: 0, redelivered: 0, reordered: 0, surcharges: 0 };
  return {
    counts,
    begin: () => {
      evsb.control.setSwitches({
        // How long a sale stays unknown to Transaction Info, and whether it ever tells of a failed one.
        infoDelayMs: random() < 0.5 ? MINUTE : 30 * MINUTE,
        infoReportsFailures: random() < 0.5,
        // Nobody knows what the supplier does with a reference that comes twice; selling twice would be the worst.
        duplicateMode: random() < 0.5 ? 'double-sell' : 'reject',
        billSuccessCode: random() < 0.5 ? '10' : '0',
      });
      evsb.control.mixFaults(...SUPPLIER_MIX);
    },
    stir: () => {
      const mood = random();
      if (mood < 0.8) {
        const fault = TELEGRAM_FAULTS[Math.floor(random() * TELEGRAM_FAULTS.length)];
        if (fault === undefined) return;
        counts.telegramFaults += 1;
        // One at a time: they would pile up while nobody calls.
        telegram.control.heal();
        telegram.control.fail('*', fault);
      } else if (mood < 0.95) {
        if (telegram.control.redeliver()) counts.redelivered += 1;
      } else if (mood < 0.97) {
        counts.surcharges += 1;
        // Between what a customer was shown and what they pay.
        evsb.control.setSwitches({ invoiceSurchargeX100: 500 * Math.floor(4 * random()) });
      } else {
        counts.reordered += 1;
        telegram.control.reorderNext(2 + Math.floor(random() * 3));
      }
    },
    end: () => {
      evsb.control.clearFaults();
      telegram.control.heal();
    },
  };
};
