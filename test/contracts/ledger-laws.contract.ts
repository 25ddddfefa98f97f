// The laws of money, for any sequence of operations by several callers at once.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultsIn } from '../../src/adapters/sql/audit.ts';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import { stepFor } from '../../src/app/order-step.ts';
import type { StoredOrder } from '../../src/app/ports/ledger.ts';
import { money } from '../../src/domain/money.ts';
import type { Currency } from '../../src/domain/money.ts';
import type { OrderCommand, PurchaseSettlement, RevertSettlement } from '../../src/domain/order.ts';
import { ALICE, BOB, BODY, EUR, NOON, USD, attempt, completed, grant, makeAgent, orderId, placing, termsOf } from './orders.ts';

const ORDERS = Array.from({ length: 6 }, (_, index) => orderId(index));
const GRANTS = [300, 1_000, 2_500] as const;
const MOST_CREDIT = 2_000;

const settlements: readonly PurchaseSettlement[] = [
  { kind: 'charged', code: 'here', supplierReference: null },
  { kind: 'charged', code: 'missing', supplierReference: null },
  { kind: 'rejected', reason: 'operatorRefused', resultCode: '13' },
  { kind: 'notSent' },
  { kind: 'unclear', expectation: 'open', resultCode: null },
];

const revertSettlements: readonly RevertSettlement[] = [
  { kind: 'reverted', supplierReference: null },
  { kind: 'refused', resultCode: '923' },
  { kind: 'notSent' },
  { kind: 'unclear', resultCode: null },
];

const customers = fc.constantFrom(ALICE, BOB);
const currencies = fc.constantFrom<Currency>(EUR, USD);
const orders = fc.constantFrom(...ORDERS);
/** What callers may do, in any order. */
export const operations = fc.oneof(
  fc.record({ kind: fc.constant('grant'), customer: customers, currency: currencies, grant: fc.nat({ max: GRANTS.length - 1 }) }),
  fc.record({
    kind: fc.constant('place'),
    order: orders,
    customer: customers,
    payer: customers,
    currency: currencies,
    amount: fc.integer({ min: 1, max: 1_500 }),
    /** In hundredths of the price. */
    commission: fc.constantFrom(0, 0, 7, 100),
  }),
  fc.record({
    kind: fc.constant('credit'),
    customer: customers,
    currency: currencies,
    credit: fc.constantFrom(1, 500, MOST_CREDIT),
  }),
  fc.record({ kind: fc.constant('intend'), order: orders }),
  fc.record({ kind: fc.constant('settle'), order: orders, settlement: fc.constantFrom(...settlements) }),
  fc.record({ kind: fc.constant('intendRevert'), order: orders }),
  fc.record({ kind: fc.constant('settleRevert'), order: orders, revert: fc.constantFrom(...revertSettlements) }),
);
export type Operation = typeof operations extends fc.Arbitrary<infer T> ? T : never;

/** Credit is given to agents only; for anybody else nothing happens. */
export const perform = async (ledger: SqlLedger, operation: Operation): Promise<void> => {
  if ('credit' in operation) {
    await ledger.setCredit(operation.customer, [money(operation.credit, operation.currency)]);
    return;
  }
  if ('grant' in operation) {
    const { customer, currency, grant: index } = operation;
    return grant(ledger, customer, GRANTS[index] ?? 0, currency, `grant ${index}`);
  }
  if ('amount' in operation) {
    const { order, customer, payer, currency, amount } = operation;
    const commission = money(Math.floor((amount * operation.commission) / 100), currency);
    const terms = termsOf(order, { customer, payer, pay: money(amount, currency), commission });
    await ledger.place(terms, placing(terms));
    return;
  }
  const order = await ledger.order(operation.order);
  if (order === null) return;
  if ('settlement' in operation) {
    const step = stepFor(order, completed(order.state, { type: 'settle', settlement: operation.settlement }), NOON);
    if (step.ok) await ledger.append(order, step.value);
    return;
  }
  const sale = attempt(ORDERS.indexOf(operation.order) + 1);
  const revert = attempt(sale.reference + 100);
  if ('revert' in operation) {
    const step = stepFor(order, { type: 'settleRevert', attempt: revert, settlement: operation.revert }, NOON);
    if (step.ok) await ledger.append(order, step.value);
    return;
  }
  const intent: OrderCommand =
    operation.kind === 'intend'
      ? { type: 'intend', attempt: sale }
      : { type: 'intendRevert', attempt: revert, by: 'operator', why: 'a test' };
  const step = stepFor(order, intent, NOON);
  if (step.ok) await ledger.append(order, { ...step.value, body: BODY });
};

