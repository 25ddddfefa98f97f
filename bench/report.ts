// The figures of a run as a table, and whether the targets are met.
import type { Figures } from './bench.ts';
import type { ContenderName } from './contender.ts';
import { ratioOf } from './statistics.ts';
import { megabytes, milliseconds, tableOf } from './table.ts';
import type { Line } from './table.ts';

/** The most that the bot's processor time an update may be of the contender's. */
const TARGETS = { floor: 1.25, grammy: 0.55 } as const satisfies Partial<Record<ContenderName, number>>;

/** One column a contender; `inFlight` and `perSecond` as in the run. */
export const tableOfFigures = (figures: readonly Figures[], inFlight: number, perSecond: number): string => {
  const line = (what: string, of: (figure: Figures) => string): Line => [what, ...figures.map(of)];
  return tableOf(
    ['median of the rounds', ...figures.map(({ name }) => name)],
    [
      line('updates/s, saturated', ({ saturated }) => saturated.updatesPerSecond.toFixed(0)),
      line('processor time per 1,000 updates, ms', ({ saturated }) => saturated.cpu.toFixed(0)),
      line('the least of a round, ms', ({ cpuOfEachRound }) => Math.min(...cpuOfEachRound).toFixed(0)),
      line('the most of a round, ms', ({ cpuOfEachRound }) => Math.max(...cpuOfEachRound).toFixed(0)),
      line('its Redis, per 1,000 updates, ms', ({ saturated }) => saturated.redisCpu.toFixed(0)),
      line('load and stand-ins, per 1,000 updates, ms', ({ saturated }) => saturated.worldCpu.toFixed(0)),
      line('event loop busy, %', ({ saturated }) => (saturated.busy * 100).toFixed(0)),
      line(`to the first call at ${inFlight} in flight, p50 ms`, ({ saturated }) => milliseconds(saturated.waits.p50)),
      line('the same, p95 ms', ({ saturated }) => milliseconds(saturated.waits.p95)),
      line('the same, p99 ms', ({ saturated }) => milliseconds(saturated.waits.p99)),
      line(`to the first call at ${perSecond} updates/s, p50 ms`, ({ openWaits }) => milliseconds(openWaits.p50)),
      line('the same, p95 ms', ({ openWaits }) => milliseconds(openWaits.p95)),
      line('the same, p99 ms', ({ openWaits }) => milliseconds(openWaits.p99)),
      line('memory (rss), MB', ({ rss }) => megabytes(rss)),
      line('heap after a collection, MB', ({ heapUsed }) => megabytes(heapUsed)),
      line('Redis round trips per update', ({ redisRoundTrips }) => redisRoundTrips.toFixed(2)),
      line('calls out per update', ({ callsOut }) => callsOut.toFixed(2)),
      line('calls in the answer to the update', ({ callsCarried }) => callsCarried.toFixed(2)),
      line('start to webhook set, ms', ({ startedIn }) => startedIn.toFixed(0)),
      line('updates sent', ({ updates }) => updates.toLocaleString('en')),
    ],
  );
};

/** A line for each target whose contender ran. */
export const ratiosOfFigures = (figures: readonly Figures[]): readonly string[] => {
  const of = (name: string): readonly number[] => figures.find((figure) => figure.name === name)?.cpuOfEachRound ?? [];
  const bot = of('bot');
  return Object.entries(TARGETS).flatMap(([name, target]) => {
    const other = of(name);
    if (bot.length === 0 || other.length === 0) return [];
    const { paired, least } = ratioOf(bot, other);
    const verdict = paired <= target ? 'met' : 'not met';
    return [
      `processor time, bot/${name}: ${paired.toFixed(2)} in the median round, ${least.toFixed(2)} by the least of each; target ${target}: ${verdict}`,
    ];
  });
};
