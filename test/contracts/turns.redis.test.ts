// Turns and pauses that processes share through Redis.
import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { openRedis } from '../../src/adapters/redis/connection.ts';
import { createRedisPauseBoard } from '../../src/adapters/redis/pause-board.ts';
import { createRedisTurns } from '../../src/adapters/redis/turns.ts';
import { createPauses } from '../../src/adapters/telegram/pauses.ts';
import { eventually } from '../eventually.ts';
import { silentLog } from '../app/test-clock.ts';
import { createVirtualClock } from '../e2e/virtual-clock.ts';
import { findRedis, startRedis } from './find-redis.ts';
import { expectPace } from './turns.contract.ts';

const found = await findRedis();
const own = await startRedis();
afterAll(async () => {
  await found?.stop();
  await own?.stop();
});

const connect = (url: string, prefix = `test:${randomUUID()}:`) => openRedis({ mode: 'single', url, prefix }, silentLog);

describe.skipIf(found === null)('turns in Redis', () => {
  it.each([
    { every: 40, burst: 1 },
    { every: 1_000, burst: 4 },
  ])('are in order and at their pace, %o, for two processes that ask in turn', async (pace) => {
    const prefix = `test:${randomUUID()}:`;
    const connections = [await connect(found?.url ?? '', prefix), await connect(found?.url ?? '', prefix)];
    const turns = connections.map((connection) => createRedisTurns(connection, silentLog));
    const departures: number[] = [];
    for (let turn = 0; turn < 30; turn += 1) {
      const askedAt = performance.now();
      const wait = await turns[turn % 2]?.reserve('bot', pace);
      // Redis answered at some time in between.
      departures.push((askedAt + performance.now()) / 2 + (wait ?? NaN));
    }
    // A millisecond is the unit of Redis, and an answer takes its time.
    expectPace(departures, pace, 20);
    const [first = 0] = departures;
    expect((departures.at(-1) ?? Infinity) - first).toBeLessThanOrEqual((30 - pace.burst) * pace.every + 20);
    expect(await turns[0]?.reserve('another', pace)).toBe(0);
    await Promise.all(connections.map(({ close }) => close()));
  });

  it('are never further away than a minute, also when the clock of Redis was set back by an hour', async () => {
    const connection = await connect(found?.url ?? '');
    const { reserve } = createRedisTurns(connection, silentLog);
    await connection.client.set(`${connection.prefix}turn:a`, Date.now() + 60 * 60_000);
    const pace = { every: 1_000, burst: 1 };
    expect([await reserve('a', pace), await reserve('a', pace)]).toEqual([60_000, 60_000]);
    await connection.client.del(`${connection.prefix}turn:a`);
    await connection.close();
  });

  it('leave nothing behind once they are over', async () => {
    const connection = await connect(found?.url ?? '');
    await createRedisTurns(connection, silentLog).reserve('a', { every: 30, burst: 1 });
    await eventually(async () => expect(await connection.client.keys(`${connection.prefix}*`)).toEqual([]));
    await connection.close();
  });

  it('can’t be told while Redis is gone', async () => {
    const warn = vi.fn();
    const connection = await connect('redis://127.0.0.1:1');
    expect(await createRedisTurns(connection, { ...silentLog, warn }).reserve('a', { every: 30, burst: 1 })).toBeNull();
    expect(warn).toHaveBeenCalledWith('turnNotShared', expect.anything());
    await connection.close();
  });
});

describe.skipIf(found === null)('pauses on the board in Redis', () => {
  const open = async (url: string, prefix: string) => {
    const connection = await connect(url, prefix);
    return { connection, pauses: createPauses(createVirtualClock(), createRedisPauseBoard(connection, silentLog)) };
  };

  it('are heard by every process of the same bot, and by no other', async () => {
    const prefix = `test:${randomUUID()}:`;
    const url = found?.url ?? '';
    const [one, another, stranger] = [await open(url, prefix), await open(url, prefix), await open(url, `${prefix}other:`)];
    await eventually(async () =>
      expect(await one.connection.client.pubsub('NUMSUB', `${prefix}pauses`)).toEqual([`${prefix}pauses`, 2]),
    );
    one.pauses.note(7, 5);
    await eventually(() => expect(another.pauses.left(7)).toBe(5_000));
    expect(stranger.pauses.left(7)).toBe(0);
    await Promise.all([one, another, stranger].map(({ connection }) => connection.close()));
  });

  it('that nobody can read are nobody’s', async () => {
    const prefix = `test:${randomUUID()}:`;
    const { connection, pauses } = await open(found?.url ?? '', prefix);
    const channel = `${prefix}pauses`;
    await eventually(async () => expect(await connection.client.pubsub('NUMSUB', channel)).toEqual([channel, 1]));
    for (const text of ['', '{', '{"chat":"7","seconds":5}', '{"chat":7,"seconds":-1}'])
      await connection.client.publish(channel, text);
    await connection.client.publish(channel, '{"chat":8,"seconds":1}');
    await eventually(() => expect(pauses.left(8)).toBe(1_000));
    expect(pauses.left(7)).toBe(0);
    await connection.close();
  });

  it.skipIf(own === null)('are heard again after Redis was away', { timeout: 30_000 }, async () => {
    if (own === null) throw new Error('Skipped without one');
    const [one, another] = [await open(own.url, 'test:'), await open(own.url, 'test:')];
    await own.stop();
    // In its own process a pause holds whatever Redis does.
    one.pauses.note(7, 5);
    expect(one.pauses.left(7)).toBe(5_000);
    const again = await startRedis(own.port);
    await eventually(() => {
      one.pauses.note(7, 5);
      expect(another.pauses.left(7)).toBe(5_000);
    });
    await Promise.all([one, another].map(({ connection }) => connection.close()));
    await again?.stop();
  });
});
