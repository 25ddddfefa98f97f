// Re-seals the ledger with ENCRYPTION_KEY, from the operator's terminal, so that ENCRYPTION_KEY_OLD can be removed.
import { rotateKeys } from './adapters/sql/rotate-keys.ts';
import { createLog } from './adapters/system/log.ts';
import { createSealer } from './adapters/system/sealing.ts';
import { environment, ledgerPlace, readConfig } from './config.ts';
import { finish } from './operator-command.ts';
import type { End } from './operator-command.ts';

const rotate = async (): Promise<End> => {
  const read = readConfig(environment());
  if (!read.ok) return { code: 2, text: read.error.map(({ setting, problem }) => `${setting}: ${problem}`).join('\n') };
  if (read.value.mode === 'sandbox') return { code: 2, text: 'This needs the settings of the production bot.' };
  const { config } = read.value;
  const { encryptionKey, encryptionKeyOld } = config;
  if (encryptionKeyOld === undefined) return { code: 2, text: 'ENCRYPTION_KEY_OLD: missing: there is no key to rotate from' };
  try {
    const { resealed, unreadable } = await rotateKeys({
      ...ledgerPlace(config),
      log: createLog(config.log),
      current: createSealer(encryptionKey),
      both: createSealer(encryptionKey, encryptionKeyOld),
    });
    const counts = `${resealed} values re-sealed, ${unreadable} unreadable.`;
    if (unreadable > 0) return { code: 1, text: `${counts} What is unreadable opens with neither key and was left as it is.` };
    return { code: 0, text: `${counts} ENCRYPTION_KEY_OLD can be removed from every bot.` };
  } catch (error) {
    return { code: 1, text: `The keys were not rotated: ${error instanceof Error ? error.message : String(error)}` };
  }
};

finish(await rotate());
