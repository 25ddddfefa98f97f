// Checks of what the owner has written: the settings by name, the time zones, and the catalogue file.
import { readFile } from 'node:fs/promises';
import { parseCatalogFile } from '../adapters/codec/catalog-file.ts';
import type { CatalogFile } from '../adapters/codec/catalog-file.ts';
import type { Config, Mistake } from '../config.ts';
import { fail } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import { failure, good, listed, reasonOf, weigh } from './finding.ts';
import type { Finding } from './finding.ts';

export const nameMistakes = (mistakes: readonly Mistake[]): Finding =>
  failure(mistakes.map(({ setting, problem }) => `${setting}: ${problem}`).join('; '));

/** `rehearsal`: the stand-ins, where nobody has to be told of anything. */
export const checkSettings = (config: Config, rehearsal: boolean): Finding => {
  const { operator, admins, evsb, telegram, role } = config;
  const way = telegram.webhook === null ? 'updates by polling' : `updates by webhook at ${telegram.webhook.publicUrl}`;
  if (rehearsal) return good(`the sandbox, with stand-ins for Telegram and the supplier; ${way}`);
  const doubts = [
    ...(operator.chat === null ? ['OPERATOR_CHAT_ID is not set, so nobody is told of trouble'] : []),
    ...(admins.length === 0 ? ['ADMIN_IDS is not set, so nobody runs the shop in the chat'] : []),
    ...(config.balanceCurrency === undefined ? ['EVSB_BALANCE_CURRENCY is not set, so the balance is not reconciled'] : []),
    ...(role !== 'all' && config.databaseUrl === null ? [`ROLE=${role} with a SQLite file works on one machine only`] : []),
  ];
  return weigh(`eVSB ${evsb.environment}, terminal ${evsb.terminalId}; ${way}; role ${role}`, doubts);
};

export const checkTimeZones = ({ timeZone, evsb }: Config): Finding =>
  good(`customers read ${timeZone}, purchases carry ${evsb.timeZone}`);

/** The error holds what is wrong, one entry a mistake. */
export const readCatalog = async (file: string): Promise<Result<CatalogFile, readonly string[]>> => {
  try {
    return parseCatalogFile(await readFile(file, 'utf8'));
  } catch (error) {
    return fail([reasonOf(error)]);
  }
};

export const namesProducts = ({ overlay }: CatalogFile): boolean => Object.keys(overlay).length > 0;

export const checkCatalogFile = (file: string, read: Result<CatalogFile, readonly string[]>): Finding => {
  if (!read.ok) return failure(`correct ${file} (CATALOG_FILE): ${listed(read.error, 3)}`);
  return namesProducts(read.value)
    ? good(`${file}: ${Object.keys(read.value.overlay).length} products`)
    : failure(`${file} (CATALOG_FILE) names no product; add those that the shop is to sell`);
};
