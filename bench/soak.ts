// `npm run bench:soak`: many updates of many chats, to see that memory stays flat and that nothing is left behind. Fails when it does not.
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { inArena } from './arena.ts';
import type { Arena } from './arena.ts';
import { settingsIn } from './contender.ts';
import type { Contender } from './contender.ts';
import type { Look } from './contenders/probe.ts';
import { median } from './statistics.ts';
import { megabytes, tableOf } from './table.ts';
import { createLoad, faultsOf } from './world/load.ts';

const { values } = parseArgs({
  options: {
    updates: { type: 'string', default: '100000' },
    chats: { type: 'string', default: '10000' },
    'in-flight': { type: 'string', default: '50' },
    samples: { type: 'string', default: '20' },
    set: { type: 'string', multiple: true, default: [] },
  },
});

const MB = 1024 * 1024;
/** What the process may take once the load has gone, from the design. */
const MOST_RSS = 200 * MB;
/** What the heap's median of the last quarter may be above that of the second; the first quarter is still warming up. */
const HEAP_GROWTH = 2 * MB;
/** How many times its peak in the first half the process's peak in the second may be: the runtime takes memory as the load comes and gives it back late. */
const PEAK_GROWTH = 1.1;
/** Kept-alive connections go when nobody uses them; after that nothing is left but what was there before. Milliseconds. */
const SETTLED_WITHIN = 60_000;

/** What keeps a process busy, without what comes and goes with its own work in the background. */
const leftBehind = (before: Look, after: Look): readonly string[] => [
  ...Object.entries(after.resources).flatMap(([kind, count]) => {
    const had = before.resources[kind] ?? 0;
    return count > had ? [`${count} of ${kind}, ${had} before`] : [];
  }),
  ...(after.listeners > before.listeners ? [`${after.listeners} listeners of the process, ${before.listeners} before`] : []),
];

/** Looks until nothing more is there than before, or gives what stays. */
const settle = async (contender: Contender, before: Look): Promise<{ readonly last: Look; readonly left: readonly string[] }> => {
  const deadline = performance.now() + SETTLED_WITHIN;
  for (;;) {
    const last = await contender.look();
    const left = leftBehind(before, last);
    if (left.length === 0 || performance.now() > deadline) return { last, left };
    await wait(1_000);
  }
};

const run = async (arena: Arena): Promise<readonly string[]> => {
  const [samples, inFlight] = [Number(values.samples), Number(values['in-flight'])];
  const { contender, webhook } = await arena.enter('bot', settingsIn(values.set));
  await wait(2_000);
  const before = await contender.look();
  const chats = { first: 1_000_000, count: Number(values.chats) };
  const load = createLoad({ telegram: arena.telegram, webhooks: [webhook], chats });
  const faults: string[] = [];
  const looks: Look[] = [];
  let sent = 0;
  const begun = performance.now();
  for (let sample = 0; sample < samples; sample++) {
    const stretch = await load.closed({ inFlight, updates: Math.round(Number(values.updates) / samples) });
    faults.push(...faultsOf(`sample ${sample + 1}`, stretch));
    sent += stretch.updates;
    const look = await contender.look();
    looks.push(look);
    process.stderr.write(`${sent} updates: ${megabytes(look.rss)} MB, of which heap ${megabytes(look.heapUsed)} MB\n`);
  }
  const seconds = (performance.now() - begun) / 1_000;
  load.close();
  const { last, left } = await settle(contender, before);

  const quarter = (which: number, of: (look: Look) => number): number =>
    median(looks.slice(((which - 1) * samples) / 4, (which * samples) / 4).map(of));
  const lines = [1, 2, 3, 4].map((which) => {
    const rss = quarter(which, (look) => look.rss);
    const heap = quarter(which, ({ heapUsed }) => heapUsed);
    return [`quarter ${which}`, megabytes(rss), (heap / MB).toFixed(1)] as const;
  });
  process.stdout.write(
    `${tableOf(
      ['median', 'memory (rss), MB', 'heap after a collection, MB'],
      [
        ['before the load', megabytes(before.rss), (before.heapUsed / MB).toFixed(1)],
        ...lines,
        ['after the load', megabytes(last.rss), (last.heapUsed / MB).toFixed(1)],
      ],
    )}\n\n${sent.toLocaleString('en')} updates of ${values.chats} chats in ${seconds.toFixed(0)} s.\n` +
      `Kept open before: ${JSON.stringify(before.resources)}; after: ${JSON.stringify(last.resources)}\n`,
  );
  const heapGrowth = quarter(4, ({ heapUsed }) => heapUsed) - quarter(2, ({ heapUsed }) => heapUsed);
  const peak = (from: number, to: number): number => Math.max(...looks.slice(from * samples, to * samples).map(({ rss }) => rss));
  const peakGrowth = peak(0.5, 1) / peak(0, 0.5);
  return [
    ...faults,
    ...left.map((what) => `left behind: ${what}`),
    ...last.warnings.map((warning) => `warned: ${warning}`),
    ...(heapGrowth > HEAP_GROWTH ? [`the heap grew by ${(heapGrowth / MB).toFixed(1)} MB in the second half`] : []),
    ...(peakGrowth > PEAK_GROWTH
      ? [`the process's peak in the second half was ${peakGrowth.toFixed(2)} times that in the first`]
      : []),
    ...(last.rss > MOST_RSS ? [`${megabytes(last.rss)} MB were taken after the load, more than ${megabytes(MOST_RSS)}`] : []),
  ];
};

process.exitCode = await inArena(run);
