// Medians, percentiles and ratios of what was measured.

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
};

/** Of values in rising order, by the nearest rank. */
export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;

/** From an update's departure to its first call, in milliseconds. */
export type Waits = { readonly p50: number; readonly p95: number; readonly p99: number };

/** Of waits in rising order. */
export const waitsOf = (waits: readonly number[]): Waits => ({
  p50: percentile(waits, 0.5),
  p95: percentile(waits, 0.95),
  p99: percentile(waits, 0.99),
});

/**
 * How many times the second list's values the first one's are. `paired`: the median of the ratios of each round, whose two values were measured
 * within seconds; `least`: of the smallest values, those that the rest of the machine disturbed least.
 */
export const ratioOf = (
  these: readonly number[],
  those: readonly number[],
): { readonly paired: number; readonly least: number } => ({
  paired: median(these.map((value, round) => value / (those[round] ?? NaN))),
  least: Math.min(...these) / Math.min(...those),
});
