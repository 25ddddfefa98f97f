// A master, its replica and the sentinel that watches both, on loopback.
import { eventually, eventuallyTrue } from '../eventually.ts';
import { freePort } from '../free-port.ts';
import { startRedisProcess } from './redis-process.ts';
import type { RedisProcess } from './redis-process.ts';

export type WatchedRedis = {
  /** The one that is the master at first, and the one that follows it. */
  readonly first: RedisProcess;
  readonly second: RedisProcess;
  readonly masterName: string;
  /** As REDIS_URL names sentinels; the first of them is not there. */
  readonly url: string;
  /** Resolves when `replica` has what the master has, and the sentinel knows that it is well. */
  ready(replica: RedisProcess): Promise<void>;
  /** Has the sentinel change the two over, both of them being well. Resolves when it names the other one. */
  changeOver(): Promise<void>;
  stop(): Promise<void>;
};

const MASTER_NAME = 'shop';

/** Null where this machine has no `redis-server`. */
export const startWatchedRedis = async (password: string): Promise<WatchedRedis | null> => {
  const secrets = [`requirepass ${password}`, `masterauth ${password}`];
  const started: RedisProcess[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((each) => each.stop()));
  };
  const start = async (settings: readonly string[], sentinel = false): Promise<RedisProcess | null> => {
    const one = await startRedisProcess({ settings, sentinel, ...(sentinel ? {} : { password }) });
    if (one !== null) started.push(one);
    return one;
  };

  const first = await start(secrets);
  const second = first && (await start([...secrets, `replicaof 127.0.0.1 ${first.port}`]));
  const watched = [
    `sentinel monitor ${MASTER_NAME} 127.0.0.1 ${first?.port ?? 0} 1`,
    `sentinel auth-pass ${MASTER_NAME} ${password}`,
    `sentinel down-after-milliseconds ${MASTER_NAME} 500`,
    `sentinel failover-timeout ${MASTER_NAME} 1000`,
  ];
  const sentinel = second && (await start(watched, true));
  if (first === null || second === null || sentinel === null) {
    await stop();
    return null;
  }
  return {
    first,
    second,
    masterName: MASTER_NAME,
    url: `redis://:${password}@127.0.0.1:${await freePort()},redis://:${password}@127.0.0.1:${sentinel.port}`,
    ready: async (replica) => {
      await eventually(async () => {
        const known = JSON.stringify(await sentinel.ask((redis) => redis.call('SENTINEL', 'REPLICAS', MASTER_NAME)));
        const itself = await replica.ask((redis) => redis.info('replication'));
        if (!known.includes('"flags","slave"') || !/role:slave[^]*master_link_status:up/.test(itself))
          throw new Error(`Not yet: ${known}`);
      });
    },
    changeOver: async () => {
      // A sentinel that has just looked may know of no good replica yet.
      const master = () => sentinel.ask((redis) => redis.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', MASTER_NAME));
      const before = JSON.stringify(await master());
      await eventually(() => sentinel.ask((redis) => redis.call('SENTINEL', 'FAILOVER', MASTER_NAME)));
      await eventuallyTrue(async () => JSON.stringify(await master()) !== before);
    },
    stop,
  };
};
