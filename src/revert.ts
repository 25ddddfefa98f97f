// Undoes a sale at the supplier, from the operator's terminal. The running bot tells the customer, and asks on where the answer got lost.
import { readFile } from 'node:fs/promises';
import { parseCatalogFile } from './adapters/codec/catalog-file.ts';
import { createEvsbSupplier } from './adapters/evsb/supplier.ts';
import { createClock } from './adapters/system/clock.ts';
import { createWriteStep } from './app/order-step.ts';
import type { Log } from './app/ports/log.ts';
import { createRevertOrder } from './app/revert-order.ts';
import type { RevertRefusal, Reverted, RevertingOrder } from './app/revert-order.ts';
import type { Config } from './config.ts';
import type { Overlay } from './domain/catalog.ts';
import { assertNever, fail, ok } from './domain/result.ts';
import type { Result } from './domain/result.ts';
import { finish, readAsked, withLedger } from './operator-command.ts';
import type { End } from './operator-command.ts';

const USAGE = `Usage: npm run revert -- <order> --by <your name> --why <reason>
  Undoes a sale that was charged, if its product is "revertible" in the catalogue file. The customer gets the money back once the
  supplier has confirmed it. Never use it to find out whether an order was charged.`;

const readOverlay = async (file: string): Promise<Result<Overlay, string>> => {
  try {
    const parsed = parseCatalogFile(await readFile(file, 'utf8'));
    return parsed.ok
      ? ok(parsed.value.overlay)
      : fail(parsed.error.map((problem) => `CATALOG_FILE ${file}: ${problem}`).join('\n'));
  } catch (error) {
    return fail(`CATALOG_FILE: ${error instanceof Error ? error.message : String(error)}`);
  }
};

const refusalText = (refusal: RevertRefusal): string => {
  switch (refusal.kind) {
    case 'noSuchOrder':
      return 'There is no such order.';
    case 'notNow':
      return `The order is ${refusal.status}: only a paid order can be undone, once, and never while an earlier try may have worked.`;
    case 'notRevertible':
      return 'The catalogue file does not say that the product is "revertible". Nothing was sent.';
    case 'soldByReceivedAmount':
      return 'The order was bought by the amount to be received; such a sale can only be undone by the supplier. Nothing was sent.';
    case 'stale':
      return 'The order changed at the same moment. Look again. Nothing was sent.';
    default:
      return assertNever(refusal);
  }
};

const endOf = ({ id }: RevertingOrder, { outcome, resultCode, status, stored }: Reverted): End => {
  const code = resultCode === null ? '' : ` (code ${resultCode})`;
  if (!stored) return { code: 1, text: `The supplier's answer was "${outcome}"${code}, but order ${id} is ${status} by now.` };
  switch (outcome) {
    case 'reverted':
      return { code: 0, text: `Order ${id} is ${status} now. The customer has the money back and hears of it from the bot.` };
    case 'refused':
      return { code: 1, text: `The supplier refused${code}. Order ${id} is ${status}, as before.` };
    case 'notSent':
      return { code: 1, text: `The supplier could not be reached. Order ${id} is ${status}, as before. Try again.` };
    case 'unclear':
      return {
        code: 1,
        text: `The supplier gave no clear answer${code}. Order ${id} is ${status}: the running bot asks on, and calls a person if it never learns.`,
      };
    default:
      return assertNever(outcome);
  }
};

const connect = ({ evsb }: Config, log: Log) => {
  const { now, sleep } = createClock();
  return createEvsbSupplier({ ...evsb, password: evsb.password.reveal() }, { now, sleep, random: Math.random, log });
};

const revert = (asked: RevertingOrder): Promise<End> =>
  withLedger(async (ledger, log, config) => {
    const overlay = await readOverlay(config.catalogFile);
    if (!overlay.ok) return { code: 2, text: overlay.error };
    const supplier = connect(config, log);
    try {
      // Shows whether the clocks agree: a revert that is signed with a wrong time might come out as unclear.
      await supplier.ping();
      const clock = createClock();
      const write = createWriteStep({ ledger, clock, log });
      const reverted = await createRevertOrder({ ledger, reverter: supplier, overlay: overlay.value, write, clock, log })(asked);
      return reverted.ok ? endOf(asked, reverted.value) : { code: 1, text: refusalText(reverted.error) };
    } finally {
      await supplier.close();
    }
  });

const asked = readAsked(process.argv.slice(2), 0);
finish(asked === null ? { code: 2, text: USAGE } : await revert(asked));
