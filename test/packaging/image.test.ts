// The image without a Docker engine: what the Dockerfile names exists and fits the project, and what it would build starts, sells and ends.
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox.ts';
import type { Sandbox } from '../../src/sandbox.ts';
import { settings } from '../../src/settings.ts';
import { buy } from '../e2e/buy.ts';
import { readSettings } from '../e2e/shop.ts';
import { eventuallyTrue } from '../eventually.ts';
import { freePort } from '../free-port.ts';
import { skipLoudly } from '../skip-loudly.ts';
import { healthCommandOf } from './dockerfile.ts';
import { PATH, ROOT, buildImage, finalInstructions, imageEnvironment, isIgnored, lastStage, stages } from './image.ts';
import type { Image } from './image.ts';

const defaults = settings.parse({});
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly engines: Readonly<Record<string, string>>;
};
const cmd = finalInstructions('CMD')[0]?.words ?? [];
const healthCommand = finalInstructions('HEALTHCHECK').map(healthCommandOf)[0] ?? [];

describe('the Dockerfile', () => {
  it('starts every stage from the slim image of the Node that the project has', () => {
    const major = manifest.devDependencies['node']?.split('.')[0];
    expect(new Set(stages.map(({ from }) => from))).toEqual(new Set([`node:${major}-slim`]));
    expect(manifest.engines['node']).toBe(`>=${major}`);
  });

  it('copies what exists, and nothing that is ignored', () => {
    const named = stages.flatMap(({ instructions }) =>
      instructions.flatMap(({ name, options, words }) =>
        name === 'COPY' && options['from'] === undefined ? words.slice(0, -1) : [],
      ),
    );
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((path) => !existsSync(join(ROOT, path)) || isIgnored(path))).toEqual([]);
  });

  it.each(['.env', 'catalog.json', 'data/ledger.sqlite', '.git/config', 'node_modules/zod/package.json', 'test/tidy.test.ts'])(
    'never sees %s',
    (path) => expect(isIgnored(path)).toBe(true),
  );

  it('installs what the lock file says without the development packages', () => {
    const installs = stages.flatMap(({ instructions }) => instructions.filter(({ text }) => text.startsWith('npm ')));
    expect(installs.map(({ text }) => text)).toEqual([expect.stringMatching(/^npm ci --omit=dev /)]);
  });

  it('runs what npm start runs, as a user without rights', () => {
    expect(cmd.join(' ')).toBe(manifest.scripts['start']);
    const names = lastStage().instructions.map(({ name }) => name);
    expect(finalInstructions('USER').map(({ text }) => text)).toEqual(['node']);
    expect(names.lastIndexOf('COPY')).toBeLessThan(names.indexOf('USER'));
    expect(imageEnvironment()['NODE_ENV']).toBe('production');
  });

  it('shows the ports that the bot listens on', () => {
    expect(finalInstructions('EXPOSE').flatMap(({ words }) => words)).toEqual([`${defaults.PORT}`, `${defaults.METRICS_PORT}`]);
    expect(healthCommand.join(' ')).toContain(`process.env.METRICS_PORT || ${defaults.METRICS_PORT}}/healthz`);
  });

  it('keeps the ledger in a volume', () => {
    const [workdir = ''] = finalInstructions('WORKDIR').map(({ text }) => text);
    const volumes = finalInstructions('VOLUME').flatMap(({ words }) => words);
    expect(volumes).toContain(posix.dirname(posix.join(workdir, defaults.DATABASE_FILE)));
  });
});

