// `npm run bench:profile -- <file.cpuprofile>`: where a measured stretch spent its time: time by whose doing it was, own time by function, and whole time, callees included, of our functions.
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { tableOf } from './table.ts';
import type { Line } from './table.ts';

const profileSchema = z.object({
  nodes: z.array(
    z.object({
      id: z.int(),
      children: z.array(z.int()).default([]),
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

const parents = new Map(profile.nodes.flatMap(({ id, children }) => children.map((child) => [child, id] as const)));

/** Our functions that a sample is in, each once however deep it recurs. Work behind an `await` is not below who awaits it. */
const oursAbove = (id: number): ReadonlySet<string> => {
  const names = new Set<string>();
  for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
    const frame = frames.get(at);
    if (frame !== undefined && ownerOf(frame).startsWith('ours')) names.add(nameOf(frame));
  }
  return names;
};

/** Whose doing a sample is: a system call and the runtime's own work belong to the package or folder that asked for them. */
const doerOf = (id: number): string => {
  for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
    const frame = frames.get(at);
    if (frame !== undefined && /node_modules|\/(?:src|bench)\//.test(frame.url)) return ownerOf(frame);
  }
  const frame = frames.get(id);
  return frame === undefined ? '(unknown)' : ownerOf(frame);
};

const owners = new Map<string, number>();
const functions = new Map<string, number>();
const whole = new Map<string, number>();
let busy = 0;
for (const [index, id] of profile.samples.entries()) {
  const frame = frames.get(id);
  // The inspector is what measures.
  if (frame === undefined || frame.functionName === '(idle)' || frame.url === 'node:inspector') continue;
  const time = profile.timeDeltas[index] ?? 0;
  busy += time;
  const doer = doerOf(id);
  owners.set(doer, (owners.get(doer) ?? 0) + time);
  functions.set(nameOf(frame), (functions.get(nameOf(frame)) ?? 0) + time);
  for (const name of oursAbove(id)) whole.set(name, (whole.get(name) ?? 0) + time);
}

const most = (times: ReadonlyMap<string, number>): Line[] =>
  [...times]
    .sort(([, a], [, b]) => b - a)
    .slice(0, Number(values.top))
    .map(([what, time]) => [what, `${((time / busy) * 100).toFixed(1)} %`]);

const tables = [
  tableOf(['whose doing', 'time'], most(owners)),
  tableOf(['function', 'own time'], most(functions)),
  tableOf(['function of ours', 'whole time'], most(whole)),
];
process.stdout.write(`${tables.join('\n\n')}\n`);
