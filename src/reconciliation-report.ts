// A day's reconciliation as text, for whoever asked for it at a terminal.
import type { LedgerSays } from './domain/attempt-standing.ts';
import type { Balance } from './domain/balance-drift.ts';
import { formatAmount } from './domain/money.ts';
import type { Hundredths } from './domain/money.ts';
import type { DifferenceKind, Finding, Reconciliation, SupplierSays } from './domain/reconciliation.ts';
import { assertNever } from './domain/result.ts';

const MEANINGS: Readonly<Record<DifferenceKind, string>> = {
  chargedButNotFound: 'not found at the supplier; its index lags by minutes or hours, so look again before you worry',
  chargedButRejected: 'the supplier says that it was never charged',
  rejectedButCharged: 'the supplier took the money, and the customer has it back',
  otherReference: 'charged under another reference of the supplier',
  openButCharged: "charged; the order's own schedule finds out too, unless it waits for a person",
  openButRejected: "not charged; the order's own schedule finds out too, unless it waits for a person",
  couldNotAsk: 'the supplier did not answer the question',
  ledgerUnclear: "the ledger's own rows can't be read or contradict each other",
};

const ledgerText = (says: LedgerSays): string => {
  switch (says.kind) {
    case 'charged':
    case 'reverted':
      return `${says.kind} ${says.supplierReference ?? '(no reference)'}`;
    case 'rejected':
      return `rejected ${says.resultCode ?? '(no code)'}`;
    case 'open':
    case 'unclear':
      return says.kind;
    default:
      return assertNever(says);
  }
};

const supplierText = (says: SupplierSays): string => {
  switch (says.kind) {
    case 'charged':
      return `charged ${says.supplierReference ?? '(no reference)'}`;
    case 'rejected':
      return `rejected ${says.resultCode ?? '(no code)'}`;
    case 'stillUnknown':
      return 'unknown';
    case 'couldNotAsk':
      return `not asked (${says.why})`;
    default:
      return assertNever(says);
  }
};

/** Rows in columns, two blanks apart. */
const table = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
};

const rowOf = ({ order, reference, outcome, ledger, supplier }: Finding): readonly string[] => [
  outcome,
  order,
  String(reference),
  ledgerText(ledger),
  supplierText(supplier),
];

const HEADINGS = ['finding', 'order', 'reference', 'ledger', 'supplier'];

const skippedText = (balance: Extract<Balance, { kind: 'skipped' }>): string => {
  switch (balance.why) {
    case 'noBalanceCurrency':
      return 'EVSB_BALANCE_CURRENCY is not set';
    case 'noReadings':
      return 'there are no two readings around that day';
    case 'otherCurrency':
      return `order ${balance.order} was sold in ${balance.currency}, which is not the balance's currency`;
    case 'feeOfUnknownUnit':
      return `product ${balance.product} of order ${balance.order} is listed with a fee whose unit nobody has confirmed`;
    case 'feesNotKnown':
      return 'the list of products, which names the fees, could not be fetched';
    case 'ledgerUnclear':
      return `order ${balance.order} can't be judged`;
    default:
      return assertNever(balance);
  }
};

const balanceText = (balance: Balance): readonly string[] => {
  if (balance.kind === 'skipped') return [`Balance: not checked, because ${skippedText(balance)}.`];
  const { currency, opening, closing, expected, drift, perhaps } = balance;
  const amount = (value: Hundredths): string => `${currency} ${formatAmount(value)}`;
  const at = (time: number): string => new Date(time).toISOString();
  return [
    `Balance: ${amount(opening.hundredths)} at ${at(opening.at)}, ${amount(closing.hundredths)} at ${at(closing.at)}.`,
    `  Sales less reverts come to ${amount(expected)}; the drift is ${amount(drift)}.`,
    ...perhaps.map(
      ({ order, amount: most }) => `  Order ${order} was not settled at a reading: it may explain up to ${amount(most)}.`,
    ),
  ];
};

/** Counts, every difference and every open order, and the balance. */
export const reportOf = ({ day, terminalId, agreed, open, differences, balance }: Reconciliation): string => {
  const named = [...differences, ...open];
  const kinds = [...new Set(differences.map(({ outcome }) => outcome))];
  return [
    `${day}, terminal ${terminalId}: ${agreed} agreed, ${differences.length} differ, ${open.length} open`,
    ...(named.length === 0 ? [] : table([HEADINGS, ...named.map(rowOf)])),
    ...kinds.map((kind) => `  ${kind}: ${MEANINGS[kind]}.`),
    ...balanceText(balance),
  ].join('\n');
};
