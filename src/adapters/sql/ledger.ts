// The ledger of orders and money in SQL: opened here, put together from one file per noun.
import type { Alerts } from '../../app/ports/alerts.ts';
import type { Ledger } from '../../app/ports/ledger.ts';
import type { Log } from '../../app/ports/log.ts';
import type { Reconciliations } from '../../app/ports/reconciliation.ts';
import { createAlerts } from './alerts.ts';
import { nextReference } from './attempts.ts';
import { audit } from './audit.ts';
import type { Audit } from './audit.ts';
import { openDatabase } from './database.ts';
import type { DatabasePlace } from './database.ts';
import { createOrderReading } from './order-reading.ts';
import { createOrderWriting } from './orders.ts';
import { createOutbox } from './outbox.ts';
import { createReconciliations } from './reconciliation.ts';
import { createCodec } from './rows.ts';
import { checkSealer } from './sealer.ts';
import type { Sealer } from './sealer.ts';
import { transact } from './transaction.ts';
import { availableBalances, writeTransfer } from './wallet-posting.ts';

export type LedgerSettings = DatabasePlace & { readonly sealer: Sealer; readonly log: Log };

export type SqlLedger = Ledger & Alerts & Reconciliations & { audit(): Promise<Audit> };

/** Throws when the database can't be opened or brought up to date, and when it was sealed with another key. */
export const openLedger = async ({ sealer, log, ...place }: LedgerSettings): Promise<SqlLedger> => {
  const db = await openDatabase(place, log);
  try {
    await checkSealer(db, sealer);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  const codec = createCodec(sealer);
  return {
    ...createOrderWriting(db, codec),
    ...createOrderReading(db, codec, log),
    ...createOutbox(db, log),
    ...createAlerts(db, log),
    ...createReconciliations(db, log),
    nextReference: (terminalId) => nextReference(db, terminalId),
    post: async (transfer, at) => ((await transact(db, (trx) => writeTransfer(trx, transfer, at))) ? 'written' : 'existed'),
    balances: (customer) => availableBalances(db, customer),
    audit: () => audit(db),
    close: async () => {
      // Whoever asked for a connection before has one when it is our turn. Where there is none to be had, nothing is under way.
      await db
        .connection()
        .execute(() => Promise.resolve())
        .catch(() => undefined);
      await db.destroy();
    },
  };
};
