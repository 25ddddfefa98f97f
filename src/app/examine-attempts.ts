// Asks the supplier about attempts, a few at a time, and compares its answers with what the ledger says.
import type { LedgerSays } from '../domain/attempt-standing.ts';
import { compare } from '../domain/reconciliation.ts';
import type { Finding, SupplierSays } from '../domain/reconciliation.ts';
import { assertNever } from '../domain/result.ts';
import type { LedgerAttempt, Reconciliations } from './ports/reconciliation.ts';
import { askAfterSale } from './ask-after-sale.ts';
import type { SaleInfo } from './ask-after-sale.ts';
import type { InfoOutcome } from './ports/supplier.ts';

/** Examines a page of attempts. Once the signal has aborted what is left is not asked about, and the findings are not complete. */
export type Examine = (page: readonly LedgerAttempt[]) => Promise<readonly Finding[]>;

const QUESTIONS_AT_ONCE = 2;
/** After so many questions in a row without an answer the rest is not asked: the supplier is down. */
const FAILURES_IN_A_ROW = 5;

const saysOf = (info: InfoOutcome): SupplierSays => {
  switch (info.kind) {
    case 'charged':
      return { kind: 'charged', supplierReference: info.supplierReference };
    case 'rejected':
      return { kind: 'rejected', resultCode: info.resultCode };
    case 'stillUnknown':
      return info;
    default:
      return assertNever(info);
  }
};

/** Null for an attempt that is no sale. */
const ledgerSays = ({ content }: LedgerAttempt): LedgerSays | null => {
  if (content === null) return { kind: 'unclear' };
  return content.standing.of === 'sale' ? content.standing.says : null;
};

export const createExamine = (
  deps: {
    readonly books: Pick<Reconciliations, 'attemptOf'>;
    readonly supplier: SaleInfo;
    readonly terminalId: number;
  },
  signal?: AbortSignal,
): Examine => {
  const { books, supplier, terminalId } = deps;
  let failures = 0;

  const ask = async ({ attempt, content }: LedgerAttempt): Promise<SupplierSays> => {
    if (failures >= FAILURES_IN_A_ROW) return { kind: 'couldNotAsk', why: 'supplierDown' };
    // Of rows that can't be read the family is not known either; most sales are asked about in the same way.
    const info = await askAfterSale(supplier, content?.terms.family ?? 'voucher', attempt);
    failures = info.ok ? 0 : failures + 1;
    return info.ok ? saysOf(info.value) : { kind: 'couldNotAsk', why: info.error.kind };
  };

  const examine = async (stored: LedgerAttempt): Promise<Finding | null> => {
    const before = ledgerSays(stored);
    if (before === null) return null;
    const { order, attempt } = stored;
    const { reference } = attempt;
    const theirs = await ask(stored);
    const outcome = compare(before, theirs);
    if (outcome === 'agreed') return { order, reference, outcome, ledger: before, supplier: theirs };
    // The order may have gone on while the supplier was asked about it.
    const current = await books.attemptOf(terminalId, reference);
    const ledger = (current === null ? null : ledgerSays(current)) ?? before;
    return { order, reference, outcome: compare(ledger, theirs), ledger, supplier: theirs };
  };

  return async (page) => {
    const found: (Finding | null)[] = [];
    const waiting = [...page];
    const lane = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined && signal?.aborted !== true; next = waiting.shift()) {
        found.push(await examine(next));
      }
    };
    await Promise.all(Array.from({ length: QUESTIONS_AT_ONCE }, lane));
    return found.filter((finding) => finding !== null);
  };
};
