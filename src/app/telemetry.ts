// What stands behind the telemetry port when nobody looks, and when several do.
import type { Telemetry } from './ports/telemetry.ts';

/** Nobody looks: the work runs, and nothing else happens. */
export const silent: Telemetry = {
  measure: (_work, run) => run(),
  note: () => undefined,
  reading: () => 0,
};

const both = (outer: Telemetry, inner: Telemetry): Telemetry => ({
  measure: (work, run, outcomeOf) => outer.measure(work, () => inner.measure(work, run, outcomeOf), outcomeOf),
  note: (fact) => {
    outer.note(fact);
    inner.note(fact);
  },
  reading: outer.reading,
});

/** All of them look. A single one is given as it is: every update passes here. */
export const combineTelemetries = (all: readonly Telemetry[]): Telemetry => {
  const [first, ...others] = all;
  return first === undefined ? silent : others.reduce(both, first);
};
