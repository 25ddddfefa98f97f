// The settings of Redis: what they come to, and every mistake by the name of its setting.
import { describe, expect, it } from 'vitest';
import { readRedisUrl } from '../../src/adapters/redis/settings.ts';
import { redisPlace } from '../../src/config-redis.ts';
import { readConfig } from '../../src/config.ts';

const placeOf = (env: Readonly<Record<string, string>>) => {
  const read = readConfig(env);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const { redis } = read.value.config;
  return redis && redisPlace(redis);
};

const THREE = 'redis://a:7000,redis://b:7001, redis://c';

describe('the place of Redis', () => {
  it.each([
    [{ REDIS_URL: 'redis://host' }, { mode: 'single', url: 'redis://host', prefix: 'voucher-bot:' }],
    [
      { REDIS_URL: THREE, REDIS_MODE: 'cluster', REDIS_PREFIX: 'shop:' },
      { mode: 'cluster', url: THREE, prefix: 'shop:' },
    ],
    [
      { REDIS_URL: THREE, REDIS_MODE: 'sentinel', REDIS_MASTER_NAME: 'main', REDIS_SENTINEL_PASSWORD: 'word' },
      { mode: 'sentinel', url: THREE, masterName: 'main', sentinelPassword: 'word', prefix: 'voucher-bot:' },
    ],
  ])('is what %o says', (env, place) => {
    expect(placeOf(env)).toEqual(place);
  });

  it.each<[Readonly<Record<string, string>>, string, string]>([
    [{ REDIS_URL: 'host:6379' }, 'REDIS_URL', 'not a redis:// or rediss:// address'],
    [{ REDIS_URL: 'https://host' }, 'REDIS_URL', 'not a redis:// or rediss:// address'],
    [{ REDIS_URL: 'redis://' }, 'REDIS_URL', 'not a redis:// or rediss:// address'],
    [{ REDIS_URL: 'redis://host/shop' }, 'REDIS_URL', 'not a redis:// or rediss:// address'],
    [{ REDIS_URL: 'redis://host?db=1' }, 'REDIS_URL', 'not a redis:// or rediss:// address'],
    [{ REDIS_URL: 'redis://a,b:7001', REDIS_MODE: 'cluster' }, 'REDIS_URL', 'not a redis:// or rediss:// address'],
    [{ REDIS_URL: THREE }, 'REDIS_URL', 'several addresses'],
    [{ REDIS_URL: 'redis://a,rediss://b', REDIS_MODE: 'cluster' }, 'REDIS_URL', 'differ in protocol'],
    [{ REDIS_URL: 'redis://:x@a,redis://b', REDIS_MODE: 'cluster' }, 'REDIS_URL', 'differ in protocol, credentials'],
    [{ REDIS_URL: 'redis://a/2', REDIS_MODE: 'cluster' }, 'REDIS_URL', 'a database, which a cluster does not have'],
    [{ REDIS_URL: 'redis://a', REDIS_MODE: 'sentinel' }, 'REDIS_MASTER_NAME', 'needed beside REDIS_MODE=sentinel'],
    [{ REDIS_URL: 'redis://a', REDIS_MODE: 'many' }, 'REDIS_MODE', 'single'],
    [{ REDIS_MODE: 'cluster' }, 'REDIS_URL', 'needed beside REDIS_MODE'],
    [{ REDIS_URL: 'redis://a', REDIS_MASTER_NAME: 'main' }, 'REDIS_MODE', 'not sentinel'],
    [{ REDIS_URL: 'redis://a', REDIS_MODE: 'cluster', REDIS_SENTINEL_PASSWORD: 'x' }, 'REDIS_MODE', 'not sentinel'],
  ])('is refused of %o, by %s', (env, setting, problem) => {
    expect(readConfig(env)).toEqual({ ok: false, error: [{ setting, problem: expect.stringContaining(problem) as string }] });
  });

  it('does not print its passwords', () => {
    const env = { REDIS_MODE: 'sentinel', REDIS_MASTER_NAME: 'main', REDIS_SENTINEL_PASSWORD: 'of-sentinels' };
    const text = JSON.stringify(readConfig({ ...env, REDIS_URL: 'redis://:of-servers@a' }));
    expect(text).toContain('"main"');
    expect(text).not.toContain('of-sentinels');
    expect(text).not.toContain('of-servers');
  });
});

describe('an address of Redis', () => {
  it.each([
    ['redis://host', { members: [{ host: 'host', port: 6_379 }], tls: false, username: '', password: '', db: 0 }],
    [
      'rediss://user:p%40ss@[::1]:7000/3',
      { members: [{ host: '::1', port: 7_000 }], tls: true, username: 'user', password: 'p@ss', db: 3 },
    ],
    ['redis://:a,b%zz@host', { members: [{ host: 'host', port: 6_379 }], tls: false, username: '', password: 'a,b%zz', db: 0 }],
  ])('%s is read', (url, place) => {
    expect(readRedisUrl(url, 'single')).toEqual({ ok: true, value: place });
  });

  it('of a sentinel has the port of sentinels', () => {
    expect(readRedisUrl('redis://a,redis://b:7', 'sentinel')).toMatchObject({
      value: {
        members: [
          { host: 'a', port: 26_379 },
          { host: 'b', port: 7 },
        ],
      },
    });
  });
});
