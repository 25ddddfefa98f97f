// The operator's own outbox: alerts are stored with what causes them, and brought to the operator's chat at least once.
import type { Alert } from '../../domain/alert.ts';
import type { Told } from '../../domain/alert-pace.ts';
import type { MessageId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

export type RaisedAlert = { readonly alert: Alert; readonly raisedAt: Instant };

/** A stored alert that is due. `tries` counts the attempts to deliver it before this one. */
export type DueAlert = RaisedAlert & { readonly id: number; readonly tries: number };

export type AlertOutcome =
  | { readonly kind: 'delivered'; readonly message: MessageId; readonly at: Instant }
  /** What it says is not so any more. */
  | { readonly kind: 'overtaken' }
  | { readonly kind: 'postponed'; readonly until: Instant }
  /** As postponed, without having been tried. */
  | { readonly kind: 'held'; readonly until: Instant };

export type Alerts = {
  /** Stores an alert unless its key was raised before. */
  raiseAlert(alert: Alert, at: Instant): Promise<void>;
  /** Takes up to `limit` alerts that are due and not leased, and leases them until `leaseUntil`. Two claims never return the same alert. */
  claimAlerts(now: Instant, leaseUntil: Instant, limit: number): Promise<readonly DueAlert[]>;
  /** One outcome of all these alerts, or of none of them. */
  concludeAlerts(ids: readonly number[], outcome: AlertOutcome): Promise<void>;
  /** The messages that told alerts after `since`, the oldest first. */
  toldSince(since: Instant): Promise<readonly Told[]>;
  /** The newest alert of these kinds; null when there is none, or it can't be read. */
  lastAlert(kinds: readonly Alert['type'][]): Promise<RaisedAlert | null>;
};
