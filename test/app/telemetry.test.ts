// Several who look at the same work: each sees all of it, and a single one stands in nobody's way.
import { describe, expect, it } from 'vitest';
import { measurePhases } from '../../src/adapters/sql/measure-phases.ts';
import type { Fact, Telemetry } from '../../src/app/ports/telemetry.ts';
import { combineTelemetries, silent } from '../../src/app/telemetry.ts';

const createSeer = (name: string, seen: string[]): Telemetry => ({
  measure: async (work, run, outcomeOf) => {
    seen.push(`${name} begins ${work.kind}`);
    try {
      const value = await run();
      seen.push(`${name} ends ${outcomeOf(value)}`);
      return value;
    } catch (error) {
      seen.push(`${name} ends failed`);
      throw error;
    }
  },
  note: ({ kind }) => void seen.push(`${name} notes ${kind}`),
  reading: () => 42,
});

const work = { kind: 'job', queue: 'orders', id: null } as const;
const conflict: Fact = { kind: 'sessionConflict' };

describe('telemetry', () => {
  it('is the one itself when there is one, and silent when there is none', () => {
    const seer = createSeer('a', []);
    expect(combineTelemetries([seer])).toBe(seer);
    expect(combineTelemetries([])).toBe(silent);
  });

  it('lets work pass when nobody looks', async () => {
    expect(
      await silent.measure(
        work,
        () => Promise.resolve(1),
        () => 'done',
      ),
    ).toBe(1);
    await expect(
      silent.measure(
        work,
        () => Promise.reject(new Error('lost')),
        () => 'done',
      ),
    ).rejects.toThrow('lost');
  });

  it('shows work and facts to all, the first on the outside, and does the work once', async () => {
    const seen: string[] = [];
    const all = combineTelemetries(['a', 'b', 'c'].map((name) => createSeer(name, seen)));
    let runs = 0;
    expect(
      await all.measure(
        work,
        () => Promise.resolve((runs += 1)),
        (count) => `run ${count}`,
      ),
    ).toBe(1);
    all.note(conflict);
    expect(seen).toEqual([
      ...['a', 'b', 'c'].map((name) => `${name} begins job`),
      ...['c', 'b', 'a'].map((name) => `${name} ends run 1`),
      ...['a', 'b', 'c'].map((name) => `${name} notes sessionConflict`),
    ]);
    expect(all.reading()).toBe(42);
    seen.length = 0;
    await expect(
      all.measure(
        work,
        () => Promise.reject(new Error('lost')),
        () => 'done',
      ),
    ).rejects.toThrow('lost');
    expect(seen.slice(3)).toEqual(['c', 'b', 'a'].map((name) => `${name} ends failed`));
  });
});

describe('the phases of a ledger', () => {
  it('are measured under the name of the operation, and change nothing of it', async () => {
    const phases: string[] = [];
    const telemetry: Pick<Telemetry, 'measure'> = {
      measure: (measured, run) => {
        phases.push(measured.kind === 'databasePhase' ? measured.phase : 'something else');
        return run();
      },
    };
    const ledger = {
      balance: 5,
      pay(amount: number): Promise<number> {
        return Promise.resolve((this.balance += amount));
      },
      refuse: (): Promise<never> => Promise.reject(new Error('no')),
    };
    const measured = measurePhases(ledger, telemetry);
    expect(await measured.pay(3)).toBe(8);
    expect(ledger.balance).toBe(8);
    expect(await { ...measured }.pay(1)).toBe(9);
    await expect(measured.refuse()).rejects.toThrow('no');
    expect(phases).toEqual(['pay', 'pay', 'refuse']);
  });
});
