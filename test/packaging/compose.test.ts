// compose.yaml and the Caddyfile without a Docker engine: every setting, path, port and service that they name exists, and nothing is open that should not be.
import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { WEBHOOK_PATH, readConfig } from '../../src/config.ts';
import { SETTINGS } from '../../src/settings.ts';
import { eventuallyTrue } from '../eventually.ts';
import { freePort } from '../free-port.ts';
import { skipLoudly } from '../skip-loudly.ts';
import { ROOT, isIgnored } from './image.ts';

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const run = promisify(execFile);

const bind = z.strictObject({ type: z.literal('bind'), source: z.string(), target: z.string(), read_only: z.literal(true) });
const service = z.strictObject({
  image: z.string(),
  build: z.literal('.').optional(),
  init: z.boolean().optional(),
  user: z.string().optional(),
  command: z.string().optional(),
  env_file: z.string().optional(),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  restart: z.literal('unless-stopped'),
  read_only: z.literal(true),
  tmpfs: z.array(z.string()).default([]),
  cap_drop: z.tuple([z.literal('ALL')]),
  cap_add: z.array(z.literal('NET_BIND_SERVICE')).default([]),
  security_opt: z.tuple([z.literal('no-new-privileges:true')]),
  stop_grace_period: z.string().default('10s'),
  shm_size: z.string().optional(),
  logging: z.strictObject({
    driver: z.literal('json-file'),
    options: z.strictObject({ 'max-size': z.string(), 'max-file': z.string() }),
  }),
  volumes: z.array(z.union([z.string(), bind])).default([]),
  networks: z.array(z.string()),
  ports: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.literal('service_healthy') })).default({}),
  healthcheck: z
    .strictObject({ test: z.array(z.string()), interval: z.string(), timeout: z.string(), retries: z.number() })
    .optional(),
});
const composeFile = z.looseObject({
  services: z.strictObject({ bot: service, worker: service, redis: service, postgres: service, caddy: service }),
  networks: z.strictObject({ inside: z.strictObject({ internal: z.literal(true) }), outside: z.strictObject({}) }),
  volumes: z.record(z.string(), z.strictObject({})),
});

const text = read('compose.yaml');
const { services, volumes } = composeFile.parse(parse(text, { merge: true }));
const caddyfile = read('Caddyfile');
const all = Object.entries(services);

/** What the operator writes into .env, as docs/operations.md says. */
const DOT_ENV: Readonly<Record<string, string>> = {
  BOT_TOKEN: '100001:a-token-of-nobody-at-all',
  PUBLIC_URL: 'https://bot.example.com',
  WEBHOOK_SECRET: 'a-secret-of-nobody',
  EVSB_BASE_URL: 'https://evsb.example.com',
  EVSB_USER: 'user',
  EVSB_PASSWORD: 'password',
  EVSB_TERMINAL_ID: '100001',
  EVSB_ENVIRONMENT: 'sandbox',
  ENCRYPTION_KEY: 'ab'.repeat(32),
  POSTGRES_PASSWORD: 'c0ffee',
};
/** What compose itself needs beside the settings of the bot. */
const OF_COMPOSE = ['POSTGRES_PASSWORD'];

const interpolated = (value: string | number): string =>
  `${value}`.replaceAll(/\$\{([A-Z_]+)(:\?[^}]*)?\}/g, (_, name: string) => DOT_ENV[name] ?? '');

const environmentOf = ({ environment }: z.infer<typeof service>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, interpolated(value)]));

