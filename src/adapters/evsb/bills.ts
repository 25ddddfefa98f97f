// Bills: the calls of a biller's form, its query and its payment, and the payment's body.
import type { BillTerms, Bills, Prepared } from '../../app/ports/families.ts';
import type { LocalReference } from '../../domain/ids.ts';
import { fail } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { KeyValue } from '../../domain/key-value.ts';
import { readBillParameters } from './bill-parameters.ts';
import type { createInquiry } from './inquiry.ts';
import { readInvoices } from './invoices.ts';
import type { MoneyDeps } from './money-calls.ts';
import { judgeBill, judgeBillInfo } from './outcome.ts';
import { fillPath } from './paths.ts';
import { isMissing } from './reads.ts';
import type { Reader } from './reads.ts';
import { praiseReceipt, receiptOf } from './receipt.ts';
import { prepareSale } from './sale-body.ts';
import type { SaleSettings } from './sale-body.ts';
import { createSale } from './sale.ts';

/** Each key once, in the order of its first mention. What the query returned wins, unless it is empty. */
const dataOf = (values: readonly KeyValue[], returned: readonly KeyValue[]): readonly KeyValue[] => {
  const byKey = new Map(values.filter(({ value }) => value !== '').map(({ key, value }) => [key, value]));
  for (const { key, value } of returned) if (value !== '' || !byKey.has(key)) byKey.set(key, value);
  return Array.from(byKey, ([key, value]) => ({ key, value }));
};

/** Builds a payment that is ready to be stored and sent. */
export const prepareBillPayment = (
  settings: SaleSettings,
  { productId, send, values, returned, invoices, phone }: BillTerms,
  reference: LocalReference,
  at: Instant,
): Prepared<'bill'> => ({
  ...prepareSale(settings, { productId, sent: { as: 'send', amount: send } }, reference, at, {
    beneficiaryPhoneNumber: phone,
    additionalData: dataOf(values, returned),
    invoiceNumbers: invoices,
  }),
  family: 'bill',
});

export const createBills = (
  settings: SaleSettings,
  read: Reader,
  money: MoneyDeps,
  inquire: ReturnType<typeof createInquiry>,
): Bills => {
  const { terminalId } = settings;
  const { log } = money;
  return {
    async billParameters(productId) {
      const path = fillPath('/post-paid/bill-payment/parameters/{terminalId}/{operatorId}', {
        terminalId,
        operatorId: productId,
      });
      const answer = await read({ call: 'billParameters', path, product: productId });
      return answer.ok ? readBillParameters(answer.value.json, productId, log) : answer;
    },

    async invoices(productId, values) {
      const path = fillPath('/post-paid/bill-payment/get-invoices/{terminalId}/{operatorId}', {
        terminalId,
        operatorId: productId,
      });
      const body = JSON.stringify(values.map(({ key, value }) => ({ key, value })));
      const answer = await read({ call: 'invoices', path, body, product: productId });
      if (answer.ok) return readInvoices(answer.value.json, productId, log);
      return isMissing(answer.error) ? fail({ kind: 'noQuery' }) : answer;
    },

    prepareBillPayment: (terms, reference, at) => prepareBillPayment(settings, terms, reference, at),

    payBill: createSale(money, {
      call: 'billPayment',
      event: 'evsb.billPayment',
      path: '/post-paid/bill-payment/payment/{terminalId}/{operatorId}/{localReference}',
      judge: judgeBill,
      deliver: receiptOf,
      praise: praiseReceipt,
      // A refusal may repeat the name of a customer.
      quote: () => null,
    }),

    billPaymentInfo: (attempt) => inquire(attempt, judgeBillInfo),
  };
};
