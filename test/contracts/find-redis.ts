// Finds a real Redis for the tests: the one that is named, the one that runs on this machine, or one that is started for them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { vi } from 'vitest';
import { skipLoudly } from '../skip-loudly.ts';

export type FoundRedis = { readonly url: string; stop(): Promise<void> };

/** A Redis of one's own, to be stopped, paused and started again. */
export type OwnRedis = FoundRedis & { pause(): void; resume(): void };

const answers = async (url: string): Promise<boolean> => {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 500, commandTimeout: 500 });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await redis.ping();
    return true;
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('A TCP server without a port');
  return address.port;
};

/** Starts `redis-server` in an empty folder, on a port of its own unless one is given; null when the machine has none. */
export const startRedis = async (givenPort?: number): Promise<(OwnRedis & { readonly port: number }) | null> => {
  const port = givenPort ?? (await freePort());
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const settings = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const server = spawn('redis-server', settings, { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => {
    server.once('error', () => resolve());
    server.once('exit', () => resolve());
  });
  const stop = async (): Promise<void> => {
    server.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const url = `redis://127.0.0.1:${port}`;
  const isUp = vi
    .waitUntil(() => answers(url), { timeout: 5_000, interval: 20 })
    .then(
      () => true,
      () => false,
    );
  if (await Promise.race([isUp, ended.then(() => false)])) {
    return { url, port, stop, pause: () => server.kill('SIGSTOP'), resume: () => server.kill('SIGCONT') };
  }
  await stop();
  return null;
};

/** `REDIS_URL`, else the local default port, else one of our own. Null is said out loud, because tests are skipped then. */
export const findRedis = async (): Promise<FoundRedis | null> => {
  for (const url of [process.env['REDIS_URL'], 'redis://127.0.0.1:6379']) {
    if (url !== undefined && (await answers(url))) return { url, stop: () => Promise.resolve() };
  }
  const own = await startRedis();
  if (own === null) skipLoudly('Redis');
  return own;
};
