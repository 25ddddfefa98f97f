// The connection itself: how many round trips it takes, TLS and passwords, and subscriptions that outlive a server.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRedis } from '../../../src/adapters/redis/connection.ts';
import { createRedisSessions } from '../../../src/adapters/redis/sessions.ts';
import { parseChatId } from '../../../src/domain/ids.ts';

import { got } from '../../contracts/orders.ts';
import { startRedis } from '../../contracts/find-redis.ts';
import { startRedisCluster } from '../../contracts/redis-cluster.ts';
import { silent } from '../../contracts/redis-sessions.ts';
import { eventually } from '../../eventually.ts';
import { skipLoudly } from '../../skip-loudly.ts';

const CHAT = got(parseChatId(7));

const redis = await startRedis();
if (redis === null) skipLoudly('redis-server');
afterAll(() => redis?.stop());

/** Stands before the server, and counts how often the client speaks after the server has answered. */
const countTurns = async (port: number) => {
  let turns = 0;
  const proxy = createServer((client) => {
    const server = connect(port, '127.0.0.1');
    let clientSpoke = false;
    client.on('data', (data) => {
      if (!clientSpoke) turns += 1;
      clientSpoke = true;
      server.write(data);
    });
    server.on('data', (data) => {
      clientSpoke = false;
      client.write(data);
    });
    client.on('error', () => undefined).on('close', () => server.destroy());
    server.on('error', () => undefined).on('close', () => client.destroy());
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return { port: (proxy.address() as AddressInfo).port, turns: () => turns, close: () => proxy.close() };
};

describe.skipIf(redis === null)('a connection to Redis', () => {
  const port = redis?.port ?? 0;

  it('sends the commands of one tick in one round trip', async () => {
    const proxy = await countTurns(port);
    const connection = await openRedis({ mode: 'single', url: `redis://127.0.0.1:${proxy.port}`, prefix: 'turns:' }, silent);
    const sessions = createRedisSessions(connection, {}, silent);
    await sessions.save(CHAT, 0, 'data', 1);
    const before = proxy.turns();
    await Promise.all([sessions.load(CHAT), connection.client.incr('turns:limit'), sessions.save(CHAT, 1, 'more', 2)]);
    expect(proxy.turns() - before).toBe(1);
    await connection.close();
    proxy.close();
  });

  it('has subscriptions that wait for the server and come back after a loss', { timeout: 20_000 }, async () => {
    if (redis === null) throw new Error('Skipped without one');
    const connection = await openRedis({ mode: 'single', url: redis.url, prefix: 'news:' }, silent);
    const heard: string[] = [];
    await redis.kill();
    const subscriber = connection.subscriber();
    subscriber.on('message', (_channel: string, text: string) => heard.push(text));
    const subscribed = subscriber.subscribe('news:all');
    await redis.restart();
    await subscribed;
    await eventually(async () => expect(await connection.client.publish('news:all', 'first')).toBe(1));
    await redis.restart();
    await eventually(async () => expect(await connection.client.publish('news:all', 'second')).toBe(1));
    await eventually(() => expect(heard).toEqual(['first', 'second']));
    await connection.close();
    await eventually(() => expect([connection.client.status, subscriber.status]).toEqual(['end', 'end']));
  });
});

describe.skipIf(redis === null)('a cluster with a password, over TLS', () => {
  const usual = getCACertificates('default');
  let folder: string;
  let certificate: string;
  let key: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'redis-tls-'));
    [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const made = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', certificate];
    await promisify(execFile)('openssl', ['req', ...made, ...subject]);
  });

  afterAll(async () => {
    setDefaultCACertificates(usual);
    await rm(folder, { recursive: true, force: true });
  });

  it('is used by whoever trusts its certificate and knows the password, and by nobody else', { timeout: 30_000 }, async () => {
    const cluster = await startRedisCluster({ password: 'p,ss', tls: { certificate, key } });
    if (cluster === null) throw new Error('The cluster did not start');
    try {
      const place = { mode: 'cluster', url: cluster.url, prefix: 'tls:' } as const;
      const saves = async (url: string): Promise<boolean> => {
        const connection = await openRedis({ ...place, url }, silent);
        const chats = await Promise.all(
          Array.from({ length: 12 }, (_, index) => connection.client.set(`tls:${index}`, 'here').catch(() => null)),
        );
        await connection.close();
        return chats.every((answer) => answer === 'OK');
      };
      expect(await saves(cluster.url)).toBe(false);
      setDefaultCACertificates([...usual, await readFile(certificate, 'utf8')]);
      expect(await saves(cluster.url.replaceAll('p,ss', 'other'))).toBe(false);
      expect(await saves(cluster.url)).toBe(true);
      const kept = await Promise.all(cluster.nodes.map((node) => node.ask((client) => client.keys('tls:*'))));
      expect(kept.flat()).toHaveLength(12);
      expect(kept.filter((keys) => keys.length === 0)).toEqual([]);
    } finally {
      await cluster.stop();
    }
  });
});
