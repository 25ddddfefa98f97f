// Everything around the contenders: the stand-ins, a Redis and a folder, in this process and stopped together with whatever was started in it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startContender } from './contender.ts';
import type { Contender, ContenderName } from './contender.ts';
import { freePort } from '../test/free-port.ts';
import { startRedis } from './redis.ts';
import type { BenchRedis } from './redis.ts';
import { startSupplier } from './world/supplier.ts';
import type { Supplier } from './world/supplier.ts';
import { startTelegram } from './world/telegram.ts';
import type { Telegram } from './world/telegram.ts';
import type { WebhookAddress } from './world/webhook-client.ts';

export type Entrant = { readonly name: ContenderName; readonly webhook: WebhookAddress; readonly contender: Contender };

export type Arena = {
  readonly telegram: Telegram;
  readonly supplier: Supplier;
  readonly redis: BenchRedis;
  enter(name: ContenderName, settings?: Readonly<Record<string, string>>): Promise<Entrant>;
  /** Stops the contenders alone, for what has to go after them and before the rest. */
  stopContenders(): Promise<void>;
  /** Stops the contenders, then the rest. Gives the complaints about those that did not end well. */
  close(): Promise<readonly string[]>;
};

const PATH = '/telegram';
const SECRET = 'secret-of-the-bench-webhook';

export const openArena = async (): Promise<Arena> => {
  const redis = await startRedis();
  const [telegram, supplier, folder] = await Promise.all([
    startTelegram(),
    startSupplier(),
    mkdtemp(join(tmpdir(), 'voucher-bench-')),
  ]);
  const entrants: Entrant[] = [];
  let stopping: Promise<readonly (string | null)[]> | null = null;
  const stopAll = (): Promise<readonly (string | null)[]> =>
    (stopping ??= Promise.all(entrants.map(({ contender }) => contender.stop())));
  return {
    telegram,
    supplier,
    redis,
    enter: async (name, settings = {}) => {
      const port = await freePort();
      const token = `${100_001 + entrants.length}:token-of-the-bench-${name}`;
      const webhook = { port, path: PATH, secret: SECRET };
      const plan = { ...webhook, token, telegram: telegram.url, supplier: supplier.url, redis: redis.url };
      const contender = await startContender(name, { plan, ready: telegram.webhookSet(token), folder, settings });
      const entrant = { name, webhook, contender };
      entrants.push(entrant);
      return entrant;
    },
    stopContenders: async () => {
      await stopAll();
    },
    close: async () => {
      const complaints = await stopAll();
      await Promise.all([telegram.close(), supplier.close(), redis.stop()]);
      await rm(folder, { recursive: true, force: true });
      return complaints.filter((complaint) => complaint !== null);
    },
  };
};

/**
 * Runs a measurement in an arena of its own and tells what is wrong with it: what `work` gives, and contenders that did not end well. Resolves with the
 * exit code.
 */
export const inArena = async (work: (arena: Arena) => Promise<readonly string[]>): Promise<number> => {
  const arena = await openArena();
  // Whoever stops it by hand leaves no process, port or folder behind either.
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => void arena.close().finally(() => process.exit(1)));
  const faults: string[] = [];
  try {
    faults.push(...(await work(arena)));
  } finally {
    faults.push(...(await arena.close()));
  }
  if (faults.length === 0) return 0;
  process.stderr.write(`This run does not count:\n${faults.map((fault) => `  ${fault}`).join('\n')}\n`);
  return 1;
};
