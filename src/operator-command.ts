// What the operator's commands share: their words, the ledger of the production bot opened for one piece of work, and how a command ends.
import { parseArgs } from 'node:util';
import { openLedger } from './adapters/sql/ledger.ts';
import type { SqlLedger } from './adapters/sql/ledger.ts';
import { createLog } from './adapters/system/log.ts';
import { createSealer } from './adapters/system/sealing.ts';
import type { Log } from './app/ports/log.ts';
import { environment, ledgerPlace, readConfig } from './config.ts';
import type { Config } from './config.ts';
import { parseOrderId } from './domain/ids.ts';
import type { OrderId } from './domain/ids.ts';

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

/** What a command about an order says: the order, what is to be done with it, who wants that and why. */
export type Asked = { readonly id: OrderId; readonly words: readonly string[]; readonly by: string; readonly why: string };

/** Reads `<order> <words> --by <name> --why <reason>`; null unless it is exactly that, with `count` words. */
export const readAsked = (args: readonly string[], count: number): Asked | null => {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { by: { type: 'string' }, why: { type: 'string' } },
    allowPositionals: true,
    strict: false,
  });
  // An option that is not known may mean "don't", as --dry-run does.
  if (Object.keys(values).some((name) => name !== 'by' && name !== 'why')) return null;
  const [orderText = '', ...words] = positionals;
  const id = parseOrderId(orderText);
  const { by, why } = values;
  if (words.length !== count || !id.ok || typeof by !== 'string' || typeof why !== 'string' || by === '' || why === '')
    return null;
  return { id: id.value, words, by, why };
};
