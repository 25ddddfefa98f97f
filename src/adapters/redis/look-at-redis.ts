// A look at Redis that changes nothing: whether it answers, takes writes and scripts, and keeps what it is given.
import { fail, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import type { Log } from '../../app/ports/log.ts';
import { openRedis } from './connection.ts';
import type { RedisConnection } from './connection.ts';
import type { RedisSettings } from './settings.ts';

export type RedisLook = {
  readonly version: string;
  /** Why a write would be refused right now, null when it would not. */
  readonly refuses: 'replica' | 'memory' | 'disk' | null;
  /** By which policy keys are dropped when memory is short, null where writes are refused instead. */
  readonly evicts: string | null;
  /** Whether what it holds survives its end, up to the last second or so. */
  readonly appendOnly: boolean;
};

/** `role:master` and the like, one a line. */
const readInfo = (text: string): ReadonlyMap<string, string> =>
  new Map(text.split('\r\n').map((line) => [line.split(':', 1)[0] ?? '', line.slice(line.indexOf(':') + 1)]));

/** Reads what is not there, by a script as sessions are saved: a user that may not run scripts is found out. */
const READING_SCRIPT = "return redis.call('EXISTS', KEYS[1])";

const refusalIn = (info: ReadonlyMap<string, string>): RedisLook['refuses'] => {
  const number = (name: string): number => Number(info.get(name) ?? 0);
  if (info.get('role') === 'slave') return 'replica';
  const isFull = number('maxmemory') > 0 && number('used_memory') >= number('maxmemory');
  if (isFull && info.get('maxmemory_policy') === 'noeviction') return 'memory';
  // Unless it was told otherwise, Redis takes no more writes after a snapshot that failed.
  return info.get('rdb_last_bgsave_status') === 'err' || info.get('aof_last_write_status') === 'err' ? 'disk' : null;
};

const look = async ({ client, prefix }: RedisConnection): Promise<RedisLook> => {
  await client.eval(READING_SCRIPT, 1, `${prefix}doctor`);
  const info = readInfo(await client.info());
  const policy = info.get('maxmemory_policy') ?? 'noeviction';
  return {
    version: info.get('redis_version') ?? '',
    refuses: refusalIn(info),
    evicts: policy === 'noeviction' ? null : policy,
    appendOnly: info.get('aof_enabled') === '1',
  };
};

/** The error is the reason why there is no answer. */
export const lookAtRedis = async (settings: RedisSettings): Promise<Result<RedisLook, string>> => {
  const reasons: string[] = [];
  const hear: Log['warn'] = (_event, fields) => {
    if (typeof fields?.['reason'] === 'string') reasons.push(fields['reason']);
  };
  const connection = await openRedis(settings, { info: hear, warn: hear, error: hear });
  try {
    return ok(await look(connection));
  } catch (error) {
    // Once the connection is lost, a command knows only that there is none.
    return fail(reasons.find((reason) => reason !== '') ?? (error instanceof Error ? error.message : String(error)));
  } finally {
    await connection.close();
  }
};
