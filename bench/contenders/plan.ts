// What the plain contenders are told, as the JSON of their one argument.

export type Plan = {
  readonly port: number;
  readonly path: string;
  readonly secret: string;
  readonly token: string;
  /** Roots, without a slash at the end. */
  readonly telegram: string;
  readonly supplier: string;
  readonly redis: string;
};

export const readPlan = (): Plan => JSON.parse(process.argv[2] ?? '') as Plan;
