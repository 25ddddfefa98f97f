// One process of redis-server in a folder of its own: a server, a node of a cluster or a sentinel, to be killed, held and started again.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from '../free-port.ts';

export type RedisProcess = {
  readonly port: number;
  readonly url: string;
  /** Asks it something, on a connection of the question's own. */
  ask<T>(question: (redis: Redis) => Promise<T>): Promise<T>;
  /** It hangs: connections stay, and nothing answers. */
  pause(): void;
  resume(): void;
  kill(): Promise<void>;
  /** Again with what it had written down. Resolves once it answers. */
  restart(): Promise<void>;
  /** Kills it and removes its folder. */
  stop(): Promise<void>;
};

export type RedisProcessOptions = {
  /** Any free one unless given. */
  readonly port?: number;
  /** Lines of a redis.conf. */
  readonly settings?: readonly string[];
  readonly sentinel?: boolean;
  /** What it asks its clients for. */
  readonly password?: string;
};

/** How long a server may take to answer, in milliseconds. */
const START_PATIENCE = 5_000;

/** Null when the machine has no `redis-server`, or it does not start. */
export const startRedisProcess = async (options: RedisProcessOptions = {}): Promise<RedisProcess | null> => {
  const { port = await freePort(), settings = [], sentinel = false, password } = options;
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const file = join(folder, 'redis.conf');
  const common = [`port ${port}`, 'bind 127.0.0.1', `dir ${folder}`];
  // A sentinel keeps what it learns in its file.
  await writeFile(file, [...common, ...(sentinel ? [] : ['save ""', 'appendonly no']), ...settings, ''].join('\n'));
  let server: ChildProcess | null = null;

  const ask = async <T>(question: (redis: Redis) => Promise<T>): Promise<T> => {
    const impatient = { lazyConnect: true, retryStrategy: () => null, connectTimeout: 500, commandTimeout: 1_000 };
    const redis = new Redis(port, '127.0.0.1', { ...impatient, ...(password === undefined ? {} : { password }) });
    redis.on('error', () => undefined);
    try {
      await redis.connect();
      return await question(redis);
    } finally {
      redis.disconnect();
    }
  };
  const answers = (): Promise<boolean> =>
    ask((redis) => redis.ping()).then(
      () => true,
      () => false,
    );
  const kill = async (): Promise<void> => {
    if (server === null || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  };
  const start = async (): Promise<boolean> => {
    const child = spawn('redis-server', [file, ...(sentinel ? ['--sentinel'] : [])], { stdio: 'ignore' });
    server = child;
    const ended = new AbortController();
    for (const event of ['error', 'exit']) child.once(event, () => ended.abort());
    const deadline = performance.now() + START_PATIENCE;
    while (!ended.signal.aborted && performance.now() < deadline) if (await answers()) return !ended.signal.aborted;
    return false;
  };
  const stop = async (): Promise<void> => {
    await kill();
    await rm(folder, { recursive: true, force: true });
  };

  if (!(await start())) {
    await stop();
    return null;
  }
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    ask,
    pause: () => server?.kill('SIGSTOP'),
    resume: () => server?.kill('SIGCONT'),
    kill,
    restart: async () => {
      await kill();
      if (!(await start())) throw new Error('The Redis did not start again');
    },
    stop,
  };
};
