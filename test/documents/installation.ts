// An installation as the operator's document describes it, in a folder of its own: the project's files, settings in .env, and a bot that npm starts.
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { startSandbox } from '../../src/sandbox.ts';
import type { Sandbox } from '../../src/sandbox.ts';
import { environmentOf } from '../doctor-installation.ts';
import { readSettings } from '../e2e/shop.ts';
import { freePort } from '../free-port.ts';
import { ROOT } from './fences.ts';

const OF_THE_PROJECT = ['package.json', 'src', 'locales', 'node_modules', '.env.example', 'catalog.example.json'];

/** A process starts within seconds; a busy machine takes its time. Milliseconds. */
const START = { timeout: 60_000, interval: 20 };

export type Ended = { readonly code: number; readonly out: string };

export type RunningBot = {
  /** Everything that it has written so far. */
  output(): string;
  /** Ends it as a supervisor does. Resolves when nothing of it is left. */
  stop(): Promise<void>;
};

export type Installation = {
  readonly folder: string;
  readonly sandbox: Sandbox;
  /** Runs a line as a shell does, in the folder. */
  run(line: string, more?: NodeJS.ProcessEnv): Promise<Ended>;
  /** Resolves when the output of a command that goes on contains `sign`. */
  start(line: string, sign: string, more?: NodeJS.ProcessEnv): Promise<RunningBot>;
  /** Fills in .env, on top of what was filled in before. */
  configure(settings: Readonly<Record<string, string>>): Promise<void>;
  close(): Promise<void>;
};

/** Settings that lead to the stand-ins. Where the ledger is, is left to the defaults. */
export const settingsOf = ({ config }: Sandbox): Readonly<Record<string, string>> => {
  const settings = environmentOf(config);
  return { ...settings, DATABASE_FILE: '', STARTING_BALANCE: 'EUR 100.00, USD 100.00', TIME_ZONE: 'Europe/Madrid' };
};

/** Signals a process that leads a group, and all that it has started. */
const endGroup = ({ pid, exitCode, signalCode }: ChildProcess, signal: NodeJS.Signals): void => {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, signal);
};

export const openInstallation = async (): Promise<Installation> => {
  const folder = await mkdtemp(join(tmpdir(), 'voucher-shop-documents-'));
  for (const name of OF_THE_PROJECT) await symlink(join(ROOT, name), join(folder, name));
  const sandbox = await startSandbox(readSettings({}));
  const metricsPort = await freePort();
  const path = `${join(ROOT, 'node_modules', '.bin')}:${process.env['PATH'] ?? ''}`;
  const environment = (more: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({ PATH: path, HOME: folder, ...more });
  const started = new Set<ChildProcess>();
  let settings: Readonly<Record<string, string>> = { METRICS_PORT: `${metricsPort}` };

  return {
    folder,
    sandbox,
    run: (line, more = {}) =>
      new Promise((resolve) => {
        const options = { cwd: folder, env: environment(more), timeout: 120_000 };
        const child = execFile('sh', ['-c', line], options, (error, out, err) => {
          resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, out: out + err });
        });
        child.stdin?.end();
      }),
    start: async (line, sign, more = {}) => {
      // A group of its own, as a terminal or a supervisor has one: the signal reaches all of it.
      const child = spawn('sh', ['-c', `exec ${line}`], {
        cwd: folder,
        env: environment(more),
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      started.add(child);
      let output = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
      // When the last of the group has let go of its output: npm does not wait for what it has started.
      const ended = once(child, 'close') as Promise<[number | null]>;
      const isUp = vi.waitUntil(() => output.includes(sign), START);
      await Promise.race([isUp, ended.then(([code]) => Promise.reject(new Error(`${line} ended with ${code}:\n${output}`)))]);
      return {
        output: () => output,
        stop: async () => {
          endGroup(child, 'SIGTERM');
          await ended;
          started.delete(child);
        },
      };
    },
    configure: async (more) => {
      settings = { ...settings, ...more };
      const example = await readFile(join(ROOT, '.env.example'), 'utf8');
      const filled = example.replaceAll(/^([A-Z_]+)=$/gm, (line, name: string) => `${line}${settings[name] ?? ''}`);
      await writeFile(join(folder, '.env'), filled);
    },
    close: async () => {
      for (const child of started) endGroup(child, 'SIGKILL');
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
