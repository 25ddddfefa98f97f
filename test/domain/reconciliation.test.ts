import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LedgerSays } from '../../src/domain/attempt-standing.ts';
import { parseDay } from '../../src/domain/day.ts';
import { hundredths } from '../../src/domain/money.ts';
import { allAgrees, compare, driftIn, sortFindings } from '../../src/domain/reconciliation.ts';
import type { Finding, Outcome, Reconciliation, SupplierSays } from '../../src/domain/reconciliation.ts';
import { NOON, USD, got, reference } from '../contracts/orders.ts';

const ledger = {
  charged: { kind: 'charged', supplierReference: 'S-1' },
  reverted: { kind: 'reverted', supplierReference: 'S-1' },
  unnamed: { kind: 'charged', supplierReference: null },
  rejected: { kind: 'rejected', resultCode: '16' },
  open: { kind: 'open' },
  unclear: { kind: 'unclear' },
} as const satisfies Record<string, LedgerSays>;

const supplier = {
  charged: { kind: 'charged', supplierReference: 'S-1' },
  other: { kind: 'charged', supplierReference: 'S-2' },
  unnamed: { kind: 'charged', supplierReference: null },
  rejected: { kind: 'rejected', resultCode: '11' },
  unknown: { kind: 'stillUnknown' },
  silent: { kind: 'couldNotAsk', why: 'noAnswer' },
} as const satisfies Record<string, SupplierSays>;

const table: [keyof typeof ledger, keyof typeof supplier, Outcome][] = [
  ['charged', 'charged', 'agreed'],
  ['charged', 'other', 'otherReference'],
  ['charged', 'unnamed', 'agreed'],
  ['charged', 'rejected', 'chargedButRejected'],
  ['charged', 'unknown', 'chargedButNotFound'],
  ['charged', 'silent', 'couldNotAsk'],
  ['reverted', 'charged', 'agreed'],
  ['reverted', 'other', 'otherReference'],
  ['reverted', 'unnamed', 'agreed'],
  ['reverted', 'rejected', 'chargedButRejected'],
  ['reverted', 'unknown', 'chargedButNotFound'],
  ['reverted', 'silent', 'couldNotAsk'],
  ['unnamed', 'charged', 'agreed'],
  ['unnamed', 'other', 'agreed'],
  ['unnamed', 'unnamed', 'agreed'],
  ['unnamed', 'rejected', 'chargedButRejected'],
  ['unnamed', 'unknown', 'chargedButNotFound'],
  ['unnamed', 'silent', 'couldNotAsk'],
  ['rejected', 'charged', 'rejectedButCharged'],
  ['rejected', 'other', 'rejectedButCharged'],
  ['rejected', 'unnamed', 'rejectedButCharged'],
  ['rejected', 'rejected', 'agreed'],
  ['rejected', 'unknown', 'agreed'],
  ['rejected', 'silent', 'couldNotAsk'],
  ['open', 'charged', 'openButCharged'],
  ['open', 'other', 'openButCharged'],
  ['open', 'unnamed', 'openButCharged'],
  ['open', 'rejected', 'openButRejected'],
  ['open', 'unknown', 'open'],
  ['open', 'silent', 'couldNotAsk'],
  ['unclear', 'charged', 'ledgerUnclear'],
  ['unclear', 'other', 'ledgerUnclear'],
  ['unclear', 'unnamed', 'ledgerUnclear'],
  ['unclear', 'rejected', 'ledgerUnclear'],
  ['unclear', 'unknown', 'ledgerUnclear'],
  ['unclear', 'silent', 'ledgerUnclear'],
];

describe('compare', () => {
  it.each(table)('%s in the ledger, %s at the supplier: %s', (ours, theirs, expected) => {
    expect(compare(ledger[ours], supplier[theirs])).toBe(expected);
  });

  it('is asked about every pair above', () => {
    expect(table).toHaveLength(Object.keys(ledger).length * Object.keys(supplier).length);
  });
});

