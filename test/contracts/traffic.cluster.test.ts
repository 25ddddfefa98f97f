// Limits, turns and pauses on a cluster, where every key and every subscription may be on another node.
import { afterAll, describe, expect, it } from 'vitest';
import { createRedisLimits } from '../../src/adapters/limits/redis-limits.ts';
import { openRedis } from '../../src/adapters/redis/connection.ts';
import { createRedisPauseBoard } from '../../src/adapters/redis/pause-board.ts';
import { createRedisTurns } from '../../src/adapters/redis/turns.ts';
import type { Limit } from '../../src/app/ports/limits.ts';
import { createClock } from '../../src/adapters/system/clock.ts';
import { createPauses } from '../../src/adapters/telegram/pauses.ts';
import { silentLog } from '../app/test-clock.ts';
import { createVirtualClock } from '../e2e/virtual-clock.ts';
import { eventually } from '../eventually.ts';
import { skipLoudly } from '../skip-loudly.ts';
import { startRedisCluster } from './redis-cluster.ts';

const cluster = await startRedisCluster();
if (cluster === null) skipLoudly('redis-server, for a cluster,');
afterAll(() => cluster?.stop());

describe.skipIf(cluster === null)('with a cluster of three nodes', () => {
  const connect = () => openRedis({ mode: 'cluster', url: cluster?.url ?? '', prefix: 'traffic:' }, silentLog);

  it('limits are counted on whichever node has them', async () => {
    const redis = await connect();
    const rules = { user: { points: 8, seconds: 60 }, chat: null, bot: { points: 40, seconds: 60 } };
    const { user, bot } = createRedisLimits(rules, { redis, clock: createClock(), log: silentLog });
    if (user === null || bot === null) throw new Error('No limits');
    const through = async (limit: Limit, id: number, times: number): Promise<number> => {
      const counts = await Promise.all(Array.from({ length: times }, () => limit.countUpdate(id)));
      return counts.filter((excess) => excess === null).length;
    };
    const ids = Array.from({ length: 9 }, (_, index) => index + 1);
    // Nobody is refused by a node that is not connected yet.
    await eventually(() => Promise.all(ids.map((id) => redis.client.get(`${redis.prefix}limit:user:${id}`))));
    for (const id of ids) expect(await through(user, id, 12)).toBe(8);
    expect(await through(bot, 0, 60)).toBe(40);
    await redis.close();
  });

  it('turns are reserved on whichever node has them', async () => {
    const redis = await connect();
    const turns = createRedisTurns(redis, silentLog);
    for (let chat = 1; chat <= 9; chat += 1) {
      expect(await turns.reserve(`chat:${chat}`, { every: 60_000, burst: 1 })).toBe(0);
      expect(await turns.reserve(`chat:${chat}`, { every: 60_000, burst: 1 })).toBeGreaterThan(50_000);
    }
    await redis.close();
  });

  it('pauses are heard, whichever nodes the two processes talk to', async () => {
    const connections = [await connect(), await connect()];
    const [one, another] = connections.map((connection) =>
      createPauses(createVirtualClock(), createRedisPauseBoard(connection, silentLog)),
    );
    await eventually(() => {
      one?.note(7, 5);
      expect(another?.left(7)).toBe(5_000);
    });
    await Promise.all(connections.map(({ close }) => close()));
  });
});
