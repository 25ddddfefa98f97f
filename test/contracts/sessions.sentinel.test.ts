import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Sessions } from '../../src/app/ports/sessions.ts';
import { parseChatId } from '../../src/domain/ids.ts';
import { eventually } from '../eventually.ts';
import { skipLoudly } from '../skip-loudly.ts';
import type { RedisProcess } from './redis-process.ts';
import { startWatchedRedis } from './redis-sentinel.ts';
import { openSessions, silent } from './redis-sessions.ts';
import { describeSessions } from './sessions.contract.ts';

const parsed = parseChatId(7);
if (!parsed.ok) throw new Error('A chat');
const chat = parsed.value;

const watched = await startWatchedRedis('of-the-servers');
if (watched === null) skipLoudly('redis-server, for a sentinel,');
afterAll(() => watched?.stop());

/** How long a failover may take here, in milliseconds: half a second to notice, and what a busy machine adds. */
const FAILOVER = { timeout: 15_000, interval: 20 };

/** The old master is told after eight seconds that it is one no more, and refuses writes from then on: this has to be sooner. */
const TOLD = { ...FAILOVER, timeout: 6_000 };

const KEY = 'watched:session:7';

/** Goes on with the conversation until a step of it is where it belongs. What comes before says unavailable, or is lost with the old master. */
const goesOnAt = async (master: RedisProcess, sessions: Sessions, data: string, within = FAILOVER): Promise<void> => {
  await vi.waitFor(async () => {
    const loaded = await sessions.load(chat);
    if (!loaded.ok) throw new Error(loaded.error.reason);
    expect(await sessions.save(chat, loaded.value.version, data, 5)).toEqual({ ok: true, value: 'saved' });
    const stored = await master.ask((redis) => redis.hmget(KEY, 'version', 'data'));
    expect(stored).toEqual([`${loaded.value.version + 1}`, data]);
  }, within);
};

/** Resolves when the replica has what the master has. */
const hasCopied = (replica: RedisProcess, data: string): Promise<void> =>
  eventually(async () => expect(await replica.ask((redis) => redis.hget(KEY, 'data'))).toBe(data));

describe.skipIf(watched === null)('with a master that a sentinel watches', () => {
  const place = { mode: 'sentinel', url: watched?.url ?? '', masterName: watched?.masterName ?? '', ttlSeconds: 60 } as const;

  describeSessions('a watched Redis', {
    open: (ttlSeconds) => openSessions({ ...place, ttlSeconds }),
    pass: (milliseconds) => wait(milliseconds),
  });

  it('goes on with the new master when the two change over, and when the master hangs', { timeout: 60_000 }, async () => {
    if (watched === null) throw new Error('Skipped without one');
    const { first, second } = watched;
    await watched.ready(second);
    const sessions = await openSessions({ ...place, prefix: 'watched:' });
    await goesOnAt(first, sessions, 'first');
    await hasCopied(second, 'first');

    await watched.changeOver();
    await goesOnAt(second, sessions, 'second', TOLD);
    // The sentinel would tell it the same some ten seconds later.
    await first.ask((redis) => redis.replicaof('127.0.0.1', second.port));
    await watched.ready(first);
    await hasCopied(first, 'second');

    // It keeps its connections and answers nothing.
    second.pause();
    expect(await sessions.load(chat)).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    await vi.waitFor(async () => expect(await sessions.load(chat)).toMatchObject({ value: { data: 'second' } }), FAILOVER);
    await goesOnAt(first, sessions, 'third');
    await sessions.close();
  });
});

describe('without a sentinel', () => {
  it('says unavailable at once, logs it, never throws, and ends', async () => {
    const warned = vi.fn();
    const nowhere = { mode: 'sentinel', url: 'redis://127.0.0.1:1,redis://127.0.0.1:2', masterName: 'shop' } as const;
    const sessions = await openSessions({ ...nowhere, log: { ...silent, warn: warned } });
    expect(await sessions.load(chat)).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    expect(await sessions.save(chat, 0, 'data', 1)).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    expect(warned).toHaveBeenCalledWith('redisFailed', expect.anything());
    await sessions.close();
  });
});
