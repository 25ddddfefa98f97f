// The register of references: which are used, by a sale or a revert, which token opens which details, what Transaction Info may tell.
import type { Answer, ExtraInfo } from './answers.ts';
import type { HonouredSale, RevertedSale } from './books.ts';
import type { Misses } from './switches.ts';

/** Details that are not in the purchase answer, and how many queries find nothing before they appear. */
export type LateDetails = { extraInfo: ExtraInfo; misses: Misses; queries: number };

/** What every use of a reference leaves behind. */
export type Use = {
  terminalId: number;
  operatorId: number;
  localReference: number;
  /** `yyyyMMdd` of the client's `localDateTime`. */
  localDay: string;
  /** `yyyyMMdd` of the supplier's clock in UTC. */
  serverDay: string;
  /** Epoch milliseconds of the answer. */
  at: number;
  /** The code that was answered. The money can move whatever was answered. */
  code: string;
  answer: Answer;
};

export type Sale = Use & {
  kind: 'sale';
  /** What was charged, once it was. */
  moved: HonouredSale | null;
  /** The details that wait for a query; they only open once the sale is charged. */
  late: LateDetails | null;
  isReverted: boolean;
};

export type Revert = Use & {
  kind: 'revert';
  /** What came back, once it did. */
  moved: RevertedSale | null;
};

export type Entry = Sale | Revert;

export type Sales = {
  /** The earlier use of the same terminal, reference and day, if there is one. */
  earlier: (terminalId: number, localReference: number, localDay: string) => Entry | null;
  /** How often a reference was used on a terminal, on any day. */
  countOf: (terminalId: number, localReference: number) => number;
  add: (entry: Entry) => void;
  /** All uses of a reference, oldest first. */
  ofReference: (terminalId: number, localReference: number) => readonly Entry[];
  ofToken: (suppliertoken: string) => Sale | null;
  /** Indexes a sale by its token, once it is charged. */
  indexToken: (sale: Sale, suppliertoken: string) => void;
};

/** The day of a date and time, as Transaction Info writes it: `yyyyMMdd`. */
export const dayOf = (dateTime: string): string => dateTime.slice(0, 10).replaceAll('-', '');

export const openSales = (): Sales => {
  const byReference = new Map<string, Entry[]>();
  const byToken = new Map<string, Sale>();
  const ofReference = (terminalId: number, localReference: number): readonly Entry[] =>
    byReference.get(`${terminalId}:${localReference}`) ?? [];
  return {
    ofReference,
    earlier: (terminalId, localReference, localDay) =>
      ofReference(terminalId, localReference).find((entry) => entry.localDay === localDay) ?? null,
    countOf: (terminalId, localReference) => ofReference(terminalId, localReference).length,
    add: (entry) => {
      const { terminalId, localReference } = entry;
      byReference.set(`${terminalId}:${localReference}`, [...ofReference(terminalId, localReference), entry]);
    },
    ofToken: (suppliertoken) => byToken.get(suppliertoken) ?? null,
    indexToken: (sale, suppliertoken) => byToken.set(suppliertoken, sale),
  };
};
