// The settings of Redis, put together: where it is, how it is found, and what must not be printed.
import { readRedisUrl } from './adapters/redis/settings.ts';
import type { RedisSettings } from './adapters/redis/settings.ts';
import { secret } from './adapters/system/secret.ts';
import type { Secret } from './adapters/system/secret.ts';
import type { Settings } from './settings.ts';

export type RedisConfig = Omit<RedisSettings, 'url' | 'sentinelPassword'> & {
  readonly url: Secret;
  readonly sentinelPassword?: Secret;
};

export const redisConfig = (s: Settings): RedisConfig | null =>
  s.REDIS_URL === undefined
    ? null
    : {
        mode: s.REDIS_MODE,
        url: secret(s.REDIS_URL),
        ...(s.REDIS_MASTER_NAME === undefined ? {} : { masterName: s.REDIS_MASTER_NAME }),
        ...(s.REDIS_SENTINEL_PASSWORD === undefined ? {} : { sentinelPassword: secret(s.REDIS_SENTINEL_PASSWORD) }),
        prefix: s.REDIS_PREFIX,
      };

/** What is wrong with REDIS_URL in this mode; null: nothing. */
export const redisUrlProblem = ({ REDIS_URL, REDIS_MODE }: Settings): string | null => {
  if (REDIS_URL === undefined) return null;
  const read = readRedisUrl(REDIS_URL, REDIS_MODE);
  return read.ok ? null : read.error;
};

/** Where Redis is, the way it is opened. */
export const redisPlace = ({ url, sentinelPassword, ...rest }: RedisConfig): RedisSettings => ({
  ...rest,
  url: url.reveal(),
  ...(sentinelPassword === undefined ? {} : { sentinelPassword: sentinelPassword.reveal() }),
});
