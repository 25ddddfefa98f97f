// A Redis of the campaign's own: emptied and killed in the middle without taking anybody else's sessions with it.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';

export type CampaignRedis = {
  readonly url: string;
  empty(): Promise<void>;
  /** Kills it with -9 and starts it anew, empty, after `milliseconds`. */
  restart(milliseconds: number): Promise<void>;
  stop(): Promise<void>;
};

/** A port of loopback that is free right now. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('A TCP server without a port');
  return address.port;
};

/** Null where this machine has no `redis-server`. */
export const startCampaignRedis = async (): Promise<CampaignRedis | null> => {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'campaign-redis-'));
  const url = `redis://127.0.0.1:${port}`;
  const client = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: null, retryStrategy: () => 50 });
  client.on('error', () => undefined);
  let server: ChildProcess;
  let missing = false;

  const start = async (): Promise<void> => {
    const settings = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
    server = spawn('redis-server', settings, { stdio: 'ignore' });
    server.once('error', () => (missing = true));
    while (!missing && (await client.ping().catch(() => '')) !== 'PONG') await wait(20);
  };
  const kill = async (): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null || missing) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  };
  const stop = async (): Promise<void> => {
    client.disconnect();
    await kill();
    await rm(folder, { recursive: true, force: true });
  };

  await Promise.race([start(), wait(5_000)]);
  if (client.status !== 'ready') {
    await stop();
    return null;
  }
  return {
    url,
    empty: async () => {
      await client.flushall();
    },
    restart: async (milliseconds) => {
      await kill();
      await wait(milliseconds);
      await start();
    },
    stop,
  };
};
