// An installation for the doctor to examine: both stand-ins, a ledger that a bot has opened, and the settings that lead there.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { openLedger } from '../src/adapters/sql/ledger.ts';
import { createSealer } from '../src/adapters/system/sealing.ts';
import { examineInstallation } from '../src/doctor/examine.ts';
import { startSandbox } from '../src/sandbox.ts';
import type { Sandbox, SandboxOptions } from '../src/sandbox.ts';
import { silentLog } from './app/test-clock.ts';
import { readSettings } from './e2e/shop.ts';

export type Environment = Readonly<Record<string, string>>;

export type Installation = Sandbox & {
  /** Settings of production, which lead to the stand-ins. */
  readonly env: Environment;
};

/** Whose chats the stand-in knows. */
export const OPERATOR = 9_001;

export const environmentOf = ({ telegram, evsb, encryptionKey, databaseFile, catalogFile }: Sandbox['config']): Environment => ({
  BOT_TOKEN: telegram.token.reveal(),
  TELEGRAM_API_ROOT: telegram.apiRoot,
  EVSB_BASE_URL: evsb.baseUrl,
  EVSB_USER: evsb.user,
  EVSB_PASSWORD: evsb.password.reveal(),
  EVSB_TERMINAL_ID: String(evsb.terminalId),
  EVSB_ENVIRONMENT: 'sandbox',
  EVSB_BALANCE_CURRENCY: 'USD',
  ENCRYPTION_KEY: encryptionKey.reveal(),
  DATABASE_FILE: databaseFile,
  CATALOG_FILE: catalogFile,
  OPERATOR_CHAT_ID: String(OPERATOR),
  ADMIN_IDS: String(OPERATOR),
});

export const openInstallation = async (evsb: SandboxOptions['evsb'] = {}): Promise<Installation> => {
  const sandbox = await startSandbox(readSettings({}), { evsb });
  const { databaseFile: file, encryptionKey } = sandbox.config;
  const ledger = await openLedger({ file, sealer: createSealer(encryptionKey), log: silentLog });
  await ledger.close();
  sandbox.telegram.customer(OPERATOR).sendText('Hi');
  return { ...sandbox, env: environmentOf(sandbox.config) };
};

const line = z.strictObject({
  check: z.string(),
  verdict: z.enum(['ok', 'warning', 'failure', 'notChecked']),
  text: z.string(),
});
export type Line = z.infer<typeof line>;

export type Ended = { readonly code: number; readonly out: string; readonly err: string };

const ROOT = join(import.meta.dirname, '..');

/** Runs what `npm run doctor` runs, of the project in `folder`. */
export const runDoctor = (env: Environment, args: readonly string[] = [], folder = ROOT): Promise<Ended> =>
  new Promise((resolve) => {
    const node = ['--disable-warning=ExperimentalWarning', 'src/doctor.ts', ...args];
    execFile(process.execPath, node, { env, cwd: folder, timeout: 60_000 }, (error, out, err) => {
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, out, err });
    });
  });

/** The findings of a run of the program, and its code. */
export const examinedApart = async (env: Environment): Promise<{ readonly code: number; readonly lines: readonly Line[] }> => {
  const { code, out, err } = await runDoctor(env, ['--json']);
  if (err !== '') throw new Error(err);
  const lines = out
    .trimEnd()
    .split('\n')
    .map((text) => line.parse(JSON.parse(text)));
  return { code, lines };
};

/** The findings that the program would print, without a process of its own, which is quicker. */
export const examined = async (env: Environment): Promise<readonly Line[]> =>
  (await examineInstallation(env)).map((finding) => line.parse(finding));
