// What an account owes, and what may be paid of it: all of it, invoices of one's choice, or any amount.
import type { KeyValue } from './key-value.ts';
import { hundredths, money, parseCurrency } from './money.ts';
import type { Currency, Hundredths, Money } from './money.ts';
import type { Price } from './quote.ts';
import { assertNever, fail, ok } from './result.ts';
import type { Result } from './result.ts';

/** Hundredths, null where the supplier says nothing; `fee` is whatever the total holds beyond the amount, or the stated fee if that is more. */
export type BillAmounts = {
  readonly send: number | null;
  readonly receive: number | null;
  readonly fee: number | null;
  readonly destinationCurrency: string | null;
};

/** Dates are as the supplier wrote them, `YYYY-MM-DD` by its documents. Only an invoice that is eligible may be paid. */
export type Invoice = BillAmounts & {
  readonly reference: string | null;
  readonly date: string | null;
  readonly expirationDate: string | null;
  readonly eligible: boolean;
};

/**
 * What an account owes. TOTAL: pay the whole `send`. DISCRETE: pay the sum of chosen invoices, and name them. OPEN: pay any amount above
 * zero, also when nothing is owed. `returned` goes into the payment as it is.
 */
export type Debt = BillAmounts & {
  readonly paymentType: 'TOTAL' | 'DISCRETE' | 'OPEN';
  readonly pending: number | null;
  readonly invoices: readonly Invoice[];
  readonly returned: readonly KeyValue[];
};

/** How much of a debt is to be paid: everything, invoices by their references, or an amount of the sale currency. */
export type Payment =
  | { readonly kind: 'whole' }
  | { readonly kind: 'invoices'; readonly references: readonly string[] }
  | { readonly kind: 'amount'; readonly amount: Hundredths };

/** Whether an invoice can be chosen: it may be paid, the payment can name it, and its amount is known. */
export const mayBePaid = ({ eligible, reference, send }: Invoice): boolean =>
  eligible && reference !== null && send !== null && send > 0;

/** Whether there is something to pay. An open account takes money also when it owes nothing. */
export const isPayable = (debt: Debt): boolean => {
  switch (debt.paymentType) {
    case 'TOTAL':
      return debt.send !== null && debt.send > 0;
    case 'DISCRETE':
      return debt.invoices.some(mayBePaid);
    case 'OPEN':
      return true;
    default:
      return assertNever(debt.paymentType);
  }
};

const sumOf = (invoices: readonly Invoice[], amountOf: (invoice: Invoice) => number | null): number =>
  invoices.reduce((sum, invoice) => sum + (amountOf(invoice) ?? 0), 0);

/** What chosen invoices come to, in hundredths of the sale currency. */
export const sumOfChosen = (debt: Debt, references: readonly string[]): Hundredths =>
  hundredths(
    sumOf(
      debt.invoices.filter(({ reference }) => reference !== null && references.includes(reference)),
      ({ send }) => send,
    ),
  );

type Currencies = { readonly saleCurrency: Currency; readonly destinationCurrency: Currency };

/** What arrives, in the currency that the supplier names for it; as much as is sent where it says nothing of it. */
const arriving = (paid: readonly BillAmounts[], send: number, { saleCurrency, destinationCurrency }: Currencies): Money => {
  if (paid.length === 0 || paid.some(({ receive }) => receive === null)) return money(send, saleCurrency);
  const named = paid.find((each) => each.destinationCurrency !== null)?.destinationCurrency ?? destinationCurrency;
  const currency = parseCurrency(named);
  const sum = paid.reduce((total, { receive }) => total + (receive ?? 0), 0);
  return currency.ok ? money(sum, currency.value) : money(send, saleCurrency);
};

/** What invoices ask beyond their amounts. */
const feesOf = (invoices: readonly Invoice[]): number => sumOf(invoices, ({ fee }) => fee);

/** A fee of all that is owed, wherever the supplier states it: with the total, or with an invoice of it. */
const feeOfAll = ({ fee, invoices }: Debt): number => Math.max(fee ?? 0, feesOf(invoices));

/** The fee of some invoices, and whatever of the total's fee no invoice accounts for: nothing is sold with one that is hidden. */
const feeOfChosen = (debt: Debt, chosen: readonly Invoice[]): number => feesOf(chosen) + feeOfAll(debt) - feesOf(debt.invoices);

/**
 * The price of a payment by what is owed now. `gone`: the payment does not fit the debt any more, such as an invoice that was paid
 * meanwhile. What arrives of a free amount is as much as is sent.
 */
export const priceOfPayment = (debt: Debt, payment: Payment, currencies: Currencies): Result<Price, 'gone'> => {
  const priceFrom = (send: number, paid: readonly BillAmounts[], fee: number): Result<Price, never> =>
    ok({
      send: money(send, currencies.saleCurrency),
      receive: arriving(paid, send, currencies),
      fee: hundredths(fee),
    });
  switch (payment.kind) {
    case 'whole':
      if (debt.paymentType !== 'TOTAL' || debt.send === null || debt.send <= 0) return fail('gone');
      return priceFrom(debt.send, [debt], feeOfAll(debt));
    case 'invoices': {
      const { references } = payment;
      const chosen = debt.invoices.filter(
        (invoice) => mayBePaid(invoice) && references.some((reference) => reference === invoice.reference),
      );
      if (debt.paymentType !== 'DISCRETE' || references.length === 0 || chosen.length !== references.length) return fail('gone');
      const send = sumOf(chosen, (invoice) => invoice.send);
      return priceFrom(send, chosen, feeOfChosen(debt, chosen));
    }
    case 'amount':
      if (debt.paymentType !== 'OPEN' || payment.amount <= 0) return fail('gone');
      return priceFrom(payment.amount, [], feeOfAll(debt));
    default:
      return assertNever(payment);
  }
};

/** The references of the invoices at some places of a debt. */
export const referencesAt = ({ invoices }: Debt, places: readonly number[]): readonly string[] =>
  places.flatMap((place) => invoices[place]?.reference ?? []);

/** All that is owed, in the sale currency; null where the supplier does not say. */
export const totalOf = (debt: Debt, currency: Currency): Money | null => (debt.send === null ? null : money(debt.send, currency));
