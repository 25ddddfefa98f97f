// Reconciliation: what the ledger says of a day's purchases against what the supplier says of them. It only finds; it never corrects.
import type { LedgerSays } from './attempt-standing.ts';
import { isExplained } from './balance-drift.ts';
import type { Balance } from './balance-drift.ts';
import type { Day } from './day.ts';
import type { LocalReference } from './ids.ts';
import { assertNever } from './result.ts';
import type { Instant } from './time.ts';

/** What the supplier says when asked about a purchase. `stillUnknown` says nothing: it may never have been, or not be indexed yet. */
export type SupplierSays =
  | { readonly kind: 'charged'; readonly supplierReference: string | null }
  | { readonly kind: 'rejected'; readonly resultCode: string | null }
  | { readonly kind: 'stillUnknown' }
  | { readonly kind: 'couldNotAsk'; readonly why: string };

export type DifferenceKind =
  /** Weaker than a contradiction: the supplier's index lags, by minutes or by hours. */
  | 'chargedButNotFound'
  | 'chargedButRejected'
  /** The dangerous one: the supplier took the money, and the customer has it back. */
  | 'rejectedButCharged'
  /** Both say charged, under different references of the supplier. */
  | 'otherReference'
  /** What the order's own schedule finds out too, in its time. */
  | 'openButCharged'
  | 'openButRejected'
  | 'couldNotAsk'
  /** The ledger's own rows can't be read, or contradict each other. */
  | 'ledgerUnclear';

/** `open`: nobody knows yet, and the order's own schedule goes on asking. */
export type Outcome = 'agreed' | 'open' | DifferenceKind;

/** The comparison of one attempt. `order` is text, because a row that can't be read may name anything. */
export type Finding<Kind extends Outcome = Outcome> = {
  readonly order: string;
  readonly reference: LocalReference;
  readonly outcome: Kind;
  readonly ledger: LedgerSays;
  readonly supplier: SupplierSays;
};

export type Difference = Finding<DifferenceKind>;

/** What a day's reconciliation came to. What agreed is counted, all else is named. */
export type Reconciliation = {
  readonly day: Day;
  readonly terminalId: number;
  /** When it was finished. */
  readonly at: Instant;
  readonly agreed: number;
  readonly open: readonly Finding<'open'>[];
  readonly differences: readonly Difference[];
  readonly balance: Balance;
};

const againstCharged = (ours: string | null, supplier: SupplierSays): Outcome => {
  switch (supplier.kind) {
    case 'charged': {
      const theirs = supplier.supplierReference;
      return ours !== null && theirs !== null && ours !== theirs ? 'otherReference' : 'agreed';
    }
    case 'rejected':
      return 'chargedButRejected';
    case 'stillUnknown':
      return 'chargedButNotFound';
    case 'couldNotAsk':
      return 'couldNotAsk';
    default:
      return assertNever(supplier);
  }
};

const againstRejected = (supplier: SupplierSays): Outcome => {
  switch (supplier.kind) {
    case 'charged':
      return 'rejectedButCharged';
    // A failed sale is reported as unknown at least as often as by its code.
    case 'rejected':
    case 'stillUnknown':
      return 'agreed';
    case 'couldNotAsk':
      return 'couldNotAsk';
    default:
      return assertNever(supplier);
  }
};

const againstOpen = (supplier: SupplierSays): Outcome => {
  switch (supplier.kind) {
    case 'charged':
      return 'openButCharged';
    case 'rejected':
      return 'openButRejected';
    case 'stillUnknown':
      return 'open';
    case 'couldNotAsk':
      return 'couldNotAsk';
    default:
      return assertNever(supplier);
  }
};

/** Compares what both sides say of one purchase. A sale that was reverted is still a sale that was charged. */
export const compare = (ledger: LedgerSays, supplier: SupplierSays): Outcome => {
  switch (ledger.kind) {
    case 'charged':
    case 'reverted':
      return againstCharged(ledger.supplierReference, supplier);
    case 'rejected':
      return againstRejected(supplier);
    case 'open':
      return againstOpen(supplier);
    case 'unclear':
      return 'ledgerUnclear';
    default:
      return assertNever(ledger);
  }
};

const isOpen = (finding: Finding): finding is Finding<'open'> => finding.outcome === 'open';
const isDifference = (finding: Finding): finding is Difference => finding.outcome !== 'agreed' && finding.outcome !== 'open';

/** Sorts findings into what is counted and what is named. */
export const sortFindings = (findings: readonly Finding[]): Pick<Reconciliation, 'agreed' | 'open' | 'differences'> => ({
  agreed: findings.filter(({ outcome }) => outcome === 'agreed').length,
  open: findings.filter(isOpen),
  differences: findings.filter(isDifference),
});

/** Hundredths of the balance that the books can't account for; null where that could not be computed. */
export const driftIn = ({ balance }: Reconciliation): number | null => (balance.kind === 'computed' ? balance.drift : null);

/** Whether there is nothing that a person should look at. A drift that could not be computed is nothing to look at. */
export const allAgrees = ({ differences, balance }: Reconciliation): boolean =>
  differences.length === 0 && (balance.kind === 'skipped' || isExplained(balance));
