// A cluster of three masters on loopback, whose nodes die and whose slots move as the test wants.
import { freePort } from '../free-port.ts';
import { eventually } from '../eventually.ts';
import { startRedisProcess } from './redis-process.ts';
import type { RedisProcess } from './redis-process.ts';

export type RedisClusterOptions = {
  readonly password?: string;
  /** Files of a certificate for 127.0.0.1 that signs itself; with one, clients and nodes talk TLS. */
  readonly tls?: { readonly certificate: string; readonly key: string };
};

export type RedisCluster = {
  readonly nodes: readonly RedisProcess[];
  /** As REDIS_URL names them. */
  readonly url: string;
  /** The node that has the slot of a key. */
  ownerOf(key: string): Promise<RedisProcess>;
  /** Resolves when all nodes say that all is well. */
  healthy(): Promise<void>;
  stop(): Promise<void>;
};

const SLOTS = 16_384;
const NODES = 3;

/** In milliseconds: after this a node that does not answer is taken for dead. */
const NODE_TIMEOUT = 1_000;

/** Null where this machine has no `redis-server`. */
export const startRedisCluster = async ({ password, tls }: RedisClusterOptions = {}): Promise<RedisCluster | null> => {
  const nodes: RedisProcess[] = [];
  const buses: number[] = [];
  const addresses: string[] = [];
  const user = password === undefined ? '' : `:${password}@`;
  const stop = async (): Promise<void> => {
    await Promise.all(nodes.map((node) => node.stop()));
  };
  while (nodes.length < NODES) {
    const bus = await freePort();
    const settings = [
      'cluster-enabled yes',
      `cluster-port ${bus}`,
      `cluster-node-timeout ${NODE_TIMEOUT}`,
      // The chats of the other nodes go on when one is gone.
      'cluster-require-full-coverage no',
      'appendonly yes',
      'appendfsync always',
    ];
    if (password !== undefined) settings.push(`requirepass ${password}`);
    const tlsPort = tls && (await freePort());
    if (tls !== undefined) {
      const { certificate, key } = tls;
      settings.push(`tls-port ${tlsPort}`, 'tls-cluster yes', 'tls-auth-clients no');
      settings.push(`tls-cert-file ${certificate}`, `tls-key-file ${key}`, `tls-ca-cert-file ${certificate}`);
    }
    const node = await startRedisProcess({ settings, ...(password !== undefined && { password }) });
    if (node === null) {
      await stop();
      return null;
    }
    nodes.push(node);
    buses.push(bus);
    addresses.push(tlsPort === undefined ? `redis://${user}127.0.0.1:${node.port}` : `rediss://${user}127.0.0.1:${tlsPort}`);
  }

  const healthy = async (): Promise<void> => {
    for (const node of nodes) {
      await eventually(async () => {
        const info = await node.ask((redis) => redis.cluster('INFO'));
        const well = ['cluster_state:ok', `cluster_slots_ok:${SLOTS}`, `cluster_known_nodes:${NODES}`].filter(
          (line) => !info.includes(line),
        );
        if (well.length > 0) throw new Error(`Not yet: ${well.join(', ')}`);
      });
    }
  };

  const share = Math.ceil(SLOTS / NODES);
  for (const [index, node] of nodes.entries()) {
    const last = Math.min((index + 1) * share, SLOTS) - 1;
    await node.ask((redis) => redis.cluster('ADDSLOTSRANGE', index * share, last));
    await node.ask((redis) => redis.call('CLUSTER', 'SET-CONFIG-EPOCH', index + 1));
  }
  for (const [index, node] of nodes.entries()) {
    if (index > 0) await nodes[0]?.ask((redis) => redis.call('CLUSTER', 'MEET', '127.0.0.1', node.port, buses[index] ?? 0));
  }
  await healthy();

  return {
    nodes,
    url: addresses.join(','),
    ownerOf: async (key) => {
      for (const node of nodes) {
        // The others answer that it has moved.
        const owns = await node
          .ask((redis) => redis.exists(key))
          .then(
            () => true,
            () => false,
          );
        if (owns) return node;
      }
      throw new Error(`Nobody has the slot of ${key}`);
    },
    healthy,
    stop,
  };
};
