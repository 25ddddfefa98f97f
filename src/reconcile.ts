// Reconciles one day now, from the operator's terminal: npm run reconcile -- --date 2026-01-31. It changes no order and moves no money.
import { parseArgs } from 'node:util';
import { createEvsbSupplier } from './adapters/evsb/supplier.ts';
import { createClock } from './adapters/system/clock.ts';
import { createLog } from './adapters/system/log.ts';
import type { ReconcileRefusal } from './app/reconcile.ts';
import { composeReconciliation } from './compose-reconciliation.ts';
import type { Config } from './config.ts';
import { parseDay } from './domain/day.ts';
import type { Day } from './domain/day.ts';
import { allAgrees } from './domain/reconciliation.ts';
import { finish, withLedger } from './operator-command.ts';
import type { End } from './operator-command.ts';
import { reportOf } from './reconciliation-report.ts';

const USAGE = `Usage: npm run reconcile -- --date <day, such as 2026-01-31>
  Compares every order of that day (in EVSB_TIME_ZONE) with the supplier, and the balance with what should have been charged.
  Ends with 0 when all agrees and with 1 when something differs. A day that was done is done again.`;

/** The day that the command line asks for; null when it can't be read. */
const askedFor = (args: readonly string[]): Day | null => {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { date: { type: 'string' } },
    allowPositionals: true,
    strict: false,
  });
  const day = typeof values['date'] === 'string' ? parseDay(values['date']) : null;
  return day?.ok === true && positionals.length === 0 && Object.keys(values).length === 1 ? day.value : null;
};

const REFUSALS: Readonly<Record<ReconcileRefusal, End>> = {
  notBegun: { code: 2, text: 'That day has not begun yet.' },
  taken: { code: 1, text: 'Another process is reconciling that day right now. Try again later.' },
  lost: { code: 1, text: 'It took too long, and another process has taken over. Try again later.' },
  done: { code: 1, text: 'That day is done.' },
  supplierDown: { code: 1, text: 'The supplier did not answer.' },
  stopped: { code: 1, text: 'It was stopped.' },
};

/** The report goes to standard output, the log beside it, and of the log errors only. */
const quietLog = ({ log }: Config) => createLog({ ...log, level: log.level === 'silent' ? 'silent' : 'error' }, process.stderr);

const reconcile = (day: Day): Promise<End> =>
  withLedger(async (ledger, _log, config) => {
    const log = quietLog(config);
    const clock = createClock();
    const { now, sleep } = clock;
    const settings = { ...config.evsb, password: config.evsb.password.reveal() };
    const supplier = createEvsbSupplier(settings, { now, sleep, random: Math.random, log });
    try {
      const { reconcileDay } = composeReconciliation(config, { ledger, supplier, clock, log });
      const done = await reconcileDay(day, { again: true, evenUnasked: true });
      if (!done.ok) return REFUSALS[done.error];
      process.stdout.write(`${reportOf(done.value)}\n`);
      return allAgrees(done.value)
        ? { code: 0, text: `${day} agrees.` }
        : { code: 1, text: `${day} does not agree; nothing was changed.` };
    } finally {
      await supplier.close();
    }
  });

const day = askedFor(process.argv.slice(2));
finish(day === null ? { code: 2, text: USAGE } : await reconcile(day));
