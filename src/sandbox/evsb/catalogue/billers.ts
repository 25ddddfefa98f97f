// Billers of Mexico, one for each way of paying and one with a fee. What an account owes follows from its number.
import { input, invoice } from './bill.ts';
import type { Bill, Debt } from './bill.ts';
import { plainVoucher, range } from './product.ts';
import type { Product } from './product.ts';

const biller = {
  ...plainVoucher,
  family: 'bill',
  countryId: 484,
  country: 'Mexico',
  topupType: 'Bill Payment',
  amounts: range(1, 2_000_000, 1),
  exchangeRate: '1',
  saleCurrency: 'MXN',
  destinationCurrency: 'MXN',
  codePattern: '',
  redeemInstructions: '',
  validDays: null,
} as const satisfies Partial<Product>;

/** The last three digits of an account: they make the amounts of one account differ from those of another. */
const tailOf = (account: string): number => Number(account.slice(-3));

/** Accounts that end in 404 are unknown to every biller, and those that end in 999 owe nothing. */
const knownBy =
  (debtOf: (account: string) => Debt): NonNullable<Bill['debtOf']> =>
  (account) => {
    if (!/\d{3}$/.test(account) || account.endsWith('404')) return null;
    const debt = debtOf(account);
    return account.endsWith('999') ? { ...debt, invoices: [] } : debt;
  };

/** A biller that keeps what is too much for the next bill. */
const open = (brand: string, label: string): Bill => ({
  front: [input('service_number', label, 10, 12)],
  query: ['service_number'],
  pay: ['service_number'],
  transactionKey: 'transactionCode',
  remembersPayments: true,
  debtOf: knownBy((account) => ({
    paymentType: 'OPEN',
    customer: 'CLIENTE DE PRUEBA A',
    transactionCode: `${brand.slice(0, 2)}-${account}`,
    invoices: [invoice(`${brand}-${account}-1`, 30_000 + tailOf(account) * 10, 12)],
  })),
});

const water: Bill = {
  front: [
    input('contract', 'Número de contrato', 8, 10),
    { name: 'district', label: 'Zona', type: 'SELECT', list: ['NORTE', 'CENTRO', 'SUR'], minLength: 3, maxLength: 6 },
  ],
  query: ['contract', 'district'],
  pay: ['contract', 'district'],
  transactionKey: 'transaction_code',
  remembersPayments: true,
  debtOf: knownBy((account) => ({
    paymentType: 'DISCRETE',
    customer: 'CLIENTE DE PRUEBA B',
    transactionCode: `MN-${account}`,
    invoices: [
      invoice(`MANANTIAL-${account}-1`, 12_000 + tailOf(account), 70),
      invoice(`MANANTIAL-${account}-2`, 13_500, 40),
      // Disputed: it is shown, and may not be paid.
      { ...invoice(`MANANTIAL-${account}-3`, 9_900, 10), isEligible: false },
    ],
  })),
};

const telephone: Bill = {
  front: [input('phone', 'Teléfono a 10 dígitos', 10, 10)],
  query: ['phone'],
  pay: ['phone', 'transaction_code'],
  transactionKey: 'transaction_code',
  remembersPayments: true,
  debtOf: knownBy((account) => ({
    paymentType: 'TOTAL',
    customer: 'CLIENTE DE PRUEBA C',
    transactionCode: `GR-${account}`,
    invoices: [invoice(`GRILLO-${account}-1`, 39_900, 35), invoice(`GRILLO-${account}-2`, 41_000 + tailOf(account), 5)],
  })),
};

export const billProducts: readonly Product[] = [
  {
    ...biller,
    articleId: 8801,
    name: 'Faro Eléctrico',
    productDescription: 'Your electricity bill, in full, in part, or in advance: what is too much is kept for the next bill.',
    bill: open('FARO', 'Número de servicio'),
  },
  {
    ...biller,
    articleId: 8802,
    name: 'Manantial Agua',
    productDescription: 'Your water bill. Choose the invoices that you want to pay; an invoice in dispute can wait.',
    bill: water,
  },
  {
    ...biller,
    articleId: 8803,
    name: 'Grillo Teléfonos',
    productDescription: 'The bill of your telephone at home, always for everything that is open.',
    bill: telephone,
  },
  {
    ...biller,
    articleId: 8804,
    name: 'Llama Azul Gas',
    serviceFee: 1_200,
    productDescription: 'Your gas bill. The biller takes twelve pesos for each payment.',
    bill: open('LLAMA', 'Número de cliente'),
  },
];
