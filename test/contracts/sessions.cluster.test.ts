import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { parseChatId } from '../../src/domain/ids.ts';
import type { ChatId } from '../../src/domain/ids.ts';
import { eventually } from '../eventually.ts';
import { skipLoudly } from '../skip-loudly.ts';
import { startRedisCluster } from './redis-cluster.ts';
import { openSessions, silent } from './redis-sessions.ts';
import { describeSessions } from './sessions.contract.ts';

const chatOf = (id: number): ChatId => {
  const chat = parseChatId(id);
  if (!chat.ok) throw new Error(`Not a chat: ${id}`);
  return chat.value;
};

const cluster = await startRedisCluster();
if (cluster === null) skipLoudly('redis-server, for a cluster,');
afterAll(() => cluster?.stop());

describe.skipIf(cluster === null)('with a cluster of three nodes', () => {
  const place = { mode: 'cluster', url: cluster?.url ?? '', ttlSeconds: 60 } as const;

  describeSessions('a Redis cluster', {
    open: (ttlSeconds) => openSessions({ ...place, ttlSeconds }),
    pass: (milliseconds) => wait(milliseconds),
  });

  it('spreads the chats over the nodes, and finds them from any of them', async () => {
    const prefix = 'spread:';
    const sessions = await openSessions({ ...place, prefix });
    for (let id = 1; id <= 30; id += 1) await sessions.save(chatOf(id), 0, `data ${id}`, id);
    const sizes = await Promise.all(cluster?.nodes.map((node) => node.ask((redis) => redis.keys(`${prefix}*`))) ?? []);
    expect(sizes.flat()).toHaveLength(30);
    for (const keys of sizes) expect(keys.length).toBeGreaterThan(0);
    for (const node of cluster?.nodes ?? []) {
      const other = await openSessions({ ...place, url: node.url, prefix });
      for (let id = 1; id <= 30; id += 1) expect(await other.load(chatOf(id))).toMatchObject({ value: { data: `data ${id}` } });
      await other.close();
    }
    await sessions.close();
  });

  it('goes on while the slot of a chat moves, and after it has moved', async () => {
    if (cluster === null) throw new Error('Skipped without one');
    const prefix = 'moving:';
    const key = `${prefix}session:7`;
    const sessions = await openSessions({ ...place, prefix });
    await sessions.save(chatOf(7), 0, 'first', 1);
    const from = await cluster.ownerOf(key);
    const to = cluster.nodes.find((node) => node !== from) ?? from;
    const idOf = (node: typeof from) => node.ask((redis) => redis.cluster('MYID'));
    const slot = await from.ask((redis) => redis.cluster('KEYSLOT', key));
    const [fromId, toId] = [await idOf(from), await idOf(to)];
    await to.ask((redis) => redis.cluster('SETSLOT', slot, 'IMPORTING', fromId));
    await from.ask((redis) => redis.cluster('SETSLOT', slot, 'MIGRATING', toId));
    expect(await sessions.save(chatOf(7), 1, 'second', 2)).toEqual({ ok: true, value: 'saved' });
    await from.ask((redis) => redis.migrate('127.0.0.1', to.port, key, 0, 1_000));

    // The slot is on its way, and the chat is there already.
    expect(await sessions.load(chatOf(7))).toMatchObject({ value: { version: 2, data: 'second' } });
    expect(await sessions.save(chatOf(7), 2, 'third', 3)).toEqual({ ok: true, value: 'saved' });
    expect(await sessions.save(chatOf(7), 2, 'late', 4)).toEqual({ ok: true, value: 'lost' });

    for (const node of [to, from]) await node.ask((redis) => redis.cluster('SETSLOT', slot, 'NODE', toId));
    expect(await sessions.load(chatOf(7))).toMatchObject({ value: { version: 3, data: 'third', recentUpdates: [1, 2, 3] } });
    expect(await sessions.save(chatOf(7), 3, 'fourth', 4)).toEqual({ ok: true, value: 'saved' });
    await sessions.close();
  });

  it(
    'says unavailable for the chats of a node that is gone, serves the others, and serves all when it is back',
    { timeout: 30_000 },
    async () => {
      if (cluster === null) throw new Error('Skipped without one');
      const prefix = 'outage:';
      const sessions = await openSessions({ ...place, prefix });
      const chats = Array.from({ length: 30 }, (_, index) => chatOf(index + 1));
      for (const chat of chats) await sessions.save(chat, 0, `data ${chat}`, 1);
      const [gone] = cluster.nodes;
      const theirs = (await gone?.ask((redis) => redis.keys(`${prefix}*`)))?.map((key) => Number(key.split(':').at(-1))) ?? [];
      const served = (chat: ChatId) =>
        theirs.includes(chat) ? { ok: false, error: { kind: 'unavailable' } } : { value: { version: 1 } };

      await gone?.kill();
      for (const chat of chats) expect(await sessions.load(chat)).toMatchObject(served(chat));
      for (const chat of chats) expect(await sessions.load(chat)).toMatchObject(served(chat));

      await gone?.restart();
      await cluster.healthy();
      await eventually(async () => {
        for (const chat of chats)
          expect(await sessions.load(chat)).toMatchObject({ value: { version: 1, data: `data ${chat}` } });
      });
      for (const chat of chats) expect(await sessions.save(chat, 1, 'again', 2)).toEqual({ ok: true, value: 'saved' });
      await sessions.close();
    },
  );
});

describe('without a cluster', () => {
  it('says unavailable at once, logs it, and never throws', async () => {
    const warned = vi.fn();
    const sessions = await openSessions({
      mode: 'cluster',
      url: 'redis://127.0.0.1:1,redis://127.0.0.1:2',
      log: { ...silent, warn: warned },
    });
    expect(await sessions.load(chatOf(7))).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    expect(await sessions.save(chatOf(7), 0, 'data', 1)).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    expect(warned).toHaveBeenCalledWith('redisFailed', expect.anything());
    await sessions.close();
  });
});
