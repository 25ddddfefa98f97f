// Faults to order: what may go wrong, on which call, and the plan that decides whether a call is hit.
import { z } from 'zod';
import { endpointNames, endpoints } from './endpoints.ts';
import type { EndpointName } from './endpoints.ts';
import { decimalTextSchema, missesSchema } from './switches.ts';

const matchSchema = z.strictObject({
  endpoint: z.enum(endpointNames).optional(),
  operatorId: z.int32().optional(),
  /** Fires from the nth matching call on, counted from 1 since the fault was ordered. */
  nth: z.int().min(1).optional(),
  /** Fires on a matching call with this probability. */
  probability: z.number().min(0).max(1).optional(),
});

const common = {
  match: matchSchema.default({}),
  /** How many calls it hits; without it one in a plan, five for a burst, and no end in the mix. */
  times: z.int().min(1).optional(),
};

const milliseconds = z.int().min(0);
const fault = <Kind extends string>(kind: Kind) => z.strictObject({ kind: z.literal(kind), ...common });

export const faultSchema = z.discriminatedUnion('kind', [
  // Before the request is processed: nothing is sold.
  /** Waits first. A client that hangs up meanwhile is not served. */
  fault('latency').extend({ ms: milliseconds }),
  fault('dropBefore'),
  fault('status500Before'),
  fault('status429'),
  fault('burst401'),
  /** The connection stays open and no answer ever comes. */
  fault('hang'),
  /** Waits first, then processes the request even when the client has given up. */
  fault('serverGoesOn').extend({ ms: milliseconds }),
  /** From this call on, the rate is multiplied: of one operator, or of all. */
  fault('priceMoved').extend({ factor: decimalTextSchema, operatorId: z.int32().optional() }),
  /** From this call on, every unpaid invoice is dearer by so many hundredths than it was at the start. */
  fault('invoicesMoved').extend({ surchargeX100: z.int().min(0).max(1_000_000) }),

  // While it is processed.
  /** Answers with this code; "10" makes a purchase succeed whose account says otherwise. */
  fault('resultCode').extend({ code: z.string().regex(/^-?\d{1,4}$/) }),
  /** The sale is done and charged, the answer says 991; of a revert, the money is back. */
  fault('lying991'),
  /** The answer says 990, and the sale is charged, or reverted, some time later. */
  fault('chargedAfter990').extend({ ms: milliseconds }),
  /** The sale or the revert is done, and its whole receipt, a sale's token included, comes under an `rc` that refuses. */
  fault('contradiction'),
  /** On a purchase: the details come later, after this many misses. On the query itself: 404 this time. */
  fault('lateAdditionalData').extend({ misses: missesSchema.default(2) }),

  // After it was processed: what was sold is sold.
  fault('dropAfter'),
  fault('status500After'),
  fault('late406'),
  fault('html502'),
  fault('empty200'),
  /** A complete HTTP answer with half of the JSON. */
  fault('truncatedJson'),
  /** Half of the announced bytes, then a reset connection. */
  fault('cutBody'),
  fault('slowDrip').extend({ intervalMs: milliseconds.default(20), chunkBytes: z.int().min(1).default(16) }),
  fault('endlessBody'),
  /** The right answer followed by blanks up to this size. */
  fault('hugeBody').extend({ bytes: z.int().min(1).max(1_073_741_824).default(33_554_432) }),
  fault('wrongTypes').extend({
    shape: z.enum(['numericResultcode', 'noExtraInfo', 'otherAdditionalData', 'garbled']).default('numericResultcode'),
  }),
]);

export type Fault = z.output<typeof faultSchema>;
export type FaultKind = Fault['kind'];
/** A fault as it is ordered: everything that has a default may be left out. */
export type FaultOrder = z.input<typeof faultSchema>;
export type FaultOf<Kind extends FaultKind> = Extract<Fault, { kind: Kind }>;

const onlyOnMoney: ReadonlySet<FaultKind> = new Set<FaultKind>(['lying991', 'chargedAfter990', 'contradiction']);

const concerns = (ordered: Fault, endpoint: EndpointName, operatorId: number | null): boolean => {
  const { match, kind } = ordered;
  if (match.endpoint !== undefined && match.endpoint !== endpoint) return false;
  if (match.operatorId !== undefined && match.operatorId !== operatorId) return false;
  if (onlyOnMoney.has(kind) && !endpoints[endpoint].movesMoney) return false;
  return kind !== 'lateAdditionalData' || endpoint === 'voucherAdditionalData' || endpoint === 'voucherPurchase';
};

type Entry = { fault: Fault; seen: number; left: number };

export type FaultPlan = {
  /** Appends to the ordered plan, which is asked before the mix. */
  plan: (...orders: FaultOrder[]) => void;
  /** Adds to the standing mix; give each a probability. */
  mix: (...orders: FaultOrder[]) => void;
  clear: () => void;
  read: () => { plan: Fault[]; mix: Fault[] };
  /** The fault that hits this call, if any: at most one a call. */
  pick: (endpoint: EndpointName, operatorId: number | null) => Fault | null;
};

/** Orders that do not parse throw a zod error and change nothing. */
export const createFaultPlan = (random: () => number): FaultPlan => {
  let planned: Entry[] = [];
  let mixed: Entry[] = [];
  const enter = (orders: FaultOrder[], defaultTimes: (kind: FaultKind) => number): Entry[] =>
    orders
      .map((order) => faultSchema.parse(order))
      .map((parsed) => ({ fault: parsed, seen: 0, left: parsed.times ?? defaultTimes(parsed.kind) }));
  return {
    plan: (...orders) => {
      planned = [...planned, ...enter(orders, (kind) => (kind === 'burst401' ? 5 : 1))];
    },
    mix: (...orders) => {
      mixed = [...mixed, ...enter(orders, () => Infinity)];
    },
    clear: () => {
      planned = [];
      mixed = [];
    },
    read: () => ({ plan: planned.map((entry) => entry.fault), mix: mixed.map((entry) => entry.fault) }),
    pick: (endpoint, operatorId) => {
      const concerned = [...planned, ...mixed].filter((entry) => concerns(entry.fault, endpoint, operatorId));
      for (const entry of concerned) entry.seen += 1;
      const hit = concerned.find(
        (entry) =>
          entry.seen >= (entry.fault.match.nth ?? 1) &&
          (entry.fault.match.probability === undefined || random() < entry.fault.match.probability),
      );
      if (!hit) return null;
      hit.left -= 1;
      if (hit.left === 0) {
        planned = planned.filter((entry) => entry !== hit);
        mixed = mixed.filter((entry) => entry !== hit);
      }
      return hit.fault;
    },
  };
};
