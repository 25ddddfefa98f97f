// `npm run bench:scale`: one replica against two behind a balancer, on one Redis and one PostgreSQL. Stretches alternate; figures per core, because the machine's are few.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { inArena } from './arena.ts';
import type { Arena, Entrant } from './arena.ts';
import { createSchema } from './postgres.ts';
import { median } from './statistics.ts';
import { milliseconds, tableOf } from './table.ts';
import type { Line } from './table.ts';
import { createLoad, faultsOf } from './world/load.ts';
import type { Load } from './world/load.ts';
import { waitsOf } from './statistics.ts';

const { values } = parseArgs({
  options: {
    replicas: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '3' },
    'in-flight': { type: 'string', default: '100' },
    chats: { type: 'string', default: '2100' },
    database: { type: 'string', default: process.env['DATABASE_URL'] ?? 'postgres://root@127.0.0.1:5432/test' },
  },
});

/** `cpu`: milliseconds of processor time per 1,000 updates; `cores`: processor time by time that passed. */
type Stretch = {
  readonly updatesPerSecond: number;
  readonly cpu: number;
  readonly cores: number;
  readonly redisCpu: number;
  readonly worldCpu: number;
  readonly p50: number;
  readonly p99: number;
};
type Side = { readonly replicas: readonly Entrant[]; readonly load: Load; readonly stretches: Stretch[] };

const run = async (arena: Arena): Promise<readonly string[]> => {
  const [inFlight, seconds] = [Number(values['in-flight']), Number(values.seconds)];
  const schema = await createSchema(values.database);
  try {
    const entrants: Entrant[] = [];
    for (let index = 0; index < Number(values.replicas); index++)
      entrants.push(await arena.enter('bot', { DATABASE_URL: schema.url }));
    const sideOf = (replicas: readonly Entrant[], first: number): Side => {
      const webhooks = replicas.map(({ webhook }) => webhook);
      const chats = { first, count: Number(values.chats) };
      return { replicas, load: createLoad({ telegram: arena.telegram, webhooks, chats }), stretches: [] };
    };
    const sides = [sideOf(entrants.slice(0, 1), 1_000_000), sideOf(entrants, 2_000_000)];
    const faults: string[] = [];

    const measure = async ({ replicas, load, stretches }: Side): Promise<void> => {
      const redisBefore = await arena.redis.counters();
      const world = process.cpuUsage();
      await Promise.all(replicas.map(({ contender }) => contender.begin(null)));
      const stretch = await load.closed({ inFlight, seconds });
      const used = await Promise.all(replicas.map(({ contender }) => contender.end()));
      const { user, system } = process.cpuUsage(world);
      const redisAfter = await arena.redis.counters();
      faults.push(...faultsOf(`${replicas.length} at once`, stretch));
      const cpu = used.reduce((sum, each) => sum + each.user + each.system, 0);
      const per1000 = 1_000 / stretch.updates;
      const { p50, p99 } = waitsOf(stretch.waits);
      stretches.push({
        updatesPerSecond: stretch.updates / stretch.seconds,
        cpu: cpu * per1000,
        cores: cpu / 1_000 / stretch.seconds,
        redisCpu: (redisAfter.cpu - redisBefore.cpu) * per1000,
        worldCpu: ((user + system) / 1_000) * per1000,
        p50,
        p99,
      });
    };

    for (const { load, replicas } of sides) {
      faults.push(...faultsOf(`start of ${replicas.length}`, await load.stagger(inFlight)));
      faults.push(...faultsOf(`warm-up of ${replicas.length}`, await load.closed({ inFlight, seconds: 3 })));
    }
    for (let round = 1; round <= Number(values.rounds); round++) {
      for (const side of sides) await measure(side);
      process.stderr.write(
        `round ${round}: ${sides.map(({ stretches }) => `${stretches.at(-1)?.updatesPerSecond.toFixed(0) ?? ''} updates/s`).join(', ')}\n`,
      );
    }
    for (const { load } of sides) load.close();

    const line = (what: string, of: (stretch: Stretch) => number, digits = 0): Line => [
      what,
      ...sides.map(({ stretches }) => median(stretches.map(of)).toFixed(digits)),
    ];
    const inMilliseconds = (what: string, of: (stretch: Stretch) => number): Line => [
      what,
      ...sides.map(({ stretches }) => milliseconds(median(stretches.map(of)))),
    ];
    process.stdout.write(
      `${tableOf(
        [
          'median of the rounds',
          ...sides.map(({ replicas }) => (replicas.length === 1 ? '1 replica' : `${replicas.length} replicas`)),
        ],
        [
          line('updates/s', ({ updatesPerSecond }) => updatesPerSecond),
          line('processor time of the replicas per 1,000 updates, ms', ({ cpu }) => cpu),
          line('updates per second of processor time', ({ cpu }) => 1_000_000 / cpu),
          line('cores that the replicas had', ({ cores }) => cores, 2),
          line('Redis, per 1,000 updates, ms', ({ redisCpu }) => redisCpu),
          line('load and stand-ins, per 1,000 updates, ms', ({ worldCpu }) => worldCpu),
          inMilliseconds('to the first call, p50 ms', ({ p50 }) => p50),
          inMilliseconds('the same, p99 ms', ({ p99 }) => p99),
        ],
      )}\n\nThe machine has ${availableParallelism()} cores, which load, stand-ins, Redis and PostgreSQL share with the replicas.\n`,
    );
    return faults;
  } finally {
    await arena.stopContenders();
    await schema.drop();
  }
};

process.exitCode = await inArena(run);
