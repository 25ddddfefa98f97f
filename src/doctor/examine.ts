// Puts the checks together: all of an installation, in the order in which they are read. They read, and change nothing.
import { createClock } from '../adapters/system/clock.ts';
import { createLog } from '../adapters/system/log.ts';
import { redisPlace } from '../config-redis.ts';
import { WEBHOOK_PATH, readConfig } from '../config.ts';
import type { Config, Mistake } from '../config.ts';
import { startSandbox } from '../sandbox.ts';
import { checkLocales } from './check-locales.ts';
import { createLedgerChecks } from './check-ledger.ts';
import { checkRedis } from './check-redis.ts';
import { checkCatalogFile, checkSettings, checkTimeZones, nameMistakes, namesProducts, readCatalog } from './check-settings.ts';
import { createSupplierChecks } from './check-supplier.ts';
import { createTelegramChecks } from './check-telegram.ts';
import { notChecked, runChecks } from './finding.ts';
import type { Check, NamedFinding } from './finding.ts';

const locales: Check = { name: 'locales', run: () => checkLocales() };

/** The bot would not start with these settings, so that there is little else to look at. */
const examineMistakes = (mistakes: readonly Mistake[]): Promise<readonly NamedFinding[]> => {
  const skipped = ['time zones', 'catalogue file', 'supplier', 'bot token', 'redis', 'database'];
  return runChecks([
    { name: 'settings', run: () => Promise.resolve(nameMistakes(mistakes)) },
    ...skipped.map((name) => ({ name, run: () => Promise.resolve(notChecked('the settings come first')) })),
    locales,
  ]);
};

/** `rehearsal`: it is the sandbox, where nothing is missed that only a real shop needs. */
const examine = async (config: Config, rehearsal: boolean): Promise<readonly NamedFinding[]> => {
  // What the adapters would log is said by the findings.
  const log = createLog({ level: 'silent', pretty: false });
  const { now, sleep } = createClock();
  const catalogFile = readCatalog(config.catalogFile);
  const supplier = createSupplierChecks(
    config,
    catalogFile.then((read) => (read.ok && namesProducts(read.value) ? read.value : null)),
    { now, log },
  );
  const telegram = createTelegramChecks(config, WEBHOOK_PATH, { now, sleep, log });
  const findings = await runChecks([
    { name: 'settings', run: () => Promise.resolve(checkSettings(config, rehearsal)) },
    { name: 'time zones', run: () => Promise.resolve(checkTimeZones(config)) },
    { name: 'catalogue file', run: () => catalogFile.then((read) => checkCatalogFile(config.catalogFile, read)) },
    ...supplier.checks,
    ...telegram.checks,
    { name: 'redis', run: () => checkRedis(config.redis === null ? null : redisPlace(config.redis), rehearsal) },
    ...createLedgerChecks(config, log),
    locales,
  ]);
  await Promise.all([supplier.close(), telegram.close()]);
  return findings;
};

/** Without a bot token it is the sandbox, whose stand-ins are started for it and ended. */
export const examineInstallation = async (variables: Parameters<typeof readConfig>[0]): Promise<readonly NamedFinding[]> => {
  const read = readConfig(variables);
  if (!read.ok) return examineMistakes(read.error);
  if (read.value.mode === 'production') return examine(read.value.config, false);
  // The usual port of the chat page belongs to a sandbox that runs.
  const sandbox = await startSandbox({ ...read.value.config, port: 0 });
  try {
    return await examine(sandbox.config, true);
  } finally {
    await sandbox.close();
  }
};
