// Puts together what those who run the shop use in the chat, and what works for them in the background.
import type { SqlLedger } from './adapters/sql/ledger.ts';
import { createAnnouncer } from './app/announce.ts';
import { createAnswerAdmin } from './app/answer-admin.ts';
import type { AnswerAdmin } from './app/answer-admin.ts';
import { createCarryOutAdminTask } from './app/carry-out-admin-task.ts';
import { createCheckHealth } from './app/check-health.ts';
import type { CatalogKeeper } from './app/keep-catalog.ts';
import { createOperateStops } from './app/operate-stops.ts';
import type { OperateStops } from './app/operate-stops.ts';
import { createWriteStep } from './app/order-step.ts';
import type { Channel } from './app/ports/channel.ts';
import type { Clock } from './app/ports/clock.ts';
import type { Log } from './app/ports/log.ts';
import type { Sessions } from './app/ports/sessions.ts';
import type { Reverter, Supplier } from './app/ports/supplier.ts';
import type { Tokens } from './app/ports/tokens.ts';
import { createReadAdminPage } from './app/read-admin-page.ts';
import { createRevertOrder } from './app/revert-order.ts';
import { createRuleOnOrder } from './app/rule-on-order.ts';
import { createSearchOrders } from './app/search-orders.ts';
import { createTerminalBalance } from './app/terminal-balance.ts';
import { createTopUpWallet } from './app/top-up-wallet.ts';
import type { Config } from './config.ts';
import type { Overlay } from './domain/catalog.ts';

type Parts = {
  readonly ledger: SqlLedger;
  /** The ledger for what goes on in the background, whoever looks at the calls of updates and orders. */
  readonly books: SqlLedger;
  readonly sessions: Sessions;
  readonly supplier: Supplier & Reverter;
  readonly channel: Channel;
  readonly catalog: CatalogKeeper;
  readonly overlay: Overlay;
  readonly tokens: Tokens;
  readonly wakeWorker: () => void;
  readonly clock: Clock;
  readonly log: Log;
};

export type Admin = {
  readonly answer: AnswerAdmin;
  readonly stops: OperateStops;
  /** Sends announcements and watches the balance until `signal` aborts. */
  work(signal: AbortSignal): Promise<unknown>;
};

export const composeAdmin = (config: Config, parts: Parts): Admin => {
  const { ledger, books, supplier, catalog, overlay, clock, log } = parts;
  const { admins, timeZone } = config;
  const stops = createOperateStops({ ...parts, stops: books });
  const announcer = createAnnouncer({ ...parts, announcements: books });
  const balance = createTerminalBalance({ supplier, alerts: books, limit: config.lowBalance, timeZone, clock, log });
  const { language } = config.operator;
  const topUps = createTopUpWallet({ ...parts, topUps: ledger, admins, limits: config.topUpLimits, language });
  const write = createWriteStep({ ledger, clock, log });
  const readPage = createReadAdminPage({
    operations: ledger,
    pending: ledger,
    announcements: ledger,
    people: ledger,
    ledger,
    sales: ledger,
    searchOrders: createSearchOrders({ ledger, operations: ledger, overlay }),
    topUps,
    balance,
    balanceCurrency: config.balanceCurrency ?? null,
    checkHealth: createCheckHealth({ ...parts, operations: ledger, fetchedAt: catalog.fetchedAt }),
    clock,
    timeZone,
  });
  const carryOut = createCarryOutAdminTask({
    ledger,
    operations: ledger,
    people: ledger,
    announcements: ledger,
    announcer,
    stops,
    topUps,
    ruleOnOrder: createRuleOnOrder({ ledger, write }),
    revertOrder: createRevertOrder({ ledger, reverter: supplier, overlay, write, clock, log }),
    tokens: parts.tokens,
    readPage,
    wakeWorker: parts.wakeWorker,
  });
  return {
    answer: createAnswerAdmin({ admins, readPage, carryOut, topUps, announcements: ledger, announcer, clock }),
    stops,
    work: (signal) => Promise.all([announcer.run(signal), balance.watch(signal)]),
  };
};
