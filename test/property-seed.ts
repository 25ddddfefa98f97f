// Seeds every property. A run is repeatable: the same tree passes or fails alike on any machine. PROPERTY_SEED and PROPERTY_RUNS explore further.
import fc from 'fast-check';

const number = (name: string, otherwise: number): number => {
  const text = process.env[name];
  if (text === undefined) return otherwise;
  if (!/^\d+$/.test(text)) throw new Error(`${name} takes a whole number, not ${JSON.stringify(text)}`);
  return Number(text);
};

fc.configureGlobal({ seed: number('PROPERTY_SEED', 20_240_611), numRuns: number('PROPERTY_RUNS', 100) });
