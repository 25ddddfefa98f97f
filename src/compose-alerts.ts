// Puts together what the operator is told without having asked: who looks out for it, and who brings it to their chat.
import type { SqlLedger } from './adapters/sql/ledger.ts';
import { createDeliverAlerts } from './app/deliver-alerts.ts';
import type { DeliverAlerts } from './app/deliver-alerts.ts';
import { keepWatch } from './app/keep-watch.ts';
import type { Channel } from './app/ports/channel.ts';
import type { Clock } from './app/ports/clock.ts';
import type { Log } from './app/ports/log.ts';
import { createOrdersWatch } from './app/watch-orders.ts';
import type { SupplierWatch } from './app/watch-supplier.ts';
import type { Config } from './config.ts';

type Parts = {
  readonly ledger: SqlLedger;
  /** The ledger for what goes on in the background, whoever looks at the calls of updates and orders. */
  readonly books: SqlLedger;
  readonly channel: Channel;
  readonly supplierWatch: SupplierWatch;
  readonly clock: Clock;
  readonly log: Log;
};

/** `deliver` is null where no operator can be told: alerts wait in the ledger until somebody can. `watch` goes on until `signal` aborts. */
export const composeAlerts = (
  { operator: { chat, language } }: Pick<Config, 'operator'>,
  { ledger, books, channel, supplierWatch, clock, log }: Parts,
): { readonly deliver: DeliverAlerts | null; watch(signal: AbortSignal): Promise<void> } => {
  const watchOrders = createOrdersWatch({ operations: books, alerts: books, clock });
  return {
    deliver:
      chat === null
        ? null
        : createDeliverAlerts({ alerts: ledger, orders: ledger, channel, operator: { chat, language }, clock, log }),
    watch: (signal) => keepWatch([supplierWatch.look, watchOrders], { clock, log }, signal),
  };
};
