import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { eventually } from '../eventually.ts';
import { parseChatId } from '../../src/domain/ids.ts';
import { findRedis, startRedis } from './find-redis.ts';
import { openSessions, silent } from './redis-sessions.ts';
import { describeSessions } from './sessions.contract.ts';

const chat = parseChatId(7);
if (!chat.ok) throw new Error('A chat');
const chatId = chat.value;

const found = await findRedis();
afterAll(() => found?.stop());

describe.skipIf(found === null)('with a Redis', () => {
  const url = found?.url ?? '';
  const freshPrefix = (): string => `test:${randomUUID()}:`;

  describeSessions('Redis', {
    open: (ttlSeconds) => openSessions({ url, ttlSeconds }),
    pass: (milliseconds) => wait(milliseconds),
  });

  it('keeps a chat in one key, for 30 days unless told otherwise', async () => {
    const prefix = freshPrefix();
    const sessions = await openSessions({ url, prefix });
    await sessions.save(chatId, 0, 'data', 1);
    const redis = new Redis(url);
    expect(await redis.keys(`${prefix}*`)).toEqual([`${prefix}session:7`]);
    const ttl = await redis.ttl(`${prefix}session:7`);
    expect(ttl).toBeGreaterThan(29 * 86_400);
    expect(ttl).toBeLessThanOrEqual(30 * 86_400);
    await redis.del(`${prefix}session:7`);
    await redis.quit();
    await sessions.close();
  });

  it.each<[string, (redis: Redis, key: string) => Promise<unknown>]>([
    ['something else', (redis, key) => redis.set(key, 'not a hash')],
    ['no version', (redis, key) => redis.hset(key, 'version', '', 'data', '{}')],
    ['a version that nobody counted', (redis, key) => redis.hset(key, 'version', '1.0', 'data', '{}')],
  ])('takes a key that holds %s for an unreadable session, and goes on without it', async (_what, corrupt) => {
    const prefix = freshPrefix();
    const redis = new Redis(url);
    await corrupt(redis, `${prefix}session:7`);
    const logged = vi.fn();
    const sessions = await openSessions({ url, prefix, ttlSeconds: 60, log: { ...silent, error: logged } });
    expect(await sessions.load(chatId)).toEqual({ ok: true, value: { version: 0, data: '', recentUpdates: [] } });
    expect(logged).toHaveBeenCalledExactlyOnceWith('sessionCorrupt', { chat: 7 });
    expect(await sessions.save(chatId, 0, 'data', 1)).toEqual({ ok: true, value: 'saved' });
    expect(await sessions.load(chatId)).toEqual({ ok: true, value: { version: 1, data: 'data', recentUpdates: [1] } });
    await redis.quit();
    await sessions.close();
  });
});

describe('without a Redis', () => {
  it('says unavailable at once, logs it, and never throws', async () => {
    const warned = vi.fn();
    // Port 1 is reserved and nobody listens there.
    const sessions = await openSessions({ url: 'redis://127.0.0.1:1', log: { ...silent, warn: warned } });
    expect(await sessions.load(chatId)).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    expect(await sessions.save(chatId, 0, 'data', 1)).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    expect(warned).toHaveBeenCalledWith('redisFailed', expect.anything());
    await sessions.close();
  });
});

const own = await startRedis();
afterAll(() => own?.stop());

describe.skipIf(own === null)('with a Redis of our own', () => {
  it('saves with one command: the script by its digest, the whole script only where the server does not know it', async () => {
    const url = own?.url ?? '';
    const sessions = await openSessions({ url, ttlSeconds: 60 });
    const redis = new Redis(url);
    const callsOf = async (command: string): Promise<number> => {
      const stats = await redis.info('commandstats');
      return Number(new RegExp(`cmdstat_${command}:calls=(\\d+)`).exec(stats)?.[1] ?? 0);
    };
    for (let version = 0; version < 5; version += 1) await sessions.save(chatId, version, 'data', version);
    expect([await callsOf('eval'), await callsOf('evalsha')]).toEqual([1, 4]);
    await redis.script('FLUSH');
    expect(await sessions.save(chatId, 5, 'data', 5)).toEqual({ ok: true, value: 'saved' });
    await redis.quit();
    await sessions.close();
  });

  it('keeps a session that the server refuses to read for now', async () => {
    const url = own?.url ?? '';
    const sessions = await openSessions({ url, ttlSeconds: 60, prefix: 'voucher-bot:' });
    await sessions.save(chatId, 0, 'data', 1);
    const redis = new Redis(url);
    await redis.acl('SETUSER', 'default', '-hmget');
    expect(await sessions.load(chatId)).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    await redis.acl('SETUSER', 'default', '+hmget');
    expect(await sessions.load(chatId)).toMatchObject({ ok: true, value: { version: 1 } });
    await redis.del('voucher-bot:session:7');
    expect(await sessions.load(chatId)).toMatchObject({ ok: true, value: { version: 0 } });
    await redis.quit();
    await sessions.close();
  });

  it('says unavailable while it hangs or is gone, and works again when it is back', { timeout: 20_000 }, async () => {
    if (own === null) throw new Error('Skipped without one');
    const sessions = await openSessions({ url: own.url, ttlSeconds: 60 });
    expect(await sessions.save(chatId, 0, 'data', 1)).toEqual({ ok: true, value: 'saved' });

    own.pause();
    expect(await sessions.load(chatId)).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    own.resume();
    await eventually(async () => expect(await sessions.load(chatId)).toMatchObject({ value: { version: 1 } }));

    await own.stop();
    expect(await sessions.load(chatId)).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    const again = await startRedis(own.port);
    try {
      await vi.waitFor(async () => expect(await sessions.load(chatId)).toMatchObject({ value: { version: 0 } }), {
        timeout: 5_000,
      });
    } finally {
      await sessions.close();
      await again?.stop();
    }
  });
});
