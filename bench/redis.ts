// A Redis of the benchmark's own, so that its counters count nobody else.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';

export type BenchRedis = {
  readonly url: string;
  /** How often Redis read from its clients: with one update at a time that is its round trips. `cpu` in milliseconds. */
  counters(): Promise<{ readonly reads: number; readonly cpu: number }>;
  stop(): Promise<void>;
};

/** A port of loopback that is free right now. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port');
  return address.port;
};

/** Whether this machine can start one. */
export const hasRedis = (): boolean => spawnSync('redis-server', ['--version']).status === 0;

const START_WITHIN = 5_000;

/** Rejects where this machine has no `redis-server`. */
export const startRedis = async (): Promise<BenchRedis> => {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'bench-redis-'));
  const settings = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const server = spawn('redis-server', settings, { stdio: 'ignore' });
  // A benchmark that breaks must not leave it behind.
  const kill = (): boolean => server.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise<string>((resolve) => {
    server.once('error', () => resolve('There is no redis-server on this machine'));
    server.once('exit', () => resolve('redis-server ended'));
  });
  const client = new Redis({ port, host: '127.0.0.1', lazyConnect: true, maxRetriesPerRequest: null, retryStrategy: () => 50 });
  client.on('error', () => undefined);
  const failure = await Promise.race([
    client.ping().then(() => null),
    ended,
    wait(START_WITHIN, 'redis-server does not answer', { ref: false }),
  ]);
  const stop = async (): Promise<void> => {
    client.disconnect();
    process.off('exit', kill);
    server.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  if (failure !== null) {
    await stop();
    throw new Error(failure);
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    counters: async () => {
      const info = await client.info();
      const number = (name: string): number => Number(new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1] ?? NaN);
      return {
        reads: number('total_reads_processed'),
        cpu: (number('used_cpu_sys') + number('used_cpu_user')) * 1_000,
      };
    },
    stop,
  };
};
