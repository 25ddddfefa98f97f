// A shop with one product of each family and way of being sold, and what the supplier says of them: for the tests of whole purchases.
import { composeCatalog } from '../../../src/domain/catalog.ts';
import type { RequiredField } from '../../../src/domain/catalog.ts';
import type { Debt, Invoice } from '../../../src/domain/bill.ts';
import type { Form } from '../../../src/domain/form.ts';
import { CUP, USD, entry, listOf, listed, productId, rangeOf, rate } from '../sample-catalog.ts';

export const TOP_UP = productId(1);
export const BUNDLE = productId(2);
export const SUPERMARKET = productId(3);
export const BILL = productId(4);
export const MEXICAN_TOP_UP = productId(5);

const number: RequiredField = { name: 'account', kind: 'phone', mask: '53########' };
const cuban = { countryId: 192, countryName: 'Cuba', saleCurrency: USD, destinationCurrency: CUP, mask: '53########' } as const;

const holder: readonly RequiredField[] = [
  { name: 'documentNumber', kind: 'document', mask: null, document: 'dni' },
  { name: 'firstName', kind: 'name', mask: null },
  { name: 'surname', kind: 'name', mask: null },
];

export const familyCatalog = composeCatalog(
  [
    listed(TOP_UP, { ...cuban, name: 'Caracola Top-up', amount: listOf(1_000, 2_000), rate: rate('24', 0) }),
    listed(BUNDLE, { ...cuban, name: 'Tritón Bundles', amount: listOf(300), rate: rate('24', 0) }),
    listed(SUPERMARKET, { name: 'Huerta Supermarket', amount: listOf(2_000, 5_000) }),
    listed(MEXICAN_TOP_UP, { countryId: 484, countryName: 'Mexico', name: 'Quetzal Top-up', mask: '52##########' }),
    listed(BILL, { name: 'Faro Electricity', amount: rangeOf(100, 100_000, 5) }),
  ],
  {
    [TOP_UP]: entry('Caracola', { family: 'recharge' }),
    [BUNDLE]: entry('Tritón', { family: 'recharge' }),
    [SUPERMARKET]: entry('Huerta', { family: 'supermarket', fields: holder }),
    [BILL]: entry('Faro', { family: 'bill' }),
    [MEXICAN_TOP_UP]: entry('Quetzal', { family: 'recharge' }),
  },
  false,
);

const plain = { itemsBy: null, query: [], pay: [], suggestions: [] } as const satisfies Partial<Form>;

export const topUpForm: Form = { ...plain, fields: [number], suggestions: [{ value: '+5352344000', name: 'Mamá' }] };
export const mexicanForm: Form = { ...plain, fields: [{ ...number, mask: '52##########' }] };
export const bundleForm: Form = { ...topUpForm, itemsBy: 'account' };
export const holderForm: Form = { ...plain, fields: holder };
export const billForm: Form = {
  ...plain,
  fields: [
    { name: 'contract', kind: 'text', mask: null, lengths: { least: 6, most: 8 } },
    {
      name: 'district',
      kind: 'choice',
      mask: null,
      options: [
        { value: 'N-1', label: 'Norte' },
        { value: 'S-1', label: 'Sur' },
      ],
    },
  ],
  query: ['contract', 'district'],
  pay: ['contract', 'transaction_code'],
};

const owed = { fee: 0, destinationCurrency: null } as const;

export const invoiceOf = (reference: string, send: number, eligible = true): Invoice => ({
  ...owed,
  reference,
  send,
  receive: send,
  date: null,
  expirationDate: '2026-02-07',
  eligible,
});

/** What is owed, in all, by these invoices. `transaction_code` tells one answer from the next. */
export const debtOf = (paymentType: Debt['paymentType'], invoices: readonly Invoice[], transactionCode = 'TX-1'): Debt => {
  const send = invoices.reduce((sum, invoice) => sum + (invoice.eligible ? (invoice.send ?? 0) : 0), 0);
  return {
    ...owed,
    paymentType,
    invoices,
    send,
    receive: send,
    pending: invoices.length,
    returned: [{ key: 'transaction_code', value: transactionCode }],
  };
};
