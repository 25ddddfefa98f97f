// `npm run bench:profile -- <file.cpuprofile>`: where a measured stretch spent its time, by who wrote the code and by function. Own time, without callees.
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { tableOf } from './table.ts';
import type { Line } from './table.ts';

const profileSchema = z.object({
  nodes: z.array(
    z.object({
      id: z.int(),
      callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.int() }),
    }),
  ),
  samples: z.array(z.int()),
  /** Microseconds before each sample. */
  timeDeltas: z.array(z.number()),
});

type Frame = z.infer<typeof profileSchema>['nodes'][number]['callFrame'];

/** A package, a folder of ours, a part of the runtime. */
const ownerOf = ({ url, functionName }: Frame): string => {
  const inPackage = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
  if (inPackage !== undefined) return inPackage;
  const ours = /\/(?:src|bench)\/(.*?)[^/]*$/.exec(url)?.[1];
  if (ours !== undefined) return `ours: ${ours}`;
  if (url.startsWith('node:')) return `node: ${url.replace(/^node:(internal\/)?/, '').split('/')[0] ?? ''}`;
  return functionName.startsWith('(') ? functionName : '(native)';
};

const nameOf = ({ functionName, url, lineNumber }: Frame): string => {
  const file = url.replace(/^.*\/(?=(node_modules|src|bench)\/)/, '').replace('node_modules/', '');
  return `${functionName === '' ? '(anonymous)' : functionName} ${file === '' ? '' : `${file}:${lineNumber + 1}`}`;
};

const { values, positionals } = parseArgs({ allowPositionals: true, options: { top: { type: 'string', default: '40' } } });
const profile = profileSchema.parse(JSON.parse(await readFile(positionals[0] ?? '', 'utf8')));
const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));

const owners = new Map<string, number>();
const functions = new Map<string, number>();
let busy = 0;
for (const [index, id] of profile.samples.entries()) {
  const frame = frames.get(id);
  // The inspector is what measures.
  if (frame === undefined || frame.functionName === '(idle)' || frame.url === 'node:inspector') continue;
  const time = profile.timeDeltas[index] ?? 0;
  busy += time;
  owners.set(ownerOf(frame), (owners.get(ownerOf(frame)) ?? 0) + time);
  functions.set(nameOf(frame), (functions.get(nameOf(frame)) ?? 0) + time);
}

const most = (times: ReadonlyMap<string, number>): Line[] =>
  [...times]
    .sort(([, a], [, b]) => b - a)
    .slice(0, Number(values.top))
    .map(([what, time]) => [what, `${((time / busy) * 100).toFixed(1)} %`]);

process.stdout.write(
  `${tableOf(['whose code', 'own time'], most(owners))}\n\n${tableOf(['function', 'own time'], most(functions))}\n`,
);
