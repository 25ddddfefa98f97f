// Checks of the ledger by looking: the database, the age of its tables, the key, and room on the disk. No migration runs.
import { constants, existsSync, statSync } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { lookAtLedger, opensCheck } from '../adapters/sql/look-at-ledger.ts';
import type { LedgerLook } from '../adapters/sql/look-at-ledger.ts';
import { createSealer } from '../adapters/system/sealing.ts';
import type { Log } from '../app/ports/log.ts';
import { ledgerPlace } from '../config.ts';
import type { Config } from '../config.ts';
import { fail, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import { failure, good, listed, notChecked, reasonOf, warning } from './finding.ts';
import type { Check, Finding } from './finding.ts';

const MEBIBYTE = 1024 * 1024;
/** With less than this, in mebibytes, a busy day may fill the disk; with less than the second one it is full. */
const LITTLE_ROOM = 1_024;
const NO_ROOM = 64;

export const createLedgerChecks = (config: Config, log: Log): readonly Check[] => {
  const looked = look(config, log);
  const checks: readonly Check[] = [
    {
      name: 'database',
      run: () => looked.then((result) => (result.ok ? good(placeText(config, result.value)) : failure(result.error))),
    },
    {
      name: 'migrations',
      run: () => looked.then((result) => (result.ok ? judgeAge(result.value) : notChecked('the database comes first'))),
    },
    {
      name: 'key',
      run: () => looked.then((result) => (result.ok ? judgeKey(config, result.value) : notChecked('the database comes first'))),
    },
  ];
  return config.databaseUrl === null ? [...checks, { name: 'disk', run: () => checkDisk(config.databaseFile) }] : checks;
};

/** The folder that is there, from which the rest of the path would be made; null where a file stands in the way. */
const standingFolder = (file: string): string | null => {
  let folder = dirname(resolve(file));
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return statSync(folder).isDirectory() ? folder : null;
};

const mayWrite = (path: string): Promise<boolean> =>
  access(path, constants.W_OK).then(
    () => true,
    () => false,
  );

/** What keeps a SQLite file from being written, null when nothing does: its folder takes the log that SQLite writes first. */
const obstacleOf = async (file: string): Promise<string | null> => {
  const folder = standingFolder(file);
  if (folder === null) return `a file stands where ${dirname(file)} (DATABASE_FILE) should be a folder; correct DATABASE_FILE`;
  if (!(await mayWrite(folder))) return `${folder} can't be written to; give it to the user that the bot runs as`;
  if (existsSync(file) && !(await mayWrite(file))) return `${file} can't be written to; give it to the user that the bot runs as`;
  return null;
};

const look = async (config: Config, log: Log): Promise<Result<LedgerLook, string>> => {
  const { databaseUrl, databaseFile } = config;
  const obstacle = databaseUrl === null ? await obstacleOf(databaseFile) : null;
  if (obstacle !== null) return fail(obstacle);
  try {
    const found = await lookAtLedger(ledgerPlace(config), log);
    return found.writable ? ok(found) : fail('the database takes no writes; point DATABASE_URL at the primary server');
  } catch (error) {
    const what = databaseUrl === null ? `${databaseFile} (DATABASE_FILE)` : 'the database (DATABASE_URL)';
    const advice = databaseUrl === null ? 'restore it from a back-up' : 'see whether the server runs and takes this user';
    return fail(`${what} can't be read (${reasonOf(error)}); ${advice}`);
  }
};

const placeText = ({ databaseUrl, databaseFile }: Config, { kind }: LedgerLook): string => {
  const place = databaseUrl === null ? databaseFile : `PostgreSQL at ${new URL(databaseUrl.reveal()).host}`;
  return kind === 'empty' ? `${place}, empty; the bot makes its tables when it starts` : place;
};

const judgeAge = (found: LedgerLook): Finding => {
  if (found.kind === 'empty') return good('none yet; they run when the bot starts');
  const { applied, pending, unknown } = found;
  if (unknown.length > 0) return failure(`the tables are of a newer version (${listed(unknown)}); run that version of the bot`);
  return pending.length === 0
    ? good(`all ${applied} applied`)
    : warning(`${listed(pending)} pending; back the ledger up, they run when the bot starts`);
};

const judgeKey = ({ encryptionKey, encryptionKeyOld }: Config, found: LedgerLook): Finding => {
  const old = encryptionKeyOld;
  if (found.kind === 'empty' || found.sealed === null) return good('nothing is sealed yet');
  if (opensCheck(createSealer(encryptionKey), found.sealed)) {
    return old === undefined
      ? good('ENCRYPTION_KEY opens the ledger')
      : warning('ENCRYPTION_KEY opens the ledger; once every bot has it, remove ENCRYPTION_KEY_OLD');
  }
  if (old !== undefined && opensCheck(createSealer(encryptionKey, old), found.sealed))
    return warning('only ENCRYPTION_KEY_OLD opens the ledger so far; run npm run rotate-keys');
  return failure('the ledger was sealed with another key; put the right one into ENCRYPTION_KEY, without it no code can be read');
};

const checkDisk = async (file: string): Promise<Finding> => {
  const folder = standingFolder(file);
  if (folder === null) return notChecked('the database comes first');
  const { bavail, bsize } = await statfs(folder);
  const free = Math.floor((bavail * bsize) / MEBIBYTE);
  if (free < NO_ROOM) return failure(`${free} MB free below ${folder}; make room, or the ledger takes no order`);
  return free < LITTLE_ROOM ? warning(`${free} MB free below ${folder}; make room soon`) : good(`${free} MB free`);
};
