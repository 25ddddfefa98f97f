// A Redis of the benchmark's own, so that its counters count nobody else.
import { Redis } from 'ioredis';
import { startRedisProcess } from '../test/contracts/redis-process.ts';

export type BenchRedis = {
  readonly url: string;
  /** How often Redis read from its clients: with one update at a time that is its round trips. `cpu` in milliseconds. */
  counters(): Promise<{ readonly reads: number; readonly cpu: number }>;
  stop(): Promise<void>;
};

/** Rejects where this machine has no `redis-server`. */
export const startRedis = async (): Promise<BenchRedis> => {
  const server = await startRedisProcess();
  if (server === null) throw new Error('There is no redis-server on this machine');
  // A benchmark that breaks must not leave it behind.
  const kill = (): void => void server.kill();
  process.once('exit', kill);
  const client = new Redis(server.url);
  return {
    url: server.url,
    counters: async () => {
      const info = await client.info();
      const number = (name: string): number => Number(new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1] ?? NaN);
      return {
        reads: number('total_reads_processed'),
        cpu: (number('used_cpu_sys') + number('used_cpu_user')) * 1_000,
      };
    },
    stop: async () => {
      client.disconnect();
      process.off('exit', kill);
      await server.stop();
    },
  };
};
