// Bills: Payment. How much may be paid, and of which invoices, follows from what is owed at that moment.
import { z } from 'zod';
import type { Bill, Debt, Invoice } from '../catalogue/bill.ts';
import { isDummy } from '../catalogue/dummies.ts';
import type { Product } from '../catalogue/product.ts';
import { fillPattern, referenceOf } from '../identity.ts';
import { readerOf, saleBody } from '../sale-family.ts';
import type { SaleFamily, SaleRequest } from '../sale-family.ts';
import { dayOf } from '../sales.ts';
import { codeOfSuffix } from '../suffix-rule.ts';
import { accountOf, byKey, owedBy, pairsSchema } from './bills.ts';
import { sellAs } from './sell.ts';

const bodySchema = saleBody({
  /** For a notice to the customer; no rule looks at it. */
  beneficiaryPhoneNumber: z.string().nullish(),
  additionalData: pairsSchema.nullish(),
  invoiceNumbers: z.array(z.string()).nullish(),
});

const sumOf = (invoices: readonly Invoice[]): number => invoices.reduce((sum, { amountX100 }) => sum + amountX100, 0);

/** True when an amount, for the invoices that are named, is what the payment type allows. */
const isPayable = ({ paymentType, invoices }: Debt, sendX100: number, named: readonly string[]): boolean => {
  switch (paymentType) {
    case 'TOTAL':
      return sendX100 === sumOf(invoices);
    case 'OPEN':
      return sendX100 > 0;
    case 'DISCRETE': {
      const chosen = invoices.filter(({ reference, isEligible }) => isEligible && named.includes(reference));
      // An unknown invoice, one that may not be paid, and one that is named twice all make the lists differ in length.
      return chosen.length === named.length && sendX100 === sumOf(chosen);
    }
  }
};

/** True when a key is missing: one that the biller asks for, or one that its invoice query has returned. */
const isIncomplete = ({ data, invoices }: SaleRequest, { bill }: Product): boolean => {
  const account = bill && accountOf(bill, data);
  if (!bill || account === null) return true;
  if (bill.pay.some((key) => !data.has(key))) return true;
  if (bill.debtOf === null) return false;
  return !data.has(bill.transactionKey) || (bill.debtOf(account)?.paymentType === 'DISCRETE' && invoices.length === 0);
};

/**
 * What the biller has against a payment. A repeated reference is left to the check for duplicates that follows, because what
 * its first use has paid is no longer owed.
 */
const objectionTo: SaleFamily['objectionTo'] = (request, product, sendX100, simulation) => {
  const { bill } = product;
  if (!bill?.debtOf || simulation.sales.earlier(request.terminalId, request.localReference, dayOf(request.localDateTime))) {
    return null;
  }
  const debt = owedBy(product, accountOf(bill, request.data) ?? '', simulation);
  if (!debt) return '931';
  if (request.data.get(bill.transactionKey) !== debt.transactionCode) return '517';
  return isPayable(debt, sendX100, request.invoices) ? null : '927';
};

/** The bill of a product of this family. Throws when it has none, which the checks before have excluded. */
const billOf = ({ bill, name }: Product): Bill => {
  if (!bill) throw new Error(`${name} is no bill`);
  return bill;
};

export const billPayment = sellAs({
  name: 'bill',
  read: readerOf(bodySchema, (body) => ({ data: byKey(body.additionalData ?? []), invoices: body.invoiceNumbers ?? [] })),
  isIncomplete,
  objectionTo,
  accountOf: ({ data }, product) => accountOf(billOf(product), data),
  // Only the test product without invoices takes its outcome from the account.
  outcomeOf: ({ data }, product) => {
    const bill = billOf(product);
    return isDummy(product) && bill.debtOf === null ? codeOfSuffix(accountOf(bill, data) ?? '') : '10';
  },
  issue: ({ product, destinationX100 }, identity) => ({
    code: '',
    receipt: {
      supplierreference: referenceOf(identity),
      suppliertoken: fillPattern('TXN-@@@@@@@@', `token:${identity}`),
      destinationcurrency: destinationX100 === null ? null : product.destinationCurrency,
      destinationamount: destinationX100,
    },
    late: null,
  }),
  clear: ({ request, product, sendX100 }, { debts, switches }) =>
    debts.pay(
      product,
      accountOf(billOf(product), request.data) ?? '',
      { sendX100, invoices: request.invoices },
      switches().invoiceSurchargeX100,
    ),
  success: ({ billSuccessCode }) => ({ code: billSuccessCode, message: 'Payment successful' }),
});
