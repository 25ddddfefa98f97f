// The composition of reconciliation, for the bot that does it daily and for the command that does one day.
import { createReconcileDay } from './app/reconcile.ts';
import type { ReconcileDay, ReconcileDeps } from './app/reconcile.ts';
import { createDailyReconciliation } from './app/reconcile-daily.ts';
import type { DailyReconciliation } from './app/reconcile-daily.ts';
import { createReadBalance } from './app/weigh-balance.ts';
import type { SqlLedger } from './adapters/sql/ledger.ts';
import type { Config } from './config.ts';

/** `config` says which terminal, whose days and what currency; one ledger is the books and takes the alerts. */
export const composeReconciliation = (
  config: Pick<Config, 'evsb' | 'balanceCurrency'>,
  { ledger, ...rest }: Pick<ReconcileDeps, 'supplier' | 'clock' | 'log'> & { readonly ledger: SqlLedger },
): { readonly reconcileDay: ReconcileDay; readonly daily: DailyReconciliation } => {
  const { terminalId, timeZone } = config.evsb;
  const deps = { ...rest, books: ledger, alerts: ledger, terminalId, timeZone, balanceCurrency: config.balanceCurrency ?? null };
  const reconcileDay = createReconcileDay(deps);
  const readBalance = createReadBalance(deps);
  return { reconcileDay, daily: createDailyReconciliation({ ...deps, reconcileDay, readBalance }) };
};
