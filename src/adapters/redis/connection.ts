// The connection to Redis that sessions, limits and pauses share: to one server, to the master that sentinels name, or to a cluster.
import { Cluster, Redis } from 'ioredis';
import type { RedisOptions } from 'ioredis';
import type { Log } from '../../app/ports/log.ts';
import { readRedisUrl } from './settings.ts';
import type { RedisSettings } from './settings.ts';
import { watchSentinels } from './watch-sentinels.ts';

export type RedisConnection = {
  readonly client: Redis | Cluster;
  /** What the keys and channels of everybody who uses the connection start with. */
  readonly prefix: string;
  /**
   * Another connection to the same Redis, for subscriptions: it waits until Redis is there and subscribes again after every
   * loss. It is closed with this one.
   */
  subscriber(): Redis | Cluster;
  /** Lets answers that are under way arrive, and closes everything. */
  close(): Promise<void>;
};

/** Longer than any healthy answer, shorter than Telegram's patience with a webhook. Milliseconds. */
const COMMAND_TIMEOUT = 2_000;
/** A socket on which nothing answers for so long is given up: the other end may be gone without a word. Milliseconds. */
const SOCKET_TIMEOUT = 3_000;
/** How often a cluster is asked who has which slots, beside the times when a node says that it has one no more. Milliseconds. */
const SLOTS_INTERVAL = 5_000;

/** A save that waits in a queue or is sent again could succeed long after its update was reported as failed. */
const atOnceOrNever = {
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  commandTimeout: COMMAND_TIMEOUT,
};
/** A subscription is not in a hurry, and nothing is lost by asking for it twice. */
const whenItIsThere = { enableOfflineQueue: true, maxRetriesPerRequest: null };
type Manner = typeof atOnceOrNever | typeof whenItIsThere;

/** Resolves once the first attempt to connect has ended, either way: Redis may come later, and go, and come back. */
export const openRedis = async (settings: RedisSettings, log: Log): Promise<RedisConnection> => {
  const clients: (Redis | Cluster)[] = [];
  // Comes once per attempt to reconnect, and those come ever more slowly.
  const failed = (error: Error): void => log.warn('redisFailed', { reason: error.message });
  const open = (manner: Manner): Redis | Cluster => {
    const client = settings.mode === 'cluster' ? clusterClient(settings, manner) : serverClient(settings, manner);
    client.on('error', failed);
    client.on('node error', failed);
    clients.push(client);
    return client;
  };

  const client = open(atOnceOrNever);
  // `connect` may ask sentinels and a failing cluster on and on; the first failure is enough to go on without them.
  const attempted = new Promise<void>((resolve) => {
    for (const event of ['ready', 'error', 'close']) client.once(event, () => resolve());
  });
  client.connect().catch(() => undefined);
  await attempted;
  // A node is connected with its first command, and refuses what comes meanwhile.
  if (client instanceof Cluster) await Promise.all(client.nodes('master').map((node) => node.connect().catch(() => undefined)));

  const sentinels =
    settings.mode === 'sentinel'
      ? watchSentinels(sentinelsOf(settings), settings.masterName, {
          switched: () => {
            for (const each of clients) each.disconnect(true);
          },
          failed,
        })
      : null;

  return {
    client,
    prefix: settings.prefix,
    subscriber: () => open(whenItIsThere),
    close: async () => {
      sentinels?.close();
      const closing = clients.map(async (each) => {
        // A connection that is not there has no answers to wait for.
        await each.quit().catch(() => undefined);
        each.disconnect();
      });
      await Promise.all(closing);
    },
  };
};

/** What every connection needs, whichever mode found the server. */
const serverOptions = (settings: RedisSettings) => {
  const read = readRedisUrl(settings.url, settings.mode);
  if (!read.ok) throw new Error(`REDIS_URL is ${read.error}`);
  const { members, tls, username, password, db } = read.value;
  const link = {
    lazyConnect: true,
    connectTimeout: COMMAND_TIMEOUT,
    socketTimeout: SOCKET_TIMEOUT,
    ...(tls ? { tls: {} } : {}),
  } satisfies RedisOptions;
  const options = { ...link, ...(username !== '' && { username }), ...(password !== '' && { password }) };
  return { members, tls, db, link, options };
};

const serverClient = (settings: RedisSettings, manner: Manner): Redis => {
  const { members, tls, db, options } = serverOptions(settings);
  const [server] = members;
  // What is asked for in one turn of the event loop travels together: a write to a socket is the dearest part of a command. Behind a
  // batch that hangs the next one waits until the socket is given up. Not to a cluster, where a command of a batch does not follow a
  // slot that has moved when others of it succeed.
  const together = { ...options, enableAutoPipelining: true };
  if (settings.mode === 'single') return new Redis({ ...together, ...manner, ...server, db });
  return new Redis({
    ...together,
    ...manner,
    db,
    sentinels: [...members],
    name: settings.masterName,
    sentinelPassword: settings.sentinelPassword,
    sentinelCommandTimeout: COMMAND_TIMEOUT,
    ...(tls ? { enableTLSForSentinelMode: true, sentinelTLS: {} } : {}),
    // A master that became a replica refuses the write, which then did not happen: the next one goes to the new master.
    reconnectOnError: (error) => error.message.includes('READONLY'),
  });
};

const sentinelsOf = (settings: RedisSettings): readonly RedisOptions[] => {
  const { members, link } = serverOptions(settings);
  const { sentinelPassword: password } = settings;
  return members.map((member) => ({ ...link, ...member, ...(password !== undefined && { password }) }));
};

const clusterClient = (settings: RedisSettings, manner: Manner): Cluster => {
  const { members, tls, options } = serverOptions(settings);
  const { enableOfflineQueue, ...nodeManner } = manner;
  const { lazyConnect, ...nodeOptions } = options;
  return new Cluster([...members], {
    lazyConnect,
    enableOfflineQueue,
    // What was under way on a connection that closed may have been done: nothing is sent again for it.
    retryDelayOnFailover: 0,
    slotsRefreshInterval: SLOTS_INTERVAL,
    slotsRefreshTimeout: COMMAND_TIMEOUT,
    // Certificates are made out to names, so with TLS names stay names.
    ...(tls ? { dnsLookup: (host, found) => found(null, host) } : {}),
    redisOptions: { ...nodeOptions, ...nodeManner },
  });
};
