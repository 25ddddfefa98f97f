// A purchase, from its body to what was issued, and what the families that sell by it have of their own.
import { z } from 'zod';
import type { Receipt, Success } from './answers.ts';
import { orNull } from './body.ts';
import type { Family, Product, RequiredField } from './catalogue/product.ts';
import type { Fault } from './faults.ts';
import type { LateDetails } from './sales.ts';
import { numberOf } from './simulation.ts';
import type { Call, Simulation } from './simulation.ts';
import type { Switches } from './switches.ts';

/** What the body of a purchase says beyond amounts and date. Only bills have data by key and name invoices. */
export type Particulars = {
  fields: Readonly<Record<RequiredField, string | null>>;
  data: ReadonlyMap<string, string>;
  invoices: readonly string[];
};

/** A purchase as it was sent; what was left out, null or empty is null. */
export type SaleRequest = Particulars & {
  terminalId: number;
  operatorId: number;
  localReference: number;
  amountToSendX100: number | null;
  destinationAmountX100: number | null;
  localDateTime: string | null;
};

/** A purchase that may be sold, with its amounts worked out. */
export type SalePlan = {
  request: SaleRequest;
  localDateTime: string;
  product: Product;
  sendX100: number;
  /** Null when the product cannot be converted. */
  destinationX100: number | null;
  /** Hundredths of the balance currency, service fee included. */
  chargedX100: number;
};

/** What the buyer gets. The code is empty where there is none to give: top-ups and bills. */
export type Issued = { code: string; receipt: Receipt; late: LateDetails | null };

export type SaleFamily = {
  name: Family;
  /** Reads a purchase; null when the body is not what the endpoint can read (HTTP 400). */
  read: (call: Call) => SaleRequest | null;
  /** True when something is missing beyond the fields that the product requires (517). */
  isIncomplete: (request: SaleRequest, product: Product) => boolean;
  /** The line, login or contract that a purchase is for. */
  accountOf: (request: SaleRequest, product: Product) => string | null;
  /** A code against an amount that is on sale, or null. */
  objectionTo: (
    request: SaleRequest & { localDateTime: string },
    product: Product,
    sendX100: number,
    simulation: Simulation,
  ) => string | null;
  /** The code that a purchase comes to which nothing stands against. */
  outcomeOf: (request: SaleRequest, product: Product, switches: Switches) => string;
  /** The same identity gives the same codes and references. */
  issue: (plan: SalePlan, identity: string, fault: Fault | null, simulation: Simulation) => Issued;
  /** Takes a charged sale off what is owed, and tells which invoices it has paid. */
  clear: (plan: SalePlan, simulation: Simulation) => readonly string[];
  /** How a sale that was done is shown: its code, and a text instead of the code's own. */
  success: (switches: Switches) => Success & { code: '0' | '10' };
};

/** What most families have. */
export const plainFamily = {
  isIncomplete: () => false,
  objectionTo: () => null,
  accountOf: ({ fields }: SaleRequest) => fields.account,
  clear: () => [],
  success: () => ({ code: '10', message: null }),
} as const satisfies Partial<SaleFamily>;

export const noParticulars: Particulars = {
  fields: { account: null, receiverEmail: null, documentNumber: null, dynamicProductId: null },
  data: new Map(),
  invoices: [],
};

const commonBody = {
  amountToSendX100: z.int32().nullish(),
  destinationAmountX100: z.int32().nullish(),
  localDateTime: z.string().nullish(),
};

/** The schema of a purchase with some fields of its own. */
export const saleBody = <Own extends z.ZodRawShape>(own: Own) => z.object({ ...commonBody, ...own });

type CommonBody = z.output<z.ZodObject<typeof commonBody>>;

/** The reader of a family, from its schema and what it takes of a body. */
export const readerOf =
  <Body extends CommonBody>(schema: z.ZodType<Body>, pick: (body: Body) => Partial<Particulars>): SaleFamily['read'] =>
  (call) => {
    const parsed = schema.safeParse(call.body);
    if (!parsed.success) return null;
    const { amountToSendX100, destinationAmountX100, localDateTime } = parsed.data;
    return {
      terminalId: numberOf(call, 'terminalId'),
      operatorId: numberOf(call, 'operatorId'),
      localReference: numberOf(call, 'localReference'),
      amountToSendX100: amountToSendX100 ?? null,
      destinationAmountX100: destinationAmountX100 ?? null,
      localDateTime: orNull(localDateTime),
      ...noParticulars,
      ...pick(parsed.data),
    };
  };
