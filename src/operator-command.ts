// What the operator's commands share: the ledger of the production bot, opened for one piece of work, and how a command ends.
import { openLedger } from './adapters/sql/ledger.ts';
import type { SqlLedger } from './adapters/sql/ledger.ts';
import { createLog } from './adapters/system/log.ts';
import { createSealer } from './adapters/system/sealing.ts';
import type { Log } from './app/ports/log.ts';
import { environment, ledgerPlace, readConfig } from './config.ts';
import type { Config } from './config.ts';

/** Code 0: done. 1: not done, and the text says why. 2: the command or the configuration is wrong. */
export type End = { readonly code: 0 | 1 | 2; readonly text: string };

/** Opens the ledger that the running bot uses, works on it, and closes it again. */
export const withLedger = async (work: (ledger: SqlLedger, log: Log, config: Config) => Promise<End>): Promise<End> => {
  const read = readConfig(environment());
  if (!read.ok) return { code: 2, text: read.error.map(({ setting, problem }) => `${setting}: ${problem}`).join('\n') };
  if (read.value.mode === 'sandbox') {
    return { code: 2, text: 'The sandbox forgets its ledger when it ends; this needs the settings of the production bot.' };
  }
  const { config } = read.value;
  const log = createLog(config.log);
  let ledger: SqlLedger;
  try {
    ledger = await openLedger({
      ...ledgerPlace(config),
      sealer: createSealer(config.encryptionKey, config.encryptionKeyOld),
      log,
    });
  } catch (error) {
    return { code: 1, text: `The ledger can't be opened: ${error instanceof Error ? error.message : String(error)}` };
  }
  try {
    return await work(ledger, log, config);
  } finally {
    await ledger.close();
  }
};

/** Prints how the command ended and leaves its code to the process. */
export const finish = ({ code, text }: End): void => {
  (code === 0 ? process.stdout : process.stderr).write(`${text}\n`);
  process.exitCode = code;
};
