// `npm run bench`: the bot beside a raw floor and beside plain grammY and Telegraf, in the same run. Fails when an update was not answered as it should.
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { inArena } from './arena.ts';
import { runBench } from './bench.ts';
import { CONTENDERS, settingsIn } from './contender.ts';
import type { ContenderName } from './contender.ts';
import { ratiosOfFigures, tableOfFigures } from './report.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: CONTENDERS.join(',') },
    rounds: { type: 'string', default: '9' },
    seconds: { type: 'string', default: '2' },
    'warm-up': { type: 'string', default: '1' },
    'in-flight': { type: 'string', default: '100' },
    rate: { type: 'string', default: '300' },
    chats: { type: 'string', default: '6300' },
    'cpu-prof': { type: 'string' },
    json: { type: 'string' },
    set: { type: 'string', multiple: true, default: [] },
  },
});

const contenders = values.only.split(',').map((name): ContenderName => {
  const found = CONTENDERS.find((contender) => contender === name);
  if (found === undefined) throw new Error(`"${name}" is none of ${CONTENDERS.join(', ')}`);
  return found;
});
const [inFlight, perSecond] = [Number(values['in-flight']), Number(values.rate)];
const profiles = values['cpu-prof'] === undefined ? null : resolve(values['cpu-prof']);
if (profiles !== null) await mkdir(profiles, { recursive: true });

process.exitCode = await inArena(async (arena) => {
  const { figures, faults } = await runBench(arena, {
    contenders,
    settings: settingsIn(values.set),
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    warmUpSeconds: Number(values['warm-up']),
    inFlight,
    openPerSecond: perSecond,
    chats: Number(values.chats),
    profiles,
    say: (line) => void process.stderr.write(`${line}\n`),
  });
  process.stdout.write(`${tableOfFigures(figures, inFlight, perSecond)}\n\n${ratiosOfFigures(figures).join('\n')}\n`);
  if (values.json !== undefined) {
    const machine = { processors: cpus().length, model: cpus()[0]?.model, node: process.version };
    await writeFile(values.json, `${JSON.stringify({ machine, settings: values, figures, faults }, null, 2)}\n`);
  }
  return faults;
});
