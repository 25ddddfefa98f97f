// Where Redis is: one server, sentinels that know the master, or nodes of a cluster. Checked at the start, so that a wrong address is named.
import { unescape } from 'node:querystring';
import { fail, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';

export const REDIS_MODES = ['single', 'sentinel', 'cluster'] as const;
export type RedisMode = (typeof REDIS_MODES)[number];

export type RedisSettings = {
  readonly mode: RedisMode;
  /** `redis://` or `rediss://` addresses, separated by commas: of the server, of sentinels, or of some nodes of the cluster. */
  readonly url: string;
  /** What the sentinels call the master; needed in that mode alone. */
  readonly masterName?: string;
  /** What the sentinels themselves ask for; the credentials of the addresses are those of the servers. */
  readonly sentinelPassword?: string;
  /** What all keys and channels start with: something that nobody else's in this Redis do. */
  readonly prefix: string;
};

/** What all addresses of one Redis have in common, and where its members listen. */
export type RedisPlace = {
  readonly members: readonly { readonly host: string; readonly port: number }[];
  readonly tls: boolean;
  readonly username: string;
  readonly password: string;
  readonly db: number;
};

const USUAL_PORT: Readonly<Record<RedisMode, number>> = { single: 6_379, sentinel: 26_379, cluster: 6_379 };
const WRONG_ADDRESS = 'not a redis:// or rediss:// address, or several separated by commas';

/** A password may contain a comma, so addresses end where the next one starts. */
const addressesOf = (url: string): readonly string[] => url.trim().split(/\s*,\s*(?=[a-z]+:\/\/)/);

const isRedisAddress = ({ protocol, hostname, pathname, search, hash }: URL): boolean =>
  /^rediss?:$/.test(protocol) && /^[^,]+$/.test(hostname) && /^(\/\d{0,5})?$/.test(pathname) && search + hash === '';

/** Everything of an address but where its member listens. */
const sharedPart = ({ protocol, username, password, pathname }: URL): string =>
  JSON.stringify([protocol, username, password, pathname]);

/** The place that `url` names in this mode, or what is wrong with it. */
export const readRedisUrl = (url: string, mode: RedisMode): Result<RedisPlace, string> => {
  const members: { host: string; port: number }[] = [];
  const shared = new Set<string>();
  let place = { tls: false, username: '', password: '', db: 0 };
  for (const text of addressesOf(url)) {
    const address = URL.parse(text);
    if (address === null || !isRedisAddress(address)) return fail(WRONG_ADDRESS);
    const port = address.port === '' ? USUAL_PORT[mode] : Number(address.port);
    members.push({ host: address.hostname.replace(/^\[|\]$/g, ''), port });
    shared.add(sharedPart(address));
    place = {
      tls: address.protocol === 'rediss:',
      username: unescape(address.username),
      password: unescape(address.password),
      db: Number(address.pathname.slice(1)),
    };
  }
  if (members.length > 1 && mode === 'single') return fail('several addresses, which needs REDIS_MODE sentinel or cluster');
  if (shared.size > 1) return fail('its addresses differ in protocol, credentials or database, which must be the same for all');
  if (mode === 'cluster' && place.db !== 0) return fail('a database, which a cluster does not have');
  return ok({ ...place, members });
};
