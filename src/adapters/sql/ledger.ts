// The ledger of orders and money in SQL: opened here, put together from one file per noun.
import type { Alerts } from '../../app/ports/alerts.ts';
import type { Announcements } from '../../app/ports/announcements.ts';
import type { Keepsakes } from '../../app/ports/keepsakes.ts';
import type { Ledger } from '../../app/ports/ledger.ts';
import type { Log } from '../../app/ports/log.ts';
import type { Operations } from '../../app/ports/operations.ts';
import type { People } from '../../app/ports/people.ts';
import type { Reconciliations } from '../../app/ports/reconciliation.ts';
import type { SellerSales } from '../../app/ports/seller-sales.ts';
import type { Statements } from '../../app/ports/statements.ts';
import type { TopUps } from '../../app/ports/top-ups.ts';
import { openAccountHash } from './account-hash.ts';
import type { HashAccount } from './account-hash.ts';
import { createAdminActions, createRecordAction } from './admin-actions.ts';
import { createAdjustments } from './adjustments.ts';
import { createAgency } from './agency.ts';
import { createAlerts } from './alerts.ts';
import { createAnnouncements } from './announcements.ts';
import { nextReference } from './attempts.ts';
import { audit } from './audit.ts';
import type { Audit } from './audit.ts';
import { openDatabase } from './database.ts';
import type { DatabasePlace } from './database.ts';
import { createHandOvers } from './hand-overs.ts';
import { createKeepsakes } from './keepsakes.ts';
import { createOperations } from './operations.ts';
import { createOrderReading } from './order-reading.ts';
import { createOrderWriting } from './orders.ts';
import { createOutbox } from './outbox.ts';
import { createPeople } from './people.ts';
import { createReconciliations } from './reconciliation.ts';
import { createCodec } from './rows.ts';
import { createSavedNumbers } from './saved-numbers.ts';
import { checkSealer } from './sealer.ts';
import type { Sealer } from './sealer.ts';
import { createSellerSales } from './seller-sales.ts';
import { createStatements } from './statements.ts';
import { createPutStop, createStops } from './stops.ts';
import { createTopUps } from './top-ups.ts';
import { transact } from './transaction.ts';
import { availableBalances, writeTransfer } from './wallet-posting.ts';

export type LedgerSettings = DatabasePlace & { readonly sealer: Sealer; readonly log: Log };

export type SqlLedger = Ledger &
  Alerts &
  Announcements &
  Operations &
  TopUps &
  Keepsakes &
  People &
  Reconciliations &
  SellerSales &
  Statements & { audit(): Promise<Audit> };

/** Throws when the database can't be opened or brought up to date, and when it was sealed with another key. */
export const openLedger = async ({ sealer, log, ...place }: LedgerSettings): Promise<SqlLedger> => {
  const db = await openDatabase(place, log);
  const open = async (): Promise<HashAccount> => {
    await checkSealer(db, sealer);
    return openAccountHash(db, sealer);
  };
  const hash = await open().catch(async (error: unknown) => {
    await db.destroy();
    throw error;
  });
  const codec = createCodec(sealer);
  const record = createRecordAction(sealer);
  const putStop = createPutStop(record);
  return {
    ...createOrderWriting(db, codec, { hash, record, putStop }),
    ...createAdminActions(db, sealer),
    ...createStops(db, record, putStop),
    ...createAgency(db, sealer, record),
    ...createAdjustments(db, record),
    ...createTopUps(db, record),
    ...createAnnouncements(db, record),
    ...createOperations(db, codec, hash, record, log),
    ...createOrderReading(db, codec, log),
    ...createOutbox(db, log),
    ...createAlerts(db, log),
    ...createPeople(db, sealer),
    ...createReconciliations(db, log),
    ...createHandOvers(db),
    ...createSavedNumbers(db, sealer, log),
    ...createKeepsakes(db, sealer),
    ...createSellerSales(db, log),
    ...createStatements(db, log),
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