describe('compose.yaml', () => {
  it('takes from .env what the bot has settings for, or what it explains itself, and insists on both', () => {
    const named = [...text.matchAll(/\$\{([A-Z_]+)(:\?)?/g)].map(([, name = '', insists]) => ({
      name,
      insists: insists !== undefined,
    }));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter(({ name, insists }) => !insists || ![...SETTINGS, ...OF_COMPOSE].includes(name))).toEqual([]);
    for (const name of OF_COMPOSE) {
      expect(text.split('\n', 3).join('\n')).toContain(name);
      expect(read('docs/operations.md')).toContain(name);
    }
  });

  it.each(['bot', 'worker'] as const)('gives the %s settings that it understands', (name) => {
    const { env_file: envFile } = services[name];
    const given = environmentOf(services[name]);
    expect(Object.keys(given).filter((setting) => !SETTINGS.includes(setting))).toEqual([]);
    const config = readConfig({ ...(envFile === '.env' ? DOT_ENV : {}), ...given });
    expect(config).toMatchObject({
      ok: true,
      value: { mode: 'production', config: { role: name === 'bot' ? 'web' : 'worker' } },
    });
  });

  it('points them at the services that it has, at their ports', () => {
    const { REDIS_URL: redis = '', DATABASE_URL: database = '' } = environmentOf(services.bot);
    const { POSTGRES_USER: user, POSTGRES_DB: name, POSTGRES_PASSWORD: password } = environmentOf(services.postgres);
    expect(redis).toBe('redis://redis:6379');
    expect(database).toBe(`postgres://${user}:${password}@postgres:5432/${name}`);
    expect(environmentOf(services.worker)).toMatchObject({ REDIS_URL: redis, DATABASE_URL: database });
    for (const [, { networks }] of all) expect(networks).toContain('inside');
  });

  it('opens nothing to the world but Caddy, and gives the stores no way out', () => {
    const published = Object.fromEntries(all.flatMap(([name, { ports }]) => (ports.length === 0 ? [] : [[name, ports]])));
    expect(published).toEqual({ caddy: ['80:80', '443:443', '443:443/udp'] });
    expect(all.flatMap(([name, { networks }]) => (networks.includes('outside') ? [name] : []))).toEqual([
      'bot',
      'worker',
      'caddy',
    ]);
    expect(all.flatMap(([name, { cap_add: added }]) => (added.length > 0 ? [name] : []))).toEqual(['caddy']);
  });

  it('waits for what it needs until that is well', () => {
    for (const { depends_on: needs } of [services.bot, services.worker])
      expect(Object.keys(needs)).toEqual(['redis', 'postgres']);
    expect(Object.keys(services.caddy.depends_on)).toEqual(['bot']);
    // The bot's own check is in its image.
    const checked = all.flatMap(([name, { healthcheck, build }]) =>
      healthcheck !== undefined || build !== undefined ? [name] : [],
    );
    expect(all.flatMap(([, { depends_on: needs }]) => Object.keys(needs)).filter((name) => !checked.includes(name))).toEqual([]);
  });

  it('gives a bot that ends longer than it gives itself', () => {
    const [, own = ''] = /END_WITHIN = ([\d_]+);/.exec(read('src/main.ts')) ?? [];
    for (const { stop_grace_period: grace } of [services.bot, services.worker])
      expect(Number.parseInt(grace, 10) * 1_000).toBeGreaterThan(Number(own.replaceAll('_', '')) + 5_000);
  });

  it('keeps what has to last in volumes, and binds files that exist or that the operator is told to make', () => {
    const mounts = all.flatMap(([, { volumes: mounted }]) => mounted);
    const kept = mounts.flatMap((mount) => (typeof mount === 'string' ? [mount.split(':')[0] ?? ''] : []));
    expect([...kept].sort()).toEqual(Object.keys(volumes).sort());
    const bound = new Set(mounts.flatMap((mount) => (typeof mount === 'string' ? [] : [mount.source])));
    expect(bound).toEqual(new Set(['./catalog.json', './Caddyfile']));
    expect(existsSync(join(ROOT, 'Caddyfile'))).toBe(true);
    expect(read('docs/operations.md')).toContain('cp catalog.example.json catalog.json');
    for (const { volumes: mounted, environment } of [services.bot, services.worker]) {
      const targets = mounted.flatMap((mount) => (typeof mount === 'string' ? [] : [mount.target]));
      expect(targets).toEqual([`/app/${environment['CATALOG_FILE']}`]);
    }
  });

  it('takes secrets from a file that neither git nor the image has', async () => {
    expect(isIgnored('.env')).toBe(true);
    expect(read('.gitignore').split('\n')).toEqual(expect.arrayContaining(['.env', '/catalog.json']));
    const { stdout } = await run('git', ['ls-files', '.env', 'catalog.json'], { cwd: ROOT }).catch(() => ({ stdout: '' }));
    expect(stdout).toBe('');
  });

  it('starts Redis with options that a Redis takes', async ({ skip }) => {
    const [command = '', ...words] = services.redis.command?.split(/\s+/) ?? [];
    const options = words.map((word) => (word === '""' ? '' : word));
    const folder = await mkdtemp(join(tmpdir(), 'compose-redis-'));
    const port = await freePort();
    const server = spawn(command, [...options, '--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder], { stdio: 'ignore' });
    const missing = new Promise<boolean>((resolve) => server.once('error', () => resolve(true)));
    const redis = new Redis({ port, lazyConnect: true, retryStrategy: () => 50, maxRetriesPerRequest: null });
    redis.on('error', () => undefined);
    try {
      const isUp = redis.connect().then(
        () => false,
        () => eventuallyTrue(() => redis.status === 'ready').then(() => false),
      );
      if (await Promise.race([missing, isUp])) {
        skipLoudly('redis-server');
        return skip();
      }
      const configured = await redis.config('GET', 'appendonly', 'save', 'maxmemory-policy');
      expect(configured).toEqual(expect.arrayContaining(['appendonly', 'yes', 'save', '', 'maxmemory-policy', 'noeviction']));
      const ping = services.redis.healthcheck?.test.slice(1) ?? [];
      expect((await run(ping[0] ?? '', ['-p', `${port}`, ...ping.slice(1)])).stdout.trim()).toBe('PONG');
    } finally {
      redis.disconnect();
      server.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('the Caddyfile', () => {
  it('lets the webhook through to the bot, and nothing else', () => {
    expect([...caddyfile.matchAll(/^\s*path (.*)$/gm)].map(([, each]) => each)).toEqual([WEBHOOK_PATH]);
    expect([...caddyfile.matchAll(/^\s*dynamic a (\S+) (\d+) \{$/gm)].map(([, name, port]) => ({ name, port }))).toEqual([
      { name: 'bot', port: environmentOf(services.bot)['PORT'] },
    ]);
    expect(caddyfile).toMatch(/handle \{\n\s*respond 404\n\s*\}/);
    expect(caddyfile).not.toMatch(/healthz|readyz|metrics\b.*\{/);
  });

  it('is open and shut as often', () => {
    const code = caddyfile.replaceAll(/#.*/g, '').replaceAll(/\{\$[A-Z_]+\}/g, '');
    expect(code.split('{').length).toBe(code.split('}').length);
  });

  it('knows what compose tells it', () => {
    const named = [...caddyfile.matchAll(/\{\$([A-Z_]+)\}/g)].map(([, name]) => name);
    expect(named).toEqual(Object.keys(services.caddy.environment));
  });
});
