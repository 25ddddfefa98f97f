// Where to see which behaviour: the stops of a guided tour, with an order that shows each.
import type { Family } from './catalogue/product.ts';

/** An order that shows something, and what it shows. */
export type TourStop = {
  shows:
    | 'immediateCode'
    | 'lateCode'
    | 'veryLateCode'
    | 'tokenIsCode'
    | 'tokenThenDetails'
    | 'accountNeeded'
    | 'emailNeeded'
    | 'twoCurrencies'
    | 'refusedByOperator'
    | 'notRouted'
    | 'uncertain'
    | 'raffleTicket'
    | 'changingList'
    | 'topUp'
    | 'topUpAbroad'
    | 'topUpByLogin'
    | 'bundleOfLine'
    | 'documentNeeded'
    | 'anyAmountOfBill'
    | 'chosenInvoices'
    | 'wholeBill';
  family: Family;
  operatorId: number;
  amountToSendX100: number;
  /** The line, login or contract; null where none is needed. */
  account: string | null;
  /** Other fields of the purchase, or keys of the bill's invoice query. */
  also: Readonly<Record<string, string>>;
};

const stop =
  (family: Family) =>
  (
    shows: TourStop['shows'],
    operatorId: number,
    amountToSendX100: number,
    account: string | null = null,
    also: TourStop['also'] = {},
  ): TourStop => ({ shows, family, operatorId, amountToSendX100, account, also });

const voucher = stop('voucher');
const topUp = stop('recharge');
const supermarket = stop('supermarket');
const bill = stop('bill');

/** One stop a behaviour. Every account ends so that the sale succeeds while the suffix rule is on, except where it must not. */
export const tour: readonly TourStop[] = [
  voucher('immediateCode', 8201, 2_500),
  voucher('lateCode', 8105, 15_000),
  voucher('veryLateCode', 8205, 1_699),
  voucher('tokenIsCode', 8305, 1_099),
  voucher('tokenThenDetails', 8111, 9_900),
  voucher('accountNeeded', 8113, 5_000, '525512345000'),
  voucher('emailNeeded', 8110, 5_000, 'player000@mail.example'),
  voucher('twoCurrencies', 8402, 2_000),
  voucher('refusedByOperator', 8505, 3_000),
  voucher('notRouted', 8107, 25_000),
  voucher('uncertain', 9991, 500, '600000002'),
  voucher('raffleTicket', 8206, 300, null, { dynamicProductId: 'ESTRELLA-1' }),
  voucher('changingList', 8207, 1_200, null, { dynamicProductId: 'VENTANA-CLOWN' }),
  topUp('topUp', 8601, 5_000, '525512345000'),
  topUp('topUpAbroad', 8612, 2_000, '5351234000'),
  topUp('topUpByLogin', 8603, 9_900, 'lucia000@mail.example', { receiverEmail: 'lucia@mail.example' }),
  topUp('bundleOfLine', 8613, 1_150, '5351234000', { dynamicProductId: 'CARACOLA-M' }),
  supermarket('documentNeeded', 8701, 5_000, null, { documentNumber: 'AB00000000', documentType: 'ID_CARD' }),
  bill('anyAmountOfBill', 8801, 10_000, '1234567890'),
  bill('chosenInvoices', 8802, 12_100, '12345100', { district: 'SUR' }),
  bill('wholeBill', 8803, 80_920, '5512345020'),
];
