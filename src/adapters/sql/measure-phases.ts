// The ledger, with every operation measured under its own name, so that none can be forgotten.
import type { Telemetry } from '../../app/ports/telemetry.ts';

const done = (): string => 'ok';

/** All that the object offers are functions that give promises. */
export const measurePhases = <Ledger extends object>(ledger: Ledger, telemetry: Pick<Telemetry, 'measure'>): Ledger => {
  const measured = new Map<string | symbol, unknown>();
  const measure = (phase: string, operation: unknown): unknown => {
    if (typeof operation !== 'function') return operation;
    const run = (...given: readonly unknown[]): Promise<unknown> =>
      telemetry.measure(
        { kind: 'databasePhase', phase },
        async () => (await Reflect.apply(operation, ledger, given)) as unknown,
        done,
      );
    return run;
  };
  return new Proxy(ledger, {
    get: (target, name, receiver) => {
      const operation: unknown = Reflect.get(target, name, receiver);
      if (typeof name === 'symbol') return operation;
      if (!measured.has(name)) measured.set(name, measure(name, operation));
      return measured.get(name);
    },
  });
};
