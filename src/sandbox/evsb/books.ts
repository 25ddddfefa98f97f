// What really happened: the balance, every request, every sale that was honoured or refused. Tests assert on these.
import type { Family } from './catalogue/product.ts';
import type { EndpointName } from './endpoints.ts';
import type { FaultKind } from './faults.ts';

/** A request as it was seen. Neither the password nor the salted hash is kept. */
export type SeenRequest = {
  method: string;
  path: string;
  endpoint: EndpointName | null;
  /** The status that was answered; null while nothing was, or when the answer was lost on purpose. */
  status: number | null;
  fault: FaultKind | null;
  /** Epoch milliseconds of the supplier's clock. */
  at: number;
};

/** A sale that was charged. */
export type HonouredSale = {
  family: Family;
  terminalId: number;
  operatorId: number;
  localReference: number;
  localDateTime: string;
  amountToSendX100: number;
  /** Hundredths of the balance currency, fee included: what the balance lost. */
  chargedX100: number;
  /** The sale currency, in which `amountToSendX100` is. */
  currency: string;
  destinationAmountX100: number | null;
  destinationCurrency: string;
  /** The line, login or contract that it was for. */
  account: string | null;
  /** The item of a dynamic product. */
  dynamicProductId: string | null;
  /** The invoices of a bill that were paid with it, wholly or to their end. */
  invoices: readonly string[];
  /** The code or PIN that the buyer must get; empty where there is none to give: top-ups and bills. */
  code: string;
  supplierreference: string;
  suppliertoken: string;
  at: number;
};

/** A sale that was reverted. `localReference` and `supplierreference` are the revert's own. */
export type RevertedSale = {
  terminalId: number;
  operatorId: number;
  localReference: number;
  originalLocalReference: number;
  amountToSendX100: number;
  /** Hundredths of the balance currency, fee included: what the balance got back. */
  returnedX100: number;
  supplierreference: string;
  at: number;
};

/** A purchase that was answered with a failure. The code is null for failures that carry none. */
export type RefusedSale = { terminalId: number; operatorId: number; localReference: number; code: string | null; at: number };

/** A live reading: the arrays and numbers change as requests arrive. */
export type Books = {
  readonly balanceCurrency: string;
  readonly openingBalanceX100: number;
  readonly balanceX100: number;
  /** The last requests, oldest first. */
  readonly requests: readonly SeenRequest[];
  /** All requests ever seen, also those that are no longer kept. */
  readonly requestCount: number;
  readonly honoured: readonly HonouredSale[];
  readonly refused: readonly RefusedSale[];
  readonly reverted: readonly RevertedSale[];
};

export type BookKeeper = {
  books: Books;
  see: (request: SeenRequest) => void;
  charge: (sale: HonouredSale) => void;
  refuse: (sale: RefusedSale) => void;
  giveBack: (sale: RevertedSale) => void;
};

/** Enough for any test, and a bound for a sandbox that runs for weeks. */
const requestsKept = 20_000;

export const openBooks = (balanceCurrency: string, openingBalanceX100: number): BookKeeper => {
  let balanceX100 = openingBalanceX100;
  let requestCount = 0;
  const requests: SeenRequest[] = [];
  const honoured: HonouredSale[] = [];
  const refused: RefusedSale[] = [];
  const reverted: RevertedSale[] = [];
  return {
    books: {
      balanceCurrency,
      openingBalanceX100,
      get balanceX100() {
        return balanceX100;
      },
      get requestCount() {
        return requestCount;
      },
      requests,
      honoured,
      refused,
      reverted,
    },
    see: (request) => {
      requestCount += 1;
      requests.push(request);
      if (requests.length > requestsKept) requests.splice(0, requestsKept / 2);
    },
    charge: (sale) => {
      balanceX100 -= sale.chargedX100;
      honoured.push(sale);
    },
    refuse: (sale) => refused.push(sale),
    giveBack: (sale) => {
      balanceX100 += sale.returnedX100;
      reverted.push(sale);
    },
  };
};
