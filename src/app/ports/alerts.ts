// The operator's own outbox: alerts are stored with what causes them, and brought to the operator's chat at least once.
import type { Alert } from '../../domain/alert.ts';
import type { MessageId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

/** A stored alert that is due. `tries` counts the attempts to deliver it before this one. */
export type DueAlert = { readonly id: number; readonly alert: Alert; readonly raisedAt: Instant; readonly tries: number };

export type AlertOutcome =
  | { readonly kind: 'delivered'; readonly message: MessageId }
  /** What it says is not so any more. */
  | { readonly kind: 'overtaken' }
  | { readonly kind: 'postponed'; readonly until: Instant };

export type Alerts = {
  /** Stores an alert unless its key was raised before. */
  raiseAlert(alert: Alert, at: Instant): Promise<void>;
  /** Takes up to `limit` alerts that are due and not leased, and leases them until `leaseUntil`. Two claims never return the same alert. */
  claimAlerts(now: Instant, leaseUntil: Instant, limit: number): Promise<readonly DueAlert[]>;
  concludeAlert(id: number, outcome: AlertOutcome): Promise<void>;
};
