// The tables of the ledger as Kysely sees them. Instants are milliseconds, money is in hundredths, JSON is text, sealed is bytes.
import type { ColumnType, Generated, Selectable } from 'kysely';

/** Set when the row is written and never changed. */
type Fixed<T> = ColumnType<T, T, never>;

type OrdersTable = {
  id: Fixed<string>;
  customer: Fixed<number>;
  chat: Fixed<number>;
  placed_at: Fixed<number>;
  /** What was confirmed, as JSON: all of the terms that has no column of its own and is not personal. */
  terms: Fixed<string>;
  fields_sealed: Fixed<Uint8Array>;
  state: string;
  /** The status out of `state`, for counting. */
  status: string;
  /** Counts the events. */
  version: number;
  /** When the worker has to look; null when it need not. */
  due_at: number | null;
  lease_until: number | null;
  secrets_sealed: Uint8Array | null;
};

/** The journal of an order: written, never changed. `data` is the event without its type and time. */
type OrderEventsTable = {
  order_id: Fixed<string>;
  position: Fixed<number>;
  type: Fixed<string>;
  at: Fixed<number>;
  data: Fixed<string>;
};

/** Purchases as they were about to be sent. One that provably never left may be sent again under its reference. */
type AttemptsTable = {
  terminal_id: Fixed<number>;
  reference: Fixed<number>;
  order_id: Fixed<string>;
  local_time: string;
  at: number;
  body_sealed: Uint8Array;
};

type ReferenceSequencesTable = { terminal_id: Fixed<number>; last_reference: number };

/** Messages that customers are owed. `due_at` null: delivered or undeliverable. */
type OutboxTable = {
  id: Generated<number>;
  order_id: Fixed<string>;
  chat: Fixed<number>;
  news: Fixed<string>;
  due_at: number | null;
  lease_until: number | null;
  tries: number;
  message_id: number | null;
  /** 0 or 1. */
  undeliverable: number;
};

type TransfersTable = { id: Fixed<string>; order_id: Fixed<string | null>; at: Fixed<number> };

type PostingsTable = {
  transfer_id: Fixed<string>;
  position: Fixed<number>;
  account: Fixed<string>;
  currency: Fixed<string>;
  amount: Fixed<number>;
};

/** The sum of an account's postings, kept with them. */
type AccountsTable = { account: Fixed<string>; currency: Fixed<string>; balance: number };

/** Every time that a code was shown to a customer. */
type ShowingsTable = { order_id: Fixed<string>; chat: Fixed<number>; at: Fixed<number> };

/** The supplier's balance as it was read, in a currency that its answer does not name. */
type BalanceReadingsTable = { terminal_id: Fixed<number>; at: Fixed<number>; hundredths: Fixed<number> };

/** A day's reconciliation: under way while the lease lasts, and the last result as JSON. */
type ReconciliationsTable = {
  terminal_id: Fixed<number>;
  day: Fixed<string>;
  lease_until: number | null;
  finished_at: number | null;
  result: string | null;
};

/** One row, sealed when the tables were made: what can't open it has the wrong key. */
type SealingCheckTable = { id: Fixed<number>; sealed: Fixed<Uint8Array> };

/** What the operator is owed. `data` is the alert as JSON; `due_at` null: delivered. */
type AlertsTable = {
  id: Generated<number>;
  key: Fixed<string>;
  data: Fixed<string>;
  raised_at: Fixed<number>;
  due_at: number | null;
  lease_until: number | null;
  tries: number;
  message_id: number | null;
};

export type Tables = {
  orders: OrdersTable;
  order_events: OrderEventsTable;
  attempts: AttemptsTable;
  reference_sequences: ReferenceSequencesTable;
  outbox: OutboxTable;
  alerts: AlertsTable;
  transfers: TransfersTable;
  postings: PostingsTable;
  accounts: AccountsTable;
  showings: ShowingsTable;
  balance_readings: BalanceReadingsTable;
  reconciliations: ReconciliationsTable;
  sealing_check: SealingCheckTable;
};

export type OrderRow = Selectable<OrdersTable>;
