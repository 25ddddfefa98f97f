// The supplier behind the server: clock, chance, catalogue, books and sales, handed to every endpoint family.
import type { Answer } from './answers.ts';
import type { BookKeeper } from './books.ts';
import type { Product } from './catalogue/product.ts';
import type { Debts } from './debts.ts';
import type { ConvertedParameters } from './endpoints.ts';
import type { Fault } from './faults.ts';
import type { Rate } from './prices.ts';
import type { Sales } from './sales.ts';
import type { Switches } from './switches.ts';

/** The products in force. */
export type Shelf = {
  /** What the catalogue shows. */
  listedProducts: () => readonly Product[];
  findProduct: (operatorId: number) => Product | null;
  /** The rate in force, moved prices included; null when the product cannot be converted. */
  rateOf: (product: Product) => Rate | null;
};

export type Simulation = Shelf & {
  terminalId: number;
  seed: number;
  /** Epoch milliseconds at which the simulator was started. */
  openedAt: number;
  now: () => number;
  random: () => number;
  /** Runs some work after a while, unless the simulator is closed first. */
  later: (ms: number, work: () => void) => void;
  switches: () => Switches;
  keeper: BookKeeper;
  sales: Sales;
  debts: Debts;
};

/** A request that has passed the gate, with its fault if that concerns what is answered. */
export type Call = {
  path: string;
  parameters: ConvertedParameters;
  body: unknown;
  fault: Fault | null;
};

/** Answers a call. Handlers are synchronous, so a sale is done as a whole or not at all. */
export type Handler = (call: Call, simulation: Simulation) => Answer;

/** A numeric placeholder of the path. Throws when the endpoint has none of that name, which is a bug. */
export const numberOf = (call: Call, name: string): number => {
  const value = call.parameters.numbers.get(name);
  if (value === undefined) throw new Error(`The path has no number ${name}`);
  return value;
};

/** A placeholder of the path that is text. Throws as `numberOf`. */
export const textOf = (call: Call, name: string): string => {
  const value = call.parameters.texts.get(name);
  if (value === undefined) throw new Error(`The path has no text ${name}`);
  return value;
};
