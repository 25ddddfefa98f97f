// Turns to send that all processes share: each is reserved with one command, in the order of asking, by the clock of Redis.
import type { Result as Reply } from 'ioredis';
import type { Log } from '../../app/ports/log.ts';
import type { RedisConnection } from './connection.ts';

/** One turn every so many milliseconds; after a quiet time `burst` of them at once. */
type Pace = { readonly every: number; readonly burst: number };

export type RedisTurns = {
  /** Milliseconds until the turn that is reserved by this call; null when Redis can't be asked. */
  reserve(name: string, pace: Pace): Promise<number | null>;
};

/** However many turns are taken, and whatever the clock of Redis does, nobody is told to wait for longer. Milliseconds. */
const FURTHEST = 60_000;

/** KEYS: where it stands when the turns given so far are used up. ARGV: `every`, `burst`. Whole milliseconds throughout. */
const RESERVE_SCRIPT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local every = tonumber(ARGV[1])
local taken = tonumber(redis.call('GET', KEYS[1]) or '0')
local free = math.min(math.max(now, taken), now + ${FURTHEST})
redis.call('SET', KEYS[1], string.format('%.0f', free + every), 'PX', string.format('%.0f', free + every - now))
return math.max(0, free - (tonumber(ARGV[2]) - 1) * every - now)
`;

declare module 'ioredis' {
  // Declared the way the library asks for it: a command that `defineCommand` adds.
  interface RedisCommander<Context> {
    reserveTurn(key: string, every: number, burst: number): Reply<number, Context>;
  }
}

export const createRedisTurns = ({ client: redis, prefix }: Pick<RedisConnection, 'client' | 'prefix'>, log: Log): RedisTurns => {
  redis.defineCommand('reserveTurn', { numberOfKeys: 1, lua: RESERVE_SCRIPT });
  return {
    reserve: async (name, { every, burst }) => {
      try {
        return await redis.reserveTurn(`${prefix}turn:${name}`, every, burst);
      } catch (error) {
        log.warn('turnNotShared', { reason: error instanceof Error ? error.message : String(error) });
        return null;
      }
    },
  };
};
