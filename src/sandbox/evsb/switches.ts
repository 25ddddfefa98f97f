// What the simulator can be told to do differently while it runs, and what it does when it is told nothing.
import { z } from 'zod';

/** Queries for a voucher's details that are answered 404 before the details appear. */
export const missesSchema = z.union([z.int().min(0), z.literal('never')]);
export type Misses = z.infer<typeof missesSchema>;

export const decimalTextSchema = z.string().regex(/^(?!0+(\.0+)?$)\d{1,12}(\.\d{1,12})?$/);

export const switchesSchema = z.strictObject({
  /** The status of a bad user, hash or salt: both were documented. */
  authFailureStatus: z.union([z.literal(401), z.literal(500)]),
  pingNeedsAuthentication: z.boolean(),
  /** `evsb`: 10 or -1. `evsbCode`: 10 or the failure's own code. `docs`: always 0. */
  finalstatusProfile: z.enum(['evsb', 'evsbCode', 'docs']),
  messageLanguage: z.enum(['es', 'en']),
  /** The root `rc` of a business failure: -1 in everything seen so far, any other non-zero value is possible. */
  failureRc: z.int32().refine((value) => value !== 0),
  /** How long a sale stays invisible to Transaction Info, in milliseconds. */
  infoDelayMs: z.int().min(0),
  /** Whether Transaction Info tells the code of a failed sale; otherwise it answers 900 for ever. */
  infoReportsFailures: z.boolean(),
  /** Whether Transaction Info knows the reference of a revert. Nobody has seen what it answers; 900 is what a client must survive. */
  infoShowsReverts: z.boolean(),
  /** The calendar of Transaction Info's date: that of `localDateTime`, or the server's own in UTC. */
  infoCalendar: z.enum(['local', 'utc']),
  duplicateMode: z.enum(['reject', 'replay', 'double-sell']),
  /** Further misses of every voucher whose details come later, on top of the product's own. */
  additionalDataMisses: missesSchema,
  /** The delivery of dummy 9994 and of the other products that draw it for each sale. */
  drawnBranch: z.enum(['random', 'immediate', 'deferred']),
  drawnMisses: z.union([z.literal('random'), missesSchema]),
  dummy9995Details: z.enum(['reliable', 'random']),
  /** What dummy 9992 owes for an account whose ending stands for nothing. */
  dummy9992Other: z.enum(['open', 'nothing']),
  /** The code of a bill that was paid: both were documented. */
  billSuccessCode: z.enum(['10', '0']),
  /** Hundredths that every unpaid invoice has become dearer by; changed between two queries, it makes their amounts differ. */
  invoiceSurchargeX100: z.int().min(0).max(1_000_000),
  /** Which products take their outcome from the last three characters of an account that was sent. */
  suffixRule: z.enum(['all', 'dummies']),
  dummiesListed: z.boolean(),
  /** `missing404` and `missing500` are the two ways in which a terminal shows that it has no price endpoints. */
  priceEndpoints: z.enum(['served', 'missing404', 'missing500']),
  /** Decimal factors on the exchange rate, by operator id; the key `*` is for all others. */
  rateFactors: z.record(z.string().regex(/^(\d+|\*)$/), decimalTextSchema),
  /** Milliseconds that the supplier's clock is ahead of ours (negative: behind). */
  clockSkewMs: z.int(),
});

export type Switches = z.infer<typeof switchesSchema>;

const defaultSwitches: Switches = {
  authFailureStatus: 401,
  pingNeedsAuthentication: true,
  finalstatusProfile: 'evsb',
  messageLanguage: 'es',
  failureRc: -1,
  infoDelayMs: 60_000,
  infoReportsFailures: false,
  infoShowsReverts: false,
  infoCalendar: 'local',
  duplicateMode: 'reject',
  additionalDataMisses: 0,
  drawnBranch: 'random',
  drawnMisses: 'random',
  dummy9995Details: 'reliable',
  dummy9992Other: 'open',
  billSuccessCode: '10',
  invoiceSurchargeX100: 0,
  suffixRule: 'all',
  dummiesListed: true,
  priceEndpoints: 'served',
  rateFactors: {},
  clockSkewMs: 0,
};

export type SwitchBoard = {
  read: () => Switches;
  /** Changes some switches. Throws a zod error when a name or a value is unknown; nothing has changed then. */
  change: (patch: object) => void;
};

export const createSwitchBoard = (initial: Partial<Switches>): SwitchBoard => {
  let current = switchesSchema.parse({ ...defaultSwitches, ...initial });
  return {
    read: () => current,
    change: (patch) => {
      current = switchesSchema.parse({ ...current, ...patch });
    },
  };
};
