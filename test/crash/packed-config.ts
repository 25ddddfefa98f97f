// A configuration on its way to another process: plain data, with its secrets readable.
import { secret } from '../../src/adapters/system/secret.ts';
import type { Secret } from '../../src/adapters/system/secret.ts';
import type { Config } from '../../src/config.ts';

const isSecret = (value: object): value is Secret => 'reveal' in value;

const pack = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (isSecret(value)) return { revealed: value.reveal() };
  if (Array.isArray(value)) return value.map(pack);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, pack(each)]));
};

const unpack = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if ('revealed' in value) return secret(String(value.revealed));
  if (Array.isArray(value)) return value.map(unpack);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, unpack(each)]));
};

/** The two are each other's inverse. */
export const packConfig = (config: Config): string => JSON.stringify(pack(config));
export const unpackConfig = (packed: string): Config => unpack(JSON.parse(packed)) as Config;
