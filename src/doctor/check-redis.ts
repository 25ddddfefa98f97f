// Checks of Redis by reading: it answers, takes writes and scripts, and keeps the conversations that it is given.
import { lookAtRedis } from '../adapters/redis/look-at-redis.ts';
import type { RedisLook } from '../adapters/redis/look-at-redis.ts';
import type { RedisSettings } from '../adapters/redis/settings.ts';
import { failure, good, warning, weigh } from './finding.ts';
import type { Finding } from './finding.ts';

const REFUSALS: Readonly<Record<NonNullable<RedisLook['refuses']>, string>> = {
  replica: 'is a replica and takes no writes; point REDIS_URL at the primary server',
  memory: 'is full and takes no writes; give it more maxmemory',
  disk: 'could not save to its disk and may take no writes; make room there',
};

/** `rehearsal`: the sandbox, which needs no Redis. */
export const checkRedis = async (settings: RedisSettings | null, rehearsal: boolean): Promise<Finding> => {
  if (settings === null) {
    const fact = 'not used: conversations live in the process and end with it';
    return rehearsal ? good(fact) : warning(`${fact}; set REDIS_URL for more than one process`);
  }
  const found = await lookAtRedis(settings);
  if (!found.ok) return failure(`REDIS_URL can't be reached (${found.error}); see whether Redis runs and takes this user`);
  const { version, refuses, evicts, appendOnly } = found.value;
  if (refuses !== null) return failure(`Redis ${REFUSALS[refuses]}`);
  if (rehearsal) return good(`Redis ${version} answers`);
  return weigh(`Redis ${version} answers`, [
    ...(evicts === null ? [] : [`drops conversations when memory is short (${evicts}); set maxmemory-policy noeviction`]),
    ...(appendOnly ? [] : ['forgets conversations when it ends; set appendonly yes']),
  ]);
};
