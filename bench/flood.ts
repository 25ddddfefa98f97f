// `npm run bench:flood`: what one user's flood costs the others. Stretches with and without it alternate; fails when the others wait too much longer.
import { parseArgs } from 'node:util';
import pLimit from 'p-limit';
import { inArena } from './arena.ts';
import type { Arena } from './arena.ts';
import { median, percentile, waitsOf } from './statistics.ts';
import type { Waits } from './statistics.ts';
import { milliseconds, tableOf } from './table.ts';
import { startFlood } from './world/flood.ts';
import { createLoad, faultsOf } from './world/load.ts';
import type { Load } from './world/load.ts';

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '4' },
    /** Updates a second: of the flood, and of all others together. */
    flood: { type: 'string', default: '100' },
    others: { type: 'string', default: '200' },
    chats: { type: 'string', default: '2100' },
    /** As many as the bot asks Telegram for: the flood and the others share them. */
    connections: { type: 'string', default: '40' },
    /** As RATE_LIMIT_USER; the bot's own default unless given. */
    limit: { type: 'string', default: '' },
  },
});

/** How many times their usual p99 the others may wait. */
const TARGET = 1.2;
const FLOODER = 7;
const FIRST_CHAT = 1_000_000;

type Stretches = { readonly waits: number[]; readonly each: Waits[] };

const run = async (arena: Arena): Promise<readonly string[]> => {
  const [seconds, perSecond] = [Number(values.seconds), Number(values.others)];
  // What the measured limits are is the product's affair.
  const { webhook } = await arena.enter('bot', { RATE_LIMIT_USER: values.limit, RATE_LIMIT_CHAT: '' });
  const connections = pLimit(Number(values.connections));
  const load: Load = createLoad({
    telegram: arena.telegram,
    webhooks: [webhook],
    connections,
    chats: { first: FIRST_CHAT, count: Number(values.chats) },
  });
  const faults = [
    ...faultsOf('start', await load.stagger(20)),
    ...faultsOf('warm-up', await load.open({ perSecond, seconds: 5 })),
  ];
  const statuses = new Map<string, number>();

  const quiet: Stretches = { waits: [], each: [] };
  const flooded: Stretches = { waits: [], each: [] };
  const measure = async ({ waits, each }: Stretches): Promise<void> => {
    const stretch = await load.open({ perSecond, seconds });
    faults.push(...faultsOf(`pair ${each.length + 1}`, stretch));
    waits.push(...stretch.waits);
    each.push(waitsOf(stretch.waits));
  };
  const measureFlooded = async (): Promise<void> => {
    const flood = startFlood({ telegram: arena.telegram, webhook, chat: FLOODER, perSecond: Number(values.flood), connections });
    await measure(flooded);
    for (const [status, times] of await flood.stop()) statuses.set(status, (statuses.get(status) ?? 0) + times);
  };
  for (let pair = 0; pair < Number(values.pairs); pair++) {
    // Whatever gets better or worse with time does so for both.
    for (const next of pair % 2 === 0 ? [() => measure(quiet), measureFlooded] : [measureFlooded, () => measure(quiet)])
      await next();
    process.stderr.write(
      `pair ${pair + 1}: p99 ${milliseconds(quiet.each.at(-1)?.p99 ?? NaN)} ms, beside the flood ${milliseconds(flooded.each.at(-1)?.p99 ?? NaN)} ms\n`,
    );
  }
  load.close();

  const medianP99 = ({ each }: Stretches): number => median(each.map(({ p99 }) => p99));
  const pooled = ({ waits }: Stretches, share: number): string =>
    milliseconds(
      percentile(
        waits.toSorted((a, b) => a - b),
        share,
      ),
    );
  const line = (what: string, of: (stretches: Stretches) => string): readonly [string, string, string] => [
    what,
    of(quiet),
    of(flooded),
  ];
  const ratio = medianP99(flooded) / medianP99(quiet);
  const verdict = ratio <= TARGET ? 'met' : 'not met';
  process.stdout.write(
    `${tableOf(
      ['the others, to their first call', 'alone', 'beside the flood'],
      [
        line('updates', ({ waits }) => waits.length.toLocaleString('en')),
        line('p50 of all, ms', (stretches) => pooled(stretches, 0.5)),
        line('p95 of all, ms', (stretches) => pooled(stretches, 0.95)),
        line('p99 of all, ms', (stretches) => pooled(stretches, 0.99)),
        line('p99, median of the stretches, ms', (stretches) => milliseconds(medianP99(stretches))),
      ],
    )}\n\nThe flood was answered ${Array.from(statuses, ([status, times]) => `${status} ${times} times`).join(', ')}.\n` +
      `p99 beside the flood: ${ratio.toFixed(2)} times that without; target ${TARGET}: ${verdict}\n`,
  );
  return ratio <= TARGET ? faults : [...faults, `the others waited ${ratio.toFixed(2)} times as long`];
};

process.exitCode = await inArena(run);