describe('what the Dockerfile builds', () => {
  let folder: string;
  let image: Image | null = null;
  let sandbox: Sandbox;
  let child: ChildProcess | null = null;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'voucher-shop-image-'));
    image = await buildImage(folder);
    if (image === null) skipLoudly('The way to the package registry');
    sandbox = await startSandbox(readSettings({}));
  }, 240_000);
  afterEach(() => child?.kill('SIGKILL'));
  afterAll(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** The environment of the container: what the image brings, and settings that point to the stand-ins. */
  const environmentFor = async (given: Readonly<Record<string, string>>) => {
    const { telegram, evsb, encryptionKey } = sandbox.config;
    const temporary = join(folder, 'tmp');
    await mkdir(temporary, { recursive: true });
    await copyFile(join(ROOT, 'catalog.example.json'), join(temporary, 'catalog.json'));
    return {
      ...imageEnvironment(),
      PATH,
      TMPDIR: temporary,
      BOT_TOKEN: telegram.token.reveal(),
      TELEGRAM_API_ROOT: telegram.apiRoot,
      EVSB_BASE_URL: evsb.baseUrl,
      EVSB_USER: evsb.user,
      EVSB_PASSWORD: evsb.password.reveal(),
      EVSB_TERMINAL_ID: `${evsb.terminalId}`,
      EVSB_ENVIRONMENT: 'sandbox',
      ENCRYPTION_KEY: encryptionKey.reveal(),
      CATALOG_FILE: join(temporary, 'catalog.json'),
      STARTING_BALANCE: 'EUR 100.00',
      METRICS_PORT: `${await freePort()}`,
      ...given,
    };
  };

  const startContainer = async (app: string, env: Readonly<Record<string, string>>) => {
    const [command = '', ...args] = cmd;
    const started = spawn(command, args, { cwd: app, env, stdio: ['ignore', 'pipe', 'pipe'] });
    child = started;
    let output = '';
    for (const stream of [started.stdout, started.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
    const ended = once(started, 'exit') as Promise<[number | null]>;
    const isUp = eventuallyTrue(() => output.includes('"msg":"running"'));
    await Promise.race([isUp, ended.then(([code]) => Promise.reject(new Error(`It ended with ${code}:\n${output}`)))]);
    return {
      output: () => output,
      stop: async () => {
        started.kill('SIGTERM');
        return (await ended)[0];
      },
    };
  };

  const healthCode = (app: string, env: Readonly<Record<string, string>>): Promise<unknown> =>
    new Promise((resolve) => {
      const [command = '', ...args] = healthCommand;
      execFile(command, args, { cwd: app, env }, (error) => resolve(error?.code ?? 0));
    });

  /** The operator's commands run inside of the image too, through its npm. */
  const doctorCode = (app: string, env: Readonly<Record<string, string>>): Promise<unknown> =>
    new Promise((resolve) => {
      const inside = { ...env, npm_config_cache: join(folder, 'tmp', 'npm') };
      execFile('npm', ['run', 'doctor'], { cwd: app, env: inside }, (error, out) => resolve(error === null ? 0 : out));
    });

  /** What a read-only file system would have refused: everything new outside of the volumes and the temporary folder. */
  const filesOf = (app: string): readonly string[] =>
    readdirSync(app, { recursive: true, encoding: 'utf8' })
      .filter((path) => !/^(data|node_modules)\//.test(path))
      .sort();

  it('has the sources, the texts and the packages of production, and nothing else', ({ skip }) => {
    if (image === null) return skip();
    const { app } = image;
    expect(readdirSync(app).sort()).toEqual(['data', 'locales', 'node_modules', 'package.json', 'src']);
    const missing = Object.keys(manifest.dependencies).filter((name) => !existsSync(join(app, 'node_modules', name)));
    const tooMuch = Object.keys(manifest.devDependencies).filter((name) => existsSync(join(app, 'node_modules', name)));
    expect({ missing, tooMuch }).toEqual({ missing: [], tooMuch: [] });
  });

  it('sells, says that it is well, passes the doctor, and ends with 0 when it is told to, having written to its volume alone', async ({
    skip,
  }) => {
    if (image === null) return skip();
    const { app } = image;
    const env = await environmentFor({});
    expect(await healthCode(app, env)).toBe(1);
    const before = filesOf(app);
    const container = await startContainer(app, env);
    expect(await healthCode(app, env)).toBe(0);
    expect(await doctorCode(app, env)).toBe(0);
    const code = await buy(sandbox.telegram.customer(1001));
    expect(sandbox.evsb.books.honoured).toHaveLength(1);
    expect(code).not.toBe('');
    expect(await container.stop()).toBe(0);
    expect(filesOf(app)).toEqual(before);
    expect(readdirSync(join(app, 'data'))).toContain('ledger.sqlite');
  });

  it('runs as a worker, which takes no updates and is asked for its health alike', async ({ skip }) => {
    if (image === null) return skip();
    const { app } = image;
    const env = await environmentFor({ ROLE: 'worker' });
    const container = await startContainer(app, env);
    expect(container.output()).toContain('"role":"worker"');
    expect(await healthCode(app, env)).toBe(0);
    expect(await container.stop()).toBe(0);
  });
});
