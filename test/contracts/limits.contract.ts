// What every limit has to do, whoever counts: exactly so many in a window, and one who is told.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Excess, Limit, LimitName, RateLimit } from '../../src/app/ports/limits.ts';

/** A limit of its own for each call. `pass` lets time go by, as far as the limit can tell. */
export type LimitsHarness = {
  open(name: LimitName, limit: RateLimit): Limit;
  pass(milliseconds: number): Promise<void>;
  /** How many random floods are tried. */
  readonly runs: number;
};

const countMany = (limit: Limit, id: number, times: number): Promise<readonly (Excess | null)[]> =>
  Promise.all(Array.from({ length: times }, () => limit.countUpdate(id)));
const admitted = (counts: readonly (Excess | null)[]): number => counts.filter((excess) => excess === null).length;

export const describeLimits = (where: string, { open, pass, runs }: LimitsHarness): void => {
  describe(`limits in ${where}`, () => {
    it.each<[LimitName, number]>([
      ['user', 40],
      ['user', 1],
      ['chat', 7],
      ['bot', 40],
      ['bot', 3],
    ])('of a %s let exactly %i through in a window, all at once or one by one', async (name, points) => {
      const limit = open(name, { points, seconds: 1 });
      expect(admitted(await countMany(limit, 1, points + 10))).toBe(points);
      expect(await limit.countUpdate(1)).toMatchObject({ first: false });
      await pass(1_050);
      let through = 0;
      for (let count = 0; count < points + 3; count += 1) if ((await limit.countUpdate(1)) === null) through += 1;
      expect(through).toBe(points);
    });

    it.each<LimitName>(['user', 'chat'])('of a %s name the first one over them, once a window', async (name) => {
      const limit = open(name, { points: 8, seconds: 1 });
      const firsts = async (): Promise<number> => (await countMany(limit, 1, 30)).filter((excess) => excess?.first).length;
      expect([await firsts(), await firsts()]).toEqual([1, 0]);
      await pass(1_050);
      expect([await firsts(), await firsts()]).toEqual([1, 0]);
    });

    it('say how much of the window is left', async () => {
      const limit = open('user', { points: 1, seconds: 3 });
      await limit.countUpdate(1);
      await pass(500);
      const endsIn = (await limit.countUpdate(1))?.endsIn ?? 0;
      expect(endsIn).toBeGreaterThan(1_000);
      expect(endsIn).toBeLessThanOrEqual(2_500);
    });

    it('count everybody apart', async () => {
      const limit = open('user', { points: 4, seconds: 1 });
      await countMany(limit, 1, 50);
      expect(admitted(await countMany(limit, 2, 4))).toBe(4);
      expect(admitted(await countMany(limit, -100_500, 4))).toBe(4);
    });

    it('never let more than twice the limit through in any span as long as the window, whatever comes when', async () => {
      const step = fc.record({ updates: fc.integer({ min: 0, max: 15 }), gap: fc.integer({ min: 0, max: 500 }) });
      const floods = fc.array(step, { minLength: 3, maxLength: 6 });
      await fc.assert(
        fc.asyncProperty(floods, fc.constantFrom<LimitName>('user', 'bot'), async (flood, name) => {
          const limit = open(name, { points: 8, seconds: 1 });
          const moments: number[] = [];
          for (const { updates, gap } of flood) {
            const through = admitted(await countMany(limit, 1, updates));
            const now = Date.now();
            moments.push(...Array.from({ length: through }, () => now));
            await pass(gap);
          }
          for (const start of moments) {
            expect(moments.filter((moment) => moment >= start && moment < start + 1_000).length).toBeLessThanOrEqual(16);
          }
        }),
        { numRuns: runs },
      );
    });
  });
};