const supplierReference = fc.option(fc.constantFrom('S-1', 'S-2', 'S-3'));
const resultCode = fc.option(fc.constantFrom('11', '16'));
const anyLedger: fc.Arbitrary<LedgerSays> = fc.oneof(
  fc.record({ kind: fc.constantFrom('charged' as const, 'reverted' as const), supplierReference }),
  fc.record({ kind: fc.constant('rejected' as const), resultCode }),
  fc.record({ kind: fc.constantFrom('open' as const, 'unclear' as const) }),
);
const anySupplier: fc.Arbitrary<SupplierSays> = fc.oneof(
  fc.record({ kind: fc.constant('charged' as const), supplierReference }),
  fc.record({ kind: fc.constant('rejected' as const), resultCode }),
  fc.record({ kind: fc.constant('stillUnknown' as const) }),
  fc.record({ kind: fc.constant('couldNotAsk' as const), why: fc.constant('noAnswer') }),
);

const result = (findings: readonly Finding[], drift: number | null, onTheirWay: readonly number[] = []): Reconciliation => {
  const reading = { at: NOON, hundredths: hundredths(0) };
  return {
    day: got(parseDay('2026-01-31')),
    terminalId: 31,
    at: NOON,
    ...sortFindings(findings),
    balance:
      drift === null
        ? { kind: 'skipped', why: 'noBalanceCurrency' }
        : {
            kind: 'computed',
            currency: USD,
            opening: reading,
            closing: reading,
            expected: hundredths(0),
            drift: hundredths(drift),
            perhaps: onTheirWay.map((amount) => ({ order: 'ORDER', amount: hundredths(amount) })),
          },
  };
};

describe('a day agrees', () => {
  /** What each side counts as sold: null where it does not know, or does not say. */
  const soldByLedger = ({ kind }: LedgerSays): boolean | null =>
    kind === 'charged' || kind === 'reverted' ? true : kind === 'rejected' ? false : null;
  const soldBySupplier = ({ kind }: SupplierSays): boolean | null =>
    kind === 'charged' ? true : kind === 'rejected' ? false : null;

  const booksAreEqual = (ours: LedgerSays, theirs: SupplierSays): boolean => {
    if (ours.kind === 'unclear' || theirs.kind === 'couldNotAsk') return false;
    // An index that never tells of failed sales leaves them unknown.
    if (theirs.kind === 'stillUnknown') return soldByLedger(ours) !== true;
    const bothName =
      'supplierReference' in ours &&
      'supplierReference' in theirs &&
      ours.supplierReference !== null &&
      theirs.supplierReference !== null;
    const sameName = !bothName || ours.supplierReference === theirs.supplierReference;
    return soldByLedger(ours) === soldBySupplier(theirs) && sameName;
  };

  it('if and only if the books are equal', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyLedger, anySupplier), { maxLength: 6 }), (pairs) => {
        const findings = pairs.map(([ours, theirs], index): Finding => ({
          order: `ORDER${index}`,
          reference: reference(index + 1),
          outcome: compare(ours, theirs),
          ledger: ours,
          supplier: theirs,
        }));
        const { agreed, open, differences } = sortFindings(findings);
        expect(agreed + open.length + differences.length).toBe(pairs.length);
        expect(allAgrees(result(findings, null))).toBe(pairs.every(([ours, theirs]) => booksAreEqual(ours, theirs)));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [null, true],
    [0, true],
    [1, false],
    [-1, false],
  ])('with a drift of %s: %s', (drift, expected) => {
    expect(allAgrees(result([], drift))).toBe(expected);
    expect(driftIn(result([], drift))).toBe(drift);
  });

  it.each([
    [2_500, true],
    [-2_500, true],
    [2_501, false],
  ])('with a drift of %s and a sale of 2500 on its way: %s', (drift, expected) => {
    expect(allAgrees(result([], drift, [2_500]))).toBe(expected);
  });
});
