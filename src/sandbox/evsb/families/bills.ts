// Bills: what a biller asks for, and what an account owes.
import { z } from 'zod';
import { frameworkError, rootFailure } from '../answers.ts';
import type { Bill, Debt, Invoice } from '../catalogue/bill.ts';
import { isDummy } from '../catalogue/dummies.ts';
import type { Product } from '../catalogue/product.ts';
import { numberOf } from '../simulation.ts';
import type { Call, Handler, Simulation } from '../simulation.ts';

export type Biller = Product & { bill: Bill };

const isBiller = (product: Product | null): product is Biller => product !== null && product.bill !== null;

/** The biller of a call, or the code that refuses it. */
const findBiller = (call: Call, simulation: Simulation): Biller | string => {
  if (numberOf(call, 'terminalId') !== simulation.terminalId) return '517';
  const product = simulation.findProduct(numberOf(call, 'operatorId'));
  return isBiller(product) ? product : '-1';
};

/** A list of keys and values, as queries and payments send it. */
export const pairsSchema = z.array(z.object({ key: z.string(), value: z.string() }));

/** The values by key; an empty one counts as left out, and of two the first one counts. */
export const byKey = (pairs: z.output<typeof pairsSchema>): ReadonlyMap<string, string> =>
  new Map(
    pairs
      .filter(({ value }) => value !== '')
      .toReversed()
      .map(({ key, value }) => [key, value]),
  );

/** The customer's account among the keys of a query or a payment; null when it is missing. */
export const accountOf = ({ query, pay }: Bill, data: ReadonlyMap<string, string>): string | null =>
  data.get(query[0] ?? pay[0] ?? '') ?? null;

/** What an account owes at this moment. */
export const owedBy = (product: Product, account: string, { debts, switches }: Simulation): Debt | null => {
  const { invoiceSurchargeX100, dummy9992Other } = switches();
  const debt = debts.owedBy(product, account, invoiceSurchargeX100);
  const owesNothing = isDummy(product) && dummy9992Other === 'nothing' && !/00[012]$/.test(account);
  return debt && owesNothing ? { ...debt, invoices: [] } : debt;
};

/** Answers for every bill of the catalogue, also for one that no payment can be routed to. */
export const billParameters: Handler = (call, simulation) => {
  const biller = findBiller(call, simulation);
  if (typeof biller === 'string') return rootFailure(biller, simulation.switches());
  const { front, query, pay } = biller.bill;
  return { status: 200, json: { rc: 0, message: 'OK', front, query, pay } };
};

const dayMs = 86_400_000;

const datesOf = ({ issuedDaysAgo }: Invoice, openedAt: number) => {
  const issued = new Date(openedAt - issuedDaysAgo * dayMs);
  const due = new Date(issued);
  due.setUTCMonth(issued.getUTCMonth() + 1);
  return { date: issued.toISOString().slice(0, 10), expirationDate: due.toISOString().slice(0, 10) };
};

/** The four amounts of one invoice or of all. There is one fee a payment, so a sum of invoices has it once. */
const amountsOf = (amountX100: number, { serviceFee, destinationCurrency }: Product) => ({
  amountToSendX100: amountX100,
  destinationAmountX100: amountX100,
  serviceFeeX100: serviceFee,
  totalAmountX100: amountX100 + serviceFee,
  destinationCurrency,
});

const listDebt = (biller: Biller, debt: Debt, { openedAt }: Simulation) => {
  const eligible = debt.invoices.filter(({ isEligible }) => isEligible);
  const totalX100 = eligible.reduce((sum, { amountX100 }) => sum + amountX100, 0);
  return {
    rc: 0,
    message: 'OK',
    additionalData: [
      { key: 'customerName', value: debt.customer },
      { key: biller.bill.transactionKey, value: debt.transactionCode },
    ],
    // Both spellings were documented.
    type: debt.paymentType,
    paymentType: debt.paymentType,
    pendingInvoices: eligible.length,
    ...amountsOf(totalX100, biller),
    items: debt.invoices.map((invoice) => ({
      ...amountsOf(invoice.amountX100, biller),
      ...datesOf(invoice, openedAt),
      invoiceReference: invoice.reference,
      isElegible: invoice.isEligible,
    })),
  };
};

/** Moves no money and needs no reference. A biller without an invoice query has no such address. */
export const billInvoices: Handler = (call, simulation) => {
  const pairs = pairsSchema.safeParse(call.body);
  if (!pairs.success) return frameworkError(400, call.path, simulation.now());
  const refuse = (code: string) => rootFailure(code, simulation.switches());
  const biller = findBiller(call, simulation);
  if (typeof biller === 'string') return refuse(biller);
  if (biller.bill.debtOf === null) return frameworkError(404, call.path, simulation.now());

  const data = byKey(pairs.data);
  const account = accountOf(biller.bill, data);
  if (account === null || biller.bill.query.some((key) => !data.has(key))) return refuse('517');
  if (!biller.routed) return refuse('-1');
  const fits = biller.bill.front.every(({ name, type, list, minLength, maxLength }) => {
    const value = data.get(name) ?? '';
    return type === 'SELECT' ? list.includes(value) : value.length >= minLength && value.length <= maxLength;
  });
  const debt = fits ? owedBy(biller, account, simulation) : null;
  return debt ? { status: 200, json: listDebt(biller, debt, simulation) } : refuse('931');
};
