// Preloaded into every contender: tells the measuring process what this one used, without a line of the contender's own.
import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';

/** From the measuring process. `profile`: the file for a processor profile of the interval. */
export type ProbeOrder = { readonly order: 'begin'; readonly profile: string | null } | { readonly order: 'end' | 'look' };

/** Of the interval between `begin` and `end`: processor time in milliseconds, share of time that the event loop was busy, its delay in milliseconds. */
export type Usage = {
  readonly user: number;
  readonly system: number;
  readonly busy: number;
  readonly delayP99: number;
};

/** Memory in bytes, after a collection where the process exposes it, and what keeps the process alive: how many of each kind. */
export type Look = {
  readonly rss: number;
  readonly heapUsed: number;
  readonly heapTotal: number;
  readonly external: number;
  readonly resources: Readonly<Record<string, number>>;
  /** Listeners of `process` itself. */
  readonly listeners: number;
  /** Names of the warnings that the runtime gave, such as the one about too many listeners. */
  readonly warnings: readonly string[];
};

export type ProbeReport = { readonly begun: true } | { readonly usage: Usage } | { readonly look: Look };

const delay = monitorEventLoopDelay({ resolution: 10 });
const warnings: string[] = [];
process.on('warning', ({ name }) => void warnings.push(name));
let cpu = process.cpuUsage();
let loop = performance.eventLoopUtilization();
let profiling: { readonly session: Session; readonly file: string } | null = null;

const begin = async (profile: string | null): Promise<ProbeReport> => {
  if (profile !== null) {
    const session = new Session();
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.start');
    profiling = { session, file: profile };
  }
  delay.reset();
  delay.enable();
  loop = performance.eventLoopUtilization();
  cpu = process.cpuUsage();
  return { begun: true };
};

const end = async (): Promise<ProbeReport> => {
  const { user, system } = process.cpuUsage(cpu);
  const busy = performance.eventLoopUtilization(loop).utilization;
  delay.disable();
  const usage = { user: user / 1_000, system: system / 1_000, busy, delayP99: delay.percentile(99) / 1e6 };
  if (profiling !== null) {
    const { session, file } = profiling;
    profiling = null;
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    await writeFile(file, JSON.stringify(profile));
  }
  return { usage };
};

const look = (): ProbeReport => {
  globalThis.gc?.();
  const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
  const resources: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) resources[kind] = (resources[kind] ?? 0) + 1;
  const listeners = process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
  return { look: { rss, heapUsed, heapTotal, external, resources, listeners, warnings: [...warnings] } };
};

const carryOut = (message: ProbeOrder): Promise<ProbeReport> => {
  switch (message.order) {
    case 'begin':
      return begin(message.profile);
    case 'end':
      return end();
    case 'look':
      return Promise.resolve(look());
  }
};

process.on('message', (message: ProbeOrder) => void carryOut(message).then((report) => process.send?.(report)));
// Without the measuring process there is nobody to stop this one.
process.once('disconnect', () => process.exit(1));
