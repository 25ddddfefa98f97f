// What the accounts of billers owe: what the catalogue says of them, less what was paid since the simulator's start.
import type { Debt, Invoice } from './catalogue/bill.ts';
import type { Product } from './catalogue/product.ts';

export type Debts = {
  /** What an account owes now, each invoice dearer by the surcharge; null for an account that the biller does not know. */
  owedBy: (product: Product, account: string, surchargeX100: number) => Debt | null;
  /** Enters a payment. The references of the invoices that are paid with it, wholly or to their end. */
  pay: (product: Product, account: string, payment: Payment, surchargeX100: number) => readonly string[];
};

export type Payment = { sendX100: number; invoices: readonly string[] };

/** What was paid of an account: invoices as a whole, and money that is spread over the oldest ones. */
type Paid = { invoices: ReadonlySet<string>; creditX100: number };

const nothing: Paid = { invoices: new Set(), creditX100: 0 };

/** Takes what was paid off some invoices, oldest first. What is paid to its end is gone. */
const lessPaid = (invoices: readonly Invoice[], paid: Paid): readonly Invoice[] => {
  let creditX100 = paid.creditX100;
  return invoices
    .filter(({ reference }) => !paid.invoices.has(reference))
    .map((invoice) => {
      const coveredX100 = Math.min(creditX100, invoice.amountX100);
      creditX100 -= coveredX100;
      return { ...invoice, amountX100: invoice.amountX100 - coveredX100 };
    })
    .filter(({ amountX100 }) => amountX100 > 0);
};

const referencesOf = (invoices: readonly Invoice[]): readonly string[] => invoices.map(({ reference }) => reference);

export const openDebts = (): Debts => {
  const payments = new Map<string, Paid>();
  const keyOf = ({ articleId }: Product, account: string): string => `${articleId}:${account}`;

  const owedBy: Debts['owedBy'] = (product, account, surchargeX100) => {
    const debt = product.bill?.debtOf?.(account) ?? null;
    const invoices = debt?.invoices.map((each) => ({ ...each, amountX100: each.amountX100 + surchargeX100 })) ?? [];
    return debt && { ...debt, invoices: lessPaid(invoices, payments.get(keyOf(product, account)) ?? nothing) };
  };

  /** The invoices that a payment clears, and what is to be remembered of it. */
  const clearedBy = (debt: Debt, { sendX100, invoices }: Payment): { cleared: readonly string[]; creditX100: number } => {
    switch (debt.paymentType) {
      case 'TOTAL':
        return { cleared: referencesOf(debt.invoices), creditX100: 0 };
      case 'DISCRETE':
        return { cleared: invoices, creditX100: 0 };
      case 'OPEN': {
        const left = new Set(referencesOf(lessPaid(debt.invoices, { ...nothing, creditX100: sendX100 })));
        return { cleared: referencesOf(debt.invoices).filter((reference) => !left.has(reference)), creditX100: sendX100 };
      }
    }
  };

  return {
    owedBy,
    pay: (product, account, payment, surchargeX100) => {
      const debt = owedBy(product, account, surchargeX100);
      if (!debt) return [];
      const { cleared, creditX100 } = clearedBy(debt, payment);
      if (product.bill?.remembersPayments) {
        const before = payments.get(keyOf(product, account)) ?? nothing;
        // An open debt is paid by its credit alone, so that what was paid in parts is not counted twice.
        const invoices = debt.paymentType === 'OPEN' ? before.invoices : new Set([...before.invoices, ...cleared]);
        payments.set(keyOf(product, account), { invoices, creditX100: before.creditX100 + creditX100 });
      }
      return cleared;
    },
  };
};
