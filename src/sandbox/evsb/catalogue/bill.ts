// What the supplier knows about a biller: which keys it asks for, and what an account owes before anything is paid.

/** TOTAL: the whole debt only. DISCRETE: invoices of choice. OPEN: any amount. */
export type PaymentType = 'TOTAL' | 'DISCRETE' | 'OPEN';

/** One field of a form, as the bill parameters show it. */
export type FrontField = {
  name: string;
  label: string;
  type: 'INPUT' | 'SELECT';
  list: readonly string[];
  minLength: number;
  maxLength: number;
};

export type Invoice = {
  reference: string;
  /** Hundredths of the sale currency, service fee not included. */
  amountX100: number;
  /** Days before the simulator's start. It is due a month after that. */
  issuedDaysAgo: number;
  isEligible: boolean;
};

export type Debt = { paymentType: PaymentType; customer: string; transactionCode: string; invoices: readonly Invoice[] };

export type Bill = {
  front: readonly FrontField[];
  /** Keys of an invoice query, each a field of the form. The first one is the customer's account. */
  query: readonly string[];
  /** Keys of a payment, beside the one of the transaction code. */
  pay: readonly string[];
  /** The key under which an invoice query returns its code. The spelling differs from biller to biller. */
  transactionKey: 'transactionCode' | 'transaction_code';
  /** What an account owes; null for an account that the biller does not know. No function: there is no invoice query. */
  debtOf: ((account: string) => Debt | null) | null;
  /** False for test products, whose table of debts never changes. */
  remembersPayments: boolean;
};

/** A field that is typed in. */
export const input = (name: string, label: string, minLength: number, maxLength: number): FrontField => ({
  name,
  label,
  type: 'INPUT',
  list: [],
  minLength,
  maxLength,
});

/** An invoice that may be paid. */
export const invoice = (reference: string, amountX100: number, issuedDaysAgo: number): Invoice => ({
  reference,
  amountX100,
  issuedDaysAgo,
  isEligible: true,
});
