// What one run measures: the contenders in turn, round after round, under the same load, and the medians of what each used.
import type { Arena, Entrant } from './arena.ts';
import type { ContenderName } from './contender.ts';
import { median, waitsOf } from './statistics.ts';
import type { Waits } from './statistics.ts';
import { createLoad, faultsOf } from './world/load.ts';
import type { Load, Stretch } from './world/load.ts';

export type BenchOptions = {
  readonly contenders: readonly ContenderName[];
  /** On top of the benchmark's settings of the bot. */
  readonly settings: Readonly<Record<string, string>>;
  readonly rounds: number;
  /** Of each stretch: short ones, so that what disturbs the machine disturbs everybody. */
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly inFlight: number;
  readonly openPerSecond: number;
  readonly chats: number;
  /** A folder for processor profiles of the saturated stretches; null for none. */
  readonly profiles: string | null;
  readonly say: (line: string) => void;
};

/** A stretch at saturation. `cpu`, of the contender, of Redis and of the load with the stand-ins: milliseconds of processor time per 1,000 updates. */
type Saturated = {
  readonly updatesPerSecond: number;
  readonly cpu: number;
  readonly redisCpu: number;
  readonly worldCpu: number;
  /** Share of the time that its event loop was busy. */
  readonly busy: number;
  readonly waits: Waits;
};

/** One contender's medians, and its processor time of each round. Times in milliseconds, memory in bytes. */
export type Figures = {
  readonly name: ContenderName;
  readonly saturated: Saturated;
  readonly cpuOfEachRound: readonly number[];
  readonly openWaits: Waits;
  readonly rss: number;
  readonly heapUsed: number;
  readonly redisRoundTrips: number;
  readonly callsOut: number;
  readonly callsCarried: number;
  readonly startedIn: number;
  readonly updates: number;
};

export type BenchResult = { readonly figures: readonly Figures[]; readonly faults: readonly string[] };

type Lane = {
  readonly entrant: Entrant;
  readonly load: Load;
  readonly saturated: Saturated[];
  readonly open: Waits[];
  readonly looks: { readonly rss: number; readonly heapUsed: number }[];
  updates: number;
};

/** Twenty dialogues, one update at a time, to count what one update takes. */
const COUNTED = 140;
const CHATS_APART = 1_000_000;

export const runBench = async (arena: Arena, options: BenchOptions): Promise<BenchResult> => {
  const { rounds, seconds, inFlight, say } = options;
  const faults: string[] = [];
  const checked = (what: string, stretch: Stretch): Stretch => {
    faults.push(...faultsOf(what, stretch));
    return stretch;
  };

  const warmUp = async (name: ContenderName, place: number): Promise<Lane> => {
    const entrant = await arena.enter(name, options.settings);
    const chats = { first: (place + 1) * CHATS_APART, count: options.chats };
    const load = createLoad({ telegram: arena.telegram, webhooks: [entrant.webhook], chats });
    checked(`${name}, start`, await load.stagger(inFlight));
    checked(`${name}, warm-up`, await load.closed({ inFlight, seconds: options.warmUpSeconds }));
    say(`${name} is warm`);
    return { entrant, load, saturated: [], open: [], looks: [], updates: 0 };
  };

  const saturate = async (lane: Lane, round: number): Promise<void> => {
    const { name, contender } = lane.entrant;
    await contender.look();
    const redisBefore = await arena.redis.counters();
    const world = process.cpuUsage();
    await contender.begin(options.profiles === null ? null : `${options.profiles}/${name}-${round}.cpuprofile`);
    const stretch = checked(`${name}, round ${round}`, await lane.load.closed({ inFlight, seconds }));
    const used = await contender.end();
    const { user, system } = process.cpuUsage(world);
    const redisAfter = await arena.redis.counters();
    const per1000 = 1_000 / stretch.updates;
    const cpu = (used.user + used.system) * per1000;
    const updatesPerSecond = stretch.updates / stretch.seconds;
    lane.saturated.push({
      updatesPerSecond,
      cpu,
      redisCpu: (redisAfter.cpu - redisBefore.cpu) * per1000,
      worldCpu: ((user + system) / 1_000) * per1000,
      busy: used.busy,
      waits: waitsOf(stretch.waits),
    });
    lane.updates += stretch.updates;
    say(`round ${round}: ${name} ${updatesPerSecond.toFixed(0)} updates/s, ${cpu.toFixed(0)} ms per 1,000`);
  };

  const loadModerately = async (lane: Lane, round: number): Promise<void> => {
    const { name, contender } = lane.entrant;
    const stretch = await lane.load.open({ perSecond: options.openPerSecond, seconds });
    lane.open.push(waitsOf(checked(`${name}, round ${round}, open`, stretch).waits));
    lane.updates += stretch.updates;
    lane.looks.push(await contender.look());
  };

  const count = async (lane: Lane): Promise<Figures> => {
    const { name, contender } = lane.entrant;
    arena.telegram.resetCounts();
    const before = await arena.redis.counters();
    const { updates } = checked(`${name}, counted`, await lane.load.closed({ inFlight: 1, updates: COUNTED }));
    const after = await arena.redis.counters();
    lane.load.close();
    const sum = (counts: ReadonlyMap<string, number>): number => counts.values().reduce((all, each) => all + each, 0);
    const { made, carried } = arena.telegram.calls;
    return {
      name,
      saturated: medianOf(lane.saturated),
      cpuOfEachRound: lane.saturated.map(({ cpu }) => cpu),
      openWaits: medianWaits(lane.open),
      rss: median(lane.looks.map(({ rss }) => rss)),
      heapUsed: median(lane.looks.map(({ heapUsed }) => heapUsed)),
      // The second question about the counters is a read of its own.
      redisRoundTrips: (after.reads - before.reads - 1) / updates,
      callsOut: sum(made) / updates,
      callsCarried: sum(carried) / updates,
      startedIn: contender.startedIn,
      updates: lane.updates,
    };
  };

  const lanes: Lane[] = [];
  for (const [place, name] of options.contenders.entries()) lanes.push(await warmUp(name, place));
  for (let round = 1; round <= rounds; round++) {
    for (const lane of lanes) await saturate(lane, round);
    for (const lane of lanes) await loadModerately(lane, round);
  }
  const figures: Figures[] = [];
  for (const lane of lanes) figures.push(await count(lane));
  return { figures, faults };
};

const medianWaits = (waits: readonly Waits[]): Waits => ({
  p50: median(waits.map(({ p50 }) => p50)),
  p95: median(waits.map(({ p95 }) => p95)),
  p99: median(waits.map(({ p99 }) => p99)),
});

const medianOf = (stretches: readonly Saturated[]): Saturated => ({
  updatesPerSecond: median(stretches.map(({ updatesPerSecond }) => updatesPerSecond)),
  cpu: median(stretches.map(({ cpu }) => cpu)),
  redisCpu: median(stretches.map(({ redisCpu }) => redisCpu)),
  worldCpu: median(stretches.map(({ worldCpu }) => worldCpu)),
  busy: median(stretches.map(({ busy }) => busy)),
  waits: medianWaits(stretches.map(({ waits }) => waits)),
});