const OPEN: readonly string[] = ['placed', 'sending', 'unknown'];

/** What should be in the books, out of the grants that were made and the orders as they are now. */
const expectedBooks = (callers: readonly (readonly Operation[])[], stored: readonly StoredOrder[], currency: Currency) => {
  const spent = (customer: number): number =>
    stored
      .filter(({ terms }) => terms.payer === customer && terms.pay.currency === currency)
      .filter(({ state }) => state.status !== 'rejected' && state.status !== 'reverted')
      .reduce((sum, { terms, state: { status } }) => {
        const earned = OPEN.includes(status) ? 0 : terms.commission.hundredths;
        return sum + terms.pay.hundredths - earned;
      }, 0);
  const granted = (customer: number): number => {
    const indexes = callers.flat().flatMap((operation) => {
      const counts = 'grant' in operation && operation.customer === customer && operation.currency === currency;
      return counts ? [operation.grant] : [];
    });
    return [...new Set(indexes)].reduce((sum, index) => sum + (GRANTS[index] ?? 0), 0);
  };
  const reserved = stored
    .filter(({ terms, state }) => terms.pay.currency === currency && OPEN.includes(state.status))
    .reduce((sum, { terms }) => sum + terms.pay.hundredths, 0);
  return { alice: granted(ALICE) - spent(ALICE), bob: granted(BOB) - spent(BOB), reserved };
};

/** `open` gives one or more ledgers over the same new, empty books; the callers are spread over them. */
export const describeLedgerLaws = (name: string, open: () => Promise<readonly SqlLedger[]>, numRuns: number): void => {
  describe(`money in ${name}`, () => {
    it('adds up and never passes what may be owed, whatever several callers do at once', async () => {
      const sequences = fc.array(fc.array(operations, { maxLength: 15 }), { minLength: 2, maxLength: 5 });
      await fc.assert(
        fc.asyncProperty(sequences, async (callers) => {
          const ledgers = await open();
          const [ledger] = ledgers;
          if (ledger === undefined) throw new Error('At least one ledger');
          for (const agent of [ALICE, BOB]) await makeAgent(ledger, agent);
          try {
            await Promise.all(
              callers.map(async (sequence, index) => {
                const mine = ledgers[index % ledgers.length] ?? ledger;
                for (const operation of sequence) await perform(mine, operation);
              }),
            );
            const stored = (await Promise.all(ORDERS.map((id) => ledger.order(id)))).filter((order) => order !== null);
            const audit = await ledger.audit();
            expect(faultsIn(audit)).toEqual([]);
            const gaveCredit = callers.flat().some((operation) => 'credit' in operation);
            for (const currency of [EUR, USD]) {
              const available = async (customer: typeof ALICE): Promise<number> =>
                (await ledger.balances(customer)).find((balance) => balance.currency === currency)?.hundredths ?? 0;
              const books = {
                alice: await available(ALICE),
                bob: await available(BOB),
                reserved: audit.reservedTotal[currency] ?? 0,
              };
              expect(books).toEqual(expectedBooks(callers, stored, currency));
              expect(books.reserved).toBeGreaterThanOrEqual(0);
              expect(Math.min(books.alice, books.bob)).toBeGreaterThanOrEqual(gaveCredit ? 0 - MOST_CREDIT : 0);
            }
          } finally {
            for (const one of ledgers) await one.close();
          }
        }),
        { numRuns },
      );
    });
  });
};
