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
  /** Whose wallet pays; null in rows of an earlier version, whose customers paid themselves. */
  payer: Fixed<number | null>;
  /** The account that it was for, hashed under the sealed key; null where there was none, and for orders of an earlier time. */
  account_hash: string | null;
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

/**
 * The sum of an account's postings, kept with them. `credit` is how far below zero the account may go. `floor`, never above zero, is where
 * it stops: minus the credit, or the balance itself while that is still below a credit that was lowered.
 */
type AccountsTable = {
  account: Fixed<string>;
  currency: Fixed<string>;
  balance: number;
  credit: Generated<number>;
  floor: Generated<number>;
};

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

/** What is off sale for now. `scope` as `all`, `country:192`, `operator:8101` or `product:8101`. */
type StopsTable = {
  scope: Fixed<string>;
  name: Fixed<string>;
  by: Fixed<string>;
  why: Fixed<string>;
  since: Fixed<number>;
};

/** What was done by those who run the shop: written, never changed. */
type AdminActionsTable = {
  id: Generated<number>;
  key: Fixed<string>;
  by: Fixed<string>;
  at: Fixed<number>;
  deed: Fixed<string>;
  target: Fixed<string>;
  /** Facts as JSON. */
  before_sealed: Uint8Array | null;
  after_sealed: Uint8Array | null;
};

/** Large top-ups that a second person has to confirm. */
type TopUpsTable = {
  id: Fixed<string>;
  customer: Fixed<number>;
  currency: Fixed<string>;
  amount: Fixed<number>;
  reference: Fixed<string>;
  asked_by: Fixed<string>;
  asked_at: Fixed<number>;
  expires_at: Fixed<number>;
  decided_by: string | null;
  decided_at: number | null;
};

/** `audience` as JSON; `chat`, `language` and `message_id` are where the progress is shown; `stopped` 0 or 1. */
type AnnouncementsTable = {
  id: Generated<number>;
  key: Fixed<string>;
  by: Fixed<string>;
  at: Fixed<number>;
  text: Fixed<string>;
  audience: Fixed<string>;
  chat: Fixed<number>;
  language: Fixed<string>;
  message_id: number | null;
  stopped: number;
};

/** `due_at` null: concluded, and `outcome` says how. */
type AnnouncementRecipientsTable = {
  id: Generated<number>;
  announcement: Fixed<number>;
  chat: Fixed<number>;
  due_at: number | null;
  lease_until: number | null;
  tries: number;
  outcome: string | null;
};

/** One row: the sealed key under which accounts are hashed. */
type AccountKeysTable = { id: Fixed<number>; sealed: Uint8Array };

/** Agents, whose `agent` is null, and their clerks. `blocked` and `hides_codes` are 0 or 1; `per_day` is JSON. */
type MembersTable = {
  id: Fixed<number>;
  name_sealed: Uint8Array;
  agent: Fixed<number | null>;
  blocked: number;
  hides_codes: number;
  per_day: string | null;
  joined_at: Fixed<number>;
};

/** One-time invitations by the SHA-256 of their tokens. `agent` is whose clerk is invited, null where an agent is. */
type InvitationsTable = {
  token_hash: Fixed<string>;
  agent: Fixed<number | null>;
  name_sealed: Uint8Array;
  invited_by: Fixed<string>;
  created_at: Fixed<number>;
  expires_at: Fixed<number>;
  redeemed_by: number | null;
  redeemed_at: number | null;
};

/** One row a person and reason, so that trying links fills no disk. */
type RefusedInvitationsTable = { customer: Fixed<number>; why: Fixed<string>; count: number; last_at: number };

/** One row, sealed when the tables were made: what can't open it has the wrong key. */
type SealingCheckTable = { id: Fixed<number>; sealed: Fixed<Uint8Array> };

/** What the operator is owed. `data` is the alert as JSON; `due_at` null: delivered. `kind` is null in rows of an earlier version. */
type AlertsTable = {
  id: Generated<number>;
  key: Fixed<string>;
  kind: Fixed<string | null>;
  data: Fixed<string>;
  raised_at: Fixed<number>;
  due_at: number | null;
  lease_until: number | null;
  tries: number;
  message_id: number | null;
  /** When the message that tells it was sent. */
  told_at: number | null;
};

/** Links that hand an order over. Open while `opened_by` and `taken_back_at` are null and the time has not run out. */
type HandOversTable = {
  token_hash: Fixed<string>;
  order_id: Fixed<string>;
  seller: Fixed<number>;
  made_at: Fixed<number>;
  expires_at: Fixed<number>;
  opened_by: number | null;
  opened_chat: number | null;
  opened_at: number | null;
  taken_back_at: number | null;
};

/** Every link that gave its opener nothing, and why. */
type HandOverRefusalsTable = {
  token_hash: Fixed<string>;
  customer: Fixed<number>;
  at: Fixed<number>;
  why: Fixed<string>;
};

/** What a customer said to being remembered, and the details as JSON. `asked_for`: the order after which they were asked. */
type ProfilesTable = {
  customer: Fixed<number>;
  consent: string | null;
  asked_for: string | null;
  details_sealed: Uint8Array | null;
  changed_at: number;
};

/** Name and value lie sealed together, as JSON. */
type SavedNumbersTable = {
  id: Generated<number>;
  customer: Fixed<number>;
  kind: Fixed<string>;
  sealed: Uint8Array;
  used_at: number;
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
  hand_overs: HandOversTable;
  hand_over_refusals: HandOverRefusalsTable;
  profiles: ProfilesTable;
  saved_numbers: SavedNumbersTable;
  balance_readings: BalanceReadingsTable;
  reconciliations: ReconciliationsTable;
  sealing_check: SealingCheckTable;
  members: MembersTable;
  invitations: InvitationsTable;
  refused_invitations: RefusedInvitationsTable;
  stops: StopsTable;
  admin_actions: AdminActionsTable;
  top_ups: TopUpsTable;
  announcements: AnnouncementsTable;
  announcement_recipients: AnnouncementRecipientsTable;
  account_keys: AccountKeysTable;
};

export type OrderRow = Selectable<OrdersTable>;
